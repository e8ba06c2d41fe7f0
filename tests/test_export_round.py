"""From BibLaTeX to CSL-JSON and back nothing is lost, and the standard variables alone carry what readers need."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.bibtex import read_bibliography
from sourcebook.entrytypes import REQUIRED
from sourcebook.exporting import entrywork
from sourcebook.exporting.csl import entry_of, item_of
from sourcebook.exporting.entrytext import write_entry, write_names
from sourcebook.exporting.entrywork import Work, dating_of, work_of
from sourcebook.langtags import language_name, language_tag
from sourcebook.model import Entry, Field, Place
from sourcebook.names import Name, read_names
from sourcebook.sphinx_ext.style import record
from sourcebook.tex import text_of

ROOT = Path(__file__).parent.parent
FILES = [*sorted((ROOT / "bib").glob("*.bib")), *sorted((ROOT / "tests").rglob("*.bib"))]

_NAMES = (
    "title subtitle titleaddon author editor translator bookauthor journaltitle journal booktitle maintitle "
    "publisher institution school organization howpublished series number issue volume pages eid edition date year "
    "month day urldate origdate eventdate url doi isbn issn langid language note abstract annotation keywords "
    "shorttitle shortauthor crossref xdata translationof reprintof archiveurl urlstatus sha256 entrysubtype type "
    "origtitle origlanguage pubstate file related custom-field userd"
).split()
_PIECES = (
    r"{NATO} \"o {\"o} \'{\i} \& \% % & # _ ~ -- --- `` '' $x^2$ {Deep {deeper {deepest}}} and others von der Jr "
    "2021 2021-12-03 1999/2001 2020~ 2019-21 199X /2020 https://example.org/a_b%20c?d=e&f=g#h 10.5555/12345678 "
    "english ngerman en-GB dead ß İ 伊藤 Дмитриев Ayşe a1 a2 jan 12 xi , ; . ? - : \\"
).split(" ")
_VALUES = st.lists(
    st.sampled_from(_PIECES) | st.text(st.characters(categories=["L", "N", "Zs"]), max_size=5), max_size=6
)


def _balanced(value: str) -> bool:
    return value.count("{") == value.count("}")


_FIELDS = st.dictionaries(st.sampled_from(_NAMES), _VALUES.map(" ".join).filter(_balanced), max_size=12)
_TYPES = st.sampled_from([*REQUIRED, "unheardof"])


def entry(type_: str, fields: dict[str, str], key: str = "a1") -> Entry:
    return Entry(
        key, type_, tuple(Field(name, value, 1, 1) for name, value in fields.items()), Place("a.bib")
    )


def content(of: Entry) -> tuple[str, str, dict[str, str]]:
    return of.key, of.type, {field.name: field.value for field in of.fields}


def through_json(work: Work) -> Entry:
    item: dict[str, Any] = json.loads(json.dumps(item_of(work)))
    return entry_of(item)


@settings(max_examples=150, deadline=None)
@given(_TYPES, _FIELDS, _FIELDS)
def test_nothing_is_lost_from_biblatex_to_csl_json_and_back(
    type_: str, fields: dict[str, str], parent: dict[str, str]
) -> None:
    first = entry(type_, fields)
    entries = {"a1": first, "a2": entry("book", parent, "a2")}
    back = through_json(work_of(first, entries))
    assert content(back) == content(first)
    text = write_entry(back.type, back.key, ((field.name, field.value) for field in back.fields))
    (read,) = read_bibliography("a.bib", text).entries
    assert {n: " ".join(v.split()) for n, v in content(read)[2].items()} == {
        n: " ".join(v.split()) for n, v in fields.items()
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_entry_at_hand_comes_back_as_it_was(path: Path) -> None:
    entries = read_bibliography(path.name, path.read_text(encoding="utf-8", errors="replace")).entries
    by_key = {one.key: one for one in entries}
    for one in entries:
        back = through_json(work_of(one, by_key))
        assert sorted((f.name, f.value) for f in back.fields) == sorted((f.name, f.value) for f in one.fields)


@pytest.mark.parametrize(
    "path", [FILES[0], ROOT / "tests" / "exports" / "works.bib"], ids=lambda path: path.name
)
def test_the_standard_variables_alone_carry_title_names_date_and_address(path: Path) -> None:
    entries = read_bibliography(path.name, path.read_text(encoding="utf-8")).entries
    by_key = {one.key: one for one in entries}
    for one in entries:
        work = work_of(one, by_key)
        item = item_of(work)
        item.pop("custom", None)
        back = work_of(entry_of(item), {})
        assert back.title == work.title
        assert back.people("author") == work.people("author")
        assert back.people("translator") == work.people("translator")
        assert back.address.replace("%7B", "{").replace("%7D", "}") == work.address
        assert (back.doi, back.language, back.original_title) == (
            work.doi,
            work.language,
            work.original_title,
        )
        if work.issued and work.issued.first and not work.issued.open:
            assert back.issued
            assert _ends(back) == _ends(work)


def _ends(work: Work) -> tuple[object, ...]:
    assert work.issued
    return work.issued.first, work.issued.last, work.issued.about, work.issued.season


def test_a_foreign_item_becomes_an_entry() -> None:
    item = {
        "id": "x",
        "type": "article-journal",
        "title": "50% of {x} & more",
        "author": [
            {"family": "Berg", "given": "Jan", "dropping-particle": "van", "non-dropping-particle": "der"},
            {"literal": "The Sea Society, Inc."},
            {"family": "Two Words"},
        ],
        "issued": {"date-parts": [["2021", "12"]], "circa": 1},
        "container-title": "Journal of the Sea",
        "URL": "https://example.org/a b{c}",
        "custom": {"biblatex": "no mapping"},
    }
    found = entry_of(item)
    texts = {field.name: field.value for field in found.fields}
    assert text_of(texts["title"]) == item["title"]
    assert [name.shown for name in read_names(texts["author"])] == [
        "Jan van der Berg", "The Sea Society, Inc.", "Two Words"
    ]  # fmt: skip
    assert texts["date"] == "2021-12~"
    assert texts["journaltitle"] == "Journal of the Sea"
    assert texts["url"] == "https://example.org/a%20b%7Bc%7D"


@pytest.mark.parametrize(
    "item",
    [{}, {"author": "x", "issued": 7, "custom": 3}, {"author": [3, {}], "issued": {"date-parts": [[], 1]}}],
)
def test_an_item_that_is_none_becomes_what_it_can(item: dict[str, Any]) -> None:
    assert entry_of(item).type == "misc"


@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [
        ("2021-12-03", (2021, 12, 3), (), ""),
        ("2021-12-30/2022-01-02", (2021, 12, 30), (2022, 1, 2), ""),
        ("2021-02-30", (), (), ""),
        ("2024-02-29", (2024, 2, 29), (), ""),
        ("2023-02-29/2024", (), (), ""),
        ("199X", (1990,), (1999,), ""),
        ("19XX", (1900,), (1999,), ""),
        ("2019-22", (2019,), (), "season 2"),
        ("2020~", (2020,), (), "about"),
        ("2020/", (2020,), (), "open"),
        ("../2020", (2020,), (), "open"),
        ("2020/x", (), (), ""),
        ("/", (), (), ""),
        ("-0043-03-15", (-43, 3, 15), (), ""),
        ("soon", (), (), ""),
    ],
)
def test_a_date_is_read_to_its_ends(
    text: str, first: tuple[int, ...], last: tuple[int, ...], rest: str
) -> None:
    date = dating_of(text)
    assert (date.first, date.last) == (first, last)
    told = ["about"] * date.about + [f"season {date.season}"] * bool(date.season) + ["open"] * date.open
    assert " ".join(told) == rest


def test_parents_lend_what_the_style_of_the_build_lets_them_lend() -> None:
    assert record._LENT == entrywork.LENT_FIELDS
    assert record._LENT_TITLE == entrywork.LENT_TITLES


@pytest.mark.parametrize(
    ("field", "tag"),
    [("english", "en"), ("ngerman", "de"), ("langfrench", "fr"), ("en-gb", "en-GB"), ("zh_hant_TW", "zh-Hant-TW"),
     ("turkish and english", "tr"), ("klingon", ""), ("", "")],
)  # fmt: skip
def test_a_language_has_its_tag(field: str, tag: str) -> None:
    assert language_tag(field) == tag
    assert language_tag(language_name(tag)) == tag


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (Name("ben Ali", "Zine"), "{ben Ali}, Zine"),
        (Name("Berg", "Jan", "van den"), "van den Berg, Jan"),
        (Name("Sands, and Sea", "A."), "{Sands, and Sea}, A."),
        (Name("Rook", suffix="Jr"), "Rook, Jr, {}"),
        (Name("Two Words"), "{Two Words}"),
        (Name("Sea & Sons, Inc.", whole=True), r"{Sea \& Sons, Inc.}"),
        (Name("others"), "others"),
    ],
)
def test_a_name_is_written_as_it_has_to_be_read(name: Name, written: str) -> None:
    assert write_names([name]) == written
    (read,) = read_names(written)
    assert read.shown == name.shown


def test_no_value_can_begin_an_entry() -> None:
    item = {
        "id": "a",
        "type": "book",
        "title": "x",
        "custom": {"biblatex": {"note": "one\n@book{b, title = {B}}\n}"}},
    }
    found = entry_of(item)
    text = write_entry(found.type, found.key, ((field.name, field.value) for field in found.fields))
    bibliography = read_bibliography("a.bib", text)
    assert [entry.key for entry in bibliography.entries] == ["a"]
    assert not bibliography.unread
    assert "B" in bibliography.entries[0].get("note")
