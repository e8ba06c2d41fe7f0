"""A DOI is written bare.

It begins with 10., has a stroke, and is no address: every tool puts its own `https://doi.org/` before it, and one that
finds an address there makes a link that leads nowhere.

Specification: 4.6

Bad:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, doi = {https://doi.org/10.5555/12345678}}
```

Good:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, doi = {10.5555/12345678}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..locators import bare_doi
from ..model import Entry, Fault, Place

_PLAIN = re.compile(r"10\.[0-9]{4,9}/[A-Za-z0-9/_.()-]+\Z")


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for a DOI that is not written bare, or is none."""
    for field in entry.fields:
        if field.name == "doi" and field.value and not _PLAIN.match(field.value):
            yield from _faults(entry, field.value, Place(entry.place.path, field.line, field.column))


def _faults(entry: Entry, value: str, place: Place) -> Iterator[Fault]:
    from ..tex import address_of  # loaded only for what looks unusual

    given = address_of(value)
    bare = bare_doi(given)
    if not given or given == bare:
        return
    shown = given[:80]
    if bare:
        yield Fault(place, f"the DOI of {entry.key} is not bare: {shown!r}", f"write {bare}", key=entry.key)
    else:
        cure = "a DOI is 10., the number of its registrant, a stroke and the rest, without blanks"
        yield Fault(place, f"{entry.key} has a doi that is none: {shown!r}", cure, key=entry.key)
