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
            yield Fault(name.place, message, "give the claim its old name back", claim=name.name)
