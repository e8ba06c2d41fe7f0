"""Which fields an entry of each type must have.

The types and their required fields are those of the BibLaTeX manual (section 2.1.1), where a date is asked of every
type but a set and xdata; BibTeX's own types follow its manual. An alternative is a tuple: one of its fields is enough.
"""

from __future__ import annotations

from .model import Entry

# Fields that name other entries by their keys.
NAMING = frozenset(("crossref", "xref", "xdata", "entryset", "related", "translationof", "reprintof"))

Required = tuple[tuple[str, ...], ...]

DATE = ("date", "year")
TITLE = ("title",)
_WHO = ("author", "editor", "organization", "institution", "publisher", "journaltitle", "journal")
_PLAIN: Required = (TITLE, DATE)
_AUTHORED: Required = (("author", "editor"), TITLE, DATE)
_COLLECTED: Required = (("author", "editor"), TITLE, ("booktitle",), DATE)

REQUIRED: dict[str, Required] = {
    "article": (TITLE, ("journaltitle", "journal"), DATE),
    **dict.fromkeys("book mvbook mvcollection collection proceedings mvproceedings".split(), _PLAIN),
    **dict.fromkeys("reference mvreference manual booklet misc dataset software patent".split(), _PLAIN),
    **dict.fromkeys("periodical suppperiodical unpublished artwork audio image movie music".split(), _PLAIN),
    **dict.fromkeys("video performance standard legislation legal jurisdiction letter".split(), _PLAIN),
    **dict.fromkeys("inbook bookinbook suppbook incollection suppcollection inreference".split(), _COLLECTED),
    **dict.fromkeys("inproceedings conference".split(), _COLLECTED),
    **dict.fromkeys("commentary review".split(), _AUTHORED),
    **dict.fromkeys("online electronic www".split(), (TITLE, _WHO, DATE)),
    **dict.fromkeys("report techreport".split(), (TITLE, _WHO, DATE)),
    **dict.fromkeys("thesis mastersthesis phdthesis".split(), (("author",), TITLE, DATE)),
    "set": (("entryset",),),
    "xdata": (),
    "bibnote": (("note",),),
}


def is_child(entry: Entry) -> bool:
    """Whether an entry inherits fields from others, its parents."""
    return any(field.name in {"crossref", "xdata"} for field in entry.fields)


def required_fields(type_: str) -> Required:
    """What an entry of a type must have; a type that BibLaTeX does not know needs a title and a date."""
    return REQUIRED.get(type_, _PLAIN)
