"""An identifier has the form and the check digit of its kind.

ISBN, ISSN and ORCID end in a digit that is computed from the others, so that a slip of the hand shows; an arXiv
identifier begins with the year and month of its paper; the SHA-256 of a held copy is written as sha256sum prints it.
Each is looked at only where it is given. Several ISBN or ISSN,
as databases write them, stand with blanks, commas or semicolons between them.

Specification: 4.6

Bad:

```bib
@book{smith2020sea, title = {The sea}, year = {2020}, isbn = {978-3-16-148410-1}, url = {https://example.org/sea}}
```

Good:

```bib
@book{smith2020sea, title = {The sea}, year = {2020}, isbn = {978-3-16-148410-0}, url = {https://example.org/sea}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..locators import is_arxiv, is_isbn, is_issn, is_orcid, is_sha256, split_numbers
from ..model import Entry, Fault, Field, Place

_JUDGED = {"isbn": is_isbn, "issn": is_issn, "eissn": is_issn, "sha256": is_sha256}
_NAMES = frozenset((*_JUDGED, "eprint", "orcid"))
_ORCIDS = re.compile(r"[0-9]{4}-?[0-9]{4}-?[0-9]{4}-?[0-9]{3}[0-9Xx]")
_FORMS = {
    "isbn": "an ISBN has ten or thirteen digits, the last of which is computed from the others",
    **dict.fromkeys(
        ("issn", "eissn"), "an ISSN has eight digits, the last of which is computed from the others"
    ),
    "sha256": "a SHA-256 has sixty-four figures and small letters from a to f",
    "eprint": "an arXiv identifier looks like 2101.00001 or hep-th/9901001",
}
_ORCID = "an ORCID has sixteen digits, the last of which is computed from the others"


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for each identifier that is none of its kind."""
    for field in entry.fields:
        if (field.name in _NAMES or field.name.endswith("+an:orcid")) and (bad := _wrong(entry, field)):
            place = Place(entry.place.path, field.line, field.column)
            message = f"the {field.name} of {entry.key} is none: {bad[:60]!r}"
            yield Fault(place, message, f"{_FORMS.get(field.name, _ORCID)}; see the source", key=entry.key)


def _wrong(entry: Entry, field: Field) -> str:
    """The first part of a field that is no such identifier."""
    value = field.value.replace("{", "").replace("}", "").strip()
    if field.name == "eprint":
        of_arxiv = "arxiv" in {entry.get("eprinttype").lower(), entry.get("archiveprefix").lower()}
        return value if of_arxiv and value and not is_arxiv(value) else ""
    if "orcid" in field.name:
        given = _ORCIDS.findall(value) or ([value] if field.name == "orcid" and value else [])
        return next((orcid for orcid in given if not is_orcid(orcid)), "")
    judge = _JUDGED[field.name]
    if not value or judge(value):
        return ""
    return next((part for part in split_numbers(value) if not judge(part)), "")
