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

from ..links import Links, is_plain
from ..model import Fault, Library
from ..uses import uses_of


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault at each link and picture that leads where it should not."""
    found = ((page, use) for page in library.pages for use in uses_of(page, "link", "image", "definition"))
    leading = [(page, use) for page, use in found if not is_plain(use)]
    links = Links.of(library) if leading else None
    for page, use in leading:
        message = links.fault(page.path, use) if links else ""
        if message:
            what = "picture" if use.kind == "image" else "link"
            cure = (
                "use a PNG, JPEG, GIF, WebP or SVG file"
                if use.kind == "image"
                else "name a page or a web address"
            )
            yield Fault(use.place, f"the {what} {use.content[:80]!r} {message}", cure)
