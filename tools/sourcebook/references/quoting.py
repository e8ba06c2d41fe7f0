"""Where a title in quotation marks begins and ends."""

from __future__ import annotations

import re

from .board import HOLE, Board
from .people import read_people

_PAIRS = {
    "“": "”“",
    "„": "“”",
    "«": "»",
    "‘": "’",
    '"': '"',
    "'": "'",
    "‚": "‘",
    "‹": "›",
    "「": "」",
    "『": "』",
}


def guard_title(board: Board) -> None:
    """Guard a quoted title: the first quotation that stands where a title does, not within a clause."""
    text = board.view
    for match in re.finditer(r"[“„«‘\"'‚‹「『]", text):
        start = match.start()
        before = text[:start].rstrip()
        if before and before[-1] not in ".,;:)(]–—-|/" + HOLE and not _behind_names(before):
            continue
        end = _close(text, start)
        if (
            end
            and re.match(
                r"\s(?!(?:in|im|by|at|en|dans|on|para|dans|su|Retrieved)\s)[a-zа-я]", text[end : end + 12]
            )
            and text[end - 2] not in ",.?!"
        ):
            continue  # only a part of the title is quoted
        if end and len(re.findall(r"[^\W_]", text[start:end])) > 1:
            board.guard = (start, end)
            return


def _behind_names(before: str) -> bool:
    """Whether a quotation follows `in`, `see`, a year or a list of names without a comma."""
    if re.search(r"(?:^|\s)(?:see|See|also|cf\.|vgl\.|In|in|\d{4}[a-z]?)$", before):
        return True
    people = read_people(before[-200:]) if len(before) < 200 else None
    return bool(people and people.sure)


def _close(text: str, start: int) -> int:
    """Behind the mark that closes the quotation begun at an offset; 0 if none does."""
    opening = text[start]
    closing = _PAIRS[opening]
    depth = 0
    for at in range(start + 1, len(text)):
        char = text[at]
        if char == opening and opening not in "\"'":
            depth += 1
        elif char in closing:
            inside = at + 1 < len(text) and text[at + 1].isalnum()
            if char in "’'‘" and (inside or not re.match(r"[\s,.;:)\]?!\ue000]|$", text[at + 1 : at + 2])):
                continue  # an apostrophe
            if char in "’'" and text[at - 1] == "s" and re.match(r"\s[a-z]", text[at + 1 : at + 3]):
                continue  # the ministers’ meeting
            if char == '"' and inside:
                continue
            if depth and opening not in "\"'":
                depth -= 1
                continue
            return at + 1
    return 0
