"""Names can be told apart, and people from organisations.

Names stand with `and` between them, each as `Family, Given`, `Family, Jr, Given` or `Given Family`. Commas or
semicolons between names run them together into one; an empty name is printed as nothing; `others` ends a list. An
organisation stands in braces of its own, or its last word becomes its family name: “Inc. Noble”.

Specification: 4.9

Bad:

```bib
@misc{noble2020sea, author = {Noble, Inc.}, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
```

Good:

```bib
@misc{noble2020sea, author = {{Noble, Inc.}}, title = {The sea}, year = {2020}, url = {https://example.org/sea}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..entryfields import PEOPLE
from ..model import Entry, Fault, Place

# What stands in braces is one word, whatever it holds.
_BRACED = re.compile(r"\{[^{}]*\}")
_AND = re.compile(r"(?:^|(?<=\s))and(?=\s|$)", re.I)
_FORMS = (
    r"(?:Inc|Ltd|LLC|LLP|PLC|Plc|GmbH|AG|Corp|Corporation|S\.A|N\.V|B\.V|Pty|e\.V|SpA|S\.p\.A|Limited)\.?"
)
_BODIES = (
    "Academy Agency Administration Association Authority Bank Board Bureau Centre Center Club Collaboration College "
    "Commission Committee Company Confederation Conference Congress Consortium Corporation Council "
    "Department Directorate "
    "Federation Forum Foundation Government Group Initiative Institute Institution Laboratory League "
    "Library Ministry Museum "
    "Network Office Organisation Organization Parliament Party Programme Secretariat Service Society Team Trust Union "
    "University Universität Université Universidad Università Ministerium Institut Gesellschaft Stiftung Verein"
)
_BODY = "|".join(_BODIES.split())
# A legal form as the last word, alone or behind a comma; a body as the first or the last of two words or more.
_ORGANISATION = re.compile(
    rf"(?:^.+[ ,~]{_FORMS}|^(?:The )?(?:{_BODY})(?:[ ~](?:of|for|the|on|de|der|des|für|di|del)\b.*)"
    rf"|^[^,]+[ ~](?:{_BODY}))$"
)
_SUSPECT = re.compile(rf"[;,&]|(?i:et\.? ?al)|(?i:\bothers\b)|(?i:\band\b)|\b(?:{_BODY}|{_FORMS})")
_ET_AL = re.compile(r"\bet\.? ?al\b", re.I)
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{1,3}|I?V|VI{0,3}|\d(?:nd|rd|th)|Ph\.? ?D\.?|M\.? ?D\.?|Esq\.?)$")
_CURE = "write Family, Given and Family, Given"


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for each field of names in which a name can't be told."""
    for field in entry.fields:
        if field.name in PEOPLE and _SUSPECT.search(field.value):
            why, cure = _fault(field.value)
            if why:
                place = Place(entry.place.path, field.line, field.column)
                message = f"the {field.name} of {entry.key} can't be read as names: {why}"
                yield Fault(place, message, cure, key=entry.key)


def _fault(value: str) -> tuple[str, str]:
    """What is wrong with a list of names, and the cure; empty texts if nothing is."""
    text = " ".join(value.split())
    names = list(_names(text))
    masked = [name for name, _ in names]
    if masked == [""]:
        return "", ""
    if not all(masked):
        return "a name is empty", f"take out the `and` that is too much; {_CURE}"
    if "others" in masked[:-1] or masked == ["others"]:
        return "`others` is not the last", "write `and others` at the end"
    return next((fault for name in names if (fault := _name_fault(*name))[0]), ("", ""))


def _names(text: str) -> Iterator[tuple[str, str]]:
    """Each name, what stands in braces masked, and as it is written."""
    masked, before = text, ""
    while masked != before:
        before, masked = masked, _BRACED.sub(_mask, masked)
    start = 0
    for end, following in (*(match.span() for match in _AND.finditer(masked)), (len(masked), 0)):
        yield masked[start:end].strip(" ~"), text[start:end].strip(" ~")
        start = following


def _mask(match: re.Match[str]) -> str:
    return "x" * len(match[0])


def _name_fault(name: str, written: str) -> tuple[str, str]:
    shown = repr(written[:50])
    if _ET_AL.search(name):
        return f"{shown} is no name", "write `and others`"
    if ";" in name:
        return f"a semicolon stands in {shown}", f"names are told apart by `and`: {_CURE}"
    parts = [part.strip(" ~") for part in name.split(",")]
    if not parts[0]:
        return f"{shown} has no family name", _CURE
    if _ORGANISATION.match(name):
        return f"{shown} looks like an organisation", f"write {{{written}}}, in braces of its own"
    if len(parts) > 3:
        return f"{shown} has {len(parts) - 1} commas", f"names are told apart by `and`: {_CURE}"
    if len(parts) == 3 and not any(map(_SUFFIX.match, parts[1:])) and " " in parts[0]:
        return (
            f"{shown} has two commas, and neither stands before a Jr",
            f"names are told apart by `and`: {_CURE}",
        )
    return "", ""
