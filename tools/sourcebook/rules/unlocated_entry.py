"""An entry says where the work can be found.

A reference resolves when it has a well-formed locator: url, archiveurl, doi, isbn, issn with volume and number, an
arXiv eprint, or the SHA-256 of a held copy. Of a locator that is not well formed the rule of its kind tells
(bad-address, bad-doi, bad-identifier), and this one keeps silent.

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

from msgspec.structs import replace

from ..locators import is_numbered, locators_of
from ..model import Entry, Fault
from . import bad_address, bad_doi, bad_identifier

# By what a work is found, and what says of which kind that is.
_LOCATING = frozenset("url archiveurl doi isbn eprint sha256 eprinttype archiveprefix".split())
_CURE = "give a url, doi, isbn, issn with volume and number, archiveurl, or the sha256 of a held copy"


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for an entry without a locator."""
    if entry.type not in {"xdata", "set", "bibnote"} and not locators_of(entry) and not _is_told(entry):
        yield Fault(entry.head, f"{entry.key} has no locator", _CURE, key=entry.key)


def _is_told(entry: Entry) -> bool:
    """Whether another rule tells of a field by which the work could be found, if it were well formed."""
    names = _LOCATING | {"issn"} if is_numbered(entry) else _LOCATING
    locating = replace(entry, fields=tuple(field for field in entry.fields if field.name in names))
    rules = (bad_address.check_entry, bad_doi.check_entry, bad_identifier.check_entry)
    return any(True for rule in rules for _fault in rule(locating))
