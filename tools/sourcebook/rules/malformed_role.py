"""What stands in a cite or claim role can be read.

The stock build stops at a malformed cite role without telling the file or the line.

Specification: 3.2

Bad:

```md
The sea is salt {cite:p}`smith2020sea p. 5`.
```

Good:

```md
The sea is salt {cite:p}`smith2020sea{p. 5}`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Page


def check_page(page: Page) -> Iterator[Fault]:
    """Yield the faults that were met in the roles of the pages."""
    yield from page.malformed
