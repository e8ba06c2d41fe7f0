"""A citation key is a name that every tool can bear.

It begins with an ASCII letter or a digit and goes on with these, colons, points, low lines and hyphens, up to a hundred
of them. Anything else ends the key for some reader of .bib files, or can't stand in an address or a file's name. No
system bears a file named `con` or `nul`, or one whose name ends with a point.

Specification: 4.5

Bad:

```bib
@misc{o'brien2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
```

Good:

```bib
@misc{obrien2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Entry, Fault

_KEY = re.compile(
    r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z))[A-Za-z0-9](?:[A-Za-z0-9:_-]|\.(?![.]|\Z)){0,99}\Z",
    re.I,
)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.I)


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for a key that is none."""
    if not _KEY.match(entry.key) or not entry.key.isascii():
        shown = entry.key if len(entry.key) <= 40 else f"{entry.key[:40]}…"
        message = f"the key {shown!r} is none that every tool can bear{_why(entry.key)}"
        yield Fault(entry.head, message, "use letters, digits and :._- only", key=entry.key[:100])


def _why(key: str) -> str:
    if len(key) > 100:
        return f": it has {len(key):,} characters, and 100 are the most"
    if _DEVICE.match(key):
        return ": it is the name of a device"
    bad = next((char for char in key if not (char.isascii() and (char.isalnum() or char in ":._-"))), "")
    if bad:
        return f": it has a {bad!r}"
    return (
        ": two points stand side by side"
        if ".." in key
        else f": it begins or ends with a {key[0 if key[0] in ':._-' else -1]!r}"
    )
