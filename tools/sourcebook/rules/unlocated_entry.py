"""An entry says where the work can be found.

A reference resolves when it has a well-formed locator: url, archiveurl, doi, isbn, issn with volume and number, an
arXiv eprint, or the SHA-256 of a held copy.

Specification: 4.2

Bad:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}}
```

Good:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..locators import locators_of
from ..model import Entry, Fault

_TRIED = ("url", "archiveurl", "doi", "isbn", "eprint", "sha256")


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for an entry without a well-formed locator."""
    if entry.type in {"xdata", "set", "bibnote"} or locators_of(entry):
        return
    bad = next((name for name in _TRIED if entry.get(name)), "")
    if bad:
        message = f"{entry.key} has a {bad} that is not well formed: {entry.get(bad)!r}"
        yield Fault(entry.place_of(bad), message, _cure(bad), key=entry.key)
    else:
        yield Fault(entry.head, f"{entry.key} has no locator", _cure(""), key=entry.key)


def _cure(bad: str) -> str:
    if bad == "url":
        return "an address begins with http:// or https:// and has a host and no blanks"
    return "give a url, doi, isbn, issn with volume and number, archiveurl, or the sha256 of a held copy"
