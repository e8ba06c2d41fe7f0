"""BibTeX, for the classic styles and natbib: types and fields as its manual has them.

A style such as plain prints neither addresses nor translators; so the original of a translation is told in `note`
too. `url`, `doi`, `urldate`, `langid` and their like stand beside, for the styles and programs that know them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..exporting.entrytext import fit, fit_address, protected, tex_of, typeset, write_entry
from ..exporting.entrywork import Dating, Work
from ..exporting.selection import Selection
from ._notes import archive_note, joined, original_note, people_note
from .biblatex import LEFT_OUT, field_text

SUFFIX = ".bibtex.bib"
MEDIA = "application/x-bibtex"

_CLASSIC = (
    "article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis"
)
_TYPES = {
    **{type_: type_ for type_ in f"{_CLASSIC} proceedings techreport unpublished".split()},
    **dict.fromkeys("mvbook collection mvcollection reference mvreference".split(), "book"),
    **dict.fromkeys("bookinbook suppbook".split(), "inbook"),
    **dict.fromkeys("suppcollection inreference".split(), "incollection"),
    "suppperiodical": "article",
    "mvproceedings": "proceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_RENAMED = {
    "journaltitle": "journal",
    "location": "address",
    "annotation": "annote",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
}
_HOUSES = {
    "techreport": "institution",
    "phdthesis": "school",
    "mastersthesis": "school",
    "misc": "howpublished",
}
_MERGED = frozenset("subtitle titleaddon booksubtitle journalsubtitle date year month day note".split())
_LEFT_OUT = _MERGED | LEFT_OUT
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_TYPE_KEYS = frozenset("phdthesis mathesis mastersthesis bathesis candthesis techreport resreport".split())
_MASTERS = frozenset("mathesis mastersthesis".split())


def write(selection: Selection) -> str:
    """The works as entries."""
    return "\n".join(_entry(work) for work in selection.works)


def _entry(work: Work) -> str:
    type_ = _TYPES.get(work.type, "misc")
    if work.type == "thesis" and work.fields.get("type", "").strip() in _MASTERS:
        type_ = "mastersthesis"
    fields: dict[str, str] = {}
    for name, value in _fields(work, type_):
        if value:
            fields.setdefault(name, value)
    return write_entry(type_, work.key, fields.items(), frozenset({"month"}))


def _fields(work: Work, type_: str) -> Iterator[tuple[str, str]]:
    moved = _moved(work, type_)
    for name in work.fields:
        if name in {"title", "booktitle"}:
            yield name, protected(_with_subtitle(work, name))
        elif name in {"journaltitle", "journal"}:
            yield "journal", typeset(_joined(work, "journaltitle", "journal") or "")
        elif (
            name not in _LEFT_OUT and name != moved and not (name == "type" and work.text(name) in _TYPE_KEYS)
        ):
            yield _RENAMED.get(name, name), field_text(work, name)
    yield "url", fit_address(work.address)
    yield from _date(work.issued)
    if moved:  # the body behind the work, in the field where the type has it
        yield _HOUSES[type_], typeset(work.fields[moved])
    if type_ == "article":
        yield "number", typeset(work.fields.get("issue", ""))
    if not work.people("author") and not work.people("editor"):
        yield "key", tex_of(work.container or work.house or work.title)  # to sort by, and natbib's label
    notes = (original_note(work), people_note(work), archive_note(work, work.text("url") or work.address))
    yield "note", " ".join(filter(None, (typeset(work.fields.get("note", "")), tex_of(joined(notes)))))


def _joined(work: Work, *names: str) -> str:
    title = next((work.fields[name] for name in names if work.fields.get(name)), "")
    subtitle = work.fields.get("journalsubtitle", "")
    return f"{title}: {subtitle}" if subtitle else title


def _with_subtitle(work: Work, name: str) -> str:
    """A title with what BibTeX has no field for: as the work joins it, if there is a subtitle at all."""
    others = ("subtitle", "titleaddon") if name == "title" else ("booksubtitle",)
    if not any(work.fields.get(other) for other in others):
        return typeset(fit(work.fields[name]))
    return tex_of(work.title if name == "title" else f"{work.text(name)}: {work.text('booksubtitle')}")


def _date(date: Dating | None) -> Iterator[tuple[str, str]]:
    """Year and month, which BibTeX has, and the day, which Pandoc and others read; `date` where that is not all."""
    if date is None:
        return
    if not date.first:
        yield "year", tex_of(date.text)
        return
    yield "year", str(date.first[0])
    if len(date.first) > 1:
        yield "month", _MONTHS[date.first[1] - 1]
    if len(date.first) > 2:
        yield "day", str(date.first[2])
    if not date.plain:
        yield "date", date.text


def _moved(work: Work, type_: str) -> str:
    """The field with the body behind the work, if the type has another one for it."""
    return (work.house_field or work.site_field) if type_ in _HOUSES else ""
