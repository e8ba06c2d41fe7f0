"""MyST outside Sphinx: the blocks of prose of a page, read with MyST-Parser's own parser.

Only this module and `inline.py` know MyST-Parser and its tokens.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field, replace

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from .directives import (
    CAPTIONED,
    EXEMPT,
    INFO,
    PATH_FIRST,
    QUOTING,
    SILENT,
    TITLED,
    UNREAD,
    header_rows,
    options_end,
)
from .inline import WatchedInline, read_inline
from .lines import line_starts
from .model import Block, Fault, Place, Waiver

_LISTS = frozenset(("bullet_list_open", "ordered_list_open"))
_LOST_FENCE = re.compile(r"```+\s*\{[\w:-]+\}.*`")
_WAIVER = re.compile(r"^\s*allow\s+(?P<rule>[^\s:]+)\s*(?::\s*(?P<reason>.*))?$")
_CSV_TEXT = re.compile(r'"(?:[^"]|"")*"|[^,"]+')


@dataclass(frozen=True, slots=True)
class Text:
    """What a page says: its front matter, its blocks of prose, its waivers, and what could not be read."""

    front_matter: dict[str, object] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    unread: tuple[Fault, ...] = ()


@functools.cache
def make_parser(extensions: frozenset[str]) -> MarkdownIt:
    """The parser that the build uses, stopped before inline text, which `inline.py` reads block by block."""
    # What these two change is how a text is printed, not which text it is; the checked text is the written one.
    names = set(extensions) - {"smartquotes", "replacements", "linkify"}
    md = create_md_parser(MdParserConfig(enable_extensions=names), RendererHTML)
    md.inline = WatchedInline(md.inline)
    md.core.ruler.enableOnly(["normalize", "block"])
    return md


def read_text(
    path: str, text: str, extensions: frozenset[str], cite_roles: frozenset[str] = frozenset()
) -> Text:
    """Read one page. Faults are in the answer; none is raised."""
    md = make_parser(extensions)
    reader = _Reader(md, path, text.splitlines(), cite_roles)
    reader.read(md.parse(text), 0)
    return Text(
        reader.front_matter,
        tuple(reader.blocks),
        tuple(reader.waivers),
        tuple(sorted(reader.unread, key=_at)),
    )


def _at(fault: Fault) -> Place:
    return fault.place


@dataclass(slots=True)
class _Reader:
    """Walks the block tokens of a page, and of the directives in it, and collects its blocks."""

    md: MarkdownIt
    path: str
    source: list[str]
    cite_roles: frozenset[str]
    front_matter: dict[str, object] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)
    unread: list[Fault] = field(default_factory=list)
    exempt: bool = False
    group: int = 0
    groups: int = 0

    def read(self, tokens: list[Token], base: int) -> None:
        """Read tokens whose line 0 is line `base` of the page."""
        stack: list[Token] = []
        lists: list[tuple[int, int]] = []  # (the block that leads in, or -1; the first block of the list)
        lead = -1
        row, column = -1, 0
        for index, token in enumerate(tokens):
            if token.type == "inline":
                line = _line_of(token, stack) + base
                if stack[-1].type in {"th_open", "td_open"}:
                    column = self._prose(token.content, line, _kind(stack), column if line == row else 0)
                    row = line
                else:
                    self._prose(token.content, line, _kind(stack))
            elif token.nesting == 1:
                stack.append(token)
                if token.type in _LISTS:
                    lists.append((lead, len(self.blocks)))
                elif token.type == "blockquote_open":
                    self._enter_quotation()
            elif token.nesting == -1:
                opened = stack.pop()
                if opened.type in _LISTS:
                    self._close_list(*lists.pop())
                elif opened.type == "blockquote_open":
                    self._leave_quotation(stack)
            else:
                self._leaf(token, tokens[index + 1 :], base)
            lead = len(self.blocks) - 1 if token.type == "paragraph_close" else -1

    def _enter_quotation(self) -> None:
        if not self.group:
            self.groups += 1
            self.group = self.groups

    def _leave_quotation(self, stack: list[Token]) -> None:
        if not any(token.type == "blockquote_open" for token in stack):
            self.group = 0

    def _close_list(self, lead: int, first: int) -> None:
        if lead >= 0:
            self.blocks[lead] = replace(self.blocks[lead], items=(first, len(self.blocks)))

    def _prose(self, content: str, line: int, kind: str, column: int = 0) -> int:
        """Add a block; answers the column behind it, for the next cell of the same row."""
        if not content.strip():
            return column
        for number, part in enumerate(content.split("\n")):
            if _LOST_FENCE.match(part):
                place = Place(self.path, line + number + 1, 1)
                cure = "fence it with ::: instead, or take the backticks out of its first line"
                self.unread.append(
                    Fault(place, "backticks in the first line keep this fence from opening", cure)
                )
        inline = read_inline(self.md, content, self.cite_roles)
        lines = tuple(line_starts(content, self.source, line, column))
        self.blocks.append(
            Block(
                kind,
                inline.text,
                tuple(inline.marks),
                tuple(inline.pieces) or ((0, 0),),
                lines,
                self.exempt,
                self.group,
            )
        )
        return lines[-1][2] - 1 + len(content)

    def _leaf(self, token: Token, following: list[Token], base: int) -> None:
        line = (token.map[0] if token.map else 0) + base
        if token.type == "front_matter":
            self._front_matter(token.content)
        elif token.type == "myst_line_comment":
            self._comment(token, following, base)
        elif token.type in {"fence", "colon_fence"}:
            self._fence(token, line)

    def _fence(self, token: Token, line: int) -> None:
        assert token.map is not None
        last = self.source[min(line + token.map[1] - token.map[0], len(self.source)) - 1]
        if token.markup not in last or line == line + token.map[1] - token.map[0] - 1:
            cure = f"close it with a line {token.markup}"
            self.unread.append(Fault(Place(self.path, line + 1, 1), "this fence is never closed", cure))
        if info := INFO.match(token.info.strip()):
            self._directive(token, info["name"], info["first"], line)

    def _front_matter(self, content: str) -> None:
        try:
            value = yaml.safe_load(content)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            at = Place(self.path, (mark.line + 2) if mark else 1, (mark.column + 1) if mark else 1)
            problem = str(getattr(error, "problem", None) or error)
            self.unread.append(
                Fault(
                    at,
                    f"the front matter is not YAML: {problem}",
                    "put the value in quotes, or mend the line",
                )
            )
            return
        if isinstance(value, dict):
            self.front_matter.update({str(key): item for key, item in value.items()})

    def _comment(self, token: Token, following: list[Token], base: int) -> None:
        assert token.map is not None
        first, last = _extent(following)
        for number, text in enumerate(token.content.split("\n")):
            if match := _WAIVER.match(text):
                line = token.map[0] + base + number
                place = Place(self.path, line + 1, self.source[line].find("%") + 1)
                reason = (match["reason"] or "").strip()
                self.waivers.append(Waiver(match["rule"], reason, place, first + base + 1, last + base))

    def _directive(self, token: Token, name: str, first: str, line: int) -> None:
        if name in UNREAD:
            place = Place(self.path, line + 1, 1)
            cure = "write the text in Markdown on the page itself, where it can be checked"
            self.unread.append(Fault(place, UNREAD[name], cure))
        if name in SILENT or name in UNREAD:
            return
        if first.strip() and name not in PATH_FIRST and (name not in TITLED or name in CAPTIONED):
            self._prose(first, line, "caption" if name in CAPTIONED else "paragraph")
        elif first.strip() and name in TITLED:
            self._prose(first, line, "heading")
        body = token.content.split("\n")
        skip = options_end(body)
        if name == "csv-table":
            self._csv(body[skip:], line + 1 + skip)
            return
        exempt, group, start = self.exempt, self.group, len(self.blocks)
        self.exempt = exempt or name in EXEMPT
        if name in QUOTING:
            self._enter_quotation()
        tokens = self.md.parse("\n".join(body[skip:]))
        self.read(tokens, line + 1 + skip)
        self.exempt, self.group = exempt, group
        if name == "list-table":
            self._mark_head(start, _rows_end(tokens, header_rows(body[:skip])) + line + 1 + skip)

    def _mark_head(self, start: int, line: int) -> None:
        """The cells of a list table that stand above a line are its head."""
        for number in range(start, len(self.blocks)):
            if self.blocks[number].lines[0][1] <= line:
                self.blocks[number] = replace(self.blocks[number], kind="heading")

    def _csv(self, rows: list[str], line: int) -> None:
        for number, row in enumerate(rows):
            for cell in _CSV_TEXT.finditer(row):
                self._prose(cell[0].strip(' "'), line + number, "cell", cell.start())


def _kind(stack: list[Token]) -> str:
    """What a run of text is, by the innermost of the containers that make a difference."""
    kinds = {
        "heading_open": "heading",
        "th_open": "heading",
        "dt_open": "term",
        "td_open": "cell",
        "footnote_reference_open": "footnote",
        "list_item_open": "item",
        "blockquote_open": "quotation",
    }
    return next((kinds[t.type] for t in reversed(stack) if t.type in kinds), "paragraph")


def _line_of(token: Token, stack: list[Token]) -> int:
    """The line of an inline token, or of the innermost container that has one (some cells have none)."""
    if token.map:
        return token.map[0]
    return next((t.map[0] for t in reversed(stack) if t.map), 0)


def _extent(tokens: list[Token]) -> tuple[int, int]:
    """First and last line (half-open, from 0) of the block that follows."""
    for token in tokens:
        if token.map and token.type not in {"myst_line_comment", "myst_target"}:
            return token.map[0], token.map[1]
    return 0, 0


def _rows_end(tokens: list[Token], rows: int) -> int:
    """The line (from 0) behind that many items of a list, or 0."""
    ends = [t.map[1] for t in tokens if t.type == "list_item_open" and t.level == 1 and t.map]
    return ends[rows - 1] if 0 < rows <= len(ends) else 0
