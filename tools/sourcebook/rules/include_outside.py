"""What a page brings in is a file of the library that the check reads.

An included file is read as a page is, and its faults are told at its own lines. A file from outside would be published
unread; one that is missing, or that includes itself, or that is brought in as code, can't be checked. A file of another
folder may not include others, since the build would look for them elsewhere.

Specification: 7.2

Bad:

```md
The sea is salt {cite:p}`smith2020sea`.

:::{include} ../../../secret.md
:::
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from ..model import Fault, Library, Page, Use
from ..uses import includes_of, uses_of

CURE = "include a file that lies in the library, or write the text on the page itself"
_FILES = frozenset(("csv-table file", "csv-table url"))
_AS_OTHER = frozenset(f"include {option}" for option in ("parser", "literal", "code", "encoding"))


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault at each way to bring in a file unread."""
    for use in uses_of(page, "directive", "option", "role"):
        if (use.kind, use.name) in {("directive", "literalinclude"), ("role", "download")}:
            yield Fault(use.place, f"{use.name} brings in a file unread", "write the text on the page itself")
        elif use.kind == "option" and use.name in _FILES | _AS_OTHER:
            yield Fault(use.place, *_words(use))


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault at each include of what is not read, or reads itself."""
    known = {page.path: includes_of(page) for page in library.pages}
    for path, includes in known.items():
        for target, use in includes:
            if target not in known:
                yield Fault(use.place, f"{use.content.strip()!r} is no file of the library", CURE)
            elif _reaches(known, target, path):
                yield Fault(
                    use.place, f"{target} includes this file in its turn", "include it in one of the two only"
                )
            elif known[target] and posixpath.dirname(target) != posixpath.dirname(path):
                message = f"{target} is of another folder and includes a file itself"
                yield Fault(use.place, message, "move it beside this page")


def _words(use: Use) -> tuple[str, str]:
    name, _, option = use.name.partition(" ")
    if name == "include":
        return f"with :{option}: the included text is not checked as a page is", f"leave out :{option}:"
    return f"{name} brings in a file unread", "write the rows into the directive"


def _reaches(known: dict[str, list[tuple[str, Use]]], start: str, goal: str) -> bool:
    """Whether one file includes another, by itself or through others."""
    seen, waiting = {start}, [start]
    while waiting:
        path = waiting.pop()
        if path == goal:
            return True
        new = {target for target, _use in known.get(path, ())} - seen
        seen |= new
        waiting += sorted(new)
    return False
