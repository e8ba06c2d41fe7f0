"""The fields that the formatter knows: the order in which they are written, and what may change in each.

The names are those of the BibLaTeX manual (section 2.2), of BibTeX's own styles, and ours. Any other field is unknown.
"""

from __future__ import annotations

from ..entryfields import ADDRESSES, DATES, PEOPLE
from ..entryfields import VERBATIM as LETTER_BY_LETTER

__all__ = ["DATES", "KEPT", "LAST", "NAMES", "ORDER", "PAGES", "VERBATIM"]

_NAMES = """author shortauthor editor shorteditor editora editorb editorc translator annotator commentator introduction
foreword afterword bookauthor holder director namea nameb namec"""
_TITLES = """title subtitle titleaddon shorttitle origtitle reprinttitle booktitle booksubtitle booktitleaddon maintitle
mainsubtitle maintitleaddon eventtitle eventtitleaddon indextitle"""
_OUTLETS = """journaltitle journal journalsubtitle journaltitleaddon shortjournal issuetitle issuesubtitle
issuetitleaddon series shortseries organization institution school publisher origpublisher location address
origlocation venue howpublished type edition version"""
_NUMBERS = "volume volumes part number issue chapter pages pagetotal pagination bookpagination eid"
_IDS = "isbn issn isan ismn isrn iswc"
_DATES = "date year month day eventdate origdate pubstate"
_LOCATORS = """doi eprint eprinttype eprintclass archiveprefix primaryclass pmid pmcid url archiveurl archivedate
urlstatus urldate"""
_LANGUAGES = "langid hyphenation langidopts language origlanguage"
_NOTES = "note addendum annote annotation abstract keywords library file"
_LINKS = """crossref xref xdata entryset entrysubtype related relatedtype relatedstring relatedoptions translationof
reprintof"""
_SORTING = """sortname key label shorthand shorthandintro sortkey sorttitle sortyear sortshorthand presort
indexsorttitle authortype editortype editoratype editorbtype editorctype nameaddon gender ids options execute sha256"""

_GROUPS = (_NAMES, _TITLES, _OUTLETS, _NUMBERS, _IDS, _DATES, _LOCATORS, _LANGUAGES, _NOTES, _LINKS, _SORTING)

# The place of each known field in an entry. Unknown ones follow, in the order in which they were written.
ORDER: dict[str, int] = {name: at for at, name in enumerate(" ".join(_GROUPS).split())}
LAST = len(ORDER)

NAMES = PEOPLE
PAGES = frozenset({"pages"})
# Text of several lines: what stands between the delimiters is kept byte for byte.
KEPT = frozenset("abstract annote annotation file library".split())
# Of these only the white space at both ends is taken away: their readers take them letter by letter.
VERBATIM = (
    ADDRESSES
    | LETTER_BY_LETTER
    | frozenset(f"{_IDS} pmid pmcid langidopts sortkey sorttitle sortyear presort key".split())
)
