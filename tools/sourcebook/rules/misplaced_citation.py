"""A citation stands where it is printed.

In a heading it stands in the menu and in the title of the window as a bare key; in a link it makes a link inside a
link; in the words for a picture it is not printed at all. In a title, the head of a table or a term of a checked page
it belongs to no sentence.

Specification: 3.4

Bad:

```md
# The sea {cite:p}`smith2020sea`

The sea is salt {cite:p}`smith2020sea`.
```

Good:

```md
# The sea

The sea is salt {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Page
from ..uses import uses_of


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault at each citation in a heading, a link or the words for a picture, or apart from all sentences."""
    told = set()
    for use in uses_of(page, "cited-in"):
        told.add(use.place.line)
        yield Fault(use.place, f"a citation stands in {use.name}", "move it into a sentence")
    for citation in page.astray if page.checked else ():
        if citation.place.line not in told:
            message = "a citation stands in a title, the head of a table or a term"
            yield Fault(citation.place, message, "move it into a sentence", key=citation.key)
