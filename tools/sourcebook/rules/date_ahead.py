"""A date does not lie ahead.

Nobody has looked at a source tomorrow, and no work is announced for more than ten years from now: such a date is a slip
of the hand. Days count as they do where on earth it is latest. This is the one rule that asks the clock, and what it
finds today may be none next year; a clock that was never set is not believed.

Specification: 4.7

Bad:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}, urldate = {2199-01-02}}
```

Good:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}, urldate = {2020-01-02}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..ahead import is_far, may_lie_ahead
from ..entryfields import DATED, LOOKED
from ..model import Fault, Field, Library, Place


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each date that lies ahead by the clock."""
    for entry in library.entries:
        for field in entry.fields:
            if field.name in DATED and may_lie_ahead(field.value) and (why := _why(field)):
                place = Place(entry.place.path, field.line, field.column)
                message = f"the {field.name} of {entry.key} is {why}: {field.value[:60]!r}"
                cure = "write the day on which somebody looked" if field.name in LOOKED else "see the source"
                yield Fault(place, message, cure, key=entry.key)


def _why(field: Field) -> str:
    from ..dates import date_fault, is_ahead  # loaded only for what may lie ahead

    if date_fault(field.value):  # of which bad-date tells
        return ""
    if field.name in LOOKED:
        return "yet to come" if is_ahead(field.value) else ""
    return "more than ten years ahead" if is_far(field.value.strip()[:4]) else ""
