"""Where a new entry is put, that no other byte of the file changes, and what its key is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.addresses import bare_address, normal_address
from sourcebook.bibedit.bibinsert import insert_entry
from sourcebook.bibtex import read_bibliography
from sourcebook.errors import UsageError
from sourcebook.finding.sameworks import identities
from sourcebook.folding import folded
from sourcebook.keys import KEY, propose_key
from sourcebook.model import Entry

NEW = "@misc{m,\n  title = {New},\n}\n"


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("", f"{NEW}", 1),
        ("% Head.\n", f"% Head.\n\n{NEW}", 3),
        ("@misc{a,}\n", f"@misc{{a,}}\n\n{NEW}", 3),
        ("@misc{a,}", f"@misc{{a,}}\n\n{NEW}", 3),
        ("@misc{z,}\n", f"{NEW}\n@misc{{z,}}\n", 1),
        ("% Head.\n\n% Of z.\n@misc{z,}\n", f"% Head.\n\n{NEW}\n% Of z.\n@misc{{z,}}\n", 3),
        (
            "@misc{a,} % note\n\n% Of z.\n@misc{z,}\n",
            f"@misc{{a,}} % note\n\n{NEW}\n% Of z.\n@misc{{z,}}\n",
            3,
        ),
        ("@misc{a,}@misc{z,}\n", f"@misc{{a,}}\n\n{NEW}\n@misc{{z,}}\n", 3),
        ("@misc{z,}\n@misc{a,}\n", f"@misc{{z,}}\n@misc{{a,}}\n\n{NEW}", 4),
        (
            "@misc{a,}\n\n% allow x: why\n\n@misc{z,}\n",
            f"@misc{{a,}}\n\n{NEW}\n% allow x: why\n\n@misc{{z,}}\n",
            3,
        ),
        ("% allow x: why\n\n@misc{z,}\n", f"{NEW}\n% allow x: why\n\n@misc{{z,}}\n", 1),
        (
            "@string{s = {x}}\n\n@misc{z, note = s}\n",
            f"@string{{s = {{x}}}}\n\n{NEW}\n@misc{{z, note = s}}\n",
            3,
        ),
    ],
)
def test_an_entry_stands_at_its_place(before: str, after: str, line: int) -> None:
    assert insert_entry("x.bib", before.encode(), NEW) == (after.encode(), line)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_the_byte_order_mark_stay_as_they_are(end: str, mark: bytes) -> None:
    before = f"@misc{{a,}}{end}{end}@misc{{z,}}{end}"
    after = f"@misc{{a,}}{end}{end}{NEW.replace(chr(10), end)}{end}@misc{{z,}}{end}"
    assert insert_entry("x.bib", mark + before.encode(), NEW)[0] == mark + after.encode()


@pytest.mark.parametrize("before", [b"@misc{a, note = {never closed", b"@misc{a, title = {x}\n", b"\xe9"])
def test_a_file_in_which_it_would_change_what_is_read_is_refused(before: bytes) -> None:
    try:
        after = insert_entry("x.bib", before, NEW)[0]
    except UsageError as error:
        assert "x.bib" in str(error)  # noqa: PT017  # either it is refused, or it is put in safely
    else:
        assert "m" in {entry.key for entry in read_bibliography("", after.decode()).entries}
        assert after.startswith(before)


CHUNKS = st.sampled_from(
    [
        "@misc{a, title = {A}}", "@misc{b,\n title = {B},\n}", "@book{p, x = 1}", "@misc{q,}", "% Of it.",
        "% allow x: y", "", "text", "@string{s = {x}}", "@comment{c}", "@misc{broken", "@misc{z,} % behind",
        "@preamble{\"x\"}",
    ]
)  # fmt: skip


@given(st.lists(CHUNKS, max_size=7), st.sampled_from(["\n", "\r\n"]), st.booleans())
@settings(max_examples=400, deadline=None)
def test_only_the_entry_is_added_and_the_rest_is_read_as_before(
    parts: list[str], end: str, ended: bool
) -> None:
    before = end.join(parts).replace("\n", end).replace("\r\r", "\r") + end * ended
    try:
        after = insert_entry("x.bib", before.encode(), NEW)[0].decode()
    except UsageError:
        assert "@misc{broken" in before
        return
    block = NEW.strip().replace("\n", end if "\n" in before else "\n")
    start = after.index(block)
    rest = after[:start].rstrip("\r\n") + after[start + len(block) :].lstrip("\r\n")
    assert re.sub(r"[\r\n]+", "", rest) == re.sub(r"[\r\n]+", "", before)
    assert len(after) - len(before) <= len(block) + 4 * len(end)
    old = [(e.key, e.fields and e.get("title")) for e in read_bibliography("", before).entries]
    new = [(e.key, e.fields and e.get("title")) for e in read_bibliography("", after).entries]
    new.remove(("m", "New"))
    assert new == old


def entry(text: str) -> Entry:
    return read_bibliography("", text).entries[0]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("author = {Harlan, Sid}, title = {The massive sea}, date = {2021-12-03}", "harlan2021massive"),
        ("author = {Kalın, İdil}, title = {“Straße” und Ufer}, year = 2020", "kalin2020strasse"),
        ("author = {van den Brink, K.}, title = {What now}, date = {2022}", "vandenbrink2022what"),
        ("author = {{The Green Barn}}, title = {Readout}, date = {2021}", "greenbarn2021readout"),
        (
            "author = {{Ministry of Foreign Affairs of Sealand}}, title = {Note}, shortauthor = {{MFA}}, date = {2021}",
            "mfa2021note",
        ),
        ("journaltitle = {Sea Times}, title = {1,000 boats}, date = {2021}", "seatimes2021boats"),
        ("title = {海}, url = {https://www.example.org/x}, author = {海, 山}", "examplend"),
        ("title = {2001}, date = {2001}", "anon20012001"),
        ("author = {others}, title = {A}, editor = {Sand, Å.}, date = {1999~}", "sand1999a"),
    ],
)
def test_a_key_is_name_year_and_word(text: str, key: str) -> None:
    assert propose_key(entry(f"@misc{{x, {text}}}"), frozenset()) == key


def test_a_key_that_is_taken_gets_a_letter() -> None:
    sea = entry("@misc{x, author = {Lund, A.}, title = {Sea}, date = {2020}}")
    assert propose_key(sea, frozenset({"LUND2020sea"})) == "lund2020seab"
    assert propose_key(sea, frozenset({"lund2020sea", "lund2020seab"})) == "lund2020seac"


TEXTS = st.text(st.characters(exclude_characters='{}\\@%"#', exclude_categories=["Cs", "Cc"]), max_size=30)


@given(TEXTS, TEXTS, st.sampled_from(["author", "journaltitle", "url"]))
def test_every_key_is_one_that_a_citation_can_hold(name: str, title: str, field: str) -> None:
    made = entry(f"@misc{{x, {field} = {{{name}}}, title = {{{title}}}}}")
    assert KEY.match(propose_key(made, frozenset()))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.example.org/a/", "http://example.org/a", True),
        ("https://example.org/a?utm_source=x&b=1#c", "https://example.org:443/a?b=1", True),
        ("https://example.org/a?b=1", "https://example.org/a?b=2", False),
        ("https://example.org/A", "https://example.org/a", False),
        ("https://EXAMPLE.org", "https://example.org/", True),
        ("https://example.org:8080/a", "https://example.org/a", False),
    ],
)
def test_addresses_of_one_page_are_told(one: str, other: str, same: bool) -> None:
    assert (normal_address(one) == normal_address(other)) is same


def test_an_address_is_safe_in_a_bib() -> None:
    assert (
        bare_address("HTTPS://example.org/a{b} \\c?x=é&fbclid=1#top")
        == "https://example.org/a%7Bb%7D%20%5Cc?x=%C3%A9"
    )


@pytest.mark.parametrize(
    ("type_", "fields", "marks"),
    [
        ("article", [("url", "https://dx.doi.org/10.5555/ABC")], {"doi:10.5555/abc"}),
        ("article", [("doi", "10.48550/arXiv.9912.99999")], {"arxiv:9912.99999"}),
        ("online", [("url", "https://arxiv.org/pdf/9912.99999v2.pdf")], {"arxiv:9912.99999"}),
        ("online", [("eprint", "9912.99999v1"), ("eprinttype", "arXiv")], {"arxiv:9912.99999"}),
        ("book", [("isbn", "0-00-000000-0")], {"isbn:9780000000002"}),
        ("incollection", [("isbn", "0-00-000000-0")], set()),
    ],
)
def test_a_work_is_known_by_what_it_alone_has(
    type_: str, fields: list[tuple[str, str]], marks: set[str]
) -> None:
    assert {mark for mark, _words in identities(type_, fields)} == marks


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Kalın", "kalin"),
        ("ØRSTED", "orsted"),
        ("Straße", "strasse"),
        ("Putin’s", "putins"),
        ("Київ", "киів"),
    ],
)
def test_letters_are_folded_as_a_searcher_types_them(text: str, plain: str) -> None:
    assert folded(text) == plain
