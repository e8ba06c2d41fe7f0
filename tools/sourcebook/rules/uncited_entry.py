"""An entry is cited by a page, or named by an entry that is.

An entry that nobody uses is never read again, and rots. It is not reported while there may be a citation missing that
it is waiting for: a claim without a citation, or a citation with an unknown key.

Specification: 4.4

Bad:

```md
The sea is salt {cite:p}`smith2020sea`.
```

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
@misc{jones2021sky, title = {The sky}, year = {2021}, url = {https://example.org/sky}}
```

Good:

```md
The sea is salt {cite:p}`smith2020sea` and the sky is high {cite:p}`jones2021sky`.
```

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
@misc{jones2021sky, title = {The sky}, year = {2021}, url = {https://example.org/sky}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..directives import JUDGED
from ..entrytypes import NAMING
from ..model import Fault, Library, Use


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each entry that is neither cited nor named."""
    cited = {citation.key for page in library.pages for citation in page.citations if citation.key}
    named = {
        key.strip()
        for entry in library.entries
        for field in entry.fields
        if field.name in NAMING
        for key in field.value.split(",")
    }
    used = cited | named
    unused = [entry for entry in library.entries if entry.key not in used]
    if len(unused) <= _missing_citations(library, cited):
        return
    for entry in unused:
        yield Fault(entry.head, f"no page cites {entry.key}", "cite it, or delete the entry", key=entry.key)


def _missing_citations(library: Library, cited: set[str]) -> int:
    unsourced = sum(not claim.sourced for page in library.pages for claim in page.claims)
    malformed = sum(len(page.malformed) for page in library.pages)
    unread = sum(bool(page.unread) or any(map(_hides_text, page.uses)) for page in library.pages)
    return unsourced + malformed + unread + len(cited - library.keys)


def _hides_text(use: Use) -> bool:
    """Whether a use keeps text from being read, in which a citation may stand."""
    return use.kind in {"size", "lost"} or (use.kind == "directive" and use.name in JUDGED)
