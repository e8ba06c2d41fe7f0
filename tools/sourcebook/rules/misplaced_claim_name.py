"""A claim name stands in a claim, and a claim has one name.

A name in a heading, a question, an editors' note or an unchecked page names nothing that anybody could cite.

Specification: 5.1

Bad:

```md
# The sea {claim}`sea`

The sea is salt {cite:p}`smith2020sea`.
```

Good:

```md
# The sea

The sea is salt {cite:p}`smith2020sea` {claim}`sea-salt`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Page


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault at each name outside a claim, and at each second name of a claim."""
    owned = {name.place for claim in page.claims for name in claim.names}
    for name in page.names:
        if name.place not in owned:
            message = f"the claim name {name.name!r} stands in no claim"
            yield Fault(name.place, message, "move it into the sentence it names", claim=name.name)
    for claim in page.claims:
        for name in claim.names[1:]:
            message = f"this claim is named {claim.names[0].name!r} already"
            yield Fault(name.place, message, "keep the name that was published first", claim=name.name)
