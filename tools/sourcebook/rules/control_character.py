"""Pages and bibliographies have no character that nobody sees.

Control characters, marks that turn the direction of writing, blanks without width and private characters show one text
to the reader and another to a search, a comparison or a reviewer.

Specification: 7.2

Bad:

```md
The sea\u200b is salt {cite:p}`smith2020sea`.
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Library, Page, Use
from ..uses import uses_of


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault at each run of such characters, named by the first."""
    yield from map(_fault, uses_of(page, "character"))


def check(library: Library) -> Iterator[Fault]:
    """Yield the same for the bibliographies."""
    for bibliography in library.bibliographies:
        yield from (_fault(use) for use in bibliography.uses if use.kind == "character")


def _fault(use: Use) -> Fault:
    return Fault(use.place, f"a character that is not seen: {use.name}", "delete it")
