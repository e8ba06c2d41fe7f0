"""Prose of many kinds, read by a human against the specification: the checker reads it just so.

Beside each page of tests/corpus stands a file of marks, a line for each sentence in the order of the page:

    + key1,key2 | a claim with its citations
    - | a claim without any
    : key1,key2 | a claim that leads into a list, with the citations of its items
    w | a claim without any, waived
    o | what is no claim: a question, a heading, an editors' note

A long sentence is given by its first and its last words with " … " between them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from sourcebook.check import check
from sourcebook.model import Claim
from sourcebook.read import read_library
from sourcebook.settings import read_settings

ROOT = Path(__file__).parent / "corpus"
SETTINGS = read_settings(ROOT)
LIBRARY = read_library(ROOT, SETTINGS)
REPORT = check(LIBRARY)
PAGES = {page.path: page for page in LIBRARY.pages}
_MARK = re.compile(r"(?P<sign>[-+:wo]) (?P<keys>[^|\s]\S* )?\| (?P<words>.+)")


@dataclass(frozen=True)
class Sentence:
    """One line of marks."""

    sign: str
    keys: tuple[str, ...]
    words: str

    def is_of(self, text: str) -> bool:
        """Whether these are the words of a text: all of them, or the first and the last."""
        first, gap, last = self.words.partition(" … ")
        return text.startswith(first) and text.endswith(last) if gap else text == first


def marks_of(path: str) -> list[Sentence]:
    out = []
    for line in (ROOT / path).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        match = _MARK.fullmatch(line)
        assert match, f"{path}: no mark: {line}"
        keys = tuple((match["keys"] or "").strip().split(",")) if match["keys"] else ()
        out.append(Sentence(match["sign"], keys, match["words"]))
    return out


def told(claim: Claim) -> str:
    """A claim in the form of a mark, its words in full."""
    own = ",".join(citation.key for citation in claim.citations)
    if claim.carried and claim.sourced and not own:
        return f": {','.join(c.key for item in claim.carried for c in item.citations)} | {claim.text}"
    return f"{'+ ' + own if own else '-'} | {claim.text}"


def marked(mark: Sentence, claim: Claim | None) -> str:
    """A mark in the same form, with the words of the claim if it is of them."""
    words = claim.text if claim and mark.is_of(claim.text) else mark.words
    sign = "-" if mark.sign == "w" else mark.sign
    return f"{sign}{' ' + ','.join(mark.keys) if mark.keys else ''} | {words}"


@pytest.mark.parametrize("path", PAGES)
def test_the_claims_are_those_that_a_reader_marked(path: str) -> None:
    claims = list(PAGES[path].claims)
    marks = [mark for mark in marks_of(path) if mark.sign != "o"]
    padded = [*claims, *[None] * max(0, len(marks) - len(claims))]
    assert [told(claim) for claim in claims] == [marked(*pair) for pair in zip(marks, padded, strict=False)]


@pytest.mark.parametrize("path", PAGES)
def test_what_a_reader_marked_as_no_claim_stands_in_the_page_and_in_no_claim(path: str) -> None:
    source = " ".join((ROOT / path).read_text(encoding="utf-8").split())
    texts = [claim.text for claim in PAGES[path].claims]
    none = [mark.words for mark in marks_of(path) if mark.sign == "o"]
    assert [words for words in none if words not in source or any(words in text for text in texts)] == []


@pytest.mark.parametrize("path", PAGES)
def test_just_the_claims_that_a_reader_missed_a_citation_in_are_found(path: str) -> None:
    found = [f.fault.claim for f in REPORT.findings if f.fault.place.path == path]
    marks = [mark for mark in marks_of(path) if mark.sign == "-"]
    assert len(found) == len(marks)
    assert [text for text, mark in zip(found, marks, strict=True) if not mark.is_of(text)] == []


def test_waived_are_those_that_a_reader_marked_as_waived() -> None:
    waived = Counter(finding.fault.place.path for _waiver, finding in REPORT.waived)
    assert waived == Counter(path for path in PAGES for mark in marks_of(path) if mark.sign == "w")


def test_nothing_else_is_found_in_the_corpus() -> None:
    assert {finding.rule for finding in REPORT.findings} == {"uncited-claim"}


def test_the_corpus_is_large_and_of_many_kinds() -> None:
    signs = Counter(mark.sign for path in PAGES for mark in marks_of(path))
    assert signs.total() >= 400
    assert all(signs[sign] >= least for sign, least in {"+": 200, "-": 100, ":": 8, "o": 50}.items())
