"""Every letter of a page reaches its reader.

The parser drops text without a word: behind a comment or a fence that is never closed, below eight lists, in the cells
that a table's head has no room for, on a line of a paragraph that begins with a per-cent sign. What the reader never
sees nobody can check.

Specification: 7.2

Bad:

```md
The sea is salt {cite:p}`smith2020sea`.

<!-- a note to ourselves
The sea is deep {cite:p}`smith2020sea`.
```

Good:

```md
The sea is salt {cite:p}`smith2020sea`.

<!-- a note to ourselves -->
The sea is deep {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fault, Page
from ..uses import uses_of

_CLOSE = "this {} is never closed, and the rest of the page is dropped"
# What is lost: the message and the cure.
_WORDS = {
    "comment": (_CLOSE.format("comment"), "close it with -->"),
    "instruction": (_CLOSE.format("<?"), "put it in backticks, or close it with ?>"),
    "cdata": (_CLOSE.format("<![CDATA["), "put it in backticks, or close it with ]]>"),
    "declaration": (_CLOSE.format("<!"), "put it in backticks"),
    "tag": (_CLOSE.format("tag"), "put it in backticks"),
    "front matter": ("the front matter is never closed", "close it with a line ---, or write *** for a rule"),
    "title": (
        "backticks in the first line keep this fence from opening",
        "fence it with ::: instead, or take the backticks out of its first line",
    ),
    "depth": (
        "this is nested deeper than 8, and the parser drops what is too deep to the end of the page",
        "use fewer levels",
    ),
    "cell": (
        "this row has more cells than the head of its table; the last are dropped",
        "add a column to the head",
    ),
    "comment line": (
        "a line that begins with % in a paragraph is dropped as a comment",
        "write \\%, or put a blank line before the comment",
    ),
    "break": ("what stands behind +++ is dropped", "put it on a line of its own"),
    "body": ("this directive drops its body", "move the text behind the directive"),
    "no body": (
        "this directive has no body, and its title is dropped with it",
        "write the body, or delete it",
    ),
    "list-table": (
        "this list table is no list of lists of one length, and is dropped",
        "write each row as * - and its further cells as -, the same number in each row",
    ),
    "csv-table": (
        "this table can't be read as comma-separated values, and is dropped",
        "close each quotation mark",
    ),
    "figure": (
        "this figure does not begin with its caption, and its text is dropped",
        "begin it with a paragraph",
    ),
    "options": (
        "the options are never closed, and the body is taken for options",
        "close them with a line ---",
    ),
    "option": (
        "a line at the head of a directive is dropped, since it is no option",
        "write :name: value, or put a blank line before the text",
    ),
}


def check_page(page: Page) -> Iterator[Fault]:
    """Yield a fault where text is dropped."""
    for use in uses_of(page, "lost"):
        if use.name == "fence":
            yield Fault(use.place, "this fence is never closed", f"close it with a line {use.content}")
        else:
            yield Fault(use.place, *_WORDS[use.name])
