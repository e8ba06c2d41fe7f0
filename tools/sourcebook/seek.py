"""Finding entries and claims by words, typing errors forgiven.

A word of the query counts by how well it fits a word of the entry or claim (the same, its beginning, or nearly the
same), by the place where it stands (a key weighs more than a sentence), and by how rare it is in the library.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from .folding import words_of
from .model import Claim, Entry, Library, Page, Record
from .tex import text_of

# What is looked through, and what a word in it weighs.
_FIELDS = (
    (5.0, ("author", "shortauthor", "editor", "translator")),
    (4.0, ("title", "subtitle", "shorttitle", "booktitle", "date", "year")),
    (3.0, ("journaltitle", "journal", "organization", "institution", "publisher", "series")),
    (2.0, ("doi", "isbn", "eprint")),
)
_KEY, _NAME, _SENTENCE, _PAGE = 5.0, 3.5, 2.5, 0.5
_ALIKE = 74  # of 100: words as much alike as this may be one word with a typing error
_SHORTEST = 4  # letters: shorter words are found letter for letter
ENOUGH = 0.5  # the share of the words of a query, by their weight, that must be found


class Hit(Record, frozen=True):
    """An entry, or a claim with its page, that was found. Of both kinds the higher score is the better."""

    score: float
    entry: Entry | None = None
    claim: Claim | None = None
    page: Page | None = None


class _Text(Record, frozen=True):
    """What is looked through of one entry or claim: its words, each with its weight."""

    hit: Hit
    words: dict[str, float]


def find(library: Library, query: str) -> list[Hit]:
    """The entries and claims that a query may mean, the best first; none if the query has no words."""
    wanted = tuple(dict.fromkeys(words_of(query)))
    texts = [*map(_entry_text, library.entries), *_claim_texts(library.pages)]
    places: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word in text.words:
            places[word].append(number)
    scores: dict[int, float] = defaultdict(float)
    covered: dict[int, float] = defaultdict(float)
    total = 0.0
    known_words = list(places)
    for word in wanted:
        fits = fitting(word, known_words)
        rarity = _rarity({number for known, _fit in fits for number in places[known]}, len(texts))
        total += rarity
        best: dict[int, float] = {}
        for known, fit in fits:
            for number in places[known]:
                best[number] = max(best.get(number, 0.0), fit * texts[number].words[known])
        for number, score in best.items():
            scores[number] += score * rarity
            covered[number] += rarity
    return _ranked(query, texts, scores, covered, total)


def _ranked(
    query: str, texts: list[_Text], scores: dict[int, float], covered: dict[int, float], total: float
) -> list[Hit]:
    ranked = []
    for number, score in scores.items():
        share = covered[number] / total
        text = texts[number]
        if share >= ENOUGH or _is_called(text.hit, query):
            length = 1 + 0.02 * len(
                text.words
            )  # of two sentences with the same words the shorter one says it
            exact = 1000.0 if _is_called(text.hit, query) else 0.0
            value = round(exact + score * share * share / length, 6)
            ranked.append((-value, text.hit.entry is None, number, value))
    return [_scored(texts[number].hit, value) for _v, _kind, number, value in sorted(ranked)]


def _scored(hit: Hit, score: float) -> Hit:
    return Hit(score, hit.entry, hit.claim, hit.page)


def _is_called(hit: Hit, query: str) -> bool:
    """Whether the query is the citation key or the claim name itself."""
    if hit.entry:
        return hit.entry.key.casefold() == query.strip().casefold()
    return bool(hit.claim) and query.strip() in {name.name for name in hit.claim.names}  # type: ignore[union-attr]


def _rarity(found: set[int], count: int) -> float:
    """How much a word says: one that stands everywhere says little."""
    return 0.5 + math.log((count + 1) / (len(found) + 1)) if found else 1.0 + math.log(count + 1)


def fitting(word: str, known: list[str]) -> list[tuple[str, float]]:
    """The known words that a typed one may mean, each with how well it fits, from 0 to 1."""
    found: dict[str, float] = {}
    ascii_ = word.isascii()
    for other in known:
        if other == word:
            found[other] = 1.0
        elif len(word) >= 3 and other.startswith(word) and not word.isdigit():
            found[other] = 0.75 + 0.2 * len(word) / len(other)
        elif not ascii_ and word in other:  # a script without blanks between its words
            found[other] = 0.8
    if len(word) >= _SHORTEST and not word.isdigit():
        from rapidfuzz import fuzz, process  # loaded only when words are sought

        for other, score, _index in process.extract(
            word, known, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=20
        ):
            found.setdefault(other, (score / 100) ** 3)
    return list(found.items())


def nearest_words(library: Library, query: str) -> list[str]:
    """For each word of a query that nothing fits, the words of the library that look most like it."""
    from rapidfuzz import fuzz, process

    texts = [*map(_entry_text, library.entries), *_claim_texts(library.pages)]
    known = sorted({word for text in texts for word in text.words if not word.isdigit()})
    found: dict[str, None] = {}
    for word in dict.fromkeys(words_of(query)):
        near = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=50, limit=3)
        found.update(dict.fromkeys(other for other, _score, _index in near))
    return list(found)[:6]


def _entry_text(entry: Entry) -> _Text:
    words = dict.fromkeys(words_of(entry.key), _KEY)
    values = {field.name: field.value for field in reversed(entry.fields)}
    for weight, names in _FIELDS:
        for name in names:
            if value := values.get(name):
                for word in words_of(text_of(value)):
                    words[word] = max(weight, words.get(word, 0.0))
    words.pop("and", None)
    return _Text(Hit(0.0, entry), words)


def _claim_texts(pages: Iterable[Page]) -> Iterable[_Text]:
    for page in pages:
        page_words = dict.fromkeys((*words_of(page.title), *words_of(page.article)), _PAGE)
        for claim in page.claims:
            names = [name.name for name in claim.names]
            words = page_words | dict.fromkeys(words_of(claim.text), _SENTENCE)
            words |= dict.fromkeys(words_of(" ".join(names)), _NAME)
            yield _Text(Hit(0.0, None, claim, page), words)
