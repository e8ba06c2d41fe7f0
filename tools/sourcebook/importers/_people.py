"""Names of people in a byline, by their look."""

from __future__ import annotations

import re

_NAME_WORD = (
    r"(?:[^\W\d_a-z][^\W\d_]*(?:[’'-][^\W\d_]+)*\.?|"
    r"(?:van|von|der|den|de|del|della|di|da|dos|la|le|el|al|bin|ibn|ter)\b)"
)
_NAME = re.compile(rf"{_NAME_WORD}(?: {_NAME_WORD}){{1,4}}(?:,? (?:Jr|Sr|Ph\.?D|MD)\.?)?")
_AFFILIATION = re.compile(r"[\d*†‡§¹²³⁴⁵⁶⁷⁸⁹,]+\Z")
_NAMES_APART = re.compile(r"\s*(?:,?\s+(?:and|und|et|y|e)\s+|\s*&\s*|;|,)\s*")


def is_name(text: str) -> bool:
    """Whether a text may be a person's name: two to five words with capitals, and small ones such as `van`."""
    return _NAME.fullmatch(text) is not None


def names_in(text: str) -> list[str]:
    """The parts of a list of names, without the marks of affiliations."""
    pieces = (_AFFILIATION.sub("", piece).strip() for piece in _NAMES_APART.split(text))
    return [piece for piece in pieces if piece]
