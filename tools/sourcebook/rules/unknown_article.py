"""The article that a page restates has an entry.

`article` in the front matter is a citation key; the page's head, its own citation and its exports come from it.

Specification: 1.2

Bad:

```md
---
article: smiht2020sea
---
The sea is salt {cite:p}`smith2020sea`.
```

Good:

```md
---
article: smith2020sea
---
The sea is salt {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Library, Place
from ..nearest import nearest_keys


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each page whose article no entry has as its key."""
    keys = library.keys
    for page in library.pages:
        if page.article and page.article not in keys:
            near = nearest_keys(page.article, keys)
            cure = f"did you mean {' or '.join(near)}?" if near else "add the entry to the bibliography"
            message = f"no entry has the key {page.article!r} that the front matter names as article"
            yield Fault(Place(page.path, 1, 1), message, cure, key=page.article)
