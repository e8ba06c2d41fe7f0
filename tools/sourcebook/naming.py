"""Names for claims that have none: short, of the words that say most in the sentence, and unlike any other.

They are proposals. A name is a person's to give; once it is published it stays, whatever becomes of the sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from .folding import ascii_words
from .keys import SMALL
from .model import Claim, Page

LONGEST = 40
MOST = 2000  # characters of a sentence that are looked at
_WORDS = (3, 4, 5, 2)  # how many words a name has, in the order in which that is tried
_EMPTY = SMALL | frozenset(
    "about above after again against all also although among another any are around because been before being "
    "below between both but came can could did does doing done down during each either even ever few further "
    "get give given goes got had has have having he hence her here hers him his how however i if into is it "
    "its itself just least less let like made make many may me might mine more most much must my neither "
    "never nor not now off often once one only other others our out over own per perhaps put quite rather "
    "said same say says see seem seems shall she should since some still such take than that their them then "
    "there these they this those though through thus too took under until up upon us very via was we went "
    "were what when where whether which while who whom whose why will within without would yet you your two "
    "three first second new s t".split()
) - {"us"}
_POSSESSIVE = re.compile(r"[’']s\b")
_KEYS = re.compile(r"\[[^\[\]]*\]")
_THOUSANDS = re.compile(r"(?<=\d)[,.\u00a0\u202f’](?=\d{3}(?!\d))")


def frequencies(pages: Iterable[Page]) -> Counter[str]:
    """In how many claims of a library each word stands."""
    return Counter(word for page in pages for claim in page.claims for word in set(_words(claim.text)))


def propose_name(claim: Claim, page: Page, taken: set[str], common: Counter[str]) -> str:
    """A name for a claim that is not taken: a small letter, then small letters, digits and hyphens."""
    return next(name for name in _candidates(claim, page, common) if name not in taken)


def _candidates(claim: Claim, page: Page, common: Counter[str]) -> Iterator[str]:
    words = list(dict.fromkeys(_words(claim.text[:MOST])))
    ranked = sorted(
        words, key=lambda word: (_weight(word, claim.text[:MOST], common), -words.index(word)), reverse=True
    )
    stem = _stem(page)
    for number in _WORDS if words else ():
        yield _joined([word for word in words if word in ranked[:number]])
    if words:
        yield _joined([*stem[:1], *[word for word in words if word in ranked[:3]]])
    base = _joined(
        [*stem[:2], *[word for word in words if word in ranked[:2]]] if words else [*stem, "claim"]
    )
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def _words(text: str) -> list[str]:
    """The words of a sentence that say something; the keys that it shows only if there is no other."""
    bare = _THOUSANDS.sub("", _POSSESSIVE.sub("", text))
    for shown in (_KEYS.sub(" ", bare), bare):
        if words := [word for word in ascii_words(shown) if word not in _EMPTY]:
            return words
    return []


def _weight(word: str, text: str, common: Counter[str]) -> float:
    """How much a word says of its sentence: a name or a number more than others, a rare one more than a common one."""
    rarity = 1.0 / (1 + common[word])
    capital = bool(re.search(rf"(?<=[^.!?“\"] ){re.escape(word.capitalize())}", text))
    number = word.isdigit() and len(word) > 1
    return rarity + 0.5 * capital + 0.4 * number + 0.02 * min(len(word), 10)


def _stem(page: Page) -> list[str]:
    """The page in one or two words: the author of its article, or the name of its file."""
    name = page.article or page.path.rpartition("/")[2].rpartition(".")[0]
    words = ascii_words(re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", name))
    return [word for word in words if word[0].isalpha()] or ["page"]


def _joined(words: list[str]) -> str:
    """Words with hyphens, as many as go into a name; one that begins with a letter comes first."""
    first = next((word for word in words if word[0].isalpha()), "n")
    name = first[:LONGEST]
    for word in words:
        if word != first and len(name) + len(word) < LONGEST:
            name = f"{name}-{word}"
    return name
