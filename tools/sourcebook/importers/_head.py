"""What stands above the text of a dump: title, authors, date, outlet, volume, issue, ISSN, DOI, address."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..locators import is_issn, is_url
from ..references.days import days_in
from ._furniture import reason_of
from ._people import is_name, names_in
from ._sheet import Line, Sheet
from ._titles import title_among
from ._when import only_date

MOST_LINES = 14  # of a head; what stands deeper is text
_BODY = 160  # characters; a line as long as this that ends a sentence is text
_LABELS = {
    "title": "title", "headline": "title", "titel": "title", "titre": "title", "título": "title", "titolo": "title",
    "author": "authors", "authors": "authors", "author(s)": "authors", "by": "authors", "byline": "authors",
    "written by": "authors", "autor": "authors", "autore": "authors", "auteur": "authors", "автор": "authors",
    "date": "date", "published": "date", "publication date": "date", "published on": "date", "posted": "date",
    "posted on": "date", "datum": "date", "data": "date", "fecha": "date", "дата": "date", "first published": "date",
    "source": "outlet", "outlet": "outlet", "journal": "outlet", "publisher": "outlet", "publication": "outlet",
    "newspaper": "outlet", "website": "outlet", "site": "outlet",
    "url": "url", "link": "url", "address": "url", "doi": "doi", "issn": "issn",
    "volume": "volume", "vol": "volume", "issue": "issue", "no": "issue", "number": "issue",
    "pages": "pages", "pp": "pages",
}  # fmt: skip
_LABEL = re.compile(r"(?P<name>[^\W\d_][\w() ]{0,18}?)\.?\s*:\s+(?P<value>\S.*)")
_BY = re.compile(
    r"(?:(?:written|reported|posted|words|text|story|analysis|opinion|review)\s+)?by:?\s+(?P<rest>\S.*)", re.I
)
_VOLUME = re.compile(r"\b(?:volume|vol\.?|band|jg\.)\s*(?P<volume>\d{1,4})\b", re.I)
_ISSUE = re.compile(r"\b(?:issue|no\.?|number|nr\.?|heft)\s*(?P<issue>\d{1,4}(?:[-–/]\d{1,4})?)\b", re.I)
_ISSN = re.compile(
    r"(?:\be?-?ISSN:?\s*(?:\((?:online|print)\):?\s*)?)?(?<![\d-])(?P<issn>\d{4}-\d{3}[\dXx])(?![\d-])", re.I
)
_PAGES = re.compile(r"\b(?:pp?\.|pages?)\s*(?P<pages>\d{1,5}\s?[-–]\s?\d{1,5})", re.I)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(?P<doi>10\.\d{4,9}/[^\s\"<>]+)", re.I)
_SEPARATOR = re.compile(r"\s+//\s+|\s*[|•·]\s*|\s+[–—-]\s+")
_CREDIT = re.compile(
    r"(?:illustration|photo(?:graph)?s?|image|picture|foto|credits?|cover|graphic)\b[^:]{0,30}(?::| by\b)",
    re.I,
)
_KICKERS = frozenset(
    "opinion opinions news analysis comment commentary world politics editorial feature features essay blog review "
    "explainer letters interview report op-ed briefing exclusive economy business culture international europe asia "
    "meinung politik opinión analyse research article".split()
) | {
    "research article",
    "original article",
    "long read",
    "the long read",
    "news analysis",
    "guest essay",
    "world news",
}


@dataclass(slots=True)
class Head:
    """The metadata as found, and what a person must look at."""

    title: str = ""
    authors: list[str] = field(default_factory=list)
    date: str = ""
    outlet: str = ""
    volume: str = ""
    issue: str = ""
    issn: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    unsure: list[str] = field(default_factory=list)

    def fill(self, name: str, value: str) -> bool:
        """Fill a field that is empty; answers whether the value is in it now."""
        if not getattr(self, name):
            setattr(self, name, value)
        return bool(getattr(self, name) == value)


def read_head(sheet: Sheet) -> Head:
    """Read the head of a dump off its sheet; what went into a field is metadata now, all else stays open."""
    head = Head()
    zone = _zone(sheet)
    waiting: list[Line] = []
    for line in zone:
        if _CREDIT.match(line.text):
            continue
        if (
            any(read(head, line) for read in _READERS)
            or _read_byline(head, line, bool(waiting))
            or _read_date(head, line)
            or _read_address(head, line)
            or line.text.casefold() in _KICKERS
        ):
            sheet.move(line)
        else:
            waiting.append(line)
    _take_title(head, sheet, zone, waiting)
    return head


def _zone(sheet: Sheet) -> list[Line]:
    """The lines above the first paragraph of the text."""
    zone: list[Line] = []
    lines = sheet.open()
    for number, line in enumerate(lines[:MOST_LINES]):
        run = [o for at, o in enumerate(lines[number : number + 3]) if o.number == line.number + at]
        if zone and (_is_text(line) or (len(run) == 3 and all(len(other.text) > 50 for other in run))):
            break
        zone.append(line)
    return zone


def _is_text(line: Line) -> bool:
    return len(line.text) > _BODY and line.text.rstrip("\"'”’»)]").endswith((".", "!", "?", "…", "。", ":"))


def _read_labelled(head: Head, line: Line) -> bool:
    match = _LABEL.fullmatch(line.text)
    name = _LABELS.get(match["name"].casefold().strip()) if match else None
    if not match or not name:
        return False
    value = match["value"].strip()
    if name == "authors":
        return _take_authors(head, value)
    if name == "date":
        return _read_date(head, line)
    if name == "issn":
        return is_issn(value) and head.fill("issn", value)
    if name == "doi":
        found = _DOI.fullmatch(value)
        return bool(found) and head.fill("doi", found["doi"] if found else "")
    if name == "url":
        return is_url(value) and head.fill("url", value)
    if name in {"volume", "issue"} and not value[:1].isdigit():
        return False
    return len(value) <= 300 and head.fill(name, value)


def _read_serial(head: Head, line: Line) -> bool:
    """Volume, issue, ISSN and pages in one line, with the outlet before them."""
    text = line.text
    found = {
        name: match
        for name, pattern in (("issn", _ISSN), ("volume", _VOLUME), ("issue", _ISSUE), ("pages", _PAGES))
        if (match := pattern.search(text))
    }
    labelled = "issn" in found and "issn" in text.casefold()
    if len(text) > 200 or not ({"volume", "issue"} <= found.keys() or labelled):
        return False
    if "issn" in found and not is_issn(found["issn"]["issn"]):
        head.unsure.append(
            f"line {line.number}: {found['issn']['issn']} is no ISSN (its check digit is wrong)"
        )
        del found["issn"]
    for name, match in found.items():
        head.fill(name, match[name].replace(" ", "").replace("–", "--" if name == "pages" else "–"))
    begin = min((match.start() for match in found.values()), default=0)
    outlet = text[:begin].strip(" ,;:.([–—|-")
    if outlet and not re.search(r"\d", outlet):
        head.fill("outlet", outlet)
    for day in days_in(text):
        head.fill("date", day.iso)
        break
    else:
        if year := re.search(r"\((\d{4})\)", text):
            head.fill("date", year[1])
    if doi := _DOI.search(text):
        head.fill("doi", doi["doi"].rstrip(".,;)"))
    return True


_READERS = (_read_labelled, _read_serial)


def _read_byline(head: Head, line: Line, has_title: bool) -> bool:
    """`By X`, `Written by X // day // section`, `X | day | outlet`."""
    if len(line.text) > 200:
        return False
    match = _BY.match(line.text)
    parts = [part.strip() for part in _SEPARATOR.split(line.text)]
    dated = [part for part in parts if only_date(part)]
    if not match and not (has_title and len(parts) > 1 and dated):
        return False
    if match:
        first = _SEPARATOR.split(match["rest"])[0].strip(" /")
        by_date = next(iter(days_in(first)), None)
        name = (first[: by_date.start] if by_date else first).strip(" ,–—-|/")
        if not (_may_be_name(name, has_title) and _take_authors(head, name)) and (name or not dated):
            return False
    for part in parts:
        if part in dated:
            head.fill("date", only_date(part))
        elif not match and part == parts[0] and is_name(part):
            _take_authors(head, part)
        elif part and part != parts[0] and not reason_of(part) and part.casefold() not in _KICKERS:
            head.unsure.append(f"line {line.number}: not understood in the byline, and in no field: “{part}”")
    if match and not dated:
        head.fill("date", next((day.iso for day in days_in(line.text)), ""))
    return True


def _may_be_name(name: str, has_title: bool) -> bool:
    """Whether what stands behind `by` may name somebody, and is not a sentence or title that begins so."""
    if any(is_name(piece) for piece in names_in(name)[:1]):
        return True
    return has_title and 0 < len(name.split()) <= 6 and not name.endswith((".", ",", ";", ":"))


def _take_authors(head: Head, text: str) -> bool:
    """The names of a byline, one each; a byline that is no list of names is one name, as printed."""
    text = re.sub(r"\s*\([^)]*\)\s*\Z", "", text).strip(" ,;./")
    if not text or len(text) > 200 or is_url(text):
        return False
    names = names_in(text)
    if len(names) > 1 and all(is_name(name) for name in names):
        authors = names
    elif len(names) > 1 and is_name(names[0]):
        authors = names[:1]  # what follows is an office or an outlet, and no second name
        head.unsure.append(f"the byline “{text}” was read as {names[0]} alone")
    else:
        authors = [text]
    if head.authors and head.authors != authors:
        return False
    head.authors = authors
    return True


def _read_date(head: Head, line: Line) -> bool:
    if len(line.text) > 120:
        return False
    iso = only_date(line.text.partition(":")[2].strip() or line.text) or only_date(line.text)
    if not iso:
        return False
    found = next(iter(days_in(line.text)), None)
    if found and found.ambiguous and not head.date:
        head.unsure.append(
            f"line {line.number}: in “{line.text}” day and month may be swapped; read as {iso}"
        )
    head.fill("date", iso)
    return True


def _read_address(head: Head, line: Line) -> bool:
    if doi := _DOI.fullmatch(line.text):
        return head.fill("doi", doi["doi"].rstrip(".,;"))
    return is_url(line.text) and head.fill("url", line.text)


def _take_title(head: Head, sheet: Sheet, zone: list[Line], waiting: list[Line]) -> None:
    """The title is the line of the head that looks most like one; names above or below it are the authors'."""
    if head.title or not waiting:
        _take_names_below(head, sheet, waiting)
        return
    at = title_among(waiting, zone)
    first, rest = waiting[at], waiting[at + 1 :]
    if len(first.text) > 300 or _is_text(first):
        return
    for line in waiting[:at]:
        if is_name(line.text) and _repeated(sheet, line) and _take_authors(head, line.text):
            sheet.move(line)
    head.title = first.text
    sheet.move(first)
    while rest and rest[0].number == first.number + 1 and rest[0].text[0].islower() and not _is_text(rest[0]):
        first, rest = rest[0], rest[1:]
        head.title += f" {first.text}"
        sheet.move(first)
    for line in rest:
        if line.text == head.title:
            sheet.drop("printed twice", line)
    _take_names_below(head, sheet, [line for line in rest if not line.fate])


def _repeated(sheet: Sheet, line: Line) -> bool:
    """Whether a name was printed twice, one under the other, or begins a note on the author."""
    twice = any(d.reason == "printed twice" and d.text == line.text for d in sheet.dropped)
    return twice or any(
        other.text.startswith((f"{line.text} is ", f"{line.text} was ")) for other in sheet.lines
    )


def _take_names_below(head: Head, sheet: Sheet, rest: list[Line]) -> None:
    """Names below the title, without a `by`: the authors of a paper, unless the text is about them."""
    if head.authors or not rest or len(rest[0].text) > 150:
        return
    line = rest[0]
    names = names_in(line.text)
    if not names or not all(is_name(name) for name in names):
        return
    text = " ".join(other.text for other in sheet.open() if other is not line)
    if any(text.count(name.split()[-1]) > 2 for name in names) and not _repeated(sheet, line):
        return
    head.authors = names
    head.unsure.append(f"line {line.number}: “{line.text}” was taken for the authors")
    sheet.move(line)
