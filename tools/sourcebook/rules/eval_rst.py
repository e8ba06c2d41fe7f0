"""No page has a passage of reStructuredText.

Text inside `eval-rst` is another language with directives of its own: what it brings in, runs or cites, the check
can't see.

Specification: 7.2

Bad:

```md
The sea is salt {cite:p}`smith2020sea`.

:::{eval-rst}
The sea is *deep*.
:::
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Page
from ..uses import uses_of


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault at each eval-rst directive."""
    for use in uses_of(page, "directive"):
        if use.name == "eval-rst":
            cure = "write the text in Markdown on the page itself, where it can be checked"
            yield Fault(use.place, "text inside {eval-rst} is not read", cure)
