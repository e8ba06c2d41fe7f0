r"""A field has no HTML in it.

Databases hand out titles with `<i>` and `&amp;` in them. BibTeX knows neither: the signs are printed as they stand.

Specification: 4.10

Bad:

```bib
@misc{smith2020sea, title = {The <i>salt</i> sea}, year = {2020}, url = {https://example.org/sea}}
```

Good:

```bib
@misc{smith2020sea, title = {The \\emph{salt} sea}, year = {2020}, url = {https://example.org/sea}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..entryfields import ADDRESSES, PRINTED
from ..locators import is_address
from ..model import Entry, Fault, Place

_ELEMENTS = (
    "a abbr acronym address article audio b base bdi bdo big blockquote body br button canvas center cite "
    "code dd del details "
    "dfn div dl dt em embed figure font footer form frame h1 h2 h3 h4 h5 h6 head header hr html i iframe "
    "img inf input ins "
    "italic kbd li link main mark math meta nav object ol option p pre q s samp script section select "
    "small source span "
    "strike strong style sub sup svg table tbody td template textarea th thead title tr track tt u ul "
    "underline var video"
)
_MARKUP = re.compile(
    rf"</?(?:{'|'.join(_ELEMENTS.split())}|(?:jats|mml|sc|scp):?[a-z]*)\b(?:[\s/][^<>]*)?>|<!--|&(?:#\d{{1,7}}|#x[0-9a-f]{{1,6}}|[a-z]\w{{1,30}});",
    re.I,
)
_ENTITY = re.compile(r"&(?:amp|quot|apos|lt|gt|#\d{1,7}|#x[0-9a-f]{1,6});", re.I)


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for each printed field with a tag or an entity, and each address with an entity."""
    for field in entry.fields:
        value = field.value
        if "<" in value or "&" in value:
            if field.name in PRINTED:
                match = _MARKUP.search(value)
            else:
                match = _ENTITY.search(value) if field.name in ADDRESSES and is_address(value) else None
            if match and _is_markup(match[0]):
                place = Place(entry.place.path, field.line, field.column)
                message = f"the {field.name} of {entry.key} has HTML in it: {match[0][:40]!r}"
                yield Fault(place, message, _cure(match[0]), key=entry.key)


def _is_markup(text: str) -> bool:
    if text.startswith("&") and "#" not in text:
        from html.entities import html5  # loaded only for what looks like an entity

        return text[1:] in html5
    return True


def _cure(text: str) -> str:
    if text.startswith("&"):
        from html import unescape

        sign = unescape(text)
        return f"write {sign}" if sign.isprintable() and sign.strip() else "write the character itself"
    tag = text.strip("</> ").lower()
    tex = {
        "i": "emph",
        "em": "emph",
        "b": "textbf",
        "strong": "textbf",
        "sub": "textsubscript",
        "sup": "textsuperscript",
    }
    return f"write \\{tex[tag]}{{...}}, or leave it out" if tag in tex else "leave it out"
