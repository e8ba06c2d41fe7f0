"""Where an unquoted title ends and its outlet, journal or publisher begins: each cut is weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .outlets import folded, is_host_of, is_outlet, slug_share
from .people import is_body
from .words import MEETING, PERIODICAL, PRESS

_SEPARATOR = re.compile(r"\s+//\s+|[.?!…][”\"’']?\s+|,\s+|:\s+|;\s+|\s+[–—|/-]\s+|\s+(?=[(\[])")
_SHORT = re.compile(
    r"(?:^|[\s(.])(?:[^\W\d_]|vs?|etc|cf|al|St|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sen|Rep|Gov|Jr|Sr|No|Nos|"
    r"Vol|ed|eds|Inc|Ltd|"
    r"Corp|Co|Dept|Univ|Proc|Trans|Phys|Rev|Lett|Natl|Acad|Sci|Amer|Math|Soc|Chem|Biol|Med|Res|Int|Ann|Appl|Comput|"
    r"Commun|Eur|Environ|Econ|Psychol|Stat|Assoc|Inst|Technol|Tech|Eng|Mech|Astron|Astrophys|Clin|Exp|Mol|Nat|Opt|"
    r"Surg|Bull|Arch|Hist|Lit|Ling|Philos|Polit|Stud|Calif|Mass|Conn|Pa|Ill|Am|Br|Can|Aust|J|Q|u|z|d|h|usw|bzw|Hrsg|"
    r"Bd|Nr|Jg|U\.S|N\.Y|L\.A|Wash|Fin|U\.K|U\.N|E\.U|D\.C|e\.g|i\.e|a\.m|p\.m)$"
)
_PLACE = re.compile(
    r"^(?P<place>[^\W\d_](?:[^\W\d]|[.’' -]){1,30}(?:(?:,| [;/&]|;)\s(?:[A-Z]{2,4}|[A-Z](?:[^\W\d]|"
    r"[.’'() -]){1,25})){0,3})\s?:\s"
    r"(?P<press>[^\W_a-zа-я][^:;,.()\ue000]{1,60}(?:,? (?:Inc|Ltd|Co)\b\.?)?)"
)

_IN_BOOK = re.compile(
    r"[.,?!…]\s(?:[Ii]n|В|Dans|En)\s?:\s|[.?!]\sIn,?\s(?=(?:[A-Z]\.[\s-]?){1,3}\s?[A-Z]|"
    r"[^()]{3,120}\([Ee]ds?\.|Proc|[Ee]ds?\.)"
)
_SMALL = frozenset(
    "the and for der die das des und von zur für del les aux sur los las della delle dei".split()
)


class Cut(NamedTuple):
    """A title (up to `end`) and what follows it (from `start` to `stop`), as offsets, with the weight of the cut."""

    weight: float
    end: int
    start: int
    stop: int


def stops_in(text: str) -> Iterator[re.Match[str]]:
    """Full stops and their kin that end a part of a reference, not an abbreviation or an initial."""
    for match in _SEPARATOR.finditer(text):
        if match[0][0] in ".?!…" and not is_short(text[: match.start()], match[0]):
            yield match


def is_short(before: str, mark: str) -> bool:
    """Whether a full stop only closes an abbreviation or initials."""
    return mark[0] == "." and bool(_SHORT.search(before[-12:]))


def place_and_press(text: str) -> re.Match[str] | None:
    """`Cambridge, Mass.: Example Press` at the head of a text, as groups `place` and `press`."""
    return _PLACE.match(text)


def best_cut(text: str, address: str, numbered: bool, dated: bool) -> Cut:
    """The best cut of a text that begins with a title. numbered: a volume follows right behind the text."""
    whole = Cut(
        2.0 * slug_share(text, address) + (-1.0 if numbered else 1.0), len(text), len(text), len(text)
    )
    if match := _IN_BOOK.search(text):
        return Cut(9.0, match.start() + (match[0][0] in "?!…"), match.start() + 1, len(text))
    cuts = [whole]
    for match in _SEPARATOR.finditer(text):
        title = text[: match.start()]
        if is_short(title, match[0]) or not re.search(r"\w", title):
            continue
        for stop in _ends(text, match.end()):
            mark = match[0].strip()
            weight = _weight(title, text[match.end() : stop], mark if mark == "//" else mark[:1], address)
            if numbered and stop == len(text):
                weight += 3.0
            elif numbered:
                weight -= 1.0
            if match[0].strip()[:1] in "?!…":
                title = text[: match.start() + 1]
            cuts.append(Cut(weight, len(title), match.end(), stop))
    return max(cuts, key=lambda cut: (round(cut.weight, 2), -cut.end))


def _ends(text: str, start: int) -> list[int]:
    """Where the name behind a cut may end: at its first comma, full stop or bracket, or not at all."""
    found = {len(text)}
    for match in _SEPARATOR.finditer(text, start):
        mark = match[0].strip()[:1]
        if mark == "." and is_short(text[: match.start()], mark):
            continue
        if re.search(r"\b[Ii]n:?$", text[start : match.start()]) or re.match(r"[Ii]n:?\s", text[start:]):
            break
        if mark in {"", ".", ",", ";"}:
            found.add(match.start())
            if len(found) > 3 or mark in {"", "."}:
                break
    return sorted(found)


def _weight(title: str, name: str, mark: str, address: str) -> float:
    """How much speaks for a title that ends here, with the name of an outlet, journal or publisher behind it."""
    name = name.strip(" .,;:()[]")
    words = name.split()
    if not words or not re.search(r"[^\W\d_]{2}", name):
        return -5.0
    weight = (
        6.0
        if mark == "//"
        else {".": 2.0, "?": 2.0, "!": 2.0, "|": 2.0, ",": 0.5, "–": 0.3, "—": 0.3, "/": 0.0, ":": -2.0}.get(
            mark, 0.0
        )
    )
    weight += _weight_of_name(name, words, address)
    length = len(title.split())
    weight -= 1.5 if length == 1 else 0.5 if length == 2 else 0.0
    weight -= 1.5 if title.count("(") != title.count(")") or title.count("[") != title.count("]") else 0.0
    weight -= 2.0 if title.count("“") != title.count("”") or title.count("«") != title.count("»") else 0.0
    weight += 2.0 * slug_share(title, address) - 2.0 * (slug_share(name, address) if len(words) > 2 else 0.0)
    return weight


def _weight_of_name(name: str, words: list[str], address: str) -> float:
    weight = 0.0
    if is_outlet(name):
        weight += 6.0
    elif address and is_host_of(name, address):
        weight += 5.0
    elif place_and_press(name + " "):
        weight += 4.0
    elif re.match(r"(?:In|in|В|Dans|En):?\s?[^\W\da-z]", name):
        weight += 6.0 if ":" in name[:4] else 3.0
        return weight
    elif PRESS.search(name) or PERIODICAL.search(name):
        weight += 2.0
    elif is_body(name) or MEETING.search(name):
        weight += 1.0
    first = next((char for char in name if char.isalpha()), "")
    weight -= 3.0 if first.islower() and not is_host_of(name, address) else 0.0
    weight -= 0.4 * max(0, len(words) - 6)
    small = sum(word[0].islower() and len(word) > 2 and word not in _SMALL for word in words)
    weight -= 1.0 * small if len(folded(name)) > 12 else 0.5 * small
    return weight
