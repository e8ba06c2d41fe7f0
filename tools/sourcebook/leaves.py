"""Blocks without prose in them: raw HTML, tables' rows, and how much of each reaches the reader."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

# How raw markup begins that runs to the end of the page when it is never closed, and what closes it.
_CLOSED_BY = (
    (re.compile(r"<!--"), re.compile(r"-->"), "comment"),
    (re.compile(r"<\?"), re.compile(r"\?>"), "instruction"),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>"), "cdata"),
    (re.compile(r"<![A-Za-z]"), re.compile(r">"), "declaration"),
    (
        re.compile(r"<(?=script|pre|style|textarea)", re.I),
        re.compile(r"</(?:script|pre|style|textarea)>", re.I),
        "tag",
    ),
)
# A browser takes <!--> and --!> for the end of a comment, so what follows them is no comment to it.
_COMMENTS = re.compile(r"\s*(?:<!--(?!-?>)(?:(?!--!?>|<!--).)*-->\s*)+", re.S)
_LOST_FENCE = re.compile(r"```+\s*\{[\w:-]+\}.*`")
_CELL_END = re.compile(r"(?<!\\)\|")
_PREFIX = re.compile(r"^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*[\s>]*")


def html_kind(content: str) -> tuple[str, str]:
    """What raw HTML is to the rules, as kind and name of a use."""
    text = content.lstrip()
    for begins, ends, name in _CLOSED_BY:
        if match := begins.match(text):
            if not ends.search(text, match.end()):
                return "lost", name
            break
    return "html", "block"


def is_comment(content: str) -> bool:
    """Whether raw HTML is nothing but comments, to the parser and to a browser alike."""
    return _COMMENTS.fullmatch(content) is not None


def lost_fences(content: str) -> Iterator[int]:
    """Yield the number of each line of a paragraph that was meant to open a fence, but has backticks in it."""
    if "```" in content:
        for number, line in enumerate(content.split("\n")):
            if _LOST_FENCE.match(line):
                yield number


def surplus_rows(lines: list[str]) -> Iterator[int]:
    """Yield the number of each row of a pipe table that has more cells than the head; the parser drops those."""
    most = _cells(lines[0]) if lines else 0
    for number, line in enumerate(lines[2:], 2):
        if _cells(line) > most:
            yield number


def _cells(line: str) -> int:
    text = _PREFIX.sub("", line).strip()
    return (
        len(_CELL_END.findall(text))
        + 1
        - text.startswith("|")
        - (text.endswith("|") and not text.endswith("\\|"))
    )


def is_csv(rows: list[str]) -> bool:
    """Whether rows can be read as docutils reads them; one that can't be drops the table."""
    try:
        return any(list(csv.reader(rows, skipinitialspace=True, strict=True)))
    except csv.Error:
        return False


def csv_head(rows: list[str], count: int) -> int:
    """How many lines the first `count` rows of comma-separated values take; none, if there are not so many rows."""
    reader = csv.reader(rows, skipinitialspace=True)
    try:
        while count > 0:
            count -= bool(next(reader))
    except (StopIteration, csv.Error):
        return 0
    return reader.line_num
