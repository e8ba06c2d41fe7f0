"""A role is one of a closed list.

A role that Sphinx does not know is printed without its sense, and one that it knows may run a program. The list has the
roles of Sphinx, docutils and sphinxcontrib-bibtex that print what they hold. The setting `roles` adds others to it.

Specification: 7.2

Bad:

```md
The sea is salt {citep}`smith2020sea` {cite:p}`smith2020sea`.
```

Good:

```md
The sea is {sub}`very` salt {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from ..directives import KNOWN_ROLES
from ..model import Fault, Page
from ..uses import uses_of

_CITING = ("cite:p", "cite:t", "cite", "footcite", "claim")


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault at each role that is not on the list."""
    for use in uses_of(page, "role"):
        # A role of intersphinx only links; a download is told of by include-outside.
        if (
            use.name not in KNOWN_ROLES
            and not use.name.startswith(("external:", "external+"))
            and use.name != "download"
        ):
            near = difflib.get_close_matches(use.name.lower(), (*_CITING, *sorted(KNOWN_ROLES)), 1, 0.75)
            cure = f"did you mean {near[0]}? " if near else ""
            cure += f"if it does no harm, add {use.name} to `roles` in [tool.sourcebook]"
            yield Fault(use.place, f"the role {use.name!r} is not on the list", cure)
