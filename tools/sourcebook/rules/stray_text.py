"""Between entries stand comments only.

BibTeX passes over whatever stands between entries, so that an entry which has lost its first line is gone without a
word. What is meant to be there says so with a per-cent sign.

Specification: 4.11

Bad:

```md
The sea is salt {cite:p}`smith2020sea`.
```

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
To be continued.
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`.
```

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
% To be continued.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Library


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault where such text begins."""
    for bibliography in library.bibliographies:
        for use in bibliography.uses:
            if use.kind == "stray":
                message = f"text that belongs to no entry: {use.content[:60]!r}"
                yield Fault(use.place, message, "put a % before each of its lines, or delete it")
