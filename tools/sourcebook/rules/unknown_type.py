"""An entry is of a type that readers of .bib files know.

An unknown type is printed like @misc: without its journal, its book, its school. Types are those of BibLaTeX and
BibTeX; the list stands in `sourcebook rules unknown-type`.

Specification: 4.5

Bad:

```bib
@webpage{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
```

Good:

```bib
@online{smith2020sea, title = {The sea}, organization = {Sea}, year = {2020}, url = {https://example.org/sea}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..entrytypes import TYPES, meant_type
from ..model import Entry, Fault


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for an entry of an unknown type."""
    if entry.type not in TYPES:
        meant = meant_type(entry.type)
        cure = f"write @{meant}" if meant else f"known are {', '.join(sorted(TYPES))}"
        yield Fault(entry.head, f"{entry.key} is of an unknown type: @{entry.type}", cure, key=entry.key)
