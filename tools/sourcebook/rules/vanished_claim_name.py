"""A claim name that was published stays.

Others cite a claim by its name, and their links must not die. The names of the last release are in the file that the
setting `published` names; `sourcebook publish` adds to it.

Specification: 5.3

Bad:

```names
sea-salt
```

```md
The sea is salt {cite:p}`smith2020sea` {claim}`sea-is-salt`.
```

Good:

```names
sea-salt
```

```md
The sea is salt {cite:p}`smith2020sea` {claim}`sea-salt`.
```
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from ..model import Fault, Library


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each published name that no claim has any more."""
    names = {name.name for page in library.pages for name in page.names}
    for name in library.published:
        if name.name not in names:
            near = difflib.get_close_matches(name.name, names, 1)
            hint = f" (is it {near[0]!r} now?)" if near else ""
            message = f"no claim has the published name {name.name!r} any more{hint}"
            cure = f"give the claim its old name back, or write {name.name} -> and its new name"
            yield Fault(name.place, message, cure, claim=name.name)
    for renamed in library.renamed:
        if renamed.new not in names:
            message = f"{renamed.old!r} is said to be {renamed.new!r} now, which no claim has as its name"
            yield Fault(renamed.place, message, "name the claim that took its place", claim=renamed.old)
        elif renamed.old in names:
            message = f"{renamed.old!r} is said to have another name now, and a claim has it"
            yield Fault(renamed.place, message, "give that claim a name of its own", claim=renamed.old)
