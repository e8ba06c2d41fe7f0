"""No link among the pages leads to a folder, to nothing, or out of the library.

Sphinx follows such a link and publishes what it leads to; the check does not, so that it would be published unread.

Specification: 1.1

Bad:

```md
The sea is salt {cite:p}`smith2020sea`.
```

```files
elsewhere -> /usr
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
    """Yield a fault for each such link."""
    for use in library.strays:
        if use.kind == "symlink":
            message = f"{use.name} is a link to {use.content}, which is not followed"
            yield Fault(use.place, message, "put the file itself there")
