"""Names of people and organisations, as answers give them."""

from __future__ import annotations

import re

from ..names import Name
from ._plain import plain

MOST = 500  # names of a field; a list that is longer ends with "others"
_ORGANISED = re.compile(
    r"\b(?:Collaboration|Consortium|Group|Team|Committee|Agency|Institute|University|Ministry|Council|Press|News|"
    r"Association|Organi[sz]ation|Foundation|Society|Staff|Office|Department|Inc|Ltd|LLC|GmbH|AG)\b\.?\Z"
)
_NO_NAME = re.compile(r"https?://|www\.|@")
OTHERS = Name("others")


def csl_name(given: object) -> Name | None:
    """A name of CSL-JSON: `family`, `given`, the particles and `suffix`, or a `literal` one, which is whole.

    Crossref writes `name` for `literal`.
    """
    if not isinstance(given, dict):
        return None
    literal = plain(given.get("literal")) or plain(given.get("name"))
    family = plain(given.get("family"))
    if not family:
        literal = literal or plain(given.get("given"))
        return Name(literal, whole=True) if literal else None
    particles = [plain(given.get(name)) for name in ("dropping-particle", "non-dropping-particle")]
    return Name(
        family, plain(given.get("given")), " ".join(filter(None, particles)), plain(given.get("suffix"))
    )


def csl_names(given: object) -> tuple[Name, ...]:
    """The names of a field of CSL-JSON."""
    listed = given if isinstance(given, list) else []
    found = [name for name in map(csl_name, listed[:MOST]) if name]
    return tuple(found + [OTHERS] * (len(listed) > MOST))


def name_in_one(text: str, outlets: tuple[str, ...] = ()) -> tuple[Name | None, bool]:
    """A name that was given in one piece, and whether its parts had to be told apart by their order.

    outlets: names that are an organisation's on the same page. "Family, Given" says its parts itself.
    """
    text = plain(text)
    if not text or _NO_NAME.search(text) or len(text) > 200:
        return None, False
    if text.casefold() in {outlet.casefold() for outlet in outlets} or _ORGANISED.search(text):
        return Name(text, whole=True), False
    if text.count(",") == 1:
        family, _, given = (part.strip() for part in text.partition(","))
        if family and given:
            return Name(family, given), False
    words = text.split()
    if len(words) == 1 or "," in text:
        return Name(text, whole=True), False
    start = next((i for i, word in enumerate(words[1:-1], 1) if word[0].islower()), len(words) - 1)
    particle = " ".join(words[start:-1])
    return Name(words[-1], " ".join(words[:start]), particle), True


def names_in_one(texts: list[str], outlets: tuple[str, ...] = ()) -> tuple[tuple[Name, ...], tuple[str, ...]]:
    """The names among texts, without repetitions, and those of them that were split by the order of their words."""
    names: dict[Name, bool] = {}
    split: list[str] = []
    for text in texts[:MOST]:
        name, by_order = name_in_one(text, outlets)
        if name and name not in names:
            names[name] = by_order
            split += [name.shown] if by_order else []
    return tuple(names), tuple(split)


def doubt_of(split: tuple[str, ...]) -> tuple[str, ...]:
    """What to say of names that came in one piece."""
    if not split:
        return ()
    shown = ", ".join(split[:3]) + (f" and {len(split) - 3} more" if len(split) > 3 else "")
    return (f"the last word was taken for the family name: {shown}; put an organisation in double braces",)
