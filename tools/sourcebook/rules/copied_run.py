"""No run of more than eight words of a source stands on a page, outside quotation marks, names and titles.

A page says in its own words what its article says; what is taken over word for word is a quotation and is marked as
one. The rule needs the text of the source: it runs over the held copies that `sourcebook check --held DIR` finds by
the SHA-256 of their entries, and without them is unchecked.

Specification: 8.1

Bad:

```held
In the beginning there was salt water and nothing else at all between the coasts.
```

```md
---
article: smith2020sea
---
There was salt water and nothing else at all between the coasts {cite:p}`smith2020sea`.
```

Good:

```held
In the beginning there was salt water and nothing else at all between the coasts.
```

```md
---
article: smith2020sea
---
Smith saw “salt water and nothing else at all between the coasts” in the beginning {cite:p}`smith2020sea`.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim, Fault, Library

MOST = 8  # words
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|‘[^’]{12,}’")


def check(library: Library) -> Iterator[Fault]:
    """Yield a fault for each sentence with such a run, at the sentence."""
    if not library.held:
        return
    sources: dict[tuple[str, ...], str] = {}
    for copy in library.held:
        words = [_plain(word) for word in _WORD.findall(copy.text)]
        for start in range(len(words) - MOST):
            sources.setdefault(tuple(words[start : start + MOST + 1]), copy.key)
    titles = sorted(
        {title for entry in library.entries if (title := entry.get("title"))}, key=len, reverse=True
    )
    for page in library.pages:
        for claim in (*page.claims, *page.notes):
            if found := _run(claim, titles, sources):
                message = f'"{found[0]}" stands word for word in {found[1]}'
                cure = "say it in your own words, or quote it in quotation marks"
                yield Fault(claim.place, message, cure, claim=claim.text, key=found[1])


def _plain(word: str) -> str:
    return word.replace("’", "'").lower()


def _run(claim: Claim, titles: list[str], sources: dict[tuple[str, ...], str]) -> tuple[str, str] | None:
    """The first run of words that a source has too, with the key of the source."""
    text = _QUOTED.sub(" § ", claim.text)
    for title in titles:
        text = text.replace(title, " § ")
    for part in text.split("§"):
        shown = _WORD.findall(part)
        words = [_plain(word) for word in shown]
        for start in range(len(words) - MOST):
            key = sources.get(tuple(words[start : start + MOST + 1]))
            run = shown[start : start + MOST + 1]
            if key and not _is_name(run):
                return " ".join(run), key
    return None


def _is_name(run: list[str]) -> bool:
    """Whether a run is a name or a list of names: more than half of its words are capitalised or numbers."""
    return sum(not word[0].islower() for word in run) * 2 > len(run)
