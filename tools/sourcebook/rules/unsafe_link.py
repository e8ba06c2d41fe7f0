"""A link leads to a page of the library, to a label, or to the web; a picture lies beside the pages.

A link to any other file publishes that file: the build copies what it leads to, from wherever it lies. Addresses pass
with `http`, `https` and `mailto` only, pictures as PNG, JPEG, GIF, WebP or SVG files in the pages' own folders.

Specification: 7.2

Bad:

```md
The sea is [salt](../../.env) {cite:p}`smith2020sea`.
```

Good:

```md
The sea is [salt](https://example.org/salt) {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..links import Links
from ..model import Fault, Library
from ..uses import uses_of


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault at each link and picture that leads where it should not."""
    links = Links.of(library)
    for page, use in uses_of(library, "link", "image", "definition"):
        message = links.fault(page.path, use)
        if message:
            what = "picture" if use.kind == "image" else "link"
            cure = (
                "use a PNG, JPEG, GIF, WebP or SVG file"
                if use.kind == "image"
                else "name a page or a web address"
            )
            yield Fault(use.place, f"the {what} {use.content[:80]!r} {message}", cure)
