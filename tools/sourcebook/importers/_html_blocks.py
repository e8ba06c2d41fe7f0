"""A page as blocks in their order: what kind each is, its runs of text, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import html

from ..article import Run
from ..importing.encodings import mend
from ._html_links import Links
from ._html_runs import Block, trimmed

_INLINE = frozenset(
    """a abbr acronym b bdi bdo big br cite code data dfn em font i img ins kbd label mark math nobr output q rb ruby rt
    rtc samp small span strong sub sup time tt u var wbr nowrap""".split()
)
_STRONG, _EMPHASIS = frozenset("b strong".split()), frozenset("em i cite var dfn".split())
_CODE = frozenset("code kbd samp tt".split())
_HEADING = re.compile(r"h([1-6])$")
_QUOTES = {"de": "„“", "fr": "«»", "ru": "«»", "tr": "“”"}
_SPACES = re.compile(r"[ \t\n\r\f]+")
_MOST_CELLS = 100_000


@dataclass(frozen=True)
class _Look:
    """How the text at a place looks: the kind of its run, the target of a link, whether blanks are kept."""

    kind: str = "text"
    target: str = ""
    kept: bool = False


@dataclass(frozen=True)
class _Stand:
    """Where blocks stand: their kind, the depth of lists, whether these count, the number of an item."""

    kind: str = "paragraph"
    level: int = 0
    ordered: bool = False
    number: int = 0


class Walker:
    """Walks an element and gathers its blocks. marks: the elements that are marks of notes, with their names.

    skipped: elements that are read elsewhere, such as the notes themselves.
    """

    def __init__(
        self, links: Links, marks: dict[html.HtmlElement, str], skipped: set[html.HtmlElement]
    ) -> None:
        self.links, self.marks, self.skipped = links, marks, skipped
        self.blocks: list[Block] = []
        self.told: list[str] = []
        self.runs: list[Run] = []
        self.stand = _Stand()
        self.where: html.HtmlElement | None = None
        self.line = 0
        self.anchored = 0  # letters of the block at hand that stand in links
        self.in_link = False
        self.used = False  # whether the list item at hand has its block already

    def walk(self, element: html.HtmlElement) -> list[Block]:
        """Give the blocks of an element."""
        self.where = element
        self._children(element, _Look())
        self._flush()
        return self.blocks

    def _text(self, text: str | None, look: _Look) -> None:
        if not text:
            return
        text, told = mend(text)
        if told:
            self.told += told
        if not look.kept:
            text = _SPACES.sub(" ", text)
        self.anchored += len(text) if self.in_link else 0
        last = self.runs[-1] if self.runs else None
        if (
            last
            and last.kind == look.kind
            and last.target == look.target
            and last.kind not in {"note", "break"}
        ):
            self.runs[-1] = Run(last.text + text, look.kind, look.target)
        else:
            self.runs.append(Run(text, look.kind, look.target))

    def _flush(self) -> None:
        runs = trimmed(self.runs, keep=self.stand.kind == "code")
        anchored, self.anchored = self.anchored, 0
        self.runs = []
        if not any(run.text.strip() for run in runs) or self.where is None:
            return
        stand = self.stand
        first = self.line or self.where.sourceline or 0
        last = max(first, max((child.sourceline or 0 for child in self.where.iter()), default=0))
        if stand.kind == "item" and self.used and self.blocks and self.blocks[-1].kind == "item":
            before = self.blocks[-1]
            before.runs += [Run("\n", "break"), *runs]
            before.last = max(before.last, last)
            before.anchored += anchored
            return
        block = Block(
            stand.kind, self.where, runs, stand.level, stand.ordered, (), first, last, stand.number, anchored
        )
        self.blocks.append(block)
        self.used = stand.kind == "item"
        self.line = 0

    def _children(self, element: html.HtmlElement, look: _Look) -> None:
        self._text(element.text, look)
        for child in element:
            if isinstance(child.tag, str) and child not in self.skipped:
                self._element(child, look)
            self._text(child.tail, look)

    def _element(self, element: html.HtmlElement, look: _Look) -> None:
        tag = element.tag.lower()
        if element in self.marks:
            self._mark(element)
        elif tag == "br":
            self.runs.append(Run("\n", "break"))
        elif tag == "hr":
            self._flush()
            self.blocks.append(
                Block("rule", element, first=element.sourceline or 0, last=element.sourceline or 0)
            )
        elif is_inline(element):
            self._inline(element, tag, look)
        else:
            self._block(element, tag, look)

    def _mark(self, element: html.HtmlElement) -> None:
        while self.runs and self.runs[-1].kind == "text" and self.runs[-1].text == " ":
            self.runs.pop()
        self.runs.append(Run(self.marks[element], "note"))

    def _inline(self, element: html.HtmlElement, tag: str, look: _Look) -> None:
        kept = look.kept
        if tag == "a":
            target = self.links.target(element.get("href") or "")
            look = _Look("link", target, kept) if target else look
        elif look.kind in {"link", "code"}:
            pass
        elif tag in {"sup", "sub"}:
            look = _Look(tag, "", kept)
        elif tag in _CODE:
            look = _Look("code", "", kept)
        elif tag in _STRONG and look.kind != "sup":
            look = _Look("strong", "", kept)
        elif tag in _EMPHASIS and look.kind == "text":
            look = _Look("emphasis", "", kept)
        in_link, self.in_link = self.in_link, self.in_link or (tag == "a" and element.get("href") is not None)
        before, behind = ("“", "”") if tag == "q" else (" (", ")") if tag == "rt" else ("", "")
        self._text(before, look)
        self._children(element, look)
        self._text(behind, look)
        self.in_link = in_link

    def _block(self, element: html.HtmlElement, tag: str, look: _Look) -> None:
        self._flush()
        stand, where, used = self.stand, self.where, self.used
        self.where, self.line = element, element.sourceline or 0
        heading = _HEADING.match(tag)
        if tag == "table" and (rows := self._rows(element)):
            first, last = element.sourceline or 0, max((e.sourceline or 0 for e in element.iter()), default=0)
            self.blocks.append(Block("table", element, rows=rows, first=first, last=last))
        elif tag in {"ul", "ol", "menu"}:
            self._list(element, tag)
        else:
            if heading:
                self.stand = _Stand("heading", int(heading[1]))
            elif tag == "blockquote":
                self.stand = _Stand("quotation")
            elif tag in {"figcaption", "caption"}:
                self.stand = _Stand("caption")
            elif tag in {"pre", "listing", "xmp"}:
                self.stand = _Stand("code")
            elif tag == "dd":
                self.stand, self.used = _Stand("item", 1), False
            kept = tag in {"pre", "listing", "xmp"} or look.kept
            self._children(element, _Look("strong" if tag in {"dt", "summary"} else "text", "", kept))
            self._flush()
        self.used = (self.used if self.stand is stand else False) if stand.kind == "item" else used
        self.stand, self.where = stand, where
        self.line = 0

    def _list(self, element: html.HtmlElement, tag: str) -> None:
        level = (self.stand.level if self.stand.kind == "item" else 0) + 1
        number = _whole(element.get("start"), 1)
        self._text(element.text, _Look())
        for child in element:
            if not isinstance(child.tag, str) or child in self.skipped:
                continue
            if child.tag.lower() != "li":
                self._element(child, _Look())
                continue
            self._flush()
            number = _whole(child.get("value"), number)
            self.stand, self.used = _Stand("item", level, tag == "ol", number), False
            self.where, self.line = child, child.sourceline or 0
            self._children(child, _Look())
            self._flush()
            number += 1

    def _rows(self, table: html.HtmlElement) -> tuple[tuple[tuple[Run, ...], ...], ...]:
        """The rows of a table of data; none for one that only lays out the page."""
        if (table.get("role") or "") in {"presentation", "none"} or next(
            table.iter("h1", "h2", "h3"), None
        ) is not None:
            return ()
        rows = [row for row in table.iter("tr") if _table_of(row) is table]
        if len(rows) < 2 or max((len(_cells(row)) for row in rows), default=0) < 2:
            return ()
        if any(inner is not table for inner in table.iter("table")):
            return ()
        caption = next((child for child in table if child.tag == "caption"), None)
        if caption is not None:
            self._block(caption, "caption", _Look())
        return self._grid(rows)

    def _grid(self, rows: list[html.HtmlElement]) -> tuple[tuple[tuple[Run, ...], ...], ...]:
        """Every cell in its column: a cell that spans several leaves the others empty."""
        grid: list[list[tuple[Run, ...]]] = []
        held: dict[int, int] = {}  # columns that a cell of a row above still fills, and for how many rows
        count = 0
        for row in rows:
            line: list[tuple[Run, ...]] = []
            for cell in _cells(row):
                _fill(line, held)
                across, down = _whole(cell.get("colspan"), 1), _whole(cell.get("rowspan"), 1)
                for column in range(len(line), len(line) + min(max(across, 1), 100)):
                    held[column] = min(max(down, 1), 1000) - 1
                line.append(self._cell(cell))
                line += [()] * (min(max(across, 1), 100) - 1)
                count += min(max(across, 1), 100)
            _fill(line, held)
            grid.append(line)
            if count > _MOST_CELLS:
                self.told.append(f"a table was cut after {_MOST_CELLS:,} cells")
                break
        return tuple(map(tuple, grid))

    def _cell(self, cell: html.HtmlElement) -> tuple[Run, ...]:
        """The runs of a cell; the blocks in it are parted by breaks."""
        inner = Walker(self.links, self.marks, self.skipped)
        runs: list[Run] = []
        for block in inner.walk(cell):
            runs += [Run("\n", "break"), *block.runs] if runs else block.runs
        self.told += inner.told
        return tuple(runs)


def is_inline(element: html.HtmlElement) -> bool:
    """Whether an element is part of a line: by its name, or if it has none that stands by itself in it."""
    tag = element.tag.lower()
    if tag in {"a", "span", "ins", "font", "label", "small", "b", "i", "em", "strong", "u"}:
        return not any(
            isinstance(child.tag, str) and _stands_alone(child.tag.lower())
            for child in element.iterdescendants()
        )
    if tag in _INLINE:
        return True
    return "-" in tag and not any(
        isinstance(child.tag, str) and _stands_alone(child.tag.lower()) for child in element.iterdescendants()
    )


def _stands_alone(tag: str) -> bool:
    return tag not in _INLINE and "-" not in tag


def _fill(line: list[tuple[Run, ...]], held: dict[int, int]) -> None:
    """Leave empty the columns that a cell of a row above reaches down to."""
    while held.get(len(line), 0) > 0:
        held[len(line)] -= 1
        line.append(())


def _whole(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _table_of(row: html.HtmlElement) -> html.HtmlElement | None:
    return next(row.iterancestors("table"), None)


def _cells(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [child for child in row if child.tag in {"td", "th"}]
