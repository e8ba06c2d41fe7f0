"""A work has one entry.

With two, half of the claims that rest on it are listed under each, and a correction reaches one of them. Two entries
are of one work if they have the same DOI, the same address, or the same author, year and title, a slip of the hand or
a missing subtitle apart. They are not if they differ in volume, number, pages or the like, or in language, or if one
names the other or both stand in a set: `translationof`, `reprintof`, `related`, `crossref`, `entryset`.

Specification: 4.12

Bad:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, doi = {10.5555/12345678}}
@misc{smith2020salt, title = {The salt sea}, year = {2020}, doi = {10.5555/12345678}}
```

Good:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, doi = {10.5555/12345678}}
@misc{smith2020salt, title = {The salt sea}, year = {2020}, doi = {10.5555/87654321}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..entrytypes import NAMING
from ..marks import MOST_ALIKE, alike_entries
from ..model import Entry, Fault, Library
from ..nearest import alike

_WORDS = {"doi": "they have the same DOI", "url": "they have the same address"}
_TITLES = "author, year and title are the same"


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault at each entry whose work an earlier entry has."""
    entries = library.entries
    found = alike_entries(entries)
    if not found:
        return
    from ..twins import same_work  # loaded only where there is something to compare

    joined = _joined(entries)
    told: set[tuple[int, int]] = set()
    for mark, numbers in found.items():
        for one, other in combinations(numbers, 2):
            first, second = entries[one], entries[other]
            # Of keys that can't be told apart duplicate-key tells.
            apart = alike(first.key) != alike(second.key) and frozenset((first.key, second.key)) not in joined
            if apart and (one, other) not in told and same_work(first, second, mark):
                told.add((one, other))
                yield _fault(first, second, mark)


def _joined(entries: tuple[Entry, ...]) -> set[frozenset[str]]:
    """The pairs of keys of which one entry names the other, or a third both."""
    pairs = set()
    for entry in entries:
        for field in entry.fields:
            if field.name in NAMING:
                keys = [entry.key, *(key.strip() for key in field.value.split(",")[:MOST_ALIKE])]
                pairs |= {frozenset(pair) for pair in combinations(keys, 2)}
    return pairs


def _fault(first: Entry, second: Entry, mark: str) -> Fault:
    where = f"{first.place.path}:{first.place.line}"
    why = _WORDS.get(mark.partition(":")[0], _TITLES)
    return Fault(
        second.head,
        f"{second.key} seems to be the same work as {first.key} at {where}: {why}",
        "keep one of the two; or say how they belong together with related, translationof or reprintof",
        key=second.key,
        notes=(first.head,),
    )
