"""BibLaTeX, for biber, Pandoc, Typst, Zotero and JabRef: the form of our own bibliography.

What parents lend is written out, so that each entry stands alone. Titles are in braces of their own: no style lowers
their capitals. Addresses and DOIs stand as they are, since BibLaTeX reads them verbatim.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..exporting.csl import type_of
from ..exporting.entrytext import fit_address, protected, tex_of, typeset, write_entry, write_names
from ..exporting.entrywork import LINKS, ROLES, VERBATIM, Work
from ..exporting.selection import Selection
from ..langtags import language_name
from ..names import read_names

SUFFIX = ".bib"
MEDIA = "application/x-bibtex"
# What is of use in its own library alone.
LEFT_OUT = frozenset((*LINKS, "sha256", "file"))
_OLDER = frozenset(("year", "month", "day"))  # BibLaTeX has `date` for them, and no day
NAMES = frozenset((*ROLES, "shortauthor", "shorteditor", "sortname"))
TITLES = frozenset(
    "title subtitle booktitle booksubtitle maintitle mainsubtitle origtitle shorttitle".split()
)


def write(selection: Selection) -> str:
    """The works as entries."""
    keys = {work.key for work in selection.works}
    return "\n".join(write_entry(work.type, work.key, _fields(work, keys)) for work in selection.works)


def _fields(work: Work, keys: set[str]) -> Iterator[tuple[str, str]]:
    is_dated = bool(work.fields.get("date") and work.issued and work.issued.first)
    left_out = LEFT_OUT | _OLDER | (set() if is_dated else {"date"})
    yield from ((name, field_text(work, name)) for name in work.fields if name not in left_out)
    yield from ((name, value) for name, value in _derived(work, keys) if value and name not in work.fields)


def _derived(work: Work, keys: set[str]) -> Iterator[tuple[str, str]]:
    """What other entries and other fields say, in the fields where BibLaTeX looks for it."""
    if work.issued and "date" not in work.fields and work.issued.first:
        yield "date", work.issued.text
    if (
        work.issued and not work.issued.first
    ):  # Typst refuses the file, biber the field: it is told as a state
        yield "pubstate", tex_of(work.issued.text)
    yield "url", fit_address(work.address)
    kind = type_of(work).removeprefix("article-") if work.type == "article" else ""
    yield "entrysubtype", kind if kind in {"newspaper", "magazine"} else ""
    if work.text("urlstatus") == "dead" and work.text("archiveurl") and work.text("url"):
        yield "addendum", f"Archived at \\url{{{fit_address(work.text('archiveurl'))}}}"
    yield "origtitle", protected(tex_of(work.original_title))
    yield "origdate", work.original_date.text if work.original_date else ""
    yield "origlanguage", language_name(work.original_language)
    if work.original is not None and work.original.key in keys:
        yield "related", work.original.key
        yield "relatedtype", work.relation


def field_text(work: Work, name: str) -> str:
    """A field as TeX can set it; names and addresses are written anew, what is verbatim stays."""
    value = work.fields[name]
    if name in {"url", "archiveurl"}:
        return fit_address(work.text(name))
    if name == "doi":
        return work.doi or value
    if name in VERBATIM:
        return value
    if name in NAMES:
        written = write_names(names := read_names(value))
        return written if read_names(written) == names else typeset(value)
    return protected(typeset(value)) if name in TITLES else typeset(value)
