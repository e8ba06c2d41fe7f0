"""A locator that is not well formed is one finding, of the rule of its kind; an entry without any is another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.bibtex import read_bibliography
from sourcebook.check import check
from sourcebook.locators import locators_of
from sourcebook.model import Finding, Library
from sourcebook.tex import address_of, is_linkable

HELD = "0123456789abcdef" * 4
JUDGED = ("bad-address", "bad-doi", "bad-identifier", "unlocated-entry")


def findings(fields: str) -> list[Finding]:
    bib = f"@misc{{smith2020sea,\n  title = {{The sea}},\n  year = {{2020}},\n{fields}}}\n"
    library = Library((), (read_bibliography("bib/all.bib", bib),))
    return list(check(library, select=JUDGED).findings)


def told(fields: str) -> list[tuple[str, int]]:
    return [(finding.rule, finding.fault.place.line) for finding in findings(fields)]


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ("url = {javascript:alert(1)},\n", "bad-address"),
        ("archiveurl = {www.example.org/x},\n", "bad-address"),
        ("doi = {10.5555},\n", "bad-doi"),
        ("doi = {10.5555%2F1},\n", "bad-doi"),
        ("isbn = {978-3-16-148410-1},\n", "bad-identifier"),
        ("issn = {0028-0837}, volume = {1}, number = {2},\n", "bad-identifier"),
        ("issn = {0028-0837}, volume = {1}, issue = {2},\n", "bad-identifier"),
        ("eprint = {2113.00001}, eprinttype = {arxiv},\n", "bad-identifier"),
        ("eprint = {2113.00001}, archiveprefix = {arXiv},\n", "bad-identifier"),
        ("sha256 = {0123},\n", "bad-identifier"),
        (f"sha256 = {{{HELD.upper()}}},\n", "bad-identifier"),
        (f"sha256 = {{{HELD}0}},\n", "bad-identifier"),
    ],
)
def test_a_locator_that_is_not_well_formed_is_one_finding_at_its_field(fields: str, rule: str) -> None:
    assert told(fields) == [(rule, 4)]
    assert told(fields + "url = {https://example.org/sea},\n" * (not fields.startswith("url"))) in (
        [(rule, 4)],
        [("bad-address", 4)],
    )


@pytest.mark.parametrize(
    "fields",
    [
        "",
        "url = {},\n",
        "url = { },\n",
        "doi = {}, isbn = { }, eprint = {}, sha256 = {},\n",
        "issn = {0028-0836},\n",
        "issn = {0028-0836}, volume = {1},\n",
        "issn = {0028-0836}, number = {1},\n",
        "issn = {}, volume = {1}, number = {1},\n",
        "eprint = {somewhere},\n",
        "eprint = {123}, eprinttype = {jstor},\n",
        "eprinttype = {arxiv}, archiveprefix = {arXiv},\n",
    ],
)
def test_an_entry_without_a_locator_is_one_finding_at_its_head(fields: str) -> None:
    assert told(fields) == [("unlocated-entry", 1)]


def test_two_faults_are_two_findings() -> None:
    assert told("url = {x y},\ndoi = {10.5555},\n") == [("bad-address", 4), ("bad-doi", 5)]
    # Without volume and number it would lead nowhere if it were mended; a wrong ORCID is no locator at all.
    assert told("issn = {0028-0837},\n") == [("unlocated-entry", 1), ("bad-identifier", 4)]
    assert told("orcid = {0000-0002-1825-0098},\n") == [("unlocated-entry", 1), ("bad-identifier", 4)]


PIECES = st.sampled_from(
    [
        *"aA1 :/.\\{}<>@%_~$\"'",
        "https://",
        "http://",
        "example.org",
        "\\url",
        "\\_",
        "\\-",
        "10.5555/",
        "doi.org/",
    ]
)
VALUES = st.lists(PIECES, max_size=8).map("".join).filter(lambda v: v.count("{") == v.count("}"))


@given(st.sampled_from(["url", "archiveurl", "doi", "isbn", "sha256"]), VALUES)
@settings(max_examples=400, deadline=None)
def test_whatever_the_only_locator_is_it_resolves_or_is_one_finding(name: str, value: str) -> None:
    read = read_bibliography("a.bib", f"@misc{{a, title = {{T}}, year = {{2020}},\n{name} = {{{value}}}}}\n")
    if len(read.entries) != 1 or len(read.entries[0].fields) != 3:
        return  # a brace in it closed too early
    rules = [finding.rule for finding in check(Library((), (read,)), select=JUDGED).findings]
    resolves = bool(locators_of(read.entries[0]))
    assert rules in ([], ["bad-doi"]) if resolves else len(rules) == 1


@given(VALUES)
@settings(max_examples=400, deadline=None)
def test_an_address_locates_when_the_build_can_make_a_link_of_it(value: str) -> None:
    read = read_bibliography("a.bib", f"@misc{{a,\nurl = {{{value}}}}}\n")
    if len(read.entries) == 1 and len(read.entries[0].fields) == 1:
        (entry,) = read.entries
        assert bool(locators_of(entry)) == is_linkable(address_of(entry.get("url")))


@pytest.mark.parametrize(
    ("address", "cure"),
    [
        ("https://example.org/a b", "an address has no blanks: give one, and write a blank in it as %20"),
        ("https://user:word@example.org/a", "leave out the name and the password"),
        (
            "mailto:a@example.org",
            "mailto: is no scheme of the web; give an address that begins with https://",
        ),
        ("ftp://a@example.org/x", "leave out the name and the password"),
        ("FTP://example.org", "FTP: is no scheme of the web; give an address that begins with https://"),
        ("www.example.org/a", "write https://www.example.org/a"),
        ("example.org", "write https://example.org"),
        ("example.org:8080/a@b", "an address begins with http:// or https:// and has a host and no blanks"),
        ("https://example.org/a\\-b", "an address has no backslash: write it as a browser shows it"),
        ("https:///a@b", "an address begins with http:// or https:// and has a host and no blanks"),
        ("http:example.org", "an address begins with http:// or https:// and has a host and no blanks"),
    ],
)
def test_the_cure_of_an_address_says_what_is_in_the_way(address: str, cure: str) -> None:
    (finding,) = findings(f"url = {{{address}}},\n")
    assert (finding.rule, finding.fault.cure) == ("bad-address", cure)


@pytest.mark.parametrize(
    ("field", "rules"),
    [
        ("url = {https://example.org/?a=1&amp;b=2}", ["html-in-field"]),
        ("archiveurl = {https://example.org/?a=1&#38;b=2}", ["html-in-field"]),
        ("url = {https://example.org/?a=1&copy;=2}", []),  # a name of a query may be that of a sign
        ("abstract = {https://example.org/?a=1&amp;b=2}", []),  # is printed nowhere
        ("url = {javascript&#58;alert(1)}", ["bad-address"]),
    ],
)
def test_an_entity_in_an_address_is_one_finding(field: str, rules: list[str]) -> None:
    bib = f"@misc{{a, title = {{T}}, year = {{2020}}, doi = {{10.5555/1}}, {field}}}\n"
    library = Library((), (read_bibliography("bib/all.bib", bib),))
    assert [f.rule for f in check(library, ignore=["uncited-entry"]).findings] == rules
