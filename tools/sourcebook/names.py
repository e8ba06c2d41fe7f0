"""Names of people and organisations, as BibTeX writes them in `author`, `editor` and their like."""

from __future__ import annotations

import re
from functools import lru_cache

from .model import Record
from .tex import text_of

OTHERS = "others"
_WHOLE = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}\Z")


class Name(Record, frozen=True):
    """One name, decoded to plain text. An organisation has its name in `family` and is `whole`.

    particle: what stands before the family name, such as `van der`; suffix: `Jr`.
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    whole: bool = False

    @property
    def shown(self) -> str:
        """The name as readers write it."""
        name = " ".join(part for part in (self.given, self.particle, self.family) if part)
        return f"{name}, {self.suffix}" if self.suffix else name


@lru_cache(4096)
def read_names(field: str) -> tuple[Name, ...]:
    """The names of a field. Those of an open list end with one whose family name is OTHERS.

    A name with more commas than a name has is taken whole; nothing is raised.
    """
    from pybtex.bibtex.utils import split_name_list  # loaded only when there are names to read

    if field.count("{") != field.count("}"):
        return (Name(text_of(field), whole=True),)
    return tuple(_name_of(name.strip()) for name in split_name_list(field) if name.strip())


def _name_of(name: str) -> Name:
    from pybtex.database import InvalidNameString, Person

    if _WHOLE.match(name):
        return Name(text_of(name), whole=True)
    try:
        person = Person(name)
    except InvalidNameString:
        return Name(text_of(name), whole=True)
    given = _joined(person.first_names + person.middle_names)
    parts = (_joined(person.last_names), given, _joined(person.prelast_names), _joined(person.lineage_names))
    return Name(*parts, whole=not any(parts[1:]) and name.startswith("{"))


def _joined(parts: list[str]) -> str:
    return text_of(" ".join(parts))
