"""Whether an address, an ISSN or an ISBN is well formed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import isbn, issn
from stdnum.iso7064 import mod_11_2

from sourcebook import locators
from sourcebook.bibtex import read_bibliography
from sourcebook.locators import (
    bare_doi,
    is_arxiv,
    is_isbn,
    is_issn,
    is_orcid,
    is_url,
    locators_of,
)


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


@given(st.from_regex(r"\A97[89][0-9]{10}\Z|\A[0-9]{9}[0-9X]\Z"))
def test_an_isbn_is_one_by_the_standard(text: str) -> None:
    assert is_isbn(text) == isbn.is_valid(text)
    digit = "0123456789X"
    assert sum(is_isbn(text[:-1] + last) for last in digit) == 1


@given(st.from_regex(r"\A[0-9]{7}[0-9X]\Z"))
def test_an_issn_is_one_by_the_standard(text: str) -> None:
    assert is_issn(text) == issn.is_valid(text)
    assert sum(is_issn(text[:-1] + last) for last in "0123456789X") == 1


@given(st.from_regex(r"\A[0-9]{15}[0-9X]\Z"))
def test_an_orcid_is_one_by_the_standard(text: str) -> None:
    assert is_orcid(text) == mod_11_2.is_valid(text)
    assert is_orcid("-".join(text[n : n + 4] for n in (0, 4, 8, 12))) == is_orcid(text)


@given(st.text(max_size=30))
def test_any_text_is_an_identifier_or_none(text: str) -> None:
    for judge in (is_isbn, is_issn, is_orcid, is_arxiv, is_url):
        assert judge(text) in {True, False}
    assert bare_doi(bare_doi(text)) == bare_doi(text)


def located(fields: str) -> list[str]:
    (entry,) = read_bibliography("a.bib", f"@misc{{a, {fields}}}").entries
    return locators_of(entry)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("doi = {10.5555/1}", ["doi"]),
        ("doi = {10.5555.10/1}", ["doi"]),
        ("isbn = {978-3-16-148410-0 (print)}", ["isbn"]),
        ("isbn = {978-3-16-148410-1, 0-306-40615-2}", ["isbn"]),
        ("isbn = {978-3-16-148410-1}", []),
        ("issn = {0028-0836, 1476-4687}, volume = {1}, number = {2}", ["issn"]),
        ("issn = {0028-0836}", []),
        ("eprint = {2101.00001 [cs]}, eprinttype = {arXiv}", ["eprint"]),
        ("eprint = {2113.00001}", []),
        ("eprint = {2101.00001}, eprinttype = {jstor}", []),
    ],
)
def test_an_entry_is_located_by_what_is_well_formed(fields: str, found: list[str]) -> None:
    assert located(fields) == found
