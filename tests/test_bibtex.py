"""Reading .bib files: what is right is read as pybtex reads it, what is wrong is one finding and hides nothing."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database.input.bibtex import Parser

from sourcebook.bibtex import read_bibliography

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
