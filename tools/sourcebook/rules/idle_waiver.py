"""A waiver waives something.

One that holds nothing back is left over from a fault that was mended, or misspells its rule, or stands at the wrong
place; it would hide the next fault there.

Specification: 6.3

Bad:

```md
% allow uncited-claim: a definition, not an assertion
The sea is salt {cite:p}`smith2020sea`.
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from ..model import Fault, Library, Waiver


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each waiver that the first pass of the check found to hold nothing back."""
    for waiver in library.idle:
        yield Fault(waiver.place, *_words(waiver))


def _words(waiver: Waiver) -> tuple[str, str]:
    from . import all_rules  # the list of the shelf that this file stands on

    if waiver.rule in all_rules():
        return f"nothing here breaks {waiver.rule}", "delete the waiver"
    near = difflib.get_close_matches(waiver.rule, all_rules(), 1)
    cure = f"did you mean {near[0]}?" if near else "`sourcebook rules` lists them"
    return f"the waiver names no rule: {waiver.rule!r}", cure
