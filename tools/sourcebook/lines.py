"""Where the lines of a block stand in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import Block, Mark

_RST_CITE = re.compile(r":(?P<role>(?:foot)?cite(?::\w+)?):`(?P<content>[^`]+)`")


def line_starts(
    content: str, source: list[str], line: int, column: int = 0
) -> Iterator[tuple[int, int, int]]:
    """For each line of a block's source: its offset in the block, its line, the column at which it begins.

    The prefixes of quotations and lists are cut off by the parser; the rest of a line stands in the page as it is.
    """
    offset = 0
    for number, part in enumerate(content.split("\n")):
        text = part.strip()
        lead = len(part) - len(part.lstrip())
        at = -1
        if line + number < len(source):
            raw = source[line + number]
            # From the right, since a prefix (a list's mark, a quotation's) may repeat the text's first letters.
            at = raw.find(text, column) if column else raw.rfind(text)
            if at < 0 and "|" in text:  # a bar in a table's cell is written with a backslash
                at = raw.find(text.replace("|", "\\|"), column)
        yield offset, line + number + 1, max(at, 0) + 1 - lead
        offset += len(part) + 1


def rst_citations(body: list[str], line: int, source: list[str]) -> Iterator[Block]:
    """The citations in lines of reStructuredText, each line a block that shows nothing.

    Such text is refused unread, but what it cites is held against the bibliography all the same.
    """
    for number, text in enumerate(body):
        marks = tuple(Mark(m["role"], m["content"], 0, m.start(), m.end()) for m in _RST_CITE.finditer(text))
        if marks:
            starts = tuple(line_starts(text, source, line + number))
            yield Block("unread", "", marks, ((0, 0),), starts)
