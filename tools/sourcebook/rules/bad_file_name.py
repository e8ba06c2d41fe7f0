"""A file in the pages' folders has a name that links and systems can bear, and a page is read as one.

A file with another suffix looks like a page to its author, yet is never built, or is built and never checked. Two names
that differ in capitals or accents only are one file on half of the systems.

Specification: 1.1

Bad:

```md
The sea is salt {cite:p}`smith2020sea`.
```

```files
other.markdown
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Library


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each such file."""
    for use in library.strays:
        if use.kind == "file":
            cure = "give it another name: small letters, digits and hyphens, and .md for a page"
            yield Fault(use.place, use.content, cure)
