"""What a work stands in fits its type.

An @article stands in a journal, an @incollection in a book, a thesis in neither. A field of the other kind is passed
over by most styles, so that the reader is told half of where to look; or the entry is of another type than it says.
Other fields that a style may leave out, such as a publisher, are no fault.

Specification: 4.5

Bad:

```bib
@phdthesis{smith2020sea, author = {Smith, Ann}, title = {The sea}, journal = {Seas}, year = {2020}, doi = {10.5555/1}}
```

Good:

```bib
@article{smith2020sea, author = {Smith, Ann}, title = {The sea}, journal = {Seas}, year = {2020}, doi = {10.5555/1}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..entrytypes import NO_BOOK, NO_JOURNAL
from ..model import Entry, Fault, Place

_WRONG = {
    "journal": (NO_JOURNAL, "journal"),
    "journaltitle": (NO_JOURNAL, "journal"),
    "booktitle": (NO_BOOK, "book"),
}
_NAMES = frozenset(_WRONG)


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for a journal or a book that an entry of its type does not stand in."""
    for field in entry.fields:
        if field.name in _NAMES and entry.type in _WRONG[field.name][0] and field.value.strip():
            message = (
                f"{entry.key} (@{entry.type}) has a {field.name}, but stands in no {_WRONG[field.name][1]}"
            )
            cure = "write what it stands in under another name, or give the entry the type that it is of"
            place = Place(entry.place.path, field.line, field.column)
            yield Fault(place, message, cure, key=entry.key)
