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


# All types that are rendered; those of BibLaTeX that a style may give a meaning of its own, and those that ask nothing.
TYPES = frozenset((*REQUIRED, *(f"custom{letter}" for letter in "abcdef")))
# Types whose works stand in no journal, and in no book (BibLaTeX manual, section 2.1.1: their fields leave it out).
_ALONE = frozenset("booklet manual thesis phdthesis mastersthesis report techreport patent".split())
NO_JOURNAL = _ALONE.union(
    "book mvbook inbook bookinbook suppbook collection mvcollection incollection".split()
)
NO_BOOK = _ALONE.union("article online electronic www software dataset".split())
# What people write for a type that has another name.
_MEANT = {
    **dict.fromkeys(
        "webpage website web url blog post internet page site webarticle wiki wikipedia".split(), "online"
    ),
    **dict.fromkeys(
        "newspaper newspaperarticle news magazine magazinearticle journal paper".split(), "article"
    ),
    **dict.fromkeys("preprint arxiv other generic talk presentation poster lecture podcast".split(), "misc"),
    **dict.fromkeys("workshop conferencepaper inconference talkpaper".split(), "inproceedings"),
    **dict.fromkeys("chapter bookchapter bookpart inedited".split(), "incollection"),
    **dict.fromkeys(
        "dissertation bachelorsthesis bachelorthesis diplomathesis habilitation jurthesis".split(), "thesis"
    ),
    **dict.fromkeys("whitepaper working workingpaper government factsheet brief".split(), "report"),
    **dict.fromkeys("program code tool repository github package library".split(), "software"),
    **dict.fromkeys("law statute act bill".split(), "legislation"),
    **dict.fromkeys("case court decision".split(), "jurisdiction"),
    **dict.fromkeys("film tvshow broadcast".split(), "movie"),
}


def meant_type(type_: str) -> str:
    """The type that an unknown one is likely to be meant for; empty if it looks like none."""
    from difflib import get_close_matches  # loaded only for an unknown type

    return _MEANT.get(type_) or next(iter(get_close_matches(type_, TYPES, 1, 0.8)), "")
