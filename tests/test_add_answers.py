"""Answers that are broken, hostile or odd: `add` says why, and nothing is written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.add import Asking, Proposal, propose
from sourcebook.answers import FAULTS, Answer
from sourcebook.bibtex import read_bibliography
from sourcebook.exporting.entrytext import tex_of
from sourcebook.finders import Found, Refused, all_finders, finder_of
from sourcebook.finders._days import csl_date, iso_of
from sourcebook.finders._people import csl_name, name_in_one
from sourcebook.finders._plain import MOST, plain
from sourcebook.names import Name
from sourcebook.tex import text_of

LOCATORS = {
    "arxiv": "9912.99999",
    "doi": "10.5555/1",
    "isbn": "9780000000002",
    "page": "https://example.org/a/b",
}
FORMS = {
    "arxiv": "application/atom+xml",
    "doi": "application/json",
    "isbn": "application/json",
    "page": "text/html",
}
WORK = {"title": "The sea", "type": "book", "issued": {"date-parts": [[2021]]}}


def answer(name: str, body: bytes, status: int = 200, fault: str = "") -> Answer:
    headers = (("content-type", FORMS[name]),)
    return Answer(LOCATORS[name], LOCATORS["page"], status, (), headers, body, fault)


def outcome(name: str, told: Answer) -> Proposal | Refused:
    """What comes of one answer, in a library that has nothing, and with no answer kept."""
    import datetime

    def ask(_url: str, _headers: Mapping[str, str]) -> Answer:
        return told

    return propose(LOCATORS[name], (), Asking(ask, most_age=datetime.timedelta()), {})


@pytest.mark.parametrize("name", LOCATORS)
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_an_answer_that_did_not_come_whole_is_unchecked(name: str, fault: str) -> None:
    refused = outcome(name, answer(name, json.dumps(WORK).encode(), 200, fault))
    assert isinstance(refused, Refused)
    assert fault in refused.why
    assert "unchecked" in refused.why


@pytest.mark.parametrize("name", LOCATORS)
@pytest.mark.parametrize(
    ("status", "why"),
    [
        (404, "there is no such"),
        (410, "there is no such"),
        (403, "unchecked"),
        (429, "unchecked"),
        (500, "unchecked"),
        (204, "unchecked"),
        (300, "unchecked"),
    ],
)
def test_a_status_that_is_no_success_is_refused(name: str, status: int, why: str) -> None:
    refused = outcome(name, answer(name, b"", status))
    assert isinstance(refused, Refused)
    assert str(status) in refused.why
    assert why in refused.why


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        ("doi", b"<html><title>Sign in</title></html>", "no CSL-JSON but"),
        ("doi", b"", "no CSL-JSON but"),
        ("doi", b"[1, 2]", "no CSL-JSON record"),
        ("doi", b'"' + b"x" * 100 + b'"', "no CSL-JSON record"),
        ("doi", b"[" * 100_000, "no CSL-JSON but"),
        ("doi", b'{"title": "a\\ud800"}', "no CSL-JSON but"),
        ("doi", b'{"title": "The sea", "DOI": "10.5555/2"}', "about another DOI, 10.5555/2"),
        ("doi", b'{"type": "book", "title": ""}', "no title found"),
        ("doi", b'{"title": {"a": 1}}', "no title found"),
        ("doi", b'{"title": "' + b"x" * 10_000 + b'"}', "no title found"),
        ("isbn", b"{}", "has no such book"),
        ("isbn", b"[]", "no details"),
        ("isbn", b'{"ISBN:9780000000002": 1}', "no details"),
        ("isbn", b"<html>", "no JSON"),
        ("arxiv", b"<html>", "no Atom feed"),
        ("arxiv", b"<html/>", "no Atom feed"),
        ("arxiv", b"", "no Atom feed"),
        ("arxiv", b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "no such record"),
        (
            "arxiv",
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#x</id>'
            b"<title>Error</title><summary>incorrect id format</summary></entry></feed>",
            "incorrect id format",
        ),
        (
            "arxiv",
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1.2</id></entry></feed>',
            "about another record",
        ),
        ("page", b"%PDF-1.7", "no page but"),
        ("page", b"", "no page"),
        ("page", b"<html><body></body></html>", "no title found"),
    ],
)
def test_an_answer_that_says_nothing_is_refused(name: str, body: bytes, why: str) -> None:
    refused = outcome(name, answer(name, body))
    assert isinstance(refused, Refused), refused
    assert why in refused.why


def test_an_entity_of_xml_is_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    body = (
        f'<!DOCTYPE f [<!ENTITY s SYSTEM "file://{secret}">]><feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        "<id>http://arxiv.org/abs/9912.99999</id><title>Sea &s;</title></entry></feed>"
    )
    read = all_finders()["arxiv"].read(answer("arxiv", body.encode()), "9912.99999")
    assert "secret" not in repr(read)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("<i>Homo</i> <jats:italic>sapiens</jats:italic>", "Homo sapiens"),
        ("&lt;b&gt;Sea&lt;/b&gt;", "Sea"),
        ("a < b and c > d", "a < b and c > d"),
        ("H<sub>2</sub>O at 10<sup>-3</sup>", "H₂O at 10⁻³"),
        ("x\u202ecba\u0007\u200b y", "xcba y"),
        ("two\n  lines\u00a0", "two lines"),
        ("Café", "Café"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("M\ufffdller", ""),
        (["a"], ""),
        (None, ""),
        ("x" * (MOST + 1), ""),
    ],
)
def test_a_value_is_plain_text(given: object, text: str) -> None:
    assert plain(given) == text


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("2021/12/03", "2021-12-03"),
        ("2021-12", "2021-12"),
        ("2021", "2021"),
        ("20211203", "2021-12-03"),
        ("2021-12-03T23:30:00-05:00", "2021-12-03"),
        ("December 3, 2021", "2021-12-03"),
        ("Friday, 3rd December 2021", "2021-12-03"),
        ("3 Dec. 2021", "2021-12-03"),
        ("October 1988", "1988-10"),
        ("03/12/2021", ""),
        ("2021-02-30", ""),
        ("yesterday", ""),
        ("20211", ""),
        (2021, "2021"),
        (None, ""),
    ],
)
def test_a_date_is_what_it_says_and_no_more(given: object, date: str) -> None:
    assert iso_of(given) == date


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ({"date-parts": [[2021, 12, 3]]}, "2021-12-03"),
        ({"date-parts": [["2021", "12"]]}, "2021-12"),
        ({"date-parts": [[2021, 12, 3], [2022, 1, 2]]}, "2021-12-03/2022-01-02"),
        ({"date-parts": [[None]]}, ""),
        ({"date-parts": [[2021, 13]]}, ""),
        ({"date-parts": [[2021, None, 3]]}, "2021"),
        ({"date-parts": 7}, ""),
        ({"raw": "2021-05-06"}, "2021-05-06"),
        ({"literal": "spring"}, ""),
        ([2021], ""),
    ],
)
def test_a_date_of_csl_keeps_its_parts(given: Any, date: str) -> None:
    assert csl_date(given) == date


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            Name("Berg", "Jan", "van der"),
        ),
        ({"literal": "Sea Office"}, Name("Sea Office", whole=True)),
        ({"name": "Sea Office"}, Name("Sea Office", whole=True)),
        ({"given": "Plato"}, Name("Plato", whole=True)),
        ({"family": ["x"]}, None),
        ("Jan Berg", None),
        ({}, None),
    ],
)
def test_a_name_of_csl_keeps_its_parts(given: object, name: Name | None) -> None:
    assert csl_name(given) == name


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Berg, Jan", Name("Berg", "Jan")),
        ("Jan van der Berg", Name("Berg", "Jan", "van der")),
        ("Reuters", Name("Reuters", whole=True)),
        ("Associated Press", Name("Associated Press", whole=True)),
        ("Sea Office", Name("Sea Office", whole=True)),
        ("https://example.org/jan", None),
        ("jan@example.org", None),
        ("", None),
    ],
)
def test_a_name_in_one_piece_is_split_only_where_it_can_be(given: str, name: Name | None) -> None:
    assert name_in_one(given, ("Sea Office",))[0] == name


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 3000)
    | st.text(max_size=12)
    | st.sampled_from(["<i>x</i>", "{", "\\", "%"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from("family given literal date-parts name raw".split()), inner, max_size=3
        )
    ),
    max_leaves=8,
)
VARIABLES = "title author editor issued container-title publisher volume issue page ISSN ISBN language URL type".split()


@given(st.dictionaries(st.sampled_from(VARIABLES), JSON))
@settings(max_examples=150, deadline=None)
def test_whatever_a_record_holds_an_entry_of_it_can_be_read_back(work: dict[str, Any]) -> None:
    found = outcome("doi", answer("doi", json.dumps(work).encode()))
    if isinstance(found, Proposal):
        (entry,) = read_bibliography("", found.text).entries
        assert entry == found.entry
        assert text_of(entry.get("title")) == plain_title(work)
        assert found.text.isprintable() or re.sub(r"\n", "", found.text).isprintable()


def plain_title(work: dict[str, Any]) -> str:
    given = work["title"]
    return next(filter(None, map(plain, given)), "") if isinstance(given, list) else plain(given)


@pytest.mark.parametrize("name", LOCATORS)
@given(data=st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_noise_is_never_a_crash(name: str, data: bytes) -> None:
    head = b"<html><head><script type='application/ld+json'>" if name == "page" else b""
    assert isinstance(all_finders()[name].read(answer(name, head + data), LOCATORS[name]), Found | Refused)


@given(st.text(max_size=60))
def test_every_text_is_a_locator_of_one_kind_or_of_none(text: str) -> None:
    name, wanted = finder_of(text)
    assert bool(name) == bool(wanted)
    assert not name or finder_of(wanted)[0] == name


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=40))
def test_a_title_in_tex_reads_back_letter_for_letter(text: str) -> None:
    assert text_of(tex_of(text)) == text


def test_a_page_of_ten_megabytes_is_read_in_part() -> None:
    body = (
        b"<html><head><title>x</title><meta name='citation_title' content='The sea'>" + b"<a b='" * 1_700_000
    )
    found = all_finders()["page"].read(answer("page", body), LOCATORS["page"])
    assert isinstance(found, Found)
    assert dict(found.fields)["title"] == "The sea"
