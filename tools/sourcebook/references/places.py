"""Where a work stands: journal, book, outlet or publisher, as they follow a title."""

from __future__ import annotations

import re

from .board import HOLE, Board
from .cuts import place_and_press, stops_in
from .outlets import is_host_of, is_outlet
from .people import leading_people, read_people
from .words import GENRE, MEETING, PERIODICAL, PRESS

EDGE = " .,;:–—|/-"
_IN = re.compile(r"^[\s.,;]*(?:In|in|В|Dans|En|İçinde)(?:\s?:\s?|\s)(?=\S)")
_WEBSITE = re.compile(r"^(?:from\s+)?(?P<name>.+?)\s+(?:website|web\s?site|webseite|homepage):?$", re.I)


def take_place(board: Board, start: int) -> None:
    """Take journal, book, outlet or publisher out of what stands behind a title."""
    for left, right in board.stretches(start):
        while left < right and board.text[left] in EDGE + ")]":
            left += 1
        text = board.text[left:right]
        if not re.search(r"[^\W_]{2}", text):
            continue
        if match := _IN.match(text):
            _take_book(board, left + match.end(), right, left)
            continue
        _take_name(board, left, right)


def _take_book(board: Board, start: int, end: int, word: int) -> None:
    """What stands behind `In`: editors, the title of the book, its place and publisher."""
    text = board.text[start:end]
    if match := re.search(
        r"[(\[,]?\s*[(\[]?\b(?:eds?|hrsg|hg|editors?|ред|dir)\b\.?[)\]]?[\s,.:;]*", text, re.I
    ):
        people = read_people(text[: match.start()])
        if people and "editor" not in board.fields:
            board.put("editor", people.field)
            board.take(word, start + match.end())
            word = start = start + match.end()
            text = board.text[start:end]
    elif (found := leading_people(text)) and found[0].sure and len(text) - found[1] > 8:
        board.put("editor", found[0].field)
        board.take(word, start + found[1])
        word = start = start + found[1]
        text = board.text[start:end]
    journal = "volume" in board.fields and "editor" not in board.fields and not MEETING.search(text)
    _take_name(board, start, end, booked=not (journal and ":" not in text))
    board.take(word, start)


def _take_name(board: Board, start: int, end: int, booked: bool = False) -> None:
    """Take the first name of a stretch for what it looks like, then what stands behind it."""
    while start < end and board.text[start] in EDGE + ")]([":
        start += 1
    text = board.text[start:end]
    if match := _WEBSITE.match(text.strip()):
        board.put("container", match["name"])
        board.take(start, end)
        return
    if len(text) < 2 or len(text) > 600:
        return
    if (
        not booked
        and board.fields.keys().isdisjoint({"location", "publisher"})
        and (match := place_and_press(text))
    ):
        board.put("location", match["place"])
        board.put("publisher", match["press"].strip(EDGE))
        board.take(start, start + match.end())
        _take_name(board, start + match.end(), end)
        return
    stop = _name_end(board, text, end, booked)
    name = (
        text[:stop].strip(" ,;:–—|/-([").rstrip(".")
        if not _abbreviated(text[:stop])
        else text[:stop].strip(" ,;:([")
    )
    if _put_name(board, name, booked):
        board.take(start, start + stop)
        _take_name(board, start + stop, end)


def _abbreviated(text: str) -> bool:
    return bool(re.search(r"\b[A-Z][a-z]{0,5}\.\s(?:[A-Z][a-z]{0,4}\.)$", text.strip()))


def _name_end(board: Board, text: str, end: int, booked: bool) -> int:
    """Where a name ends: a journal reaches to its volume, others to the first mark."""
    numbered = "volume" in board.fields and board.view[end : end + 3].lstrip(" ,.;(").startswith(HOLE)
    if numbered and not booked and len(text.split()) <= 9:
        return len(text)
    full = next((m.start() for m in stops_in(text)), len(text))
    bracket = re.search(r"\s[(\[]|[;)]\s?", text)
    marks = [full, bracket.start() if bracket else len(text)]
    if not booked:
        marks += [match.start() for match in re.finditer(r",\s", text)][:1]
    return min(marks)


def _put_name(board: Board, name: str, booked: bool) -> bool:
    """Fill the field that a name belongs to; False if it fits none."""
    if not re.search(r"[^\W\d_]{2}", name) or len(name) > 250 or (len(name.split()) > 14 and not booked):
        return False
    if booked and "booktitle" not in board.fields:
        board.put("container" if is_outlet(name) else "booktitle", name)
        return True
    if GENRE.fullmatch(name):
        return _put_free(board, "titleaddon", name)
    name = name.removeprefix("from ")
    has_container = "container" in board.fields or "booktitle" in board.fields
    if (
        "volume" not in board.fields
        and PRESS.search(name)
        and not PERIODICAL.search(name)
        and not is_outlet(name)
    ):
        return _put_free(board, "publisher", name)
    if not has_container:
        if not name[0].isupper() and name[0].islower() and not is_host_of(name, address_of(board)):
            return False
        kind = "booktitle" if MEETING.search(name) and "volume" not in board.fields else "container"
        board.put(kind, name)
        return True
    if "publisher" not in board.fields and "volume" not in board.fields and PRESS.search(name):
        return _put_free(board, "publisher", name)
    return False


def _put_free(board: Board, field: str, name: str) -> bool:
    if field in board.fields:
        return False
    board.put(field, name)
    return True


def is_where(board: Board, name: str) -> bool:
    """Whether a name is that of a known outlet, or of the host of the reference's address."""
    return is_outlet(name) or is_host_of(name, address_of(board))


def address_of(board: Board) -> str:
    """The address of the work or of its copy in an archive, if one was read."""
    return board.fields.get("url", "") or board.fields.get("archiveurl", "")
