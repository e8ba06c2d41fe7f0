"""The inline text of a block as its reader sees it, with the way back to the source.

MyST-Parser's own inline rules are run. Their tokens carry no position, so this module looks on: it notes which
stretch of the source each rule took, and which stretches inside it were parsed again (the text of a link).
What a rule took and did not parse again is markup; the rest is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from .model import Mark

# The roles that stand for words in the sentence; a citation by one of the others is outside of it.
TEXTUAL = frozenset(
    f"{domain}:{name}"
    for domain in ("cite", "footcite")
    for name in "t ts ct cts author authors cauthor cauthors label year".split()
)
_PARENTHETICAL = ("cite", "footcite")
STAND_IN = "Author"

_ROLE = re.compile(r"(?<![\\`])\{([a-zA-Z0-9_\-+:]+)\}`([^`]+)`(?!`)")
_MARKUP = re.compile(r"[\\`*_\[\]<>&!{}$~^|]")


def is_citing(role: str, extra: frozenset[str] = frozenset()) -> bool:
    """Whether a role of that name cites."""
    return role.partition(":")[0] in _PARENTHETICAL or role in extra


@dataclass(slots=True)
class Inline:
    """The visible text of a block, the pairs (offset in text, offset in source), and its roles."""

    text: str = ""
    pieces: list[tuple[int, int]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

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


@dataclass(slots=True)
class _Step:
    """What one call of an inline rule did."""

    start: int
    end: int
    tokens: list[Token]
    inner: list[tuple[int, int]]


class WatchedInline(ParserInline):
    """The inline parser of a MarkdownIt, which also notes the steps that it takes."""

    def __init__(self, parser: ParserInline) -> None:
        super().__init__()
        self.__dict__.update(parser.__dict__)
        self.steps: list[_Step] = []
        self._open: list[list[tuple[int, int]]] = []

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
            self.steps.append(_Step(start, state.pos, tokens, inner))
        return taken


def read_inline(md: MarkdownIt, source: str, extra: frozenset[str] = frozenset()) -> Inline:
    """Read the source of one inline token. `md.inline` must be a WatchedInline."""
    quick = _read_plain(source, extra)
    return quick if quick is not None else _read_marked_up(md, source, extra)


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


def _read_marked_up(md: MarkdownIt, source: str, extra: frozenset[str]) -> Inline:
    watched = md.inline
    assert isinstance(watched, WatchedInline)
    watched.steps = []
    watched.parse(source, md, {}, [])
    out, position = Inline(), 0
    for start, end, step in _markup(watched.steps):
        if start < position:
            continue
        out.add(source[position:start], position)
        if step is not None:
            _show(out, step, source, extra)
        position = end
    out.add(source[position:], position)
    return out


def _markup(steps: list[_Step]) -> list[tuple[int, int, _Step | None]]:
    """The stretches of source that are markup, in order; the step stands at the first stretch of each."""
    out: list[tuple[int, int, _Step | None]] = []
    for step in steps:
        position, shown = step.start, False
        for begin, end in step.inner:
            out.append((position, begin, None if shown else step))
            position, shown = end, True
        out.append((position, step.end, None if shown else step))
    return sorted(out, key=lambda item: (item[0], -item[1]))


def _show(out: Inline, step: _Step, source: str, extra: frozenset[str]) -> None:
    """Append what a reader sees of a stretch of markup."""
    token = step.tokens[0]
    if token.type == "myst_role":
        out.add_role(token.meta["name"], token.content, step.start, step.end, extra)
    elif token.type in {"softbreak", "hardbreak"}:
        out.add("\n", step.start)
    elif token.type in {"text_special", "code_inline", "math_inline"}:
        out.add(token.content, step.start)
    elif token.type == "substitution_inline":
        out.add(STAND_IN, step.start)
    elif token.type == "link_open" and not step.inner:  # an address in angle brackets
        out.add("".join(t.content for t in step.tokens if t.type == "text"), step.start + 1)
    elif token.type == "text" and set(token.content) - set("*_~"):
        out.add(source[step.start : step.end], step.start)
