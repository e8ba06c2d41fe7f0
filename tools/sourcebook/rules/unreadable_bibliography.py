"""Every entry of the bibliography can be read.

One broken entry is one finding, at the line where the entry begins; the other entries are read all the same.

Specification: 7.2

Bad:

```bib
@misc{smith2020sea, title = {The sea, year = {2020}, url = {https://example.org/sea}}
```

Good:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Library


def check(library: Library) -> Iterator[Fault]:
    """Yield what was met in reading the bibliography."""
    for bibliography in library.bibliographies:
        yield from bibliography.unread
