"""What a robots.txt lets us ask (RFC 9309: the Robots Exclusion Protocol)."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from ..answers import Answer
from ..model import Record

MOST_BYTES = 512_000  # RFC 9309 asks for at least 500 kibibytes
NAME = "sourcebook"

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_VISIBLE = "".join(map(chr, range(0x21, 0x7F)))


class Robots(Record, frozen=True):
    """The rules that are meant for us: patterns of paths, and whether they allow."""

    rules: tuple[tuple[str, bool], ...] = ()

    def allows(self, url: str) -> bool:
        """Whether an address may be asked. The longest pattern that fits decides, and of two the one that allows."""
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        if path == "/robots.txt":
            return True
        fitting = [(len(pattern), allowing) for pattern, allowing in self.rules if _fits(pattern, path)]
        return max(fitting)[1] if fitting else True


EVERYTHING = Robots()
NOTHING = Robots((("/", False),))


def robots_of(answer: Answer) -> Robots:
    """The rules that follow from what a host answered when asked for its robots.txt.

    A host that has none lets us ask everything; one that can't say, nothing (RFC 9309, section 2.3.1).
    """
    if 200 <= answer.status < 300 and answer.fault in {"", "too-large"}:
        return read_robots(answer.body.decode("utf-8", "replace"))
    if 400 <= answer.status < 500 and answer.status != 429:
        return EVERYTHING
    return NOTHING


def read_robots(text: str, name: str = NAME) -> Robots:
    """Read a robots.txt: the groups that name us, or, if none does, those for everybody. Never fails."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    agents: list[str] = []
    is_naming = False
    for line in text.removeprefix("\ufeff").splitlines():
        key, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        key = key.lower()
        if key == "user-agent":
            agents = [*agents, value.lower()] if is_naming else [value.lower()]
            is_naming = True
            for agent in agents:
                groups.setdefault(agent, [])
        elif key in {"allow", "disallow"}:
            is_naming = False
            if value:  # an empty Disallow forbids nothing
                for agent in agents:
                    groups[agent].append((_normal(value), key == "allow"))
    return Robots(tuple(groups.get(name, groups.get("*", ()))))


def _normal(path: str) -> str:
    """A path in which the same letter is always written the same way."""
    path = quote(path, safe=_VISIBLE)
    return _ESCAPE.sub(_unescaped, path)


def _unescaped(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return char if _UNRESERVED.fullmatch(char) else found[0].upper()


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as the pattern says; `*` is any text, `$` at the end the path's end."""
    is_whole = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(others):
        if is_whole and number == len(others) - 1:
            return path.endswith(part) and len(path) - len(part) >= at
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return at == len(path) or not is_whole
