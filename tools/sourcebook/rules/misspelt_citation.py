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

from ..model import Fault, Library
from ..uses import uses_of

CURE = "write {cite:p}`key`, braces and backticks next to each other, on one line"


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault at each wrong spelling, and at each handle that is a key."""
    keys = {key.casefold() for key in library.keys}
    for _page, use in uses_of(library, "spelling", "handle"):
        if use.kind == "spelling" or use.content.casefold() in keys:
            shown = use.content if use.kind == "spelling" else f"@{use.content}"
            yield Fault(use.place, f"'{shown}' is printed as it stands, and cites nothing", CURE)
