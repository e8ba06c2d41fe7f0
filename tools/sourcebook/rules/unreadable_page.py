"""A page can be read to its end.

What can't be read can't be checked, and what is not checked does not pass: bytes that are not UTF-8, front matter
that is not YAML, and text that is brought in from elsewhere.

Specification: 7.2

Bad:

```md
---
article: [smith2020sea
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

from ..model import Fault, Page


def check_page(page: Page) -> Iterator[Fault]:
    """Yield what was met in reading the pages."""
    yield from page.unread
