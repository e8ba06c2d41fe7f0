"""A claim name is given once in the whole library.

Others cite a claim by its name; two claims of one name can't be told apart. A claim has one name, too.

Specification: 5.2

Bad:

```md
The sea is salt {cite:p}`smith2020sea` {claim}`sea-salt`.
The Dead Sea is salter {cite:p}`smith2020sea` {claim}`sea-salt`.
```

Good:

```md
The sea is salt {cite:p}`smith2020sea` {claim}`sea-salt`.
The Dead Sea is salter {cite:p}`smith2020sea` {claim}`dead-sea-salter`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import ClaimName, Fault, Library


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault at each name that stands a second time."""
    first: dict[str, ClaimName] = {}
    for page in library.pages:
        for name in page.names:
            other = first.setdefault(name.name, name)
            if other is not name:
                where = f"{other.place.path}:{other.place.line}"
                yield Fault(
                    name.place,
                    f"the claim name {name.name!r} is given already at {where}",
                    "give this claim another name; a name that others may cite stays",
                    claim=name.name,
                    notes=(other.place,),
                )
