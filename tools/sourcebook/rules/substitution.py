"""No page has a substitution.

With MyST's extension `substitution`, what stands between double braces is run as a program with all rights of the
build. Without it the braces are printed. A page can't tell which of the two will be.

Specification: 7.2

Bad:

```md
The sea is salt {cite:p}`smith2020sea`, at {{ degrees }} degrees.
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`, at four degrees.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Page
from ..uses import uses_of


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault at each substitution."""
    for use in uses_of(page, "substitution"):
        shown = use.content.strip("{} \n")[:40]
        cure = "write the text out, or put it in backticks"
        yield Fault(use.place, f"{{{{ {shown} }}}} is run as a program", cure)
