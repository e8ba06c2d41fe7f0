"""The rules over entries: each wrong spelling is found by its own rule at its own line, and no right one is found.

The cases stand in tests/hazards/bib-*.txt.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entry_cases import HAZARDS, TABLES, cases, entry, findings, rules_of, told, wrong_entries
from sourcebook.bibtex import read_bibliography
from sourcebook.entryfields import is_known, meant_field
from sourcebook.entrytypes import NO_BOOK, NO_JOURNAL, TYPES, required_fields
from sourcebook.langtags import language_tag
from sourcebook.tex import is_linkable

BAD = [(name, case) for name in TABLES for case in cases(f"{name}-bad")]
GOOD = [(name, case) for name in TABLES if name != "dates-ahead" for case in cases(f"{name}-good")]


@pytest.mark.parametrize(("table", "case"), BAD)
def test_a_wrong_value_is_found_by_its_rule_at_its_field(table: str, case: str) -> None:
    rule, fields_for = TABLES[table]
    fields = fields_for(case)
    bib = entry(**fields)
    found = [f for f in findings(bib) if f.rule not in {"control-character"}]
    assert {f.rule for f in found} - {"html-in-field"} == {rule} - {"html-in-field"} or table == "html"
    (mine,) = [f for f in found if f.rule == rule]
    line = bib[: bib.index(f"  {list(fields)[-1]} = ")].count("\n") + 1
    assert (mine.fault.place.line, mine.fault.place.column) == (line, 3)
    assert mine.fault.cure
    assert mine.fault.message.isprintable()


def test_what_is_told_of_each_wrong_value_stands_in_a_list() -> None:
    """After a change of words: python tests/entry_cases.py, and read what has changed."""
    assert told(wrong_entries()) == (HAZARDS / "bib-told.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("table", "case"), GOOD)
def test_a_right_value_is_found_by_no_rule(table: str, case: str) -> None:
    assert [f.fault.message for f in findings(entry(**TABLES[table][1](case)))] == []


@pytest.mark.parametrize("case", cases("addresses-bad"))
def test_a_wrong_address_is_never_made_a_link(case: str) -> None:
    assert not is_linkable(case) or case.strip() != case


def test_the_cure_of_a_doi_is_the_doi_alone() -> None:
    for text in ("https://doi.org/10.5555/12345678", "doi: 10.5555/12345678", "10.5555%2F12345678"):
        (finding,) = findings(entry(doi=text))
        assert finding.fault.cure == "write 10.5555/12345678"


def test_the_cure_of_a_date_is_the_date_where_it_can_be_told() -> None:
    for text, iso in (
        ("2021/02/03", "2021-02-03"),
        ("3 February 2021", "2021-02-03"),
        ("May 2021", "2021-05"),
    ):
        (finding,) = findings(entry(year="", date=text))
        assert finding.fault.cure == f"write {iso}"


@pytest.mark.parametrize("key", cases("keys-bad"))
def test_a_key_that_some_tool_can_not_bear_is_found(key: str) -> None:
    assert "bad-key" in rules_of(entry(key))


@pytest.mark.parametrize("key", [*cases("keys-good"), "a" * 100])
def test_a_key_that_every_tool_can_bear_passes(key: str) -> None:
    assert rules_of(entry(key)) == set()


@given(st.text(min_size=1, max_size=120))
@settings(max_examples=300, deadline=None)
def test_of_all_texts_only_the_grammar_passes_as_a_key(key: str) -> None:
    read = read_bibliography("a.bib", entry(key))
    if [e.key for e in read.entries] == [key] and not rules_of(entry(key)):
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,99}", key)


def test_a_very_long_key_is_told_shortly() -> None:
    (finding,) = [f for f in findings(entry("a" * 100_000)) if f.rule == "bad-key"]
    assert len(finding.fault.message) < 200
    assert len(finding.fault.key) <= 100


@pytest.mark.parametrize("line", cases("types"))
def test_an_unknown_type_is_found_with_the_one_that_is_meant(line: str) -> None:
    name, meant = line.split()
    (finding,) = findings(entry(type_=name))
    assert finding.rule == "unknown-type"
    assert finding.fault.cure == (f"write @{meant}" if meant != "-" else finding.fault.cure)


@pytest.mark.parametrize("name", sorted(TYPES))
def test_no_type_that_is_rendered_is_unknown(name: str) -> None:
    assert "unknown-type" not in rules_of(entry(type_=name))


@pytest.mark.parametrize("line", cases("fields"))
def test_a_misspelt_field_is_found_with_the_one_that_is_meant(line: str) -> None:
    name, meant = line.split()
    (finding,) = findings(entry(**{name: "2021"}))
    assert (finding.rule, finding.fault.cure) == ("unknown-field", f"did you mean {meant}?")
    assert (finding.fault.place.line, finding.fault.place.column) == (6, 3)


def test_another_unknown_field_is_told_once_a_name_and_a_free_one_never() -> None:
    odd = {
        "quuxfoo": "1",
        "x-mine": "2",
        "bdsk-url-1": "3",
        "opteditor": "4",
        "author+an": "1=x",
        "note2": "5",
    }
    bib = entry(**odd) + entry("jones2021sky", doi="10.5555/2", url="https://example.org/sky", **odd)
    (finding,) = findings(bib)
    assert (finding.rule, finding.fault.place.line) == ("unknown-field", 6)
    assert "2 in all" in finding.fault.message


def test_what_the_manual_declares_and_the_formatter_orders_is_known() -> None:
    from sourcebook.bibformat.fields import ORDER

    manual = (HAZARDS.parent.parent / "docs/manual/formats.md").read_text(encoding="utf-8")
    ours = re.findall(r"^\| `(\w+)` \|", manual.partition("## An entry")[2].partition("\n## ")[0], re.M)
    assert len(ours) >= 6
    assert [name for name in (*ours, *ORDER) if not is_known(name)] == []


@pytest.mark.parametrize("name", ["athr", "oyear", "ftitle", "author-l", "year2x", "qqq"])
def test_a_name_that_is_two_slips_from_a_short_one_or_is_put_together_is_no_slip(name: str) -> None:
    assert meant_field(name) == ""
    assert not is_known(name)


@pytest.mark.parametrize("case", cases("twins-bad"))
def test_a_work_that_has_two_entries_is_found_at_the_second(case: str) -> None:
    (finding,) = [f for f in findings(case.replace(" @", "\n@")) if f.rule == "duplicate-work"]
    assert (finding.fault.place.line, finding.fault.key) == (2, "b")
    assert finding.fault.notes[0].line == 1


@pytest.mark.parametrize("case", cases("twins-good"))
def test_two_works_that_look_alike_are_two(case: str) -> None:
    assert "duplicate-work" not in rules_of(case.replace(" @", "\n@"))


@pytest.mark.parametrize(
    "field", ["crossref", "xdata", "related", "translationof", "reprintof", "entryset", "xref"]
)
def test_a_reference_to_no_entry_is_found_with_the_nearest_key(field: str) -> None:
    other = entry("schmidt2019meer", title="Das Meer", doi="10.5555/2", url="https://example.org/meer")
    bib = entry(**{field: "schmidt2019mere"}) + other
    (finding,) = [f for f in findings(bib) if f.rule == "dangling-reference"]
    assert (finding.fault.place.line, finding.fault.place.column) == (6, 3)
    assert finding.fault.cure == "did you mean schmidt2019meer?"
    assert "dangling-reference" not in rules_of(bib.replace("mere", "meer"))


def test_a_reference_to_a_broken_entry_or_an_alias_is_none_to_nothing() -> None:
    broken = "@misc{broken2020,\n  title = {Broken,\n}\n"
    alias = entry("jones2021sky", doi="10.5555/2", url="https://example.org/sky", ids="old2021, older2021")
    for key in ("broken2020", "older2021"):
        assert "dangling-reference" not in rules_of(entry(related=key) + alias + broken)


@pytest.mark.parametrize("size", [1, 2, 3, 2000])
def test_a_circle_is_one_finding_with_its_chain(size: int) -> None:
    bib = "".join(
        entry(f"k{n}", title=f"T{n} x", doi=f"10.5555/{n}", url="", crossref=f"k{(n + 1) % size}")
        for n in range(size)
    )
    found = [f for f in findings(bib) if f.rule == "dangling-reference"]
    assert len(found) == 1
    assert found[0].fault.message.startswith(f"k{size - 1} leads back to itself: k0 → ")


def test_related_works_may_name_each_other() -> None:
    other = entry("b", title="Das Meer", doi="10.5555/2", url="https://example.org/meer", related="a")
    assert rules_of(entry("a", related="b") + other) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [("smith", "SMITH"), ("é", "e\u0301"), ("smith", "ѕmith"), ("ΑΒ", "AB"), ("ﬁsh", "fish")],
)
def test_keys_that_look_alike_are_one_and_both_are_named(one: str, other: str) -> None:
    bib = entry(one) + entry(other, title="Sky and more", doi="10.5555/2", url="https://example.org/sky")
    (finding,) = [f for f in findings(bib) if f.rule == "duplicate-key"]
    assert (finding.fault.place.line, finding.fault.notes[0].line) == (7, 1)


@given(
    st.text(max_size=60),
    st.sampled_from(sorted(["title", "author", "year", "month", "isbn", "langid", "note"])),
)
@settings(max_examples=500, deadline=None)
def test_any_value_is_judged(value: str, name: str) -> None:
    for finding in findings(entry(**{name: value.replace("{", "").replace("}", "")})):
        assert finding.fault.cure
        assert finding.fault.place.line >= 1


@pytest.mark.parametrize(
    "name", ["author", "title", "doi", "url", "isbn", "date", "year", "langid", "month", "day"]
)
@pytest.mark.parametrize(
    "piece",
    ["a", " ", "a b ", ",", "and ", "{a}", "\\a", "$", "<", "&", "1", "-", "/", ";", "%2f", "<i", "^"],
)
def test_a_long_hostile_value_is_judged(name: str, piece: str) -> None:
    """A way that takes more than a moment here would take the suite's time with it."""
    found = findings(entry(**{name: piece * (16_000 // len(piece))}))
    assert all(len(finding.fault.message) < 300 for finding in found)


def test_languages_that_babel_names_pass_as_they_are() -> None:
    for name in ("english", "ngerman", "brazilian", "latin"):
        assert language_tag(name)
        assert rules_of(entry(langid=name)) == set()


@pytest.mark.parametrize("type_", sorted(TYPES))
@pytest.mark.parametrize(("field", "types"), [("journaltitle", NO_JOURNAL), ("booktitle", NO_BOOK)])
def test_a_journal_or_a_book_is_found_where_the_type_has_none(
    type_: str, field: str, types: frozenset[str]
) -> None:
    assert ("misplaced-field" in rules_of(entry(type_=type_, **{field: "Seas"}))) == (type_ in types)
    assert not (type_ in types and any(names == (field,) for names in required_fields(type_)))
