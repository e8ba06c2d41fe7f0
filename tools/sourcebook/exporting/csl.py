"""CSL-JSON, to and from: a work as an item, an item as an entry.

The variables are those of the CSL-JSON schema 1.0.2, in which citeproc, Zotero, Pandoc and Word's add-ons meet. What
has no variable of its own travels in `custom`, under `biblatex`: there stand the fields that the variables alone would
not give back as they were written, so that from BibLaTeX to CSL-JSON and back nothing is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ..dates import date_text
from ..langtags import language_name
from ..model import Entry, Field, Place
from ..names import OTHERS, Name
from .entrytext import fit_address, tex_of, write_names
from .entrywork import Dating, Work

_TYPES = {
    **dict.fromkeys("online electronic www".split(), "webpage"),
    **dict.fromkeys("report techreport".split(), "report"),
    **dict.fromkeys("book mvbook collection mvcollection proceedings mvproceedings".split(), "book"),
    **dict.fromkeys("reference mvreference manual commentary".split(), "book"),
    **dict.fromkeys("inbook bookinbook suppbook incollection suppcollection".split(), "chapter"),
    **dict.fromkeys("inproceedings conference".split(), "paper-conference"),
    **dict.fromkeys("thesis mastersthesis phdthesis".split(), "thesis"),
    **dict.fromkeys("artwork image".split(), "graphic"),
    **dict.fromkeys("audio music".split(), "song"),
    **dict.fromkeys("movie video".split(), "motion_picture"),
    **dict.fromkeys("dataset software standard patent periodical performance review".split(), ""),
    "inreference": "entry-encyclopedia",
    "suppperiodical": "article-journal",
    "booklet": "pamphlet",
    "unpublished": "manuscript",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "legal": "treaty",
    "letter": "personal_communication",
}
_SUBTYPES = {name: f"article-{name}" for name in ("journal", "magazine", "newspaper")}
_TYPES_BACK = {
    "article": "article", "article-journal": "article", "article-magazine": "article",
    "article-newspaper": "article", "webpage": "online", "post": "online", "post-weblog": "online",
    "report": "report", "book": "book", "chapter": "incollection", "paper-conference": "inproceedings",
    "thesis": "thesis", "graphic": "artwork", "figure": "image", "map": "image", "song": "audio",
    "broadcast": "audio", "motion_picture": "movie", "entry": "inreference", "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference", "pamphlet": "booklet", "manuscript": "unpublished",
    "speech": "unpublished", "legal_case": "jurisdiction", "legislation": "legislation", "bill": "legislation",
    "treaty": "legal", "personal_communication": "letter", "review": "review", "review-book": "review",
    "dataset": "dataset", "software": "software", "standard": "standard", "patent": "patent",
    "periodical": "periodical", "performance": "performance",
}  # fmt: skip
# The variables that are plain text, with the fields that they come from; the first is the one to go back to.
_TEXTS = {
    "title-short": ("shorttitle",),
    "container-title-short": ("shortjournal",),
    "collection-title": ("series",),
    "volume": ("volume",),
    "edition": ("edition",),
    "chapter-number": ("chapter",),
    "number-of-volumes": ("volumes",),
    "number-of-pages": ("pagetotal",),
    "version": ("version",),
    "genre": ("type",),
    "event-title": ("eventtitle",),
    "event-place": ("venue",),
    "publisher-place": ("location", "address"),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "original-publisher": ("origpublisher",),
    "original-publisher-place": ("origlocation",),
    "status": ("pubstate",),
    "keyword": ("keywords",),
    "abstract": ("abstract",),
    "annote": ("annotation", "annote"),
    "note": ("note",),
}
_ROLES = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "bookauthor",
    "director": "director",
}
_DATES = {"issued": "date", "accessed": "urldate", "event-date": "eventdate", "original-date": "origdate"}
_BODIES = {"report": "institution", "thesis": "institution", "software": "organization"}
_CUSTOM = "biblatex"
_TYPE = "@type"  # a name that no field can have


def type_of(work: Work) -> str:
    """The CSL type of a work.

    BibLaTeX has one @article for what CSL tells apart. An `entrysubtype` decides; else an article with a volume, a
    number, pages or a DOI is of a journal, and one that is dated to the day and has none of these is of a newspaper.
    """
    if work.type != "article":
        found = _TYPES.get(work.type, "document") or work.type
        return "speech" if found == "manuscript" and work.text("eventtitle") else found
    if subtype := _SUBTYPES.get(work.text("entrysubtype").casefold()):
        return subtype
    if work.text("volume", "number", "issue", "pages", "eid", "doi"):
        return "article-journal"
    return "article-newspaper" if work.issued and len(work.issued.first) == 3 else "article-journal"


def item_of(work: Work) -> dict[str, Any]:
    """A work as an item of CSL-JSON."""
    item: dict[str, Any] = {"id": work.key, "type": type_of(work)}
    item.update((variable, value) for variable, value in _variables(work, item["type"]) if value)
    if custom := dict(_differing(work.entry, item)):
        item["custom"] = {_CUSTOM: custom}
    return item


def _variables(work: Work, type_: str) -> Iterator[tuple[str, Any]]:
    yield "title", work.title
    for variable, role in _ROLES.items():
        yield variable, [_name_of(name) for name in work.people(role)]
    yield from _places(work, type_)
    yield "issued", _date_of(work.issued)
    yield "page", work.text("pages", "eid").replace("–", "-")
    for variable, names in _TEXTS.items():
        yield variable, work.text(*names)
    yield "URL", work.address
    yield "accessed", _date_of(work.dating("urldate"))
    yield "DOI", work.doi
    yield "language", work.language
    yield "event-date", _date_of(work.dating("eventdate"))
    yield "original-title", work.original_title
    yield "original-date", _date_of(work.original_date)


def _places(work: Work, type_: str) -> Iterator[tuple[str, Any]]:
    """What the work stands in, who published it, and where in it it stands."""
    yield "container-title", work.container
    yield "publisher", work.house
    number = work.text("number", "issue")
    in_series = work.text("series") and not type_.startswith("article") and type_ not in {"report", "patent"}
    yield ("issue" if type_.startswith("article") else "collection-number" if in_series else "number"), number


def _name_of(name: Name) -> dict[str, str]:
    if name.whole or name == Name(OTHERS):  # citeproc prints a last `others` as et al.
        return {"literal": name.shown}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def _date_of(date: Dating | None) -> dict[str, Any]:
    if date is None:
        return {}
    if not date.first or date.text.startswith(("/", "..")):
        return {"literal": date_text(date.text)}
    out: dict[str, Any] = {"date-parts": [_parts(end) for end in (date.first, date.last) if end]}
    if date.season:
        out["season"] = date.season
    if date.about:
        out["circa"] = True
    if date.open:
        out["date-parts"].append([0])  # as citeproc has it: a range that goes on
    return out


def _parts(end: tuple[int, ...]) -> list[int]:
    """CSL has no year 0: -1 is 1 BCE."""
    return [end[0] if end[0] > 0 else end[0] - 1, *end[1:]]


def _differing(entry: Entry, item: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """The fields that the variables of an item would not give back as written; None is one to leave out."""
    type_, back = _fields_of(item)
    if type_ != entry.type:
        yield _TYPE, entry.type
    seen: Counter[str] = Counter()
    for field in entry.fields:
        seen[field.name] += 1
        count = seen[field.name]
        if count > 1 or back.get(field.name) != field.value:
            yield f"{field.name} {count}" if count > 1 else field.name, field.value
    yield from ((name, None) for name in back if name not in seen)


def entry_of(item: Mapping[str, Any]) -> Entry:
    """An item of CSL-JSON as an entry; its fields stand nowhere. What the schema does not have is passed over."""
    type_, fields = _fields_of(item)
    custom = item.get("custom")
    changes = custom.get(_CUSTOM) if isinstance(custom, dict) else None
    for name, value in changes.items() if isinstance(changes, dict) else ():
        if name == _TYPE:
            type_ = str(value)
        elif value is None:
            fields.pop(name, None)
        else:
            fields[name] = str(value)
    pairs = [Field(name.partition(" ")[0], value, 0, 0) for name, value in fields.items()]
    return Entry(str(item.get("id", "")), type_, tuple(pairs), Place(""))


def _fields_of(item: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The entry type and the fields that the variables of an item give by themselves."""
    kind = str(item.get("type", ""))
    type_ = _TYPES_BACK.get(kind, "misc")
    texts = {name: tex_of(str(value)) for name, value in item.items() if isinstance(value, str | int)}
    fields = {role: write_names(_names(item.get(variable))) for variable, role in _ROLES.items()}
    fields["title"] = texts.get("title", "")
    container = {"article": "journaltitle", "online": "organization"}.get(type_, "booktitle")
    fields[container] = texts.get("container-title", "")
    fields[_BODIES.get(kind, "publisher")] = texts.get("publisher", "")
    fields["number"] = texts.get("issue", "") or texts.get("number", "") or texts.get("collection-number", "")
    fields["pages"] = texts.get("page", "").replace("-", "--")
    fields.update((names[0], texts.get(variable, "")) for variable, names in _TEXTS.items())
    fields["origtitle"] = texts.get("original-title", "")
    fields.update((field, _edtf(item.get(variable))) for variable, field in _DATES.items())
    fields["url"] = fit_address(str(item.get("URL", "")))
    fields["doi"] = str(item.get("DOI", "")).strip()
    fields["langid"] = language_name(str(item.get("language", "")))
    return type_, {name: value for name, value in fields.items() if value}


