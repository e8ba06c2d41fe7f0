"""CSL-JSON of one work, as Crossref and DataCite answer it, read as a Found.

The schema is that of the Citation Style Language 1.0.2. Crossref has lists where it has single values, its own names
of types beside those of CSL, and `name` for organisations; both are read.
"""

from __future__ import annotations

from typing import Any

from ..locators import is_isbn, is_issn, is_url
from ._days import csl_date
from ._found import Found
from ._people import csl_names
from ._plain import first_plain, number_text, plain
from ._tongues import langid_of

# CSL's types, then Crossref's own; BibLaTeX's on the right.
_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "book": "book", "chapter": "incollection", "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference", "entry": "inreference", "paper-conference": "inproceedings",
    "report": "report", "thesis": "thesis", "dataset": "dataset", "software": "software", "patent": "patent",
    "webpage": "online", "post": "online", "post-weblog": "online", "motion_picture": "movie",
    "graphic": "image", "song": "music", "standard": "standard", "legislation": "legislation",
    "legal_case": "jurisdiction", "personal_communication": "letter", "periodical": "periodical",
    "collection": "collection", "performance": "performance", "manuscript": "unpublished",
    "journal-article": "article", "book-chapter": "incollection", "book-section": "incollection",
    "book-part": "incollection", "monograph": "book", "edited-book": "collection", "reference-book": "reference",
    "reference-entry": "inreference", "proceedings-article": "inproceedings", "proceedings": "proceedings",
    "posted-content": "online", "dissertation": "thesis", "report-component": "report", "journal": "periodical",
    "peer-review": "review",
}  # fmt: skip
_PEOPLE = ("author", "editor", "translator")
_BOOKISH = frozenset(("incollection", "inproceedings", "inreference"))


def read_csl(work: dict[str, Any]) -> Found:
    """What a work in CSL-JSON says; `title` is missing from the fields if it has none."""
    kind = str(work.get("type") or "")
    container = first_plain(work.get("container-title")) or plain(work.get("container-title-short"))
    type_ = _type_of(kind, container)
    names = tuple((field, found) for field in _PEOPLE if (found := csl_names(work.get(field))))
    fields = {
        "title": _title(work),
        "booktitle" if type_ in _BOOKISH else "journaltitle": container
        if type_ in {"article", *_BOOKISH}
        else "",
        _house_of(type_): plain(work.get("publisher")),
        "location": plain(work.get("publisher-place")) or plain(work.get("publisher-location")),
        "edition": number_text(work.get("edition")),
        "version": number_text(work.get("version")) if type_ in {"software", "dataset"} else "",
        "volume": number_text(work.get("volume")),
        "number": number_text(work.get("issue"))
        or (number_text(work.get("number")) if type_ == "report" else ""),
        "pages": _pages(work),
        "issn": next(filter(is_issn, _texts(work.get("ISSN"))), "") if type_ == "article" else "",
        "isbn": next(filter(is_isbn, _texts(work.get("ISBN"))), ""),
        "doi": plain(work.get("DOI")),
        "date": _date(work),
        "langid": langid_of(work.get("language")),
    }
    if type_ == "thesis":
        fields["type"] = plain(work.get("genre"))
    also = [("url", url) for url in _texts(work.get("URL")) if is_url(url)]
    return Found(
        type_, names, tuple((name, value) for name, value in fields.items() if value), (), tuple(also)
    )


def _type_of(kind: str, container: str) -> str:
    if kind == "article":  # in CSL a preprint; DataCite says it of any text
        return "article" if container else "online"
    type_ = _TYPES.get(kind, "misc")
    return type_ if container or type_ not in {"article", *_BOOKISH} else "misc"


def _house_of(type_: str) -> str:
    if type_ in {"report", "thesis"}:
        return "institution"
    return "organization" if type_ == "online" else "publisher"


def _title(work: dict[str, Any]) -> str:
    title = first_plain(work.get("title"))
    subtitle = first_plain(work.get("subtitle"))
    if not title or not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title} {subtitle}" if title[-1] in "?!:…" else f"{title}: {subtitle}"


def _date(work: dict[str, Any]) -> str:
    """The day of issue: the first of the dates that is the fullest, print and online being one work."""
    return csl_date(work.get("issued")) or csl_date(work.get("published")) or csl_date(work.get("posted"))


def _pages(work: dict[str, Any]) -> str:
    pages = number_text(work.get("page")) or number_text(work.get("article-number"))
    return pages.replace("–", "-").replace("--", "-").replace("-", "--")


def _texts(value: object) -> list[str]:
    return [plain(item) for item in (value[:50] if isinstance(value, list) else [value])]
