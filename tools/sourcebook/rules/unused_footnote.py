"""A footnote has a text and a mark, and a link's definition has a link.

A mark without a text is printed as it stands; a text without a mark, and a definition without a link, are not printed
at all.

Specification: 7.2

Bad:

```md
The sea is salt {cite:p}`smith2020sea`[^1].

[^1]: By weight {cite:p}`smith2020sea`.

[^2]: By taste {cite:p}`smith2020sea`.
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`[^1].

[^1]: By weight {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Page, Use


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault at each mark without a text, and at each text and definition that nothing uses."""
    if any(use.kind in {"footnote", "footnote-text", "definition"} for use in page.uses):
        yield from _faults(page)


def _faults(page: Page) -> Iterator[Fault]:
    marks = {use.name for use in page.uses if use.kind == "footnote"}
    texts = {use.name for use in page.uses if use.kind == "footnote-text"}
    links = {_plain(use.name) for use in page.uses if use.kind in {"link", "image"}}
    for use in page.uses:
        if use.kind == "footnote" and use.name not in texts:
            yield Fault(
                use.place, f"the footnote {use.name!r} has no text", f"write [^{use.name}]: and its text"
            )
        elif use.kind == "footnote-text" and use.name not in marks:
            yield Fault(
                use.place,
                f"no mark leads to the footnote {use.name!r}",
                f"put [^{use.name}] where it belongs",
            )
        elif use.kind == "definition" and use.name != "//" and _plain(use.name) not in links:
            yield Fault(use.place, *_words(use))


def _words(use: Use) -> tuple[str, str]:
    return (
        f"no link uses the definition of {use.name.lower()!r}, so it is not printed",
        "delete it, or write it as a sentence",
    )


def _plain(label: str) -> str:
    return " ".join(label.casefold().split())
