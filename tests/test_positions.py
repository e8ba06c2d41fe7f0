"""In a page of any structure, taking away a citation is told of exactly its sentence, at its line and column."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.claims import read_page
from sourcebook.model import Page
from sourcebook.myst import read_text
from sourcebook.settings import DEFAULT_EXTENSIONS

WORDS = st.lists(
    st.sampled_from("sea salt U.S. Gen. Smith 3.5 *very* [deep](https://a.org/b) `code` é 海".split()),
    max_size=5,
)
ROLES = st.sampled_from(
    ["{cite:p}`key`", "{cite:p}`key,other`", "{cite:t}`key{p. 4}`", "{cite}`key` {claim}`name`"]
)
BEHIND = st.booleans()


@dataclass(frozen=True)
class Sentence:
    """A sentence with its citation, and what is left of it without."""

    words: str
    role: str
    behind: bool

    def text(self, cited: bool = True) -> str:
        role = f" {self.role}" if cited else ""
        return f"{self.words}.{role}" if self.behind else f"{self.words}{role}."


def make_sentence(words: list[str], role: str, behind: bool) -> Sentence:
    # A textual citation behind a full stop belongs to the next sentence, so it stands inside.
    return Sentence(" ".join(["Word", *words, "ends"]), role, behind and not role.startswith("{cite:t}"))


SENTENCES = st.builds(make_sentence, WORDS, ROLES, BEHIND)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3)
SHAPES = st.sampled_from(
    [
        "",
        "- ",
        "1. ",
        "- - ",
        "> - ",
        "Term\n: ",
        ":::{note}\n",
        "```{tip}\n",
        "::::{note}\n:::{tip}\n:class: x\n",
        "[^1]: ",
    ]
)
BREAKS = st.sampled_from([" ", "\n"])


def lay_out(shape: str, lines: list[str]) -> str:
    """Put lines of prose into a structure, each line indented as the structure asks."""
    if shape.startswith((":", "`")):
        closing = "\n".join(
            opened[: len(opened) - len(opened.lstrip(":`"))] for opened in reversed(shape.split("\n"))
        )
        closing = "\n".join(line for line in closing.split("\n") if line)
        return shape + "\n".join(lines) + "\n" + closing
    prefix = {"> - ": ">   "}.get(shape, " " * len(shape.rpartition("\n")[2]))
    return shape + ("\n" + prefix).join(lines)


def read(text: str) -> Page:
    return read_page("p.md", read_text("p.md", text, frozenset(DEFAULT_EXTENSIONS)), checked=True)


@given(st.lists(st.tuples(SHAPES, PARAGRAPHS, BREAKS), min_size=1, max_size=4), st.data())
@settings(max_examples=300, deadline=None)
def test_a_citation_taken_away_is_told_of_its_sentence(
    blocks: list[tuple[str, list[Sentence], str]], data: st.DataObject
) -> None:
    chosen = data.draw(st.integers(0, len(blocks) - 1))
    inside = data.draw(st.integers(0, len(blocks[chosen][1]) - 1))
    parts, whole = [], []
    for number, (shape, sentences, glue) in enumerate(blocks):
        if shape == "> - ":  # in a quotation all is one claim
            shape = "- "
        texts = [s.text() for s in sentences]
        whole.append(lay_out(shape, glue.join(texts).split("\n")))
        if number == chosen:
            texts[inside] = "\x00" + sentences[inside].text(cited=False)
        parts.append(lay_out(shape, glue.join(texts).split("\n")))
    marked = "\n\n".join(parts) + "\n\n[^1]\n"
    before, _, _ = marked.partition("\x00")
    text = marked.replace("\x00", "")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1

    assert [c.text for c in read("\n\n".join(whole)).claims if not c.sourced] == []
    unsourced = [claim for claim in read(text).claims if not claim.sourced]
    assert [(c.place.line, c.place.column) for c in unsourced] == [(line, column)], text


@given(
    st.lists(
        st.sampled_from(["word", "Big. Word", "{cite:p}`a,b`", "{claim}`x`", "{ref}`t <u>`", "\n", " ", "é"]),
        max_size=12,
    )
)
@settings(max_examples=300, deadline=None)
def test_the_quick_way_reads_as_the_parser_does(parts: list[str]) -> None:
    from sourcebook.inline import _read_marked_up, _read_plain
    from sourcebook.myst import make_parser

    source = " ".join(parts).strip()
    quick = _read_plain(source, frozenset())
    slow = _read_marked_up(make_parser(frozenset(DEFAULT_EXTENSIONS)), source, frozenset())
    assert quick is not None
    assert " ".join(quick.text.split()) == " ".join(slow.text.split())
    assert [(m.role, m.content, m.start, m.end) for m in quick.marks] == [
        (m.role, m.content, m.start, m.end) for m in slow.marks
    ]
