"""Reading .bib files: what is right is read as pybtex reads it, what is wrong is one finding and hides nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database.input.bibtex import Parser

from sourcebook import bibtex
from sourcebook.bibtex import read_bibliography
from sourcebook.model import Place

ROOT = Path(__file__).parent.parent
SAMPLE = (Path(__file__).parent / "bibtex" / "sample.bib").read_text(encoding="utf-8")

VALUES = st.text(alphabet=st.sampled_from("ab %&#\\~_$,=@é\n\"'()"), max_size=12)
NESTED = st.recursive(
    VALUES, lambda inner: st.builds(lambda a, b, c: f"{a}{{{b}}}{c}", VALUES, inner, VALUES), max_leaves=4
)
KEYS = st.from_regex(r"\A[a-z][a-z0-9:-]{0,9}\Z")
FIELDS = st.dictionaries(st.sampled_from(["title", "note", "year", "journal"]), NESTED, max_size=4)
ENTRIES = st.dictionaries(KEYS, FIELDS, max_size=5)


def heads_inside(text: str) -> bool:
    """Whether a value has a line that looks like the beginning of an entry; by our law it is one."""
    return re.search(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", text, re.M) is not None


def write(entries: dict[str, dict[str, str]]) -> str:
    parts = []
    for key, fields in entries.items():
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        parts.append(f"@misc{{{key},\n{lines}}}\n")
    return "\n".join(parts)


def squeezed(value: str) -> str:
    return " ".join(value.split())


@given(ENTRIES)
@settings(max_examples=300, deadline=None)
def test_what_pybtex_reads_we_read_alike(entries: dict[str, dict[str, str]]) -> None:
    if any(heads_inside(value) for fields in entries.values() for value in fields.values()):
        return
    text = write(entries)
    theirs = Parser().parse_string(text).entries
    ours = read_bibliography("a.bib", text)
    assert ours.unread == ()
    assert {e.key: {f.name: squeezed(f.value) for f in e.fields} for e in ours.entries} == {
        key: {name.lower(): squeezed(value) for name, value in entry.fields.items()}
        for key, entry in theirs.items()
    }


def test_the_sample_is_read_with_lines_and_columns() -> None:
    lines = SAMPLE.splitlines()
    read = read_bibliography("sample.bib", SAMPLE)
    assert read.unread == ()
    assert [entry.key for entry in read.entries] == [
        "quoted",
        "braced",
        "joined",
        "oneline",
        "next",
        "paren",
        "nofields",
    ]
    for entry in read.entries:
        assert lines[entry.place.line - 1][entry.place.column - 1] == "@"
        for field in entry.fields:
            assert lines[field.line - 1][field.column - 1 :].lower().startswith(field.name)
    joined = next(entry for entry in read.entries if entry.key == "joined")
    assert joined.get("journal") == "Journal of the Sea, No. 7"
    assert joined.get("month") == "March"


@given(st.integers(0, len(SAMPLE)), st.integers(0, 40))
@settings(max_examples=500, deadline=None)
def test_a_cut_anywhere_is_told_and_leaves_the_entries_before_it(start: int, length: int) -> None:
    whole = read_bibliography("sample.bib", SAMPLE)
    damaged = read_bibliography("sample.bib", SAMPLE[:start] + SAMPLE[start + length :])
    line = SAMPLE.count("\n", 0, start) + 1
    before = [e.key for e in whole.entries if e.place.end_line < line - 1]
    # The one just before the cut may be blamed for what then stands behind its last brace.
    kept = [*damaged.broken, *(entry.key for entry in damaged.entries)]
    assert set(before) <= set(kept)


@given(st.text(alphabet=st.sampled_from('@{}()",=# %\na1misc'), max_size=80))
@settings(max_examples=1000, deadline=None)
def test_any_text_is_read_to_its_end(text: str) -> None:
    read = read_bibliography("a.bib", text)
    assert all(fault.message and fault.cure and fault.place.line >= 1 for fault in read.unread)


def test_strings_that_double_are_stopped() -> None:
    strings = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(31))
    read = read_bibliography("a.bib", '@string{s0 = "aaaaaaaaaa"}\n' + strings)
    assert len(read.unread) >= 1
    assert "longer than" in read.unread[0].message


def test_an_entry_commented_out_with_a_percent_sign_is_told() -> None:
    text = "% @misc{old,\n%   title = {Old},\n% }\n@misc{new, title = {New}}\n"
    read = read_bibliography("a.bib", text)
    assert [entry.key for entry in read.entries] == ["new"]
    assert [(f.place.line, "comment" in f.message) for f in read.unread] == [(1, True)]


def test_prose_with_an_at_sign_in_a_comment_is_no_entry() -> None:
    assert read_bibliography("a.bib", "% write to a@b.org {or not}\n% @ home\n").unread == ()


def test_a_comma_missing_behind_the_key_is_one_finding_with_the_key() -> None:
    text = '@misc{kaggle:a\n  author = "a", year = 2011\n}\n@misc{next, title = {N}}\n'
    read = read_bibliography("a.bib", text)
    assert read.broken == {"kaggle:a"}
    assert [entry.key for entry in read.entries] == ["next"]
    assert "a comma is missing behind the key" in read.unread[0].message


SHAPED = st.lists(
    st.builds(
        "{}{} = {}{}\n".format,
        st.sampled_from(["", "  ", "\t"]),
        st.sampled_from(["title", "Year", "note", "a+an", "é"]),
        st.one_of(
            VALUES.map("{{{}}}".format),
            VALUES.map('"{}"'.format),
            st.sampled_from(["2020", "mar", "x", '{} # "a"']),
        ),
        st.sampled_from([",", ",", " ,", ", ", ""]),
    ),
    max_size=5,
).map("".join)
FILES = st.lists(
    st.builds(
        "@{}{{k{},{}{}{}".format,
        st.sampled_from(["misc", "Book"]),
        st.integers(0, 9),
        st.sampled_from(["\n", " \n", ""]),
        SHAPED,
        st.sampled_from(["}\n", "}\n\n% a\n", "  }\n", "} b\n", "\n"]),
    ),
    max_size=4,
).map("".join)


@given(FILES)
@settings(max_examples=400, deadline=None)
def test_the_quick_way_reads_what_the_careful_way_reads(text: str) -> None:
    quick = read_bibliography("a.bib", text)
    pattern, bibtex._KEY_LINE = bibtex._KEY_LINE, re.compile(r"(?!)")
    try:
        assert read_bibliography("a.bib", text) == quick
    finally:
        bibtex._KEY_LINE = pattern


def test_the_quick_way_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bibtex, "_read_fields", lambda *_: pytest.fail("read with care"))
    text = '@misc{a,\n  title = {A {B} c},\n\tnote = "x" ,\n  month = mar,\n  year = 2020\n}\n'
    (entry,) = read_bibliography("a.bib", text).entries
    assert [(f.name, f.value, f.line, f.column) for f in entry.fields] == [
        ("title", "A {B} c", 2, 3),
        ("note", "x", 3, 2),
        ("month", "March", 4, 3),
        ("year", "2020", 5, 3),
    ]
    assert entry.place == Place("a.bib", 1, 1, 6, 2)


@given(st.integers(0, len(SAMPLE) - 1), st.sampled_from('@{}",=#% \n\\x\x00'))
@settings(max_examples=600, deadline=None)
def test_of_a_file_damaged_at_any_place_each_entry_comes_out_or_is_named(at: int, char: str) -> None:
    whole = read_bibliography("sample.bib", SAMPLE)
    damaged = read_bibliography("sample.bib", SAMPLE[:at] + char + SAMPLE[at + 1 :])
    line = SAMPLE.count("\n", 0, at) + 1
    out = {entry.key for entry in damaged.entries} | damaged.broken
    last = line + (SAMPLE[at] == "\n")  # a line end damages two lines
    for entry in whole.entries:
        if entry.place.end_line < line or entry.place.line > last:
            assert entry.key in out
    # The damaged one itself comes out, perhaps under another key, or a fault stands at it or between it and the next.
    gone = [e for e in whole.entries if e.key not in out]
    assert not gone or len(damaged.entries) == len(whole.entries) or damaged.unread or damaged.uses


@pytest.mark.parametrize("deep", [2, 4, 50, 51, 300, 100_000])
@pytest.mark.parametrize("quote", ["{}", '""'])
def test_braces_are_read_up_to_fifty_deep(deep: int, quote: str) -> None:
    inner = deep - 1 if quote == "{}" else deep
    value = quote[0] + "{" * inner + "x" + "}" * inner + quote[1]
    read = read_bibliography("a.bib", f"@misc{{a, title = {value}}}\n@misc{{b, title = {{B}}}}\n")
    if deep <= 50:
        assert [entry.key for entry in read.entries] == ["a", "b"]
    else:
        assert read.broken == {"a"}
        assert [entry.key for entry in read.entries] == ["b"]
        assert "more than 50 deep" in read.unread[0].message


def test_a_field_over_64_kib_is_one_finding_and_hides_nothing() -> None:
    for size, broken in ((65_536, set()), (65_537, {"a"}), (1_000_000, {"a"})):
        text = f"@misc{{a,\n  title = {{{'x' * size}}},\n}}\n@misc{{b, title = {{B}}}}\n"
        read = read_bibliography("a.bib", text)
        assert read.broken == broken
        assert read.entries[-1].key == "b"


def test_strings_expand_to_little_more_than_the_file_has() -> None:
    text = '@string{s = "' + "x" * 60_000 + '"}\n' + "".join(f"@misc{{k{n}, note = s}}\n" for n in range(100))
    read = read_bibliography("a.bib", text)
    assert 0 < sum(len(f.value) for e in read.entries for f in e.fields) < len(text) + (1 << 20)
    assert len(read.entries) + len(read.broken) == 100
    assert "expand to more than" in read.unread[0].message


@pytest.mark.parametrize("string", ["@string{a = a}", "@string{a = b}\n@string{b = a}", "@string{a = a # a}"])
def test_a_string_that_is_not_defined_yet_is_a_finding(string: str) -> None:
    read = read_bibliography("a.bib", f"{string}\n@misc{{k, title = {{T}}}}\n")
    assert "is no @string" in read.unread[0].message
    assert [entry.key for entry in read.entries] == ["k"]


def test_text_between_entries_is_told_once_at_its_first_line_and_a_comment_is_not() -> None:
    stray = "% fine\n\n  Some words.\nMore words.\n"
    text = f"{stray}@misc{{a, title = {{A}}}} tail\n-----\n@comment{{ no matter }}\n% b\n@misc{{b, title = {{B}}}},\n"
    read = read_bibliography("a.bib", text)
    assert [(u.kind, u.content, u.place.line, u.place.column) for u in read.uses] == [
        ("stray", "Some words.", 3, 3),
        ("stray", "tail", 5, 23),
    ]
    assert read.unread == ()


def test_characters_that_nobody_sees_are_told_wherever_they_stand() -> None:
    text = "% a\u202eb\n@misc{k\u200by,\n\ttitle = {A\x07\x1b\u2066B},\n}\n"
    uses = read_bibliography("a.bib", text).uses
    assert [(u.kind, u.name[:6], u.place.line, u.place.column) for u in uses] == [
        ("character", "U+202E", 1, 4),
        ("character", "U+200B", 2, 8),
        ("character", "U+0007", 3, 12),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 60_000,
        "@misc{a, title = {A}}" + "\n" * 60_000,
        "@a{" * 30_000,
        "x" * 60_000 + "@a{b, c = {d}}" * 1000,
        "@misc{a, t = " + "{} # " * 30_000 + "{}}",
        "% @a{b," * 20_000,
        "@misc{a,\n" + "t = {a\nb},\n" * 5000 + "}",
        "% allow x: y\n" * 5000 + "@misc{a, t = {b}}\n" * 5000,
        "@comment{" * 20_000,
        "@misc{a," + " " * 60_000,
        "{" * 60_000,
        "\u202ea" * 20_000,
        '@misc{a, t = "' + "{" * 40_000,
        "@string{a = {b}}" * 5000,
    ],
)
def test_a_long_hostile_file_is_read_to_its_end(text: str) -> None:
    """A way that takes more than a moment here would take the suite's time with it."""
    read = read_bibliography("a.bib", text)
    assert all(fault.place.line >= 1 for fault in read.unread)
