"""Where the lines of a block stand in the file."""

from __future__ import annotations

from collections.abc import Iterator


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
