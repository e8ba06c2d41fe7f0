"""Where sentences end: cases as data, and what holds for every text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.abbreviations import language_of
from sourcebook.quotations import quoted_stretches
from sourcebook.sentences import sentence_spans

CASES = Path(__file__).parent / "sentences"
TEXTS = st.text(alphabet=st.sampled_from("aBI .!?\"'“”„()[]«»’…1,;:\n\u00a0。é•-"), max_size=80)


def lines_of(*names: str) -> list[str]:
    text = "\n".join((CASES / f"{name}.txt").read_text(encoding="utf-8") for name in names)
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def split(text: str, lang: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, lang)]


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("line", lines_of("english", "golden-rules", "news"))
def test_english_sentences_end_where_a_reader_ends_them(line: str) -> None:
    expected = [part.strip() for part in line.split("|")]
    assert split(" ".join(expected)) == expected


@pytest.mark.parametrize("line", lines_of("cited"))
def test_sentences_end_where_a_citation_was_cut_out(line: str) -> None:
    expected = [part.strip() for part in line.split("|")]
    assert split("  ".join(expected)) == expected


@pytest.mark.parametrize("line", lines_of("other-languages"))
def test_sentences_of_other_languages_end_where_a_reader_ends_them(line: str) -> None:
    lang, _, text = line.partition(" ")
    expected = [part.strip() for part in text.split("|")]
    glue = "" if lang in {"zh", "ja"} else " "
    assert split(glue.join(expected), lang) == expected


@pytest.mark.parametrize("line", lines_of("english", "golden-rules", "news", "cited"))
def test_a_line_break_between_words_changes_no_sentence(line: str) -> None:
    text = squeezed(line.replace("|", " "))
    broken = text.replace(" ", "\n", 3).replace(" ", " \t ")
    assert [squeezed(part) for part in split(broken)] == split(text)


def test_a_language_is_known_by_its_code_with_or_without_a_country() -> None:
    assert (
        split("Am 12. Juni kam er.", "de-AT") == split("Am 12. Juni kam er.", "DE") == ["Am 12. Juni kam er."]
    )
    assert language_of("xx").starters == frozenset()


def test_what_is_never_closed_quotes_nothing() -> None:
    assert quoted_stretches("“A. B (c. D") == []
    assert split("“We agreed. They did not.") == ["“We agreed.", "They did not."]
    assert quoted_stretches("(a “b” c) 'D.' o'er") == [(0, 9), (10, 14)]


@given(TEXTS, st.sampled_from(["en", "de", "fr", "ja", "ru"]))
def test_spans_cover_every_letter_once_and_in_order(text: str, lang: str) -> None:
    spans = sentence_spans(text, lang)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(before[1] <= behind[0] for before, behind in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)


@given(TEXTS, st.sampled_from(["\n", "  ", "\t", "\u00a0", " \n "]))
def test_sentences_are_the_same_whatever_the_white_space(text: str, white: str) -> None:
    other = re.sub(r"\s+", white, text)
    assert [squeezed(part) for part in split(other)] == [squeezed(part) for part in split(text)]
