"""A citation names an entry that exists.

The build would print an empty reference, and the claim would rest on nothing. Keys are told apart by capitals.

Specification: 4.1

Bad:

```md
The sea is salt {cite:p}`smiht2020sea`.
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Citation, Fault, Library
from ..nearest import nearest_keys


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each citation whose key no entry has."""
    keys = library.keys
    for page in library.pages:
        for citation in page.citations:
            if citation.key and citation.key not in keys:
                yield Fault(
                    citation.place,
                    f"no entry has the key {citation.key!r}",
                    _cure(citation, keys),
                    key=citation.key,
                )


def _cure(citation: Citation, keys: frozenset[str]) -> str:
    near = nearest_keys(citation.key, keys)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return "add the entry to the bibliography, or mend the key"
