"""The front matter has plain values under a closed list of keys.

The key `myst` alone switches on extensions that run programs at build time. Known are ours (`article`, `lang`), those
of Sphinx (`orphan`, `tocdepth`, `nocomments`, `no-search`), what names a text (`title`, `author`, `date`, `keywords`
and their like), and what marks a notebook (`jupytext`, `kernelspec`), each once. What YAML can do beyond that is not
needed here: aliases, anchors and types are refused unread.

Specification: 7.2

Bad:

```md
---
myst:
  enable_extensions: [substitution]
---
The sea is salt {cite:p}`smith2020sea`.
```

Good:

```md
---
lang: en
---
The sea is salt {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from ..model import Fault, Page
from ..uses import uses_of

# Ours, Sphinx's own, and those by which a text is known as a notebook or told to other programs: none runs anything.
KNOWN = frozenset(
    "article author authors date description file_format jupytext kernelspec keywords lang license no-search "
    "nocomments orphan subtitle tags title tocdepth".split()
)


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault at each key that is unknown or stands twice, and at each trick of YAML."""
    for use in uses_of(page, "front-matter", "front-matter-twice", "front-matter-trick"):
        if use.kind == "front-matter-trick":
            message = f"the front matter has {use.name}"
            yield Fault(use.place, message, "write key: value, one to a line, the value in quotes if need be")
        elif use.kind == "front-matter-twice":
            yield Fault(
                use.place, f"the front matter has the key {use.name!r} already", "keep one of the two"
            )
        elif use.name not in KNOWN:
            near = difflib.get_close_matches(use.name, KNOWN, 1)
            cure = f"did you mean {near[0]}?" if near else "known are " + ", ".join(sorted(KNOWN))
            yield Fault(use.place, f"the front matter has an unknown key {use.name!r}", cure)
