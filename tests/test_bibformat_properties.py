"""The formatter on texts that nobody thought of: nothing is lost, nothing changes twice, nothing is raised."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pybtex.errors
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database.input.bibtex import Parser

from sourcebook.bibformat import format_text
from sourcebook.bibformat.encoding import decoded
from sourcebook.bibtex import read_bibliography
from sourcebook.model import Fault

CASES = sorted((Path(__file__).parent / "bibformat").glob("*/in.bib"))
RICH = (Path(__file__).parent / "bibformat" / "strings" / "in.bib").read_text(encoding="utf-8")
SAMPLE = (Path(__file__).parent / "bibtex" / "sample.bib").read_text(encoding="utf-8")

SPACE = st.sampled_from(["", " ", "  ", "\n", "\t", " \n  "])
PLAIN = st.text(alphabet=st.sampled_from("abC %&~$_,=é—ß名\\'():;-\n\t#1"), max_size=10)
NESTED = st.recursive(
    PLAIN, lambda inner: st.builds(lambda a, b, c: f"{a}{{{b}}}{c}", PLAIN, inner, PLAIN), max_leaves=3
)
WORDS = st.sampled_from(
    ["Smith, Ann", "Smith,Ann", "Ann Smith", "{Sea Institute}", "van der Berg , Jan", "{A and B}, C"]
)
AUTHORS = st.lists(WORDS, min_size=1, max_size=3).flatmap(
    lambda names: st.sampled_from([" and ", "\n and ", "  AND "]).map(lambda mark: mark.join(names))
)
DELIMITED = st.one_of(
    NESTED.map(lambda text: f"{{{text}}}"),
    NESTED.map(lambda text: '"' + text.replace('"', "") + '"'),
    st.integers(0, 3000).map(str),
)
JOINED = st.lists(st.one_of(DELIMITED, st.sampled_from(["sea", "jan", "SEA"])), min_size=2, max_size=3).map(
    " # ".join
)
VALUES = st.one_of(DELIMITED, JOINED)
FIELDS = st.one_of(
    st.tuples(st.sampled_from(["title", "Title", "note", "abstract", "X-Own", "journal", "url"]), VALUES),
    st.tuples(st.sampled_from(["author", "editor"]), AUTHORS.map(lambda text: f"{{{text}}}")),
    st.tuples(st.just("pages"), st.sampled_from(["{1-2}", '"3 – 4"', "{5, 7--9}", "{pp. 3}", "12"])),
    st.tuples(st.just("month"), st.sampled_from(["{3}", "mar", "MAR", '"March"', "{Summer}", "sea"])),
    st.tuples(st.just("date"), st.sampled_from(["{2021-3-7}", '"7 March 2021"', "{2020/2021}", "{soon}"])),
    st.tuples(st.sampled_from(["crossref", "xdata"]), st.sampled_from(["{a1}", "{B2}", '"none"'])),
)
COMMENTS = st.text(alphabet=st.sampled_from("%abc é.:{}\"'1"), min_size=1, max_size=14).map(
    lambda text: f"% {text}"
)


@st.composite
def entries(draw: st.DrawFn) -> str:
    """An entry whose key is given later, by its number, with odd spacing and either kind of delimiters."""
    kind = draw(st.sampled_from(["misc", "Article", "BOOK", "unknown"]))
    given_fields = draw(st.lists(FIELDS, max_size=5, unique_by=lambda pair: pair[0].lower()))
    space = draw(SPACE)
    body = "".join(
        f",{space}{name}{draw(SPACE)}={draw(SPACE)}{value}{draw(SPACE)}" for name, value in given_fields
    )
    opening, closing = draw(st.sampled_from([("{", "}"), ("(", ")")]))
    comma = (
        draw(st.sampled_from(["", ","])) if body else ","
    )  # in round brackets pybtex takes `)` for a part of a key
    return f"@{kind}{opening}{draw(st.sampled_from('abB'))}KEY{body}{comma}{space}{closing}"


BLOCKS = st.one_of(
    st.sampled_from(
        ['@string{sea = "Journal of the Sea"}', "@String(sea={Sea})", '@preamble{"\\x{y}" # sea}']
    ),
    NESTED.map(lambda text: f"@comment{{{text}}}"),
)
PIECES = st.lists(
    st.tuples(
        st.one_of(entries(), entries(), entries(), COMMENTS, BLOCKS),
        st.sampled_from(["\n", "\n\n", "\n \n\n", " ", " % behind\n"]),
    ),
    max_size=7,
)


def file_of(pieces: list[tuple[str, str]]) -> str:
    text = "@string{sea = {The Sea}}\n"
    for number, (piece, end) in enumerate(pieces):
        text += piece.replace("KEY", str(number), 1) + ("\n" if piece.startswith("%") else end)
    return text


FILES = PIECES.map(file_of)


def judged(text: str) -> tuple[object, list[str]]:
    """What pybtex reads in a text, but for white space, dashes of pages, and the ways to write a month or a date."""
    with pybtex.errors.capture():
        read = Parser().parse_string(text)
    found = {}
    for key, entry in read.entries.items():
        fields = {name.lower(): evened(name.lower(), value) for name, value in entry.fields.items()}
        people = {role.lower(): [str(person) for person in people] for role, people in entry.persons.items()}
        found[key] = (entry.type.lower(), fields, people)
    return found, read.preamble


REFUSED = re.compile(
    "the waiver would not hold|@comment has no brace|stands between entries|stands in one line with an entry"
)


def evened(name: str, value: str) -> str:
    value = " ".join(value.split())
    if name == "pages":
        return re.sub(r" ?(-+|–) ?", "-", value)
    if name in {"month", "date"}:
        return re.sub(
            r"^3$|^7 March 2021$",
            lambda m: {"3": "March"}.get(m[0], "2021-03-07"),
            value.replace("-3-7", "-03-07"),
        )
    return value


@given(FILES)
@settings(max_examples=250, deadline=None)
def test_what_is_formatted_says_what_it_said(text: str) -> None:
    formatted = format_text("a.bib", text)
    if read_bibliography("a.bib", text).unread:
        assert not isinstance(formatted, str)
        return
    if not isinstance(formatted, str):
        assert all(REFUSED.search(fault.message) for fault in formatted)
        return
    assert format_text("a.bib", formatted) == formatted
    assert judged(formatted) == judged(text)


@given(FILES)
@settings(max_examples=150, deadline=None)
def test_what_was_mended_needs_no_more_mending(text: str) -> None:
    mended = format_text("a.bib", text, fix=True)
    if isinstance(mended, str):
        assert format_text("a.bib", mended, fix=True) == mended
        assert format_text("a.bib", mended) == mended


@given(FILES, st.sampled_from(["\r\n", "\r"]))
@settings(max_examples=60, deadline=None)
def test_line_ends_and_a_byte_order_mark_stay(text: str, line_end: str) -> None:
    expected = format_text("a.bib", text)
    answer = format_text("a.bib", "\ufeff" + text.replace("\n", line_end))
    if isinstance(expected, str):
        assert answer == "\ufeff" + expected.replace("\n", line_end)
    else:
        assert not isinstance(answer, str)


def letters(text: str) -> Counter[str]:
    return Counter(char for char in text.casefold() if char.isalnum())


def assert_kept_or_refused(text: str) -> None:
    formatted = format_text("a.bib", text)
    if isinstance(formatted, str):
        assert letters(formatted) == letters(text)
        assert format_text("a.bib", formatted) == formatted
    else:
        assert all(fault.message and fault.cure and fault.place.line >= 1 for fault in formatted)


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_a_damaged_file_is_kept_to_the_letter_or_refused(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([RICH, SAMPLE]))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.sampled_from([0, 1, 2, 9, 60]))
        added = data.draw(
            st.sampled_from(
                [
                    "",
                    "@",
                    "{",
                    "}",
                    '"',
                    ",",
                    "\n",
                    "\n\n",
                    "%",
                    "#",
                    "(",
                    ")",
                    "\\",
                    "=",
                    "@misc{k,",
                    "@comment{",
                    "\r",
                ]
            )
        )
        text = text[:at] + added + text[at + cut :]
    assert_kept_or_refused(text)


@given(st.text(alphabet=st.sampled_from('@{}()",=# %\na1misc\u00a0\ufeff\x0c\x1c'), max_size=60))
@settings(max_examples=500, deadline=None)
def test_any_text_is_kept_to_the_letter_or_refused(text: str) -> None:
    assert_kept_or_refused(text)


@given(st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_text_or_refused_with_their_line(data: bytes) -> None:
    text = decoded("a.bib", data)
    if isinstance(text, Fault):
        assert text.place.line >= 1
        assert text.cure
    else:
        assert_kept_or_refused(text)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_a_file_cut_anywhere_is_kept_or_refused(path: Path) -> None:
    data = path.read_bytes()
    for end in range(0, len(data), 1 if path.parent.name == "strings" else 7):
        text = decoded("a.bib", data[:end])
        if isinstance(text, Fault):
            assert "not UTF-8" in text.message
        else:
            format_text("a.bib", text)
            format_text("a.bib", text, fix=True)
