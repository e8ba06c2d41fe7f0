"""A label is given once in the library, a footnote and a link's label once on a page.

With two of one name the build takes one of them, and half of the links lead to the wrong place.

Specification: 7.2

Bad:

```md
(salt)=
## Salt

The sea is salt {cite:p}`smith2020sea`.

(salt)=
## More salt

The Dead Sea is salter {cite:p}`smith2020sea`.
```

Good:

```md
(salt)=
## Salt

The sea is salt {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Library, Place
from ..uses import uses_of

_WORDS = {"target": "label", "footnote-text": "footnote", "definition": "link"}


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault at each label, footnote or link definition whose name an earlier one has."""
    first: dict[tuple[str, str, str], Place] = {}
    for path, use in ((page.path, use) for page in library.pages for use in uses_of(page, *_WORDS)):
        where = "" if use.kind == "target" else path
        other = first.setdefault((use.kind, where, " ".join(use.name.casefold().split())), use.place)
        if other != use.place:
            message = f"the {_WORDS[use.kind]} {use.name!r} is defined already at {other.path}:{other.line}"
            yield Fault(use.place, message, "give one of the two another name", notes=(other,))
