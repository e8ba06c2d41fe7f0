"""Footnotes of a page that are linked from their marks: which element is a mark, which a note, and of which mark."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

from lxml import html

from ._html_blocks import is_inline
from ._html_links import Links

_MARK = re.compile(
    r"[\[(]?\s*(?P<mark>\d{1,4}[a-z]?|[a-z]{1,2}|[ivxlc]{1,7}|[*†‡§¶‖#]{1,4}|(?:note|fn|footnote|n|nb|"
    r"anm|ref)\.?\s?\d{1,4})"
    r"\s*[\])]?[.,:]?",
    re.I,
)
_BACK = re.compile(
    r"[\s\[(]*(?:[\^↑↩⤴↵⏎⬆▲←]|&#8617;|jump up|back(?: to (?:text|content|top))?|"
    r"return(?: to text)?|zurück)[\s\])\ufe0e\ufe0f:.]*$",
    re.I,
)
_NAMED = re.compile(
    r"(?:foot|end|side)-?note|(?:^|[^a-z])(?:fn|ftn|edn|sdfootnote|cite_note|cite|ref|"
    r"note|bib|reference)s?(?:[^a-z]|$)|noteref",
    re.I,
)
_LIST = re.compile(
    r"(?:foot|end)-?notes?(?:$|[-_ ])|references|reflist|doc-endnotes|wp-block-footnotes|notes-list|easy-footnotes",
    re.I,
)
_SIDE = re.compile(
    r"(?:^|\s)(?:sidenote|marginnote|footnote-text|footnote__content|modern-footnotes-footnote__note|"
    r"tooltip-note)(?:\s|$)"
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_HOLDERS = frozenset("body html main article section ol ul dl table tbody footer aside".split())
_MOST = 6000  # letters of a note


@dataclass
class Noted:
    """What was found. marks: the elements of marks with their names; notes: pairs of a name and the note's element.

    back: links from a note back to its mark, and the numbers that notes begin with.
    """

    marks: dict[html.HtmlElement, str] = field(default_factory=dict)
    notes: dict[str, html.HtmlElement] = field(default_factory=dict)
    back: set[html.HtmlElement] = field(default_factory=set)
    lists: set[html.HtmlElement] = field(default_factory=set)


def linked_notes(tree: html.HtmlElement, links: Links) -> Noted:
    """Find marks that link to their notes, and notes that stand in the text beside their marks."""
    noted = Noted()
    places = _places(tree)
    _gather_headed(tree, links, places)
    order = {element: number for number, element in enumerate(tree.iter())}
    names: dict[html.HtmlElement, str] = {}
    for anchor in list(tree.iter("a")):
        name = links.fragment(anchor.get("href") or "")
        aim = places.get(name)
        mark = _mark_of(anchor, name) if aim is not None else ""
        if not mark or aim is None or order[aim] <= order[anchor]:
            continue
        note = _note_of(aim, places)
        if note is None or note in anchor.iterancestors():
            continue
        if note not in names:
            names[note] = free_name(mark, noted.notes)
            noted.notes[names[note]] = note
        noted.marks[_outer(anchor)] = names[note]
    for note in noted.notes.values():
        _find_back(note, noted, links, places, order)
        noted.lists |= {parent for parent in note.iterancestors() if _is_list(parent)}
    _side_notes(tree, noted)
    return noted


def _places(tree: html.HtmlElement) -> dict[str, html.HtmlElement]:
    """The elements that a link may lead to, by their names."""
    found: dict[str, html.HtmlElement] = {}
    for element in tree.iter():
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                found.setdefault(name, element)
    return found


def _gather_headed(tree: html.HtmlElement, links: Links, places: dict[str, html.HtmlElement]) -> None:
    """Make one block of a note whose number is a heading of its own, as Texinfo writes it.

    Only where the heading links to a mark and that mark links to the heading: a chapter may be headed by a number.
    """
    for heading in [element for element in tree.iter() if element.tag in _HEADINGS]:
        if len(heading) != 1 or heading[0].tag != "a" or not _MARK.fullmatch(heading.text_content().strip()):
            continue
        mark = places.get(links.fragment(heading[0].get("href") or ""))
        name = links.fragment(mark.get("href") or "") if mark is not None else ""
        if places.get(name) not in (heading, heading[0]) or mark is None or not _mark_of(mark, name):
            continue
        heading.tag = "div"
        while (block := heading.getnext()) is not None and block.tag not in {*_HEADINGS, "hr"}:
            heading.append(block)


def _mark_of(anchor: html.HtmlElement, name: str) -> str:
    """The name of a mark, `3` of `[3]`, if a link within the page looks like the mark of a note."""
    text = " ".join(anchor.text_content().split())
    match = _MARK.fullmatch(text)
    if not match:
        return ""
    told = " ".join(
        anchor.get(key) or ""
        for key in ("class", "id", "rel", "role", "{http://www.idpf.org/2007/ops}type", "epub:type")
    )
    raised = (
        any(parent.tag == "sup" for parent in anchor.iterancestors()) or anchor.find(".//sup") is not None
    )
    if raised or text[:1] in "[(" or _NAMED.search(told) or _NAMED.search(name):
        return re.sub(r"\D+(?=\d)", "", match["mark"]) if match["mark"][-1:].isdigit() else match["mark"]
    return ""


def _note_of(aim: html.HtmlElement, places: dict[str, html.HtmlElement]) -> html.HtmlElement | None:
    """The element of the note that a mark leads to: its block, or what holds several blocks of it alone."""
    block = aim
    while is_inline(block) or block.tag in {"a", "sup"}:
        parent = block.getparent()
        if parent is None:
            return None
        block = parent
    if block.tag in {"td", "th"}:
        block = block.getparent() if block.getparent() is not None else block
    if block.tag in _HEADINGS or (block.tag in _HOLDERS and block.tag != "aside"):
        return None
    while True:
        parent = block.getparent()
        if parent is None or parent.tag in _HOLDERS or _is_list(parent) or block.tag == "li":
            break
        if any(child.tag in _HEADINGS or child.tag == "hr" for child in parent.iter()):
            break
        if len(parent) > 1 and not _NAMED.search(f"{parent.get('id') or ''} {parent.get('class') or ''}"):
            break
        if _count_places(parent, places) > _count_places(block, places) + 1:
            break
        block = parent
    if len(block.text_content()) > _MOST or any(child.tag in _HEADINGS for child in block.iter()):
        return None
    return block


def _count_places(element: html.HtmlElement, places: dict[str, html.HtmlElement]) -> int:
    names = (child.get("id") or child.get("name") for child in element.iter())
    return sum(1 for name in names if name in places)


def _is_list(element: html.HtmlElement) -> bool:
    """Whether an element holds the notes of a page."""
    told = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    return element.tag in {"section", "div", "ol", "ul", "aside", "footer"} and any(
        _LIST.match(word) for word in told.split()
    )


def _outer(anchor: html.HtmlElement) -> html.HtmlElement:
    """The mark with the raised letters and brackets round it."""
    element = anchor
    while True:
        parent = element.getparent()
        if parent is None or parent.tag not in {"sup", "span", "small"}:
            return element
        if " ".join(parent.text_content().split()).strip("[]() ") != " ".join(
            anchor.text_content().split()
        ).strip("[]() "):
            return element
        element = parent


def free_name(mark: str, taken: Container[str]) -> str:
    """A name for a note that no other has: a page may count its notes and its sources apart."""
    if mark not in taken:
        return mark
    return next(name for number in range(2, 10_000) if (name := f"{mark}-{number}") not in taken)


def _find_back(
    note: html.HtmlElement,
    noted: Noted,
    links: Links,
    places: dict[str, html.HtmlElement],
    order: dict[html.HtmlElement, int],
) -> None:
    """Links in a note that lead back to the text, and the number that it begins with."""
    for anchor in note.iter("a"):
        aim = places.get(links.fragment(anchor.get("href") or ""))
        text = " ".join(anchor.text_content().split())
        told = " ".join(anchor.get(key) or "" for key in ("class", "role", "rev", "aria-label")).lower()
        looks = bool(_MARK.fullmatch(text) or _BACK.match(text) or not text or "back" in told)
        to_page = bool(_BACK.match(text)) and (anchor.get("href") or "").startswith("#")
        if to_page or (looks and aim is not None and order[aim] < order[anchor]):
            noted.back.add(anchor)
    for element in note.iter("span", "sup"):
        if "backlink" in (element.get("class") or ""):
            noted.back.add(element)


def _side_notes(tree: html.HtmlElement, noted: Noted) -> None:
    """Notes that stand in the line of their mark, as sidenotes do."""
    for element in list(tree.iter("span", "aside", "small", "div")):
        if not _SIDE.search(element.get("class") or "") or any(
            note in noted.notes.values() for note in (element, *element.iterancestors())
        ):
            continue
        before = element.getprevious()
        mark = " ".join(before.text_content().split()) if before is not None and not before.tail else ""
        match = _MARK.fullmatch(mark)
        name = free_name(match["mark"] if match else str(len(noted.notes) + 1), noted.notes)
        noted.notes[name] = element
        if match and before is not None:
            noted.marks[before] = name
        else:
            mark_element = html.Element("sup")
            element.addprevious(mark_element)
            noted.marks[mark_element] = name
