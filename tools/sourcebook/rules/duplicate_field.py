"""An entry has each field once.

Readers differ in which of the two they take, and the stock reader drops every entry that follows.

Specification: 4.1

Bad:

```bib
@misc{smith2020sea, title = {The sea}, title = {The seas}, year = {2020}, url = {https://example.org/sea}}
```

Good:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Entry, Fault, Field, Place


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault at each field whose name an earlier field of the entry has."""
    first: dict[str, Field] = {}
    for field in entry.fields:
        other = first.setdefault(field.name, field)
        if other is not field:
            yield Fault(
                Place(entry.place.path, field.line, field.column),
                f"{entry.key} has a field {field.name!r} already, on line {other.line}",
                "keep one of the two",
                key=entry.key,
                notes=(Place(entry.place.path, other.line, other.column),),
            )
