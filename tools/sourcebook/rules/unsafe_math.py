r"""Maths says what is to be set, and does nothing else.

TeX reads and writes files and defines commands that never end; it does so in a formula too, when the PDF is made.

Specification: 7.2

Bad:

```md
The sea is salt {cite:p}`smith2020sea`: {math}`\input{/etc/passwd}`.
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`: {math}`\frac{1}{30}`.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Fault, Page
from ..uses import uses_of

# Commands that read, write, define, change what a sign means, or run a program; ^^ writes any sign by its number.
_COMMAND = re.compile(
    r"\\(?:[a-zA-Z@]*(?:input|include|includegraphics)|openin|openout|closein|closeout|read|readline|write"
    r"|immediate|special|shipout|[egx]?def|let|futurelet|csname|endcsname|catcode|lccode|uccode|mathcode|active|expandafter"
    r"|noexpand|uppercase|lowercase|scantokens|everymath|everypar|every[a-z]+|loop|repeat|newread|newwrite|usepackage"
    r"|RequirePackage|documentclass|(?:re)?newcommand|providecommand|DeclareMathOperator|newenvironment|renewenvironment"
    r"|directlua|luaexec|pdf[a-z]+|url|href|verb|lstinline|begin\s*\{(?:filecontents|verbatim|lstlisting|document)\*?\})"
    r"(?![a-zA-Z])|\^\^"
)


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault for each formula with such a command."""
    for use in uses_of(page, "math", "role"):
        match = _COMMAND.search(use.content) if use.kind == "math" or use.name == "math" else None
        if match:
            yield Fault(
                use.place, f"{match[0]} in a formula does more than set it", "write what it stands for"
            )
