"""Fields set in a .bib file: these lines, and not one byte more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.bibedit.fieldedit import address_value, set_fields
from sourcebook.bibtex import read_bibliography
from sourcebook.errors import UsageError
from sourcebook.linking.linkfix import diff_of, fields_to_set
from sourcebook.linkrecords import Copy, Link

COPY = {
    "archiveurl": "https://web.archive.org/web/20211201101112/https://a.org/x",
    "archivedate": "2021-12-01",
}
NOON = "2026-01-03T12:00:00Z"


def test_only_the_new_lines_are_new() -> None:
    before = """% a comment, with {braces
@online{a1,
  title = {One},
  url = {https://a.org/x},
  note = {Kept  as it   is, 100 % of it.},
}

@online{b2, title = {Two}, url = "https://b.org" }
"""
    after = set_fields("a.bib", before, "a1", COPY)
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [
        "  archiveurl = {https://web.archive.org/web/20211201101112/https://a.org/x},",
        "  archivedate = {2021-12-01},",
    ]
    assert set_fields("a.bib", after, "a1", COPY) == after
    one_line = set_fields("a.bib", before, "b2", {"urlstatus": "dead"})
    assert '@online{b2, title = {Two}, url = "https://b.org", urlstatus = {dead} }' in one_line


def test_a_value_is_replaced_where_it_stands() -> None:
    before = '@string{x = {dead}}\n@misc{a1, title = {T}, urlstatus = x # "y" # {z}, url = {http://a.org},}\n'
    after = set_fields("a.bib", before, "a1", {"urlstatus": "alive"})
    assert after == before.replace('x # "y" # {z}', "{alive}")


def test_a_last_field_without_a_comma_gets_one() -> None:
    before = "@misc{a1,\n\ttitle = {T},\n\turl = {http://a.org}\n}"
    after = set_fields("a.bib", before, "a1", {"urlstatus": "dead"})
    assert after == "@misc{a1,\n\ttitle = {T},\n\turl = {http://a.org},\n\turlstatus = {dead}\n}"


@pytest.mark.parametrize(
    "text", ["@misc{a1, title = {T}, url = {x}}\n@misc{a1, title = {U}}", "@misc{b2, title = {T}}"]
)
def test_an_entry_that_is_not_one_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="a1 is no entry that can be edited"):
        set_fields("a.bib", text, "a1", COPY)


def test_a_value_that_would_break_out_is_refused() -> None:
    text = "@misc{a1, title = {T}, url = {http://a.org}}"
    with pytest.raises(UsageError, match="without changing more"):
        set_fields("a.bib", text, "a1", {"urlstatus": "}, note = {x"})
    assert address_value('http://a.org/{x}"\\') == "http://a.org/%7Bx%7D%22%5C"


values = st.text(st.sampled_from('ab {},"=@%#\\\nä'), max_size=12)
entries = st.lists(
    st.tuples(st.sampled_from(["title", "url", "note", "urlstatus"]), values),
    min_size=1,
    max_size=4,
    unique_by=lambda f: f[0],
)


@given(
    entries,
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["  ", "\t", ""]),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "\ufeff"]),
)
def test_whatever_the_file_looks_like_the_rest_of_it_stays(
    fields: list[tuple[str, str]], end: str, indent: str, has_comma: bool, quoted: bool, mark: str
) -> None:
    inner = f",{end}{indent}".join(f"{n} = " + (f'"{v}"' if quoted else f"{{{v}}}") for n, v in fields)
    text = f"{mark}@misc{{a1,{end}{indent}{inner}{',' if has_comma else ''}{end}}}{end}% end{end}"
    before = read_bibliography("a.bib", text)
    try:
        after = set_fields("a.bib", text, "a1", COPY)
    except UsageError:
        return  # what can't be read is not edited
    kept = [f for f in read_bibliography("a.bib", after).entries[0].fields if f.name not in COPY]
    assert [(f.name, f.value) for f in kept] == [(f.name, f.value) for f in before.entries[0].fields]
    added = after
    for name, value in COPY.items():
        added = added.replace(f",{end}{indent}{name} = {{{value}}}", "").replace(
            f", {name} = {{{value}}}", ""
        )
    assert added == text


def entry(**fields: str) -> str:
    inner = "".join(f"  {name} = {{{value}}},\n" for name, value in {"title": "T", **fields}.items())
    return f"@online{{a1,\n{inner}}}\n"


GOOD_COPY = Copy(COPY["archiveurl"], COPY["archivedate"], "alive", time=NOON)
A, B = "https://a.org/x", "https://a.org/kept"


@pytest.mark.parametrize(
    ("fields", "links", "kind", "wanted"),
    [
        ({"url": A}, {A: Link("archived", copy=GOOD_COPY)}, "archives", {**COPY, "urlstatus": "dead"}),
        ({"url": A}, {A: Link("alive", copy=GOOD_COPY)}, "archives", COPY),
        ({"url": A}, {A: Link("dead")}, "archives", {}),
        ({"url": A}, {A: Link("dead", copy=Copy("https://c.org", "", "drifted"))}, "archives", {}),
        (
            {"url": A, "archiveurl": B},
            {A: Link("archived"), B: Link("alive")},
            "archives",
            {"urlstatus": "dead"},
        ),
        ({"url": A, "archiveurl": B}, {A: Link("alive", copy=GOOD_COPY), B: Link("alive")}, "archives", {}),
        ({"url": A, "archiveurl": B}, {A: Link("alive", copy=GOOD_COPY), B: Link("dead")}, "archives", COPY),
        ({"url": A, "urlstatus": "dead"}, {A: Link("alive")}, "archives", {"urlstatus": "alive"}),
        ({"url": A, "urlstatus": "dead"}, {A: Link("unchecked")}, "archives", {}),
        ({"url": A}, {A: Link("moved", final="https://b.org/{x}")}, "archives", {}),
        ({"url": A}, {A: Link("moved", final="https://b.org/x")}, "moved", {"url": "https://b.org/x"}),
        ({"url": A}, {A: Link("moved", final="javascript:alert(1)")}, "moved", {}),
        ({"url": A}, {A: Link("alive", final="https://b.org/x")}, "all", {}),
        (
            {"url": r"https://a.org/a\_b"},
            {"https://a.org/a_b": Link("moved", final="https://b.org/x")},
            "all",
            {"url": "https://b.org/x"},
        ),
        ({"url": A}, {}, "all", {}),
    ],
)
def test_what_was_learned_becomes_fields(
    fields: dict[str, str], links: dict[str, Link], kind: str, wanted: dict[str, str]
) -> None:
    (read,) = read_bibliography("a.bib", entry(**fields)).entries
    assert fields_to_set(read, links, kind) == wanted


def test_the_diff_is_one_that_git_takes() -> None:
    before, after = "a\nb", "a\nc"
    assert diff_of("x.bib", before, after).splitlines() == [
        *("--- a/x.bib", "+++ b/x.bib", "@@ -1,2 +1,2 @@", " a", "-b", "\\ No newline at end of file", "+c"),
        "\\ No newline at end of file",
    ]
