"""A waiver names its rule and its reason.

`% allow RULE: REASON`. Without a reason it waives nothing: who reads it in a year must see why.

Specification: 6.3

Bad:

```md
% allow uncited-claim
The sea is salt.
```

Good:

```md
% allow uncited-claim: a definition, not an assertion
The sea is what lies between the coasts.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Library


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each waiver without a reason."""
    for waiver in library.waivers:
        if not waiver.reason:
            message = f"the waiver of {waiver.rule} gives no reason"
            yield Fault(waiver.place, message, f"write % allow {waiver.rule}: and the reason")
