"""Every claim carries a citation.

A reader must see at each sentence where it comes from. The citation stands in the sentence or directly behind its
full stop. A sentence that leads into a list with a colon is sourced when every item of the list is.

Specification: 3.1

Bad:

```md
The sea is salt.
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Page

CURE = "cite an entry, or say why not"


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault for each claim without a citation."""
    for claim in page.claims:
        if not claim.sourced:
            import textwrap  # loaded only for a message

            words = textwrap.shorten(claim.text, 60, placeholder="...")
            name = claim.names[0].name if claim.names else ""
            yield Fault(claim.place, f'no citation in "{words}"', CURE, claim=name or claim.text)
