"""A citation key names exactly one entry.

With two entries of one key nobody can say which one a claim rests on, and the stock reader drops all that follows the
second. Keys that differ only in capitals count as one: half of the tools that read .bib files can't tell them apart. So
do those that only look alike: an accent stored in another form, a letter of another script.

Specification: 4.1

Bad:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
@misc{Smith2020sea, title = {The sea, again}, year = {2020}, url = {https://example.org/again}}
```

Good:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
@misc{smith2020again, title = {The sea, again}, year = {2020}, url = {https://example.org/again}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Entry, Fault, Library
from ..nearest import alike


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault at each entry whose key an earlier entry has."""
    first: dict[str, Entry] = {}
    for entry in library.entries:
        other = first.setdefault(alike(entry.key), entry)
        if other is not entry:
            where = f"{other.place.path}:{other.place.line}"
            yield Fault(
                entry.head,
                f"the key {entry.key!r} is taken by the entry {other.key!r} at {where}",
                "give one of the two another key, or delete it if they are the same work",
                key=entry.key,
                notes=(other.head,),
            )
