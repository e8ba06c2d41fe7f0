"""Whether an address, an ISSN or an ISBN is well formed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook import locators
from sourcebook.locators import is_isbn, is_issn, is_url


@pytest.mark.parametrize(
    "text", ["https://a.org", "http://a.org/b?c=d#e", "https://bücher.example/ä", "https://a.org/a\\_b"]
)
def test_an_address_is_one(text: str) -> None:
    assert is_url(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "a.org",
            "ftp://a.org",
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            "data:text/html,x",
            "file:///etc",
        ),
        *(
            "https://",
            "https://a",
            "https://a b.org",
            "https://a.org/a b",
            "https://u:p@a.org",
            "https://u@a.org/x",
        ),
        *(
            "http://[::1/x",
            "https://a.org:99999/",
            "https://a.org/<b>",
            'https://a.org/"b',
            "https://a.org/\x00",
            "vbscript:x",
        ),
        *("https:/a.org", "http//a.org", " javascript:x", "https://.org"),
    ],
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert not is_url(text)


@given(st.from_regex(r"\Ahttps?://[a-z@.:/?#\\\"<> -]{1,20}\Z"))
def test_the_quick_way_says_what_the_standard_library_says(text: str) -> None:
    quick = is_url(text)
    pattern, locators._PLAIN_URL = locators._PLAIN_URL, re.compile(r"(?!)")
    try:
        assert is_url(text) == quick
    finally:
        locators._PLAIN_URL = pattern


def test_check_digits_are_checked() -> None:
    assert is_issn("2785-2598")
    assert is_issn("2532-845X")
    assert not is_issn("2785-2599")
    assert is_isbn("978-3-16-148410-0")
    assert is_isbn("0-306-40615-2")
    assert not is_isbn("978-3-16-148410-1")


def test_white_space_around_an_address_is_no_part_of_it() -> None:
    assert is_url(" https://a.org\n")
    assert not is_url(" javascript:alert(1)\n")
