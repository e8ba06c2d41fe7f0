r"""TeX in a field says how a word is written, and does nothing else.

Accents, signs, dashes, emphasis and simple maths are decoded, and every reader gets the text. A command that reads,
writes or defines does so when somebody makes a PDF with our entry; any other that we do not decode is printed as it
stands. A dollar sign without a second is a sign for nobody. `%` and `&` are what they look like.

Specification: 4.10

Bad:

```bib
@misc{smith2020sea, title = {The sea \input{/etc/passwd}}, year = {2020}, url = {https://example.org/sea}}
```

Good:

```bib
@misc{smith2020sea, title = {The \emph{salt} sea of M{\"u}ller: 3.5\% of H$_2$O}, year = {2020}, url = {https://example.org/sea}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..entryfields import PRINTED, VERBATIM
from ..model import Entry, Fault, Place
from ..tex import text_of

# Commands that read, write, define, change what a sign means, or run a program; ^^ writes any sign by its number.
_HARMFUL = re.compile(
    r"\\(?:[a-zA-Z@]*input|include|includegraphics|openin|openout|closein|closeout|read|readline|write|immediate|special"
    r"|shipout|[egx]?def|let|futurelet|csname|endcsname|catcode|lccode|uccode|mathcode|active|expandafter|noexpand"
    r"|scantokens|every[a-z]+|loop|repeat|newread|newwrite|usepackage|RequirePackage|documentclass|(?:re)?newcommand"
    r"|providecommand|DeclareMathOperator|(?:re)?newenvironment|directlua|luaexec|luadirect|pdf[a-z]+|verb|lstinline|end"
    r"|begin|batchmode|jobname|meaning|string|the|aftergroup|afterassignment|bye|stop|ShellEscape|write18)(?![a-zA-Z])|\^\^"
)
_WORD = re.compile(r"\\([A-Za-z]+)")
_DOLLAR = re.compile(r"(?<!\\)\$")


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for each field with a harmful command, an unknown one, or half of a formula."""
    for field in entry.fields:
        value = field.value
        if ("\\" in value or "$" in value or "^^" in value) and field.name not in VERBATIM:
            why, cure = _fault(value, field.name in PRINTED)
            if why:
                place = Place(entry.place.path, field.line, field.column)
                yield Fault(place, f"the {field.name} of {entry.key} {why}", cure, key=entry.key)


def _fault(value: str, printed: bool) -> tuple[str, str]:
    if match := _HARMFUL.search(value):
        return f"has {match[0]} in it, which does more than set a text", "write what it stands for"
    if not printed:
        return "", ""
    for match in _WORD.finditer(value):
        if not _is_decoded(match[1]):
            shown = f"\\{match[1][:40]}"
            return f"has {shown} in it, which is printed as it stands", "write what it stands for"
    if len(_DOLLAR.findall(value)) % 2:
        return "has a dollar sign without a second", "write \\$ for the sign, or close the formula"
    return "", ""


@lru_cache(4096)
def _is_decoded(word: str) -> bool:
    """Whether a command is one that is decoded to text: a letter, a sign, an accent, or a look."""
    return not text_of(f"\\{word}{{x}}").startswith(f"\\{word}")
