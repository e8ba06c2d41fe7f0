"""An entry that names another names one that there is.

`crossref` and `xdata` lend fields, `entryset` and `related` bind works together, `translationof` and `reprintof` lead
to the original. Where the other is missing, the fields are missing too, and the build prints the bare key. An entry
that lends from itself, directly or through others, lends nothing.

Specification: 4.5

Bad:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, translationof = {schmidt2019meer}, url = {https://example.org/sea}}
```

Good:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, translationof = {schmidt2019meer}, url = {https://example.org/sea}}
@misc{schmidt2019meer, title = {Das Meer}, year = {2019}, url = {https://example.org/meer}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..entrytypes import NAMING
from ..model import Entry, Fault, Field, Library, Place
from ..nearest import nearest_keys

# Those that lead from one work to what it is made of; the others may well lead back.
_LEADING = frozenset(("crossref", "xdata", "entryset", "translationof", "reprintof"))
_Reference = tuple[Entry, Field, str]


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each key of no entry, and one for each circle."""
    references = list(_references(library))
    if not references:
        return
    others = {key.strip() for e in library.entries if (ids := e.get("ids")) for key in ids.split(",")}
    known = library.keys | others
    for entry, field, key in references:
        if key not in known:
            place = Place(entry.place.path, field.line, field.column)
            near = nearest_keys(key, library.keys)
            cure = f"did you mean {' or '.join(near)}?" if near else "add that entry, or mend the key"
            message = f"{entry.key} names {key[:100]!r} as {field.name}, and there is no such entry"
            yield Fault(place, message, cure, key=entry.key)
    yield from _circles([r for r in references if r[1].name in _LEADING])


def _references(library: Library) -> Iterator[_Reference]:
    for entry in library.entries:
        for field in entry.fields:
            if field.name in NAMING:
                for key in field.value.split(","):
                    if key.strip():
                        yield entry, field, key.strip()


def _circles(references: list[_Reference]) -> Iterator[Fault]:
    """Follow each reference once; one that leads back to an entry on the way to it closes a circle."""
    following: dict[str, list[_Reference]] = {}
    for one in references:
        following.setdefault(one[0].key, []).append(one)
    done: set[str] = set()
    for start in following:
        way = {} if start in done else {start: iter(following[start])}
        while way:
            here = next(reversed(way))
            reference = next(way[here], None)
            if reference is None:
                del way[here]
                done.add(here)
            elif reference[2] in way:
                yield _circle(reference, list(way))
            elif reference[2] not in done:
                way[reference[2]] = iter(following.get(reference[2], ()))


def _circle(reference: _Reference, way: list[str]) -> Fault:
    entry, field, key = reference
    chain = " → ".join([*way[way.index(key) :], key][:20])
    place = Place(entry.place.path, field.line, field.column)
    return Fault(place, f"{entry.key} leads back to itself: {chain}", "cut the chain", key=entry.key)
