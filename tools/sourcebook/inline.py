"""The inline text of a block as its reader sees it, with the way back to the source.

MyST-Parser's own inline rules are run. Their tokens carry no position, so this module looks on: it notes which
stretch of the source each rule took, and which stretches inside it were parsed again (the text of a link).
What a rule took and did not parse again is markup; the rest is text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from .model import Mark
from .spelling import misspellings

# The roles that stand for words in the sentence; a citation by one of the others is outside of it.
TEXTUAL = frozenset(
    [f"cite:{name}" for name in "t ts ct cts alp alps author authors cauthor cauthors label year".split()]
    + [f"footcite:{name}" for name in "t ts ct cts".split()]
)
# All roles of sphinxcontrib-bibtex 2.7 that cite; a test holds the list against the installed one.
CITING = TEXTUAL | frozenset(
    "cite cite:p cite:ps cite:empty cite:labelpar cite:yearpar cite:authorpar cite:authorpars "
    "footcite footcite:p footcite:ps".split()
)
STAND_IN = "Author"

_ROLE = re.compile(r"(?<![\\`])\{([a-zA-Z0-9_\-+:]+)\}`([^`]+)`(?!`)")
_MARKUP = re.compile(r"[\\`*_\[\]<>&!{}$~^|]")
_MATHS = frozenset(("math_inline", "math_inline_double", "math_single"))
# What is not shown as it is written can't misspell a citation.
_APART = _MATHS | frozenset("myst_role html_inline link_open image footnote_ref substitution_inline".split())


def is_citing(role: str, extra: frozenset[str] = frozenset()) -> bool:
    """Whether a role of that name cites."""
    return role in CITING or role in extra


@dataclass(slots=True)
class Inline:
    """The visible text of a block, the pairs (offset in text, offset in source), its roles, and all else it has.

    met: what was met besides text and roles: kind, name, content, start and end in the source.
    """

    text: str = ""
    pieces: list[tuple[int, int]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    met: list[tuple[str, str, str, int, int]] = field(default_factory=list)

    def add(self, text: str, source: int) -> None:
        """Append text that stands in the source from that offset on."""
        if text:
            self.pieces.append((len(self.text), source))
            self.text += text

    def add_role(self, name: str, content: str, start: int, end: int, extra: frozenset[str]) -> None:
        """Append a role: a citation or claim name leaves only a mark, any other role shows its text."""
        citing = is_citing(name, extra)
        self.marks.append(Mark(name, content, len(self.text), start, end))
        if name in TEXTUAL:
            self.add(STAND_IN, start)
        elif not citing and name != "claim":
            shown = re.sub(r"(?s)\s*(?<!^)<[^<>]*>$", "", content)
            self.add(shown, end - 1 - len(content))

    def add_misspellings(self, source: str, masked: list[tuple[int, int]]) -> None:
        """Mark where a citation seems meant, but text will be printed."""
        starts = [start for _, start in self.pieces]
        for role, content, start, end in misspellings(source, masked):
            piece = bisect_right(starts, start) - 1
            at, begin = self.pieces[piece] if piece >= 0 else (0, start)
            self.marks.append(Mark(role, content, min(at + start - begin, len(self.text)), start, end))


@dataclass(slots=True)
class _Step:
    """What one call of an inline rule did."""

    start: int
    end: int
    tokens: list[Token]
    inner: list[tuple[int, int]]
    delimiters: bool  # asked at once: the text before is put into these tokens later


class WatchedInline(ParserInline):
    """The inline parser of a MarkdownIt, which also notes the steps that it takes."""

    def __init__(self, parser: ParserInline) -> None:
        super().__init__()
        self.__dict__.update(parser.__dict__)
        self.steps: list[_Step] = []
        self._open: list[list[tuple[int, int]]] = []

    def watch(self, source: str, md: MarkdownIt, env: EnvType) -> list[_Step]:
        """Parse the source of one inline token; answers the steps that were taken."""
        self.steps, self._open = [], []
        super().parse(source, md, env, [])
        return self.steps

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse the alt text of an image, apart: its offsets are its own."""
        kept, self.steps, self._open = (self.steps, self._open), [], []
        parsed = super().parse(src, md, env, tokens)
        self.steps, self._open = kept
        return parsed

    def tokenize(self, state: StateInline) -> None:
        """Run the inline rules from state.pos to state.posMax, as the parent class does, and look on."""
        if self._open:
            self._open[-1].append((state.pos, state.posMax))
        rules = self.ruler.getRules("")
        limit = state.md.options["maxNesting"]
        while state.pos < state.posMax:
            if state.level >= limit or not self._step(state, rules):
                state.pending += state.src[state.pos]
                state.pos += 1
        if state.pending:
            state.pushPending()

    def _step(self, state: StateInline, rules: list) -> bool:  # type: ignore[type-arg]
        start, count = state.pos, len(state.tokens)
        pending = bool(state.pending)
        self._open.append([])
        taken = any(rule(state, False) for rule in rules)
        inner = self._open.pop()
        tokens = state.tokens[count:]
        if pending and tokens:
            tokens = tokens[1:]  # the first one is the text before, which the rule only flushed
        if taken and tokens:
            delimiters = tokens[0].type == "text" and not set(tokens[0].content) - set("*_~")
            self.steps.append(_Step(start, state.pos, tokens, inner, delimiters))
        return taken


