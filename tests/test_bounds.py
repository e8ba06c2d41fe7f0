"""No page takes long to read, however it is made: what could is refused before it is parsed."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from sourcebook.check import check
from sourcebook.claims import read_page
from sourcebook.model import Library
from sourcebook.myst import read_text
from sourcebook.settings import DEFAULT_EXTENSIONS

PATH = "docs/articles/page.md"


def library_of(text: str) -> Library:
    page = read_page(PATH, read_text(PATH, text, frozenset(DEFAULT_EXTENSIONS)), checked=True)
    return Library((page,))


def rules_of(text: str) -> set[str]:
    return {finding.rule for finding in check(library_of(text)).findings}


PROBES: dict[str, Callable[[int], str]] = {
    "notes": lambda n: "[^" * n,
    "notes on lines": lambda n: "[^ a\n" * n,
    "brackets": lambda n: "[" * n,
    "bracket lines": lambda n: "[ a\n" * n,
    "table": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|b" * n + "|\n",
    "backticks": lambda n: " ".join("`" * i for i in range(1, int((2 * n) ** 0.5))),
    "less": lambda n: "<" * n,
    "less on lines": lambda n: "<a \n" * n,
    "underscores": lambda n: "_a " * n,
    "stars": lambda n: "**_a b\n" * n,
    "links": lambda n: "[a](b\n" * n,
    "pictures": lambda n: "![" * n,
    "roles": lambda n: "{a}` " * n,
    "misspellings": lambda n: "{cite} @a [@b \\cite{c}\n" * n,
    "comments": lambda n: "% a\n\nb\n\n" * n,
    "quotations": lambda n: "> a\n" * n,
    "hidden": lambda n: "\u200b\n" * n,
}


@pytest.mark.parametrize("name", PROBES)
def test_work_grows_as_the_page_does(name: str) -> None:
    small, large = (calls_of(PROBES[name](n)) for n in (500, 1000))
    assert large < 2.5 * small


def calls_of(text: str) -> int:
    """How many functions are called to check a page: the same number each time, unlike seconds."""
    count = 0

    def note(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        library_of(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "text",
    ["a" * 1_000_001, "a" * 20_001, "a\n" * 3 + "b" * 20_001, "[^" * 10_000, "[" * 50_000, "a\n" * 50_001],
)
def test_a_page_beyond_the_bounds_is_not_parsed(text: str) -> None:
    assert rules_of(text) == {"too-large"}


def test_a_page_within_the_bounds_is_read() -> None:
    assert "too-large" not in rules_of(("a " * 9_999 + "\n\n") * 45)