def _names(people: object) -> Iterator[Name]:
    for person in people if isinstance(people, list) else ():
        parts = {str(part): str(value) for part, value in person.items()} if isinstance(person, dict) else {}
        if literal := parts.get("literal", ""):
            yield Name(OTHERS) if literal == OTHERS else Name(literal, whole=True)
        elif any(parts.values()):
            particles = (parts.get(f"{kind}-particle", "") for kind in ("dropping", "non-dropping"))
            given, suffix = parts.get("given", ""), parts.get("suffix", "")
            yield Name(parts.get("family", ""), given, " ".join(filter(None, particles)), suffix)


def _edtf(date: object) -> str:
    if not isinstance(date, dict):
        return date if isinstance(date, str) else ""
    season = {str(n): str(20 + n) for n in range(1, 5)}.get(str(date.get("season", "")), "")
    parts = [part for part in date.get("date-parts", ()) if isinstance(part, list)]
    ends = [_iso(part, season) for part in parts]
    if len(ends) == 2 and parts[1] == [0]:
        ends[1] = ""
    elif not ends or not all(ends):
        return tex_of(str(date.get("raw") or date.get("literal") or ""))
    return "/".join(f"{end}~" if end and date.get("circa") else end for end in ends)


def _iso(parts: list[object], season: str) -> str:
    try:
        year, *rest = (int(str(part)) for part in parts if str(part))
    except ValueError:
        return ""
    sign, year = ("-", -year - 1) if year < 0 else ("", year)
    ends = [f"{part:02}" for part in rest if part] or ([season] if season else [])
    return "-".join([f"{sign if year else ''}{year:04}", *ends])
