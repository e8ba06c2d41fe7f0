"""Lines that say when an article appeared, and nothing else."""

from __future__ import annotations

import re

from ..references.days import days_in

_DATE_WORDS = re.compile(
    r"\b(?:page|publish date|publish|date|uk|published|posted|updated|last updated|modified|first|on|at|"
    r"edt|est|gmt|utc|bst|cet|[ap]\.?m\.?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\b\d{1,2}[:.]\d{2}\b|[,|·•:;()–—/-]",
    re.I,
)


def only_date(text: str) -> str:
    """The date, if a text is nothing but one, with words such as `Published on` and a time."""
    found = next(iter(days_in(text)), None)
    if found is None:
        return ""
    rest = text[: found.start] + " " + text[found.end :]
    rest = _DATE_WORDS.sub(" ", rest)
    return "" if re.search(r"\w", re.sub(r"\b(?:19|20)\d\d-\d\d-\d\d\b", "", rest)) else found.iso
