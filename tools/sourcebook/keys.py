"""Citation keys in the house's style: family name or outlet, year, first significant word of the title."""

from __future__ import annotations

import re
import string
from urllib.parse import urlsplit

from .folding import ascii_words
from .model import Entry
from .names import OTHERS, read_names
from .tex import text_of

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,99}\Z")
LONGEST = 40  # of each part
_LONG_OUTLET = 15
# Articles, prepositions and the like in the languages that titles most often begin with.
SMALL = frozenset(
    "a an the of in on at to for from by with and or as into der die das des dem den ein eine und von zu im am le la "
    "les l un une du de et en au aux il lo gli i uno una di da del della e el los las y o os as um uma do na no".split()
)
_OUTLETS = (
    "shorthand",
    "shortjournal",
    "journaltitle",
    "journal",
    "organization",
    "institution",
    "publisher",
)


def propose_key(entry: Entry, taken: frozenset[str]) -> str:
    """A key for an entry that none of the others has, capitals not told apart; a letter is added if need be."""
    stem = f"{_who(entry)}{_year(entry)}{_word(text_of(entry.get('title')))}"
    used = {key.casefold() for key in taken}
    if stem not in used:
        return stem
    letters = string.ascii_lowercase
    endings = [*letters[1:], *(first + second for first in letters for second in letters)]
    free = (stem + ending for ending in endings if stem + ending not in used)
    return next(free, f"{stem}{len(used)}")


def _who(entry: Entry) -> str:
    """Who made the work, in one word: the first author, else the outlet, else the host of its address."""
    for field in ("shortauthor", "author", "editor"):
        for name in read_names(entry.get(field))[:1]:
            last = f"{name.particle} {name.family}"
            found = _outlet(name.family) if name.whole else "".join(ascii_words(last))
            if found and name.family != OTHERS:
                return found[:LONGEST]
    for field in _OUTLETS:
        if found := _outlet(text_of(entry.get(field))):
            return found[:LONGEST]
    return _host(entry.get("url")) or "anon"


def _outlet(name: str) -> str:
    """An organisation in one word: all of its name if that is short, else the first significant word."""
    words = [word for word in ascii_words(name) if word not in {"the", "der", "die", "das", "le", "la", "il"}]
    whole = "".join(words)
    return whole if len(whole) <= _LONG_OUTLET else _word(name)


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    labels = host.removeprefix("www.").split(".")
    return "".join(ascii_words(labels[-2] if len(labels) > 1 else ""))[:LONGEST]


def _year(entry: Entry) -> str:
    match = re.search(r"\d{4}", entry.get("date") or entry.get("year"), re.A)
    return match[0] if match else "nd"


def _word(text: str) -> str:
    """The first word that says something; a number only if there is no other."""
    words = ascii_words(text)
    telling = [word for word in words if word not in SMALL and not word.isdigit() and len(word) > 1]
    return next(iter([*telling, *words]), "")[:LONGEST]
