"""No page has raw HTML.

HTML runs scripts in the reader's browser, is dropped from the PDF, and hides its text from every check. The directive
`raw` is of the same kind. Comments are no fault.

Specification: 7.2

Bad:

```md
The sea is <span onclick="alert(1)">salt</span> {cite:p}`smith2020sea`.
```

Good:

```md
The sea is *salt* {cite:p}`smith2020sea`. <!-- by taste -->
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..leaves import is_comment
from ..model import Fault, Page
from ..uses import uses_of


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault at each piece of HTML that is no comment, and at each raw directive."""
    for use in uses_of(page, "html", "directive"):
        if use.kind == "html" and not is_comment(use.content):
            shown = " ".join(use.content.split())[:40]
            yield Fault(use.place, f"raw HTML: {shown}", "write it in Markdown, or put it in backticks")
        elif use.kind == "directive" and use.name == "raw":
            yield Fault(use.place, "the directive raw prints what nobody can check", "write it in Markdown")
