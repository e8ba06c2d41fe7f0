"""References into fields: notes with the fields they must give, and what holds for every text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.names import read_names
from sourcebook.references import read_attributions, read_reference
from sourcebook.references.days import days_in

CASES = Path(__file__).parent / "references"
WORDS = [
    word for name in ("news", "scholarly") for word in (CASES / f"{name}.txt").read_text("utf-8").split()
]
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.text(alphabet=st.sampled_from("aB .,;:()[]“”\"'‘’0123–-&/\ue000\x00é"), max_size=200),
)


def cases() -> list[tuple[str, str]]:
    """Each note with the lines of its fields."""
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
            note, _, fields = block.partition("\n")
            found.append((note, fields))
    return found


@pytest.mark.parametrize(("note", "fields"), cases(), ids=lambda text: text[:40])
def test_a_note_gives_its_fields_and_nothing_else(note: str, fields: str) -> None:
    parsed = read_reference(note)
    lines = [("is", parsed.type or parsed.kind), *parsed.fields]
    lines += [("rest", parsed.rest)] if parsed.rest and parsed.kind == "reference" else []
    assert "\n".join(f"  {name}: {value}" for name, value in lines) == fields


@given(TEXTS)
def test_any_text_is_read_and_no_word_is_lost(text: str) -> None:
    parsed = read_reference(text)
    if parsed.kind == "remark":
        assert "".join(parsed.rest.split()) == "".join(re.sub("[\ue000-\ue002]", "\ufffd", text).split())
        return
    kept = "\n".join([*(value for _name, value in parsed.fields), parsed.rest]).casefold()
    long = [word for word in re.findall(r"[^\W\d_]{4,}", text) if word.casefold() not in kept]
    assert [word for word in long if not understood(word)] == []


def understood(word: str) -> bool:
    """Whether a word only leads to something, is part of a date, or a word of the trade."""
    leading = (
        "accessed retrieved available archived original from online volume edited translated website dated "
    )
    leading += "page pages pagg seite seiten issue volume band heft number html print http https updated"
    months = any(True for _ in days_in(f"3 {word} 2020"))
    return months or word.casefold() in {
        *leading.split(),
        *"published updated accessed disponible consultato".split(),
    }


@given(TEXTS)
def test_authors_are_names_that_bibtex_reads(text: str) -> None:
    author = read_reference(text).get("author")
    assert not author or all(name.family for name in read_names(author))


@pytest.mark.parametrize(
    ("text", "language", "iso"),
    [
        ("10/12/2021", "", "2021-12-10"),
        ("12/10/2021", "en-US", "2021-12-10"),
        ("12/25/2021", "", "2021-12-25"),
        ("3. März 2020", "", "2020-03-03"),
        ("3 mars 2020", "", "2020-03-03"),
        ("3 марта 2020 г.", "", "2020-03-03"),
        ("3 Mart 2020", "", "2020-03-03"),
        ("3 de marzo de 2020", "", "2020-03-03"),
        ("2020年3月3日", "", "2020-03-03"),
        ("3–5 May 2020", "", "2020-05-03/2020-05-05"),
        ("May/June 2020", "", "2020-05/2020-06"),
        ("31 February 2020", "", ""),
        ("3 Sandwich 2020", "", ""),
    ],
)
def test_a_date_is_read_as_iso(text: str, language: str, iso: str) -> None:
    assert next((day.iso for day in days_in(text, language)), "") == iso


def test_a_date_that_may_be_another_is_told() -> None:
    assert (
        "may be swapped" in read_reference("Roe, J. (2021) The sea, Reuters (accessed 10/12/2021).").unsure[0]
    )
    assert read_reference("Roe, J. (2021) The sea, Reuters (accessed 13/12/2021).").unsure == ()


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("NORTHPORT (Reuters) – The sea rose.", [("(Reuters)", "Reuters", "")]),
        (
            "The sea rose, according to The Washington Post.",
            [("according to The Washington Post", "The Washington Post", "")],
        ),
        ("It rose [1] and fell [2, 3].", [("[1]", "1", ""), ("[2, 3]", "2, 3", "")]),
        (
            "Seas rise (Roe, 2020; Doe and Poe 2019, p. 4).",
            [("Roe, 2020", "Roe", "2020"), ("Doe and Poe 2019, p. 4", "Doe and Poe", "2019")],
        ),
        ("Roe et al. (2020) say so.", [("Roe et al. (2020)", "Roe et al.", "2020")]),
        ("He told the BBC on Monday.", [("told the BBC", "the BBC", "")]),
        ("Laut Der Spiegel steigt es.", [("Laut Der Spiegel", "Der Spiegel", "")]),
        ("It rose in spring (May 2020), he told Jane Roe.", []),
        ("According to people who know, nothing.", []),
    ],
)
def test_a_sentence_names_its_sources(sentence: str, found: list[tuple[str, str, str]]) -> None:
    attributions = read_attributions(sentence)
    assert [(one.text, one.who, one.year) for one in attributions] == found
    assert all(sentence[one.start : one.end] == one.text for one in attributions)


@given(TEXTS)
def test_attributions_stand_where_they_say(text: str) -> None:
    found = read_attributions(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
