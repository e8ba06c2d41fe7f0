"""An entry has the fields that its type requires.

Without a title or a date a reference can be neither printed in full nor told from another of the same author.

Specification: 4.1

Bad:

```bib
@misc{smith2020sea, title = {The sea}, url = {https://example.org/sea}}
```

Good:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..entrytypes import is_child, required_fields
from ..model import Entry, Fault, Library

_MOST_PARENTS = 100  # nobody lends over so many; a circle is told by dangling-reference


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for each required field of an entry that inherits nothing."""
    if not is_child(entry):
        yield from _faults(entry, {})


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each required field that an entry neither has nor inherits from others."""
    children = [entry for entry in library.entries if is_child(entry)]
    by_key = {entry.key: entry for entry in library.entries} if children else {}
    for entry in children:
        yield from _faults(entry, by_key)


def _faults(entry: Entry, by_key: dict[str, Entry]) -> Iterator[Fault]:
    have = _fields(entry, by_key)
    for names in required_fields(entry.type):
        if have.isdisjoint(names):
            wanted = " or ".join(names)
            message = f"{entry.key} (@{entry.type}) has no {wanted}"
            yield Fault(entry.head, message, f"add the field {wanted}", key=entry.key)


def _fields(entry: Entry, by_key: dict[str, Entry]) -> set[str]:
    """The names of the fields that have a value, with those that come from the entries it refers to."""
    names: set[str] = set()
    seen: dict[str, None] = {}
    waiting = [entry]
    while waiting and len(seen) < _MOST_PARENTS:
        entry = waiting.pop()
        seen[entry.key] = None
        names.update(field.name for field in entry.fields if field.value.strip(" {}"))
        parents = [*entry.get("crossref").split(","), *entry.get("xdata").split(",")]
        waiting += [by_key[key] for key in map(str.strip, parents) if key in by_key and key not in seen]
    return names | {"booktitle"} if len(seen) > 1 and "title" in names else names
