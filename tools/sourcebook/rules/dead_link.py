"""A locator that is known to be dead has an archived copy.

`sourcebook links` asks every locator and keeps what it learned in `links.json`; the check reads it and asks nothing.
One that failed on several days leads nobody to the work any more. What is blocked, moved or unchecked is no fault.

Specification: 4.2

Bad:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
```

```dead
https://example.org/sea
```

Good:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea},
  archiveurl = {https://archive.example.org/2020/sea}, archivedate = {2020-05-01}, urlstatus = {dead}}
```

```dead
https://example.org/sea
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Library

CURE = "`sourcebook links --fix` looks for an archived copy; or mend the address"


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each locator that the ledger knows to be dead, and that has no copy."""
    for use in library.dead:
        yield Fault(use.place, use.content, CURE, key=use.content.partition(":")[0])
