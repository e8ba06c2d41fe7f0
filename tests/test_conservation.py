"""Conservation: each word of a page is in one of its blocks, or on a line that a finding names."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.check import check
from sourcebook.claims import read_page
from sourcebook.model import Library
from sourcebook.myst import read_text
from sourcebook.settings import DEFAULT_EXTENSIONS
from sourcebook.tokens import make_parser

PATH = "docs/articles/page.md"
EXTENSIONS = frozenset(DEFAULT_EXTENSIONS)
# What pages are made of, a piece a line; W stands for a word.
PIECES = (Path(__file__).parent / "hazards" / "pieces.txt").read_text(encoding="utf-8").splitlines()


def pages() -> st.SearchStrategy[str]:
    """Pages of pieces in any order, each word of its own."""

    def number(pieces: list[str], glue: str) -> str:
        numbers = iter(range(1000, 9999))
        text = glue.join(piece.replace("\\n", "\n").replace("\\\\", "\\") for piece in pieces)
        return re.sub("W", lambda _match: f"word{next(numbers)}", text) + "\n"

    pieces = st.lists(st.sampled_from([*PIECES, ""]), min_size=1, max_size=10)
    return st.builds(number, pieces, st.sampled_from(["\n", "\n\n"]))


def seen_in(text: str) -> str:
    """All that reaches the reader, as far as the check knows: its blocks, and its formulas."""
    read = read_text(PATH, text, EXTENSIONS)
    maths = [use.content for use in read.uses if use.kind == "math"]
    return " ".join([*(block.text for block in read.blocks), *maths])


def lines_with_findings(text: str) -> set[int]:
    page = read_page(PATH, read_text(PATH, text, EXTENSIONS), checked=True)
    lines: set[int] = set()
    for finding in check(Library((page,))).findings:
        place = finding.fault.place
        if finding.rule != "uncited-claim":
            lines |= set(range(place.line, max(place.line, place.end_line) + 1))
    return lines


def lines_of_code(text: str, base: int = 0) -> set[int]:
    """The lines that print as they are, or print nothing by right: code, comments, labels, front matter, options."""
    out: set[int] = set()
    for token in make_parser(EXTENSIONS).parse(text):
        first, last = token.map or (0, 0)
        info = token.info.strip()
        code = token.type == "fence" and (not info.startswith("{") or info.startswith("{code-block}"))
        if code or token.type in {"code_block", "front_matter", "myst_line_comment", "myst_target"}:
            out |= set(range(base + first + 1, base + last + 1))
        elif token.type in {"fence", "colon_fence"}:
            inside = enumerate(token.content.split("\n"), base + first + 2)
            out |= {number for number, line in inside if line.lstrip().startswith(":")} | {base + first + 1}
            out |= lines_of_code(token.content, base + first + 1)
    return out


@given(pages())
@settings(max_examples=1500, deadline=None)
def test_every_word_is_read_or_named(text: str) -> None:
    seen, named, code = seen_in(text), lines_with_findings(text), lines_of_code(text)
    for number, line in enumerate(text.split("\n"), 1):
        for word in re.findall(r"word\d+", line):
            assert word in seen or number in named | code, (word, text)


@given(pages(), st.integers(0, 400))
@settings(max_examples=300, deadline=None)
def test_a_page_cut_anywhere_is_read_without_a_crash(text: str, end: int) -> None:
    lines_with_findings(text[:end])
