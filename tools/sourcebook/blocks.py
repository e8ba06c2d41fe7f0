"""The blocks of a page: its tokens are walked, and its prose and all else that it uses are noted with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from . import directives
from .inline import is_citing, read_inline
from .leaves import csv_head, html_kind, is_csv, lost_fences, surplus_rows
from .lines import line_starts, rst_citations
from .model import Block, Fault, Place, Use, Waiver
from .tokens import extent, has_form, kind_of, line_of, rows_end

_LISTS = frozenset(("bullet_list_open", "ordered_list_open"))
_NESTING = _LISTS | {"blockquote_open", "dl_open", "footnote_reference_open"}
# The parser drops all that stands deeper than 20 levels, to the end of the page; a list takes two of them.
DEEPEST = 8
_WAIVER = re.compile(r"^\s*allow\s+(?P<rule>[^\s:]+)\s*(?::\s*(?P<reason>.*))?$")
_BLOCK = re.compile(r"[+%<#>:`$(]|[-*] |\d+[.)] ")
_CSV_TEXT = re.compile(r'"(?:[^"]|"")*"|[^,"]+')


@dataclass(slots=True)
class Reader:
    """Walks the block tokens of a page, and of the directives in it, and collects its blocks."""

    md: MarkdownIt
    path: str
    source: list[str]
    cite_roles: frozenset[str]
    suspect: bool
    uses: list[Use]
    env: dict[str, Any] = field(default_factory=dict)
    front_matter: dict[str, object] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)
    unread: list[Fault] = field(default_factory=list)
    exempt: bool = False
    group: int = 0
    groups: int = 0
    depth: int = 0

    def use(self, kind: str, name: str, content: str, line: int, end: int = 0) -> None:
        """Note something that is not prose, from a line (from 0) to before another."""
        raw = self.source[line] if line < len(self.source) else ""
        column = len(raw) - len(raw.lstrip(" \t>")) + 1
        last = min(max(end, line + 1), len(self.source))
        place = Place(self.path, line + 1, column, last, len(self.source[last - 1]) + 1)
        self.uses.append(Use(kind, name, content, place))

    def parse(self, text: str, base: int) -> list[Token]:
        """The tokens of a text that begins at line `base`; the links that it defines are noted."""
        known = [len(self.env.get(name, ())) for name in ("references", "duplicate_refs")]
        tokens = self.md.parse(text, self.env)
        for label, found in list(self.env.get("references", {}).items())[known[0] :]:
            self.use("definition", label, found["href"], base + found["map"][0], base + found["map"][1])
        for found in self.env.get("duplicate_refs", [])[known[1] :]:
            line = base + found["map"][0]
            self.use("definition", found["label"], found["href"], line, base + found["map"][1])
        return tokens

    def read(self, tokens: list[Token], base: int) -> None:
        """Read tokens whose line 0 is line `base` of the page."""
        stack: list[Token] = []
        lists: list[tuple[int, int]] = []  # (the block that leads in, or -1; the first block of the list)
        lead, ended = -1, -1
        row = (-1, 0)  # the line of the last cell, and the column behind it
        for index, token in enumerate(tokens):
            if token.type == "inline":
                row = self._inline(token, stack, line_of(token, stack) + base, row)
            elif token.nesting == 1:
                self._open(token, stack, base)
                stack.append(token)
                if token.type in _LISTS:
                    lists.append((lead, len(self.blocks)))
            elif token.nesting == -1:
                opened = stack.pop()
                if opened.type in _LISTS:
                    self._close_list(*lists.pop())
                elif opened.type == "blockquote_open":
                    self._leave_quotation(stack)
                ended = opened.map[1] if opened.type == "paragraph_open" and opened.map else ended
            elif token.type == "myst_line_comment":
                self._comment(token, extent(tokens, index + 1), base, ended)
            else:
                self._leaf(token, (token.map[0] if token.map else 0) + base)
            lead = len(self.blocks) - 1 if token.type == "paragraph_close" else -1

    def _inline(self, token: Token, stack: list[Token], line: int, row: tuple[int, int]) -> tuple[int, int]:
        if stack[-1].type in {"th_open", "td_open"}:
            return line, self._prose(token.content, line, kind_of(stack), row[1] if line == row[0] else 0)
        self._prose(token.content, line, kind_of(stack))
        if stack[-1].type == "heading_open" and "{" in token.content:
            self._heading(line)
        return row

    def _heading(self, line: int) -> None:
        marks = self.blocks[-1].marks if self.blocks else ()
        if any(is_citing(mark.role, self.cite_roles) for mark in marks):
            self.use("cited-in", "a heading", "", line)

    def _open(self, token: Token, stack: list[Token], base: int) -> None:
        """What the rules want to know of a block that other blocks stand in."""
        first, last = token.map or (0, 0)
        if token.type == "blockquote_open":
            self._enter_quotation()
        elif token.type == "table_open":
            for row in surplus_rows(self.source[first + base : last + base]):
                self.use("lost", "cell", "", first + base + row)
        elif token.type == "footnote_reference_open":
            self.use("footnote-text", token.meta["label"], "", first + base, last + base)
        if _is_too_deep(token) and not any(map(_is_too_deep, stack)):
            self.use("lost", "depth", "", first + base, len(self.source))

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
        for number in lost_fences(content):
            self.use("lost", "title", "", line + number)
        inline = read_inline(self.md, content, self.cite_roles, self.env, self.suspect)
        lines = tuple(line_starts(content, self.source, line, column))
        block = Block(
            kind,
            inline.text,
            tuple(inline.marks),
            tuple(inline.pieces) or ((0, 0),),
            lines,
            self.exempt,
            self.group,
        )
        self.blocks.append(block)
        for met, name, what, start, end in inline.met:
            place = Place(self.path, *block.source_position(start), *block.source_position(end))
            self.uses.append(Use(met, name, what, place))
        return lines[-1][2] - 1 + len(content)

    def _leaf(self, token: Token, line: int) -> None:
        end = line + (token.map[1] - token.map[0] if token.map else 1)
        if token.type in {"fence", "colon_fence"}:
            self._fence(token, line, end)
        elif token.type == "front_matter":
            from .frontmatter import read_front_matter  # and YAML with it, which takes its time to load

            found = read_front_matter(self.path, token.content)
            self.front_matter.update(found.values)
            self.uses += found.uses
            self.unread += found.unread
        elif token.type == "html_block":
            self.use(*html_kind(token.content), token.content, line, end)
        elif token.type == "myst_target":
            self.use("target", token.content, "", line)
        elif token.type in {"math_block", "math_block_label", "amsmath"}:
            self.use("math", token.info, token.content, line, end)
        elif token.type == "substitution_block":
            self.use("substitution", "", token.content, line, end)
        elif token.type == "myst_block_break" and token.content:
            self.use("lost", "break", "", line)

    def _fence(self, token: Token, line: int, end: int) -> None:
        last = self.source[min(end, len(self.source)) - 1].strip(" \t>")
        if end == line + 1 or len(last) < len(token.markup) or last.strip(token.markup[0]):
            self.use("lost", "fence", token.markup, line, end)
        info = token.info.strip()
        if match := directives.INFO.match(info):
            self._directive(token, match["name"], match["first"] or "", line, end)
            return
        if info.startswith("{"):
            self.use("directive", info.split()[0], "", line, end)
        if token.type == "colon_fence":  # a box without a name, and prose in it
            self._body(token.content.split("\n"), line + 1)

    def _comment(self, token: Token, extent: tuple[int, int], base: int, ended: int) -> None:
        first, _last = token.map or (0, 0)
        waived = False
        for number, text in enumerate(token.content.split("\n"), first + base):
            if match := _WAIVER.match(text):
                waived = True
                place = Place(self.path, number + 1, self.source[number].find("%") + 1)
                reason = (match["reason"] or "").strip()
                self.waivers.append(
                    Waiver(match["rule"], reason, place, extent[0] + base + 1, extent[1] + base)
                )
        if ended == first and not waived:
            self.use("lost", "comment line", "", first + base)

    def _directive(self, token: Token, name: str, first: str, line: int, end: int) -> None:
        self.use("directive", name, first, line, end if name in directives.SILENT else line + 1)
        body = token.content.split("\n")
        skip = directives.options_end(body)
        self._options(name, body[:skip], line + 1)
        if name in directives.PICTURES:
            self.use("image", name, first, line)
        elif name == "math":
            self.use("math", name, "\n".join((first, *body)), line, end)
        elif name == "eval-rst":
            self.blocks += rst_citations(body, line + 1, self.source)
        elif name == "toctree":
            for target, number in directives.toctree_links(body[skip:]):
                self.use("link", name, target, line + 1 + skip + number)
        if name in directives.BODILESS and any(map(str.strip, body[skip:])):
            self.use("lost", "body", name, line + 1 + skip, end)
        if first and name in directives.TITLED - directives.BARE and not any(map(str.strip, body[skip:])):
            self.use("lost", "no body", name, line)
        if name not in directives.SILENT:
            self._first_line(name, first, line)
            self._prose_directive(name, body, skip, line + 1)

    def _options(self, name: str, lines: list[str], line: int) -> None:
        for kind, option, value, number in directives.option_uses(lines):
            if kind == "prose":
                if option == "caption" and name != "toctree":
                    self._prose(value, line + number, "caption")
                elif name == "csv-table":
                    self._csv([value], line + number, "heading")
            elif option == "target" and name in directives.PICTURES:
                self.use("link", name, value, line + number)
            elif option in {"name", "label"}:
                self.use("target", value, "", line + number)
            else:
                self.use(kind, f"{name} {option}" if kind == "option" else option, value, line + number)

    def _first_line(self, name: str, first: str, line: int) -> None:
        if first.strip() and name not in directives.PATH_FIRST:
            caption = "caption" if name in directives.CAPTIONED else "heading"
            self._prose(first, line, caption if name in directives.TITLED else "paragraph")

    def _prose_directive(self, name: str, body: list[str], skip: int, line: int) -> None:
        if name == "csv-table":
            if not is_csv(body[skip:]):
                self.use("lost", name, "", line - 1, line + len(body) - 1)
            below = skip + csv_head(body[skip:], directives.header_rows(body[:skip]))
            self._csv(body[skip:below], line + skip, "heading")
            self._csv(body[below:], line + below, "cell")
            return
        exempt, group, start = self.exempt, self.group, len(self.blocks)
        self.exempt = exempt or name in directives.EXEMPT
        if name in directives.QUOTING:
            self._enter_quotation()
        tokens = self._body(body[skip:], line + skip)
        self.exempt, self.group = exempt, group
        if not has_form(name, tokens):
            self.use("lost", name, "", line - 1, line + len(body) - 1)
        if name == "list-table":
            self._mark_head(start, rows_end(tokens, directives.header_rows(body[:skip])) + line + skip)

    def _body(self, body: list[str], line: int) -> list[Token]:
        """Read Markdown that stands inside a directive."""
        if self.depth == DEEPEST:
            self.use("lost", "depth", "", line, line + len(body) - 1)
            return []
        self.depth += 1
        tokens = self.parse("\n".join(body), line)
        self.read(tokens, line)
        self.depth -= 1
        return tokens

    def _mark_head(self, start: int, line: int) -> None:
        """The cells of a list table that stand above a line are its head."""
        for number in range(start, len(self.blocks)):
            if self.blocks[number].lines[0][1] <= line:
                self.blocks[number] = replace(self.blocks[number], kind="heading")

    def _csv(self, rows: list[str], line: int, kind: str) -> None:
        for number, row in enumerate(rows):
            for cell in _CSV_TEXT.finditer(row):
                text = cell[0].strip(' "')
                if _BLOCK.match(text):  # a cell is read as blocks, too
                    self._body([text], line + number)
                else:
                    self._prose(text, line + number, kind, cell.start())


def _is_too_deep(token: Token) -> bool:
    return token.level >= 2 * DEEPEST and token.type in _NESTING
