"""A page can be read in a moment.

A page has at most 1 MB and 50,000 lines, a line 20,000 characters, a word 50 footnote marks that nothing closes. Beyond
that a parser may run for minutes; such a page is not read at all, and so does not pass.

Specification: 7.2

Bad:

```md
The sea is salt {cite:p}`smith2020sea`.
```

```files
large.md (1000001 bytes)
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`[^1].

[^1]: By weight {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Page
from ..uses import uses_of


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault for each page that was too large to be read."""
    for use in uses_of(page, "size"):
        yield Fault(use.place, use.content, "divide it")