def read_inline(
    md: MarkdownIt,
    source: str,
    extra: frozenset[str] = frozenset(),
    env: EnvType | None = None,
    suspect: bool = False,
) -> Inline:
    """Read the source of one inline token. `md.inline` must be a WatchedInline.

    env: what the page has defined so far; suspect: look for misspelt citations in text without markup, too.
    """
    quick = _read_plain(source, extra)
    if quick is None:
        return _read_marked_up(md, source, extra, env)
    if suspect:
        quick.add_misspellings(source, [(mark.start, mark.end) for mark in quick.marks])
    return quick


def _read_plain(source: str, extra: frozenset[str]) -> Inline | None:
    """The same answer without the inline rules, for text in which only simple roles stand."""
    found = list(_ROLE.finditer(source)) if "`" in source else []
    out, position = Inline(), 0
    for match in found:
        if _MARKUP.search(source, position, match.start()):
            return None
        out.add(source[position : match.start()], position)
        content = match[2].replace("\n", " ")
        out.add_role(match[1], content, match.start(), match.end(), extra)
        position = match.end()
    if _MARKUP.search(source, position):
        return None
    out.add(source[position:], position)
    return out


def _read_marked_up(md: MarkdownIt, source: str, extra: frozenset[str], env: EnvType | None = None) -> Inline:
    watched = md.inline
    assert isinstance(watched, WatchedInline)
    steps = watched.watch(source, md, {} if env is None else env)
    out, position = Inline(), 0
    masked = []
    for start, end, step, first in _markup(steps):
        if step.tokens[0].type == "code_inline":  # its backticks may belong to a role that went wrong
            masked.append((start + 1, end - 1))
        elif step.tokens[0].type in _APART:
            masked.append((start, end))
        if start < position:
            continue
        out.add(source[position:start], position)
        if first:
            _show(out, step, source, extra)
        position = end
    out.add(source[position:], position)
    for step in steps:
        _meet(out, step, source)
    out.add_misspellings(source, masked)
    return out


def _markup(steps: Sequence[_Step]) -> list[tuple[int, int, _Step, bool]]:
    """The stretches of source that are markup, in order, each with its step, and whether it is the first of it."""
    out: list[tuple[int, int, _Step, bool]] = []
    for step in steps:
        position, first = step.start, True
        for begin, end in step.inner:
            out.append((position, begin, step, first))
            position, first = end, False
        out.append((position, step.end, step, first))
    return sorted(out, key=lambda item: (item[0], -item[1]))


def _meet(out: Inline, step: _Step, source: str) -> None:
    """Note what a step met besides text: links, images, HTML, maths, footnotes, substitutions."""
    token = step.tokens[0]
    kind, name, content = token.type, "", token.content
    if kind == "link_open":
        kind, name, content = "link", _label(token), str(token.attrGet("href") or "")
        if "{cite" in source[step.start : step.end]:
            out.met.append(("cited-in", "a link", "", step.start, step.end))
    elif kind == "image":
        if "{cite" in token.content:
            out.met.append(("cited-in", "the words for a picture", "", step.start, step.end))
        kind, name, content = "image", _label(token), str(token.attrGet("src") or "")
    elif kind == "html_inline":
        kind, name = "html", "inline"
    elif kind == "footnote_ref":
        kind, name = "footnote", token.meta["label"]
    elif kind in _MATHS:
        kind = "math"
    elif kind == "substitution_inline":
        kind = "substitution"
    else:
        return
    out.met.append((kind, name, content, step.start, step.end))


def _label(token: Token) -> str:
    """How a link says where it leads: by itself, by its own address ("auto"), or by the label of a definition."""
    return str(token.meta.get("label") or token.info)


def _show(out: Inline, step: _Step, source: str, extra: frozenset[str]) -> None:
    """Append what a reader sees of a stretch of markup."""
    token = step.tokens[0]
    if token.type == "myst_role":
        out.add_role(token.meta["name"], token.content, step.start, step.end, extra)
    elif token.type in {"softbreak", "hardbreak"}:
        out.add("\n", step.start)
    elif token.type in {"text_special", "code_inline"} or token.type in _MATHS:
        out.add(token.content, step.start)
    elif token.type == "substitution_inline":
        out.add(STAND_IN, step.start)
    elif token.type == "link_open" and not step.inner:  # an address in angle brackets
        out.add("".join(t.content for t in step.tokens if t.type == "text"), step.start + 1)
    elif step.delimiters:  # those that found no partner are text
        left = [t for t in step.tokens if t.type == "text" and t.content.endswith(("*", "_", "~"))]
        out.add(source[step.start : step.start + len(left)], step.start)
    elif token.type == "text":
        out.add(source[step.start : step.end], step.start)
