"""A directive is one of a closed list.

A directive may bring in a file, run a program or drop its body; what it does is known by its name only. The list has
those of Sphinx and MyST that print what they hold. The setting `directives` adds others to it.

Specification: 7.2

Bad:

```md
The sea is salt {cite:p}`smith2020sea`.

:::{graphviz}
digraph { sea -> salt }
:::
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`.

:::{note}
The sea is deep {cite:p}`smith2020sea`.
:::
```
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from ..directives import JUDGED, KNOWN
from ..model import Fault, Page
from ..uses import uses_of


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault at each directive that is on no list."""
    for use in uses_of(page, "directive"):
        if use.name not in KNOWN and use.name not in JUDGED:
            name = use.name.strip("{}")
            near = difflib.get_close_matches(name, sorted(KNOWN), 1, 0.75)
            cure = f"did you mean {near[0]}? " if near else ""
            cure += f"if it does no harm, add {name} to `directives` in [tool.sourcebook]"
            yield Fault(use.place, f"the directive {use.name!r} is not on the list", cure)
