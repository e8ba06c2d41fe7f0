"""A field has a name that readers of .bib files know.

A name with a slip of the hand in it hides what it holds: nobody reads `jounral` or `accessed`. Known are the fields of
BibLaTeX and BibTeX, those that reference managers, publishers and databases write, and ours. A field of your own begins
with `x-`. A slip is told at each place, another unknown name once.

Specification: 4.5

Bad:

```bib
@article{smith2020sea, title = {The sea}, journal = {Sea}, year = {2020}, acessed = {2021}, url = {https://a.example.org}}
```

Good:

```bib
@article{smith2020sea, title = {The sea}, journal = {Sea}, year = {2020}, urldate = {2021}, url = {https://a.example.org}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..entryfields import KNOWN, is_known, meant_field
from ..model import Entry, Fault, Field, Library, Place


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for each field whose name looks like a known one."""
    for field in entry.fields:
        if field.name not in KNOWN and not is_known(field.name) and (meant := meant_field(field.name)):
            message = f"{entry.key} has an unknown field {field.name[:60]!r}"
            yield Fault(_place(entry, field), message, f"did you mean {meant}?", key=entry.key)


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each other unknown name, where it stands first."""
    first: dict[str, tuple[Entry, Field]] = {}
    others: dict[str, int] = {}
    for entry in library.entries:
        for field in entry.fields:
            if field.name not in KNOWN and not is_known(field.name) and not meant_field(field.name):
                first.setdefault(field.name, (entry, field))
                others[field.name] = others.get(field.name, -1) + 1
    for name, (entry, field) in first.items():
        more = f" (and others have it, {others[name] + 1} in all)" if others[name] else ""
        cure = f"no reader looks at it; if it is your own, name it x-{name[:60].strip('-')}"
        yield Fault(
            _place(entry, field), f"{entry.key} has an unknown field {name[:60]!r}{more}", cure, key=entry.key
        )


def _place(entry: Entry, field: Field) -> Place:
    return Place(entry.place.path, field.line, field.column)
