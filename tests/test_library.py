"""Our own library, damaged in every way that a slip of the hand can: one fault in, that fault out and no other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from sourcebook.bibtex import read_bibliography
from sourcebook.check import check
from sourcebook.claims import read_page
from sourcebook.model import Finding
from sourcebook.myst import read_text
from sourcebook.outline import Outline, outline_of, outline_of_bibliography, outline_of_page
from sourcebook.read import read_library
from sourcebook.settings import read_settings

ROOT = Path(__file__).parent.parent
SETTINGS = read_settings(ROOT)
WHOLE = read_library(ROOT, SETTINGS)
BIB = WHOLE.bibliographies[0].path
BIB_TEXT = (ROOT / BIB).read_text(encoding="utf-8")
ARTICLES = [page.path for page in WHOLE.pages if page.checked]


OUTLINE = outline_of(WHOLE)


def with_page(path: str, text: str) -> Outline:
    """The library with another page; what rules find in the pages alone that are the same is not found again."""
    extensions = frozenset(SETTINGS.myst_extensions)
    new = read_page(path, read_text(path, text, extensions), checked=True)
    pages = tuple(new if page.path == path else page for page in WHOLE.pages)
    outlines = (outline_of_page(new) if one.page.path == path else one for one in OUTLINE.pages)
    return replace(OUTLINE, pages=tuple(outlines), library=replace(WHOLE, pages=pages))


def with_bib(text: str) -> Outline:
    new, others = read_bibliography(BIB, text), WHOLE.bibliographies[1:]
    outlines = (outline_of_bibliography(new), *OUTLINE.bibliographies[1:])
    library = replace(WHOLE, bibliographies=(new, *others))
    return replace(OUTLINE, bibliographies=outlines, library=library)


def findings(outline: Outline) -> list[Finding]:
    return list(check(outline).findings)


def places(found: list[Finding]) -> list[tuple[str, str, int]]:
    return [(finding.rule, finding.fault.place.path, finding.fault.place.line) for finding in found]


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def cut(text: str, start: int, end: int, new: str = "") -> str:
    return text[:start] + new + text[end:]


def claims_of(text: str) -> Iterator[re.Match[str]]:
    """The cite roles of claims: those that a claim name follows."""
    return re.finditer(r"\{cite:p\}`([^`]+)`(?= \{claim\})", text)


def test_the_library_is_clean() -> None:
    assert places(findings(OUTLINE)) == []
    assert ARTICLES


@pytest.mark.parametrize("path", ARTICLES)
def test_each_citation_taken_away_is_one_finding(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    page = next(page for page in WHOLE.pages if page.path == path)
    # A sentence that leads into a list rests on the list's items as well.
    leading = {claim.names[0].place.line for claim in page.claims if claim.carried}
    for match in claims_of(text):
        line = line_of(text, match.start())
        found = findings(with_page(path, cut(text, match.start(), match.end())))
        assert places(found) == ([] if line in leading else [("uncited-claim", path, line)])
        assert all(finding.fault.cure for finding in found)


@pytest.mark.parametrize("path", ARTICLES)
def test_each_key_misspelt_is_one_finding(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    for match in re.finditer(r"\{cite:p\}`([^`,]+)", text):
        key = match[1]
        wrong = key[:-2] + key[-1] + key[-2] + "x"
        found = findings(with_page(path, cut(text, match.start(1), match.end(1), wrong)))
        assert places(found) == [("unknown-key", path, line_of(text, match.start()))]
        assert key in found[0].fault.cure


@pytest.mark.parametrize("path", ARTICLES)
def test_two_claims_named_alike_are_one_finding(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    names = list(re.finditer(r"\{claim\}`([^`]+)`", text))
    for first, second in itertools.pairwise(names):
        found = findings(with_page(path, cut(text, second.start(1), second.end(1), first[1])))
        assert places(found) == [("duplicate-claim-name", path, line_of(text, second.start()))]


ENTRIES = WHOLE.bibliographies[0].entries


def span_of(key: str) -> tuple[int, int]:
    start = re.search(rf"^@\w+{{{key},", BIB_TEXT, re.M)
    assert start is not None
    return start.start(), BIB_TEXT.index("\n}\n", start.start()) + 3


@pytest.mark.parametrize("key", [entry.key for entry in ENTRIES])
def test_an_entry_deleted_is_told_of_at_each_citation(key: str) -> None:
    found = findings(with_bib(cut(BIB_TEXT, *span_of(key))))
    cited = [c.place for page in WHOLE.pages for c in page.citations if c.key == key]
    heads = [page.path for page in WHOLE.pages if page.article == key]
    told = [finding.fault.place for finding in found if finding.rule == "unknown-key"]
    assert told == sorted(cited)
    assert [f.fault.place.path for f in found if f.rule == "unknown-article"] == heads
    named = [
        f.value for entry in ENTRIES for f in entry.fields if f.name == "translationof" and f.value == key
    ]
    assert len([finding for finding in found if finding.rule == "dangling-reference"]) == len(named)
    assert len(found) == len(cited) + len(heads) + len(named)


@pytest.mark.parametrize("key", [entry.key for entry in ENTRIES])
def test_an_entry_without_its_locators_is_one_finding(key: str) -> None:
    start, end = span_of(key)
    entry = re.sub(
        r"^  (?:url|doi|isbn|sha256|archiveurl|volume|eprint) = .*\n", "", BIB_TEXT[start:end], flags=re.M
    )
    found = findings(with_bib(cut(BIB_TEXT, start, end, entry)))
    assert places(found) == [("unlocated-entry", BIB, line_of(BIB_TEXT, start))]


@pytest.mark.parametrize("key", [entry.key for entry in ENTRIES if entry.get("date")])
def test_an_entry_without_its_year_is_one_finding(key: str) -> None:
    start, end = span_of(key)
    entry = re.sub(r"^  date = .*\n", "", BIB_TEXT[start:end], flags=re.M)
    found = findings(with_bib(cut(BIB_TEXT, start, end, entry)))
    assert places(found) == [("missing-field", BIB, line_of(BIB_TEXT, start))]


@pytest.mark.parametrize("key", [entry.key for entry in ENTRIES])
def test_each_brace_broken_is_one_finding_at_its_entry(key: str) -> None:
    start, end = span_of(key)
    for match in re.finditer(r"[{}]", BIB_TEXT[start:end]):
        found = findings(with_bib(cut(BIB_TEXT, start + match.start(), start + match.end())))
        shown = BIB_TEXT[start:end][max(0, match.start() - 30) : match.start() + 10]
        assert places(found) == [("unreadable-bibliography", BIB, line_of(BIB_TEXT, start))], shown
        assert found[0].fault.key == key
