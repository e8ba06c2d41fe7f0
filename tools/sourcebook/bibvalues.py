"""The values of fields in a .bib file: what stands between braces or quotes, names of strings, and # between them."""

from __future__ import annotations

import re

# Bounds, since strings that double at each step would else fill the memory, and deep braces exhaust who reads them.
MOST_CHARACTERS = 65536  # of a value
MOST_EXPANDED = 1 << 20  # by strings, in a file, beyond as many characters as it has
MOST_DEEP = 50

_SPACE = re.compile(r"\s*")
# The usual values at one stroke: braces up to three deep, quotes without braces, a number or a string's name.
_PLAIN = re.compile(
    r"\{(?P<braced>[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*)\}|\"(?P<quoted>[^{}\"]*)\"|(?P<bare>[^\s,{}()\"#=]+)"
)
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r"[{}\"]")
_HASH = re.compile(r"\s*#")
_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec"
_LONG = "January February March April May June July August September October November December"


class BrokenError(Exception):
    """A part of the file can't be read; the text says why, the offset says where."""

    def __init__(self, why: str, offset: int) -> None:
        super().__init__(why)
        self.offset = offset


class Strings:
    """The strings that a file has defined so far, by their names in small letters, and what they may still expand to.

    Those of the months are defined from the start, as every style of BibTeX has them.
    """

    def __init__(self, characters: int) -> None:
        self.values = dict(zip(_SHORT.split(), _LONG.split(), strict=True))
        self._left = MOST_EXPANDED + characters

    def expand(self, name: str, offset: int) -> str:
        """What a number or a name stands for. Raises BrokenError for a name that is not defined, or by now too long."""
        if name.isdigit():
            return name
        value = self.values.get(name.lower())
        if value is None:
            raise BrokenError(f"{name!r} is no @string, and a value needs braces or quotes", offset)
        self._left -= len(value)
        if self._left < 0:
            raise BrokenError(
                f"the strings of the file expand to more than {MOST_EXPANDED:,} characters", offset
            )
        return value


def read_value(text: str, position: int, limit: int, strings: Strings) -> tuple[str, int]:
    """A value with its parts joined, and where it ends. `position` is at it, or at white space before it.

    Raises BrokenError if it can't be read before `limit`, or is longer or deeper than a value may be.
    """
    parts: list[str] = []
    length = 0
    while True:
        space = _SPACE.match(text, position, limit)
        part, position = _read_part(text, space.end() if space else position, limit, strings)
        parts.append(part)
        length += len(part)
        if length > MOST_CHARACTERS:
            raise BrokenError(f"a value is longer than {MOST_CHARACTERS:,} characters", position)
        following = _HASH.match(text, position, limit)
        if following is None:
            return "".join(parts), position
        position = following.end()


def _read_part(text: str, position: int, limit: int, strings: Strings) -> tuple[str, int]:
    match = _PLAIN.match(text, position, limit)
    if match is None:
        opening = text[position : position + 1] if position < limit else ""
        if opening in {"{", '"'}:
            return read_braced(text, position + 1, limit, quoted=opening == '"')
        raise BrokenError("a value is missing", position)
    if match["bare"] is not None:
        return strings.expand(match["bare"], position), match.end()
    return match["braced"] if match["braced"] is not None else match["quoted"], match.end()


def read_braced(text: str, position: int, limit: int, quoted: bool = False) -> tuple[str, int]:
    """What stands before the brace or quote that closes the one before `position`, and where to go on behind it.

    Raises BrokenError if none does before `limit`, or if braces are more than MOST_DEEP deep.
    """
    depth = 0
    for match in (_QUOTE if quoted else _BRACE).finditer(text, position, limit):
        sign = match[0]
        if depth == 0 and sign == ('"' if quoted else "}"):
            return text[position : match.start()], match.end()
        if sign == "{":
            depth += 1
            if depth + (not quoted) > MOST_DEEP:
                raise BrokenError(f"braces are more than {MOST_DEEP} deep", match.start())
        elif sign == "}":
            depth -= 1
            if depth < 0:
                raise BrokenError("a brace closes that none has opened", match.start())
    raise BrokenError("a brace or quote that opens here is not closed", position - 1)
