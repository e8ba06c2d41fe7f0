"""What is meant as a citation is written as one.

The spellings of other tools, and slips of the hand, are printed as text: the reader sees braces, and the claim rests on
nothing. A handle such as `@name` is one of them when an entry has that key.

Specification: 3.2

Bad:

```md
The sea is salt {cite:p} `smith2020sea` and deep [@smith2020sea].
The sky is blue {cite:p}`smith2020sea`.
```

Good:

```md
The sea is salt {cite:p}`smith2020sea` and deep {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Library, Page, Use
from ..uses import uses_of

CURE = "write {cite:p}`key`, braces and backticks next to each other, on one line"


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault at each wrong spelling."""
    for use in uses_of(page, "spelling"):
        yield _fault(use, use.content)


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault at each handle that is a key."""
    handles = [use for page in library.pages for use in uses_of(page, "handle")]
    keys = {key.casefold() for key in library.keys} if handles else set()
    for use in handles:
        if use.content.casefold() in keys:
            yield _fault(use, f"@{use.content}")


def _fault(use: Use, shown: str) -> Fault:
    return Fault(use.place, f"'{shown}' is printed as it stands, and cites nothing", CURE)
