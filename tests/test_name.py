"""`sourcebook name`: every claim gets one name, and nothing else on the page changes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.check import check
from sourcebook.claims import NAME, read_page
from sourcebook.cli import main
from sourcebook.model import Claim, Page, Place
from sourcebook.myst import read_text
from sourcebook.nameroles import write_names
from sourcebook.naming import LONGEST, propose_name
from sourcebook.read import read_library
from sourcebook.settings import DEFAULT_EXTENSIONS, read_settings

PATH = "docs/articles/page.md"
PIECES = (Path(__file__).parent / "hazards" / "pieces.txt").read_text(encoding="utf-8").splitlines()


def reread(text: str) -> Page:
    return read_page(PATH, read_text(PATH, text, frozenset(DEFAULT_EXTENSIONS)), checked=True)


def named(text: str) -> tuple[str, list[int]]:
    """The text with a name for each claim that has none, and the numbers of the claims that were left."""
    page = reread(text)
    names = {n: f"c{n}" for n, claim in enumerate(page.claims) if not claim.names}
    after, written = write_names(text, page, names, reread)
    assert {n: names[n] for n in written} == written
    return after, sorted(set(names) - set(written))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Salt {cite:p}`k`.", "Salt {cite:p}`k` {claim}`c0`."),
        ("Salt. {cite:p}`k`", "Salt. {cite:p}`k` {claim}`c0`"),
        ("Salt.", "Salt {claim}`c0`."),
        ("Salt", "Salt {claim}`c0`"),
        ("Salt {cite:p}`k`, or so.", "Salt {cite:p}`k`, or so {claim}`c0`."),
        ("{cite:t}`k` says salt.", "{cite:t}`k` says salt {claim}`c0`."),
        ("Salt, says {cite:t}`k`.", "Salt, says {cite:t}`k` {claim}`c0`."),
        ("Salt, says {cite:t}`k`", "Salt, says {cite:t}`k` {claim}`c0`"),
        ("He said “salt.” {cite:p}`k`", "He said “salt.” {cite:p}`k` {claim}`c0`"),
        ("He said “salt.”", "He said “salt {claim}`c0`.”"),
        ("It is *salt.*", "It is *salt {claim}`c0`.*"),
        ("It is **salt**.", "It is **salt** {claim}`c0`."),
        ("Salt `x`", "Salt `x` {claim}`c0`"),
        ("Salt {claim:ref}`x <y>`.", "Salt {claim:ref}`x <y>` {claim}`c0`."),
        ("Salt [there.](https://example.org)", "Salt [there.](https://example.org) {claim}`c0`"),
        ("Salt [there](https://example.org).", "Salt [there](https://example.org) {claim}`c0`."),
        ("One {cite:p}`k`. Two {cite:p}`k`.", "One {cite:p}`k` {claim}`c0`. Two {cite:p}`k` {claim}`c1`."),
        ("One.\n{cite:p}`k`\nTwo.\n{cite:p}`k`", "One.\n{cite:p}`k` {claim}`c0`\nTwo.\n{cite:p}`k` {claim}`c1`"),
        ("海是咸的。天是蓝的。", "海是咸的{claim}`c0`。天是蓝的{claim}`c1`。"),
        ("- Salt {cite:p}`k`\n- Sky {cite:p}`k`", "- Salt {cite:p}`k` {claim}`c0`\n- Sky {cite:p}`k` {claim}`c1`"),
        ("> Salt. Sky.\n>\n> — Lund {cite:p}`k`", "> Salt. Sky.\n>\n> — Lund {cite:p}`k` {claim}`c0`"),
        ("| A | B |\n|---|---|\n| Salt | Sky |", "| A | B |\n|---|---|\n| Salt {claim}`c0` | Sky {claim}`c1` |"),
        ("These {cite:p}`k`:\n\n- a\n- b", "These {cite:p}`k` {claim}`c0`:\n\n- a {claim}`c1`\n- b {claim}`c2`"),
        ("Salt {cite:p}`k` {claim}`mine`.", "Salt {cite:p}`k` {claim}`mine`."),
        ("# Salt\n\nIs it salt?\n", "# Salt\n\nIs it salt?\n"),
        ("Term\n: Salt {cite:p}`k`.\r\n", "Term\n: Salt {cite:p}`k` {claim}`c0`.\r\n"),
        (
            ":::{csv-table} Salt.\n\"Salt.\", Sky\n:::",
            ":::{csv-table} Salt {claim}`c0`.\n\"Salt {claim}`c1`.\", Sky {claim}`c2`\n:::",
        ),
        (":::{note} Salt.\nSky.\n:::", ":::{note} Salt {claim}`c0`.\nSky {claim}`c1`.\n:::"),
        ("One[^1].\n\n[^1]: Salt.", "One[^1] {claim}`c0`.\n\n[^1]: Salt {claim}`c1`."),
    ],
)  # fmt: skip
def test_a_name_stands_behind_the_citation_of_its_sentence(before: str, after: str) -> None:
    assert named(before) == (after, [])


def without_roles(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"\{claim\}`c\d+`", "", text))


def check_named(text: str) -> list[int]:
    """Name a page and hold it against what it was; answers the claims that were left."""
    before = reread(text)
    after_text, left = named(text)
    after = reread(after_text)
    assert [claim.text for claim in after.claims] == [claim.text for claim in before.claims]
    assert [c.key for c in after.citations] == [c.key for c in before.citations]
    assert [[c.key for c in claim.citations] for claim in after.claims] == [
        [c.key for c in claim.citations] for claim in before.claims
    ]
    for number, (old, new) in enumerate(zip(before.claims, after.claims, strict=True)):
        if not old.names and number not in left:
            assert [name.name for name in new.names] == [f"c{number}"]
        else:
            assert [n.name for n in new.names] == [n.name for n in old.names]
    assert without_roles(after_text) == without_roles(text)
    assert named(after_text) == (after_text, left)
    return left


def pages() -> st.SearchStrategy[str]:
    """Pages of pieces in any order."""
    pieces = st.lists(st.sampled_from([*PIECES, ""]), min_size=1, max_size=6)
    glue = st.sampled_from(["\n", "\n\n", "\r\n"])
    return st.builds(
        lambda parts, end: end.join(parts).replace("\\n", "\n").replace("W", "word"), pieces, glue
    )


@given(pages())
@settings(max_examples=150, deadline=None)
def test_whatever_a_page_holds_naming_changes_nothing_else(text: str) -> None:
    check_named(text)


WORDS = st.lists(
    st.sampled_from("sea U.S. Gen. 3.5 *very* [deep](https://a.org/b) `code` “so.” é".split()), max_size=4
)
ROLES = st.sampled_from(["", " {cite:p}`key`", " {cite:p}`a,b`", " {cite:t}`key{p. 4}`"])
SENTENCE = st.builds(lambda words, role: f"{' '.join(['Word', *words, 'ends'])}{role}.", WORDS, ROLES)
SHAPES = st.sampled_from(["", "- ", "1. ", "> - ", "Term\n: ", ":::{note}\n", "[^1]: ", "- - "])


@given(st.lists(st.tuples(SHAPES, st.lists(SENTENCE, min_size=1, max_size=3)), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_on_a_page_of_plain_structure_no_claim_is_left(parts: list[tuple[str, list[str]]]) -> None:
    blocks = [shape + " ".join(lines) + "\n:::" * shape.startswith(":") for shape, lines in parts]
    assert check_named("\n\n% apart\n\n".join(blocks)) == []


TEXT = st.text(max_size=60)


@given(TEXT, TEXT, st.sets(st.sampled_from(["salt", "page-claim", "page-claim-2"])))
def test_every_proposal_is_a_claim_name_and_free(text: str, path: str, taken: set[str]) -> None:
    name = propose_name(Claim(text, Place(path)), Page(path), taken, Counter())
    assert NAME.match(name)
    assert name not in taken
    assert len(name) <= LONGEST + 4


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("As many as 175,000 troops would take part.", "troops-175000-part"),
        ("The White House’s adviser met Çelik in Rome.", "adviser-celik-rome"),
        ("[cnn2021pushes] and [sanger2021putin]", "cnn2021pushes-sanger2021putin"),
        ("海是咸的。", "nocerino-why-claim-2"),
    ],
)
def test_a_proposal_is_made_of_the_words_that_say_most(text: str, name: str) -> None:
    page = Page("docs/articles/nocerino2021why.md", article="nocerino2021why")
    assert propose_name(Claim(text, Place(page.path)), page, set(), Counter({"white": 9, "house": 9})) == name


@pytest.fixture
def library(tmp_path: Path) -> Path:
    files = {
        "docs/articles/sea.md": "# Sea\n\nThe sea is salt {cite:p}`k`.\r\nThe sky is high {cite:p}`k`.\r\n",
        "docs/articles/whole.md": "# Whole\n\n```{include} part.md\n```\n",
        "docs/articles/part.md": "A part is small {cite:p}`k`.\n",
        "docs/index.md": "# Index\n\nNot checked.\n",
        "bib/k.bib": "@misc{k, title = {K}, year = 2020, url = {https://example.org/k}}\n",
        "bib/claim-names.txt": "sea-salt\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


def run(library: Path, *arguments: str) -> int:
    return main(["name", "--root", str(library), *arguments])


def test_a_page_is_named_once_and_for_all(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = library / "docs/articles/sea.md"
    assert run(library, str(page)) == 0
    text = page.read_bytes()
    assert text.count(b"{claim}`") == 2
    assert b"{claim}`sea-salt`" not in text  # a name of the last release, whose claim may come back
    assert text.count(b"\r\n") == 2
    out = capsys.readouterr().out
    assert out.startswith("docs/articles/sea.md:3:1: ")
    assert run(library, str(page)) == 0
    assert page.read_bytes() == text
    summary = check(read_library(library, read_settings(library))).summary
    assert summary.named == 2


def test_a_page_that_another_brings_in_is_left_and_told(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (library / "docs/articles/part.md").read_bytes()
    assert run(library) == 1
    assert (
        "part.md:1:1: left (the page is brought in by another): A part is small." in capsys.readouterr().err
    )
    assert (library / "docs/articles/part.md").read_bytes() == before


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_a_trial_writes_nothing(option: str, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = library / "docs/articles/sea.md"
    before = page.read_bytes()
    assert run(library, option, str(library / "docs/articles/sea.md")) == 0
    assert page.read_bytes() == before
    told = capsys.readouterr()
    assert ("+The sea is salt {cite:p}`k` {claim}`" in told.out) is (option == "--diff")
    assert "nothing written" in told.err


def test_a_path_without_a_checked_page_is_misuse(library: Path) -> None:
    assert run(library, str(library / "docs/index.md")) == 2
