"""No number of a passage is left on a page.

A worksheet (`sourcebook import --restate`) has numbers where the passages of the article stood. Whoever writes the page
puts own words in the place of each; a number that is left is a sentence that nobody has written yet.

Specification: 8.1

Bad:

```md
⟦passage 4⟧ {cite:p}`smith2020sea` {claim}`sea-salt`.
```

Good:

```md
Smith tells us that the sea is salt {cite:p}`smith2020sea` {claim}`sea-salt`.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Fault, Page

_MARK = re.compile(r"⟦[^⟧]*⟧?")  # as worksheet.py writes it; a half of one is left by a hasty hand
CURE = "write the sentence in your own words in its place"


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault for each sentence that has such a number."""
    for claim in (*page.claims, *page.notes):
        if match := _MARK.search(claim.text):
            name = claim.names[0].name if claim.names else ""
            yield Fault(claim.place, f"{match[0]} is not written yet", CURE, claim=name or claim.text)
