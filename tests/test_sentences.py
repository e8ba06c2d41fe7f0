"""Where sentences end: cases as data, and what holds for every text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.sentences import sentence_spans

CASES = Path(__file__).parent / "sentences"


def lines_of(name: str) -> list[str]:
    text = (CASES / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def split(text: str, lang: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, lang)]


@pytest.mark.parametrize("line", lines_of("english.txt"))
def test_english_sentences_end_where_a_reader_ends_them(line: str) -> None:
    expected = [part.strip() for part in line.split("|")]
    assert split(" ".join(expected)) == expected


@pytest.mark.parametrize("line", lines_of("other-languages.txt"))
def test_sentences_of_other_languages_end_where_a_reader_ends_them(line: str) -> None:
    lang, _, text = line.partition(" ")
    expected = [part.strip() for part in text.split("|")]
    glue = "" if lang in {"zh", "ja"} else " "
    assert split(glue.join(expected), lang) == expected


@given(st.text(alphabet=st.sampled_from("aB .!?\"“”()'…1,;:\n。é"), max_size=60))
def test_spans_cover_every_letter_once_and_in_order(text: str) -> None:
    spans = sentence_spans(text)
    covered = [text[position] for start, end in spans for position in range(start, end)]
    assert "".join("".join(covered).split()) == "".join(text.split())
    assert spans == sorted(spans)
    assert all(start < end for start, end in spans)
