"""An address leads to a place on the web.

It begins with http or https, names a host, and has neither blanks nor a name and password. Any other scheme
(`javascript:`, `data:`, `file:`) would run in the reader's browser or lead into the reader's own machine; such an
address is never made a link.

Specification: 4.2

Bad:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, doi = {10.5555/12345678}, url = {javascript:alert(1)}}
```

Good:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, doi = {10.5555/12345678}, url = {https://example.org/sea}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..entryfields import ADDRESSES
from ..locators import is_address
from ..model import Entry, Fault, Place
from ..tex import address_of

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):(?!\d)")
_HOST = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?\Z")


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for each address that is none of the web."""
    for field in entry.fields:
        if field.name in ADDRESSES and not is_address(field.value) and field.value.strip():
            place = Place(entry.place.path, field.line, field.column)
            shown = field.value.strip()[:80]
            message = f"the {field.name} of {entry.key} leads to no place on the web: {shown!r}"
            yield Fault(place, message, _cure(address_of(shown)), key=entry.key)


def _cure(text: str) -> str:
    if re.search(r"\s", text):
        return "an address has no blanks: give one, and write a blank in it as %20"
    if "@" in text.partition("//")[2].partition("/")[0]:
        return "leave out the name and the password"
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        return f"{scheme[1]}: is no scheme of the web; give an address that begins with https://"
    if _HOST.match(text):
        return f"write https://{text}"
    if "\\" in text:
        return "an address has no backslash: write it as a browser shows it"
    return "an address begins with http:// or https:// and has a host and no blanks"
