"""A picture beside the pages is what its name says, and nothing more.

A drawing in SVG may run scripts and fetch files; a file of another kind, an empty one, or one of billions of pixels
stops or stuffs the build.

Specification: 7.2

Bad:

```md
The sea is salt {cite:p}`smith2020sea`.
```

```files
empty.png
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
    """Yield a fault for each such picture."""
    for use in library.strays:
        if use.kind == "picture":
            yield Fault(
                use.place, f"the picture {use.name}: {use.content}", "save it anew as a plain picture"
            )
