"""Whether a web page is still the work that an entry tells of: titles and words compared, folded and with tolerance."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..folding import words_of as folded_words

# What stands between the title of a page and the name of its site.
_SEPARATOR = re.compile(r"\s+[-–—|·•»«:/~]+\s+|\s*[|»«•·]\s*|\s+::\s+|:\s+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")  # scripts without blanks
ALIKE = 82  # of 100; tests/soft404 and tests/good hold it
SHORTEST_PART = 12  # letters of a title that must stand in the other for it to be a part of it
STEM = 5  # letters by which two words are one, whatever their endings
FEWEST_WORDS = 2
MOST_PARTS = 8


@lru_cache(4096)
def folded(text: str) -> str:
    """The words of a text without accents, capitals and punctuation, with one blank between them."""
    return " ".join(folded_words(text))


def segments(title: str) -> list[str]:
    """The title of a page, and the parts of it between strokes and dashes, folded; the name of the site is one."""
    parts = [folded(part) for part in _SEPARATOR.split(title)[:MOST_PARTS]]
    joined = [" ".join(parts[:end]) for end in range(2, len(parts))]
    return [text for text in dict.fromkeys((folded(title), *parts, *joined)) if text]


def is_titled(wanted: Iterable[str], titles: Iterable[str]) -> bool:
    """Whether one of the titles of a page is one of those wanted."""
    wishes = [wish for text in wanted if (wish := folded(text))]
    found = [segment for title in titles for segment in segments(title)]
    return any(_is_like(wish, segment) for wish in wishes for segment in found)


def _is_like(wish: str, segment: str) -> bool:
    if wish == segment:
        return True
    shorter, longer = sorted((wish, segment), key=len)
    if len(shorter) < (SHORTEST_PART if not _WIDE.search(shorter) else 4):
        return False
    if f" {shorter} " in f" {longer} " and (len(shorter) * 3 >= len(longer) or shorter == wish):
        return True  # a title cut short, or one with more to it
    from rapidfuzz import fuzz  # loaded only when there are titles to compare

    if len(shorter) * 2 >= len(longer) and fuzz.token_sort_ratio(wish, segment) >= ALIKE:
        return True
    # The title as a part of a longer text, but for a few letters.
    return len(shorter) >= 20 and shorter == wish and fuzz.partial_ratio(wish, segment) >= 90


def words_of(text: str) -> list[str]:
    """The words of a text that tell something, by their stems; pairs of signs where a script has no blanks."""
    found: list[str] = []
    for word in folded(text).split():
        if _WIDE.search(word):
            found += [word[i : i + 2] for i in range(len(word) - 1)] or [word]
        elif len(word) > 3 and word not in _EMPTY:
            found.append(word[:STEM])
    return list(dict.fromkeys(found))


def share_of_words(title: str, text: str) -> float:
    """How many of the words of a title are in a text, from 0 to 1; 1 for a title that has too few to say."""
    wanted = words_of(title)
    if len(wanted) < FEWEST_WORDS:
        return 1.0
    have = set(words_of(text))
    return sum(word in have for word in wanted) / len(wanted)


def is_of_one_language(title: str, text: str) -> bool:
    """Whether a text has two of the small words of a title, or is, as the title, in a script without blanks.

    A title that has no small words says nothing of its language.
    """
    if _WIDE.search(title):
        return True
    small = {word for word in folded(title).split() if len(word) < 4 or word in _EMPTY}
    return len(small & set(folded(text).split())) >= 2


def is_named(names: Iterable[str], text: str) -> bool:
    """Whether one of the names, of four letters or more, stands in a text as a whole word."""
    inside = f" {folded(text)} "
    return any(len(name) > 3 and f" {name} " in inside for name in map(folded, names))


_EMPTY = frozenset(
    """about after again against also another because been before being between both could does doing down during each
    from further have having here into itself just more most much must only other over same should some such than that
    their them then there these they this those through under until very were what when where which while whom will
    with would your aber alle auch dass dein dieser durch eine einem einen einer eines fuer haben hier nach nicht oder
    sein sich sind sowie ueber unter wenn werden wird avec cette dans elle entre leur mais nous pour sans sont tout
    une vous como desde este para pero porque sobre della delle degli alla dalla nella sulla""".split()
)
