"""Which line above a text is its title: each that may be is given points for how it looks and where it stands."""

from __future__ import annotations

import re

from ._people import is_name, names_in
from ._sheet import DROPPED, METADATA, Line

_SITE = re.compile(
    r"(?:home|menu|live|watch|listen|click|jump|skip|search|from|you are here|published in|posted in)\b|"
    r".*\bnews\b\s*[:|]",
    re.I,
)
_CLOSED = re.compile(r"(?<![.!?])[.,;:][\"”’»)\]]*\Z")
_MANY_WORDS = 25


def title_among(waiting: list[Line], zone: list[Line]) -> int:
    """The place of the title among the lines of a head that are nothing else; of equals the first."""
    following = dict(zip((line.number for line in zone), zone[1:], strict=False))
    texts = [line.text for line in waiting]
    points = [
        _points(line, at, texts.count(line.text) > 1, following.get(line.number))
        for at, line in enumerate(waiting)
    ]
    return points.index(max(points))


def _points(line: Line, at: int, repeated: bool, following: Line | None) -> float:
    words = len(line.text.split())
    points = 1.0 if at == 0 else -0.5 * at
    points += 2 if 4 <= words <= 20 else -2 if words == 1 or words > _MANY_WORDS else 0
    points += 3 if repeated else 0
    points += 2 if following is not None and following.fate in {METADATA, DROPPED} else 0
    points -= 2 if line.text[0].islower() else 0
    points -= 3 if _CLOSED.search(line.text) else 0
    points -= 3 if _SITE.match(line.text) else 0
    names = names_in(line.text)
    return points - 3 if names and all(map(is_name, names)) else points
