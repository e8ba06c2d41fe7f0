"""References as people write them: footnotes, endnotes and reference lists read into fields.

Nothing is guessed: what is not understood is kept as the rest, word for word.
"""

from __future__ import annotations

import re

from ..model import Record
from .asides import take_media, take_signals
from .attributions import Attribution, read_attributions
from .board import HOLE, Board
from .dating import take_date
from .kinds import ordered, settle_kind, take_kind_words
from .locating import take_locators
from .numbers import take_numbers
from .quoting import guard_title
from .shape import take_shape
from .words import NOISE

__all__ = ["Attribution", "Parsed", "read_attributions", "read_reference"]
_LONGEST = 3000
_LABEL = re.compile(
    r"^\s*(?:\[\d{1,4}[a-z]?\]|\(\d{1,3}\)|(?:\d{1,3}\.?\s*)?[\^↑]+(?:\s[a-z](?=\s))*|"
    r"\d{1,3}[.)]?(?=\s+(?:[^\W\d]|[“\"«‘„]))|\d{1,3}\s[-–](?=\s\w)|[*†‡§]+|[—–_-]{3,}(?=[.,]\s)|"
    r"\[\w{1,12}\d{2}[a-z]?\])[:.]?\s*"
)
_BACK = re.compile(r"\s*[↩↑⤴\ufe0e\ufe0f]+\s*$")
_REPEATED = re.compile(
    r"^(?:ibid|ibidem|id|idem|op\.?\s?cit|loc\.?\s?cit|supra|infra|ebd|ebda|ebenda|там же|a\.g\.e|a\.g\.m|"
    r"see (?:note|footnote|above|below)|cf\. (?:note|above|below)|same as|as above)\b",
    re.I,
)
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")


class Parsed(Record, frozen=True):
    """What a note says. kind: reference or remark (a note that names no work by itself).

    type: of BibLaTeX. fields: pairs of name and value, authors as BibTeX has them (an organisation in braces), dates
    in ISO 8601, the rest plain text. rest: the words that were not understood, in their order. unsure: what a person
    may want to look at.
    """

    kind: str
    type: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    rest: str = ""
    unsure: tuple[str, ...] = ()

    def get(self, name: str) -> str:
        """The value of a field, or an empty text."""
        return next((value for field, value in self.fields if field == name), "")


def read_reference(text: str, language: str = "") -> Parsed:
    """Read one note or item of a reference list. language: a code such as `en-US`, for dates in figures.

    Nothing is raised, whatever the text.
    """
    board = Board(_BACK.sub("", text))
    whole = board.text
    if (match := _LABEL.match(board.view)) and re.match(
        r"\s*[—–_-]{3}", board.take(match.start(), match.end())
    ):
        board.unsure.append("the author is that of the item before")
    if len(whole) > _LONGEST or _REPEATED.match(board.view.strip(f" {HOLE}")):
        return Parsed("remark", rest=whole)
    take_signals(board)
    take_locators(board, language)
    guard_title(board)
    take_media(board)
    told = take_kind_words(board)
    take_numbers(board)
    year = take_date(board, language)
    quoted = board.guard != (0, 0)
    take_shape(board, year)
    _less_outlet(board)
    type_ = settle_kind(board, told)
    if not _is_reference(board, quoted):
        return Parsed("remark", rest=whole)
    return Parsed("reference", type_, ordered(board.fields), _rest(board), tuple(board.unsure))


def _less_outlet(board: Board) -> None:
    """A page's title often has its outlet behind it: `The sea | Reuters`."""
    title, container = board.fields.get("title", ""), board.fields.get("container", "")
    for sign in (" | ", " - ", " – ", " — "):
        head, mark, tail = title.rpartition(sign)
        if mark and container and tail.casefold() == container.casefold():
            board.fields["title"] = head


def _is_reference(board: Board, quoted: bool) -> bool:
    """A reference names a work: by an address or number, or by a title with a date or authors."""
    fields = board.fields
    if any(name in fields for name in ("url", "doi", "isbn", "eprint", "archiveurl")):
        return True
    if "title" not in fields:
        return False
    where = any(
        name in fields for name in ("journaltitle", "booktitle", "publisher", "organization", "institution")
    )
    who = "author" in fields or "editor" in fields
    points = ("date" in fields) + where + who + quoted + ("volume" in fields) + ("pages" in fields)
    read = "urldate" in fields and quoted and where
    return points >= 2 and ("date" in fields or (who and where) or read)


def _rest(board: Board) -> str:
    """What is left over, without marks of punctuation and the words that only lead to what was taken."""
    left = list(board.aside)
    for start, end in board.stretches():
        text = board.text[start:end].strip(" .,;:()[]–—-|/*_")
        if any(word.casefold() not in NOISE for word in _WORD.findall(text)):
            left.append(text)
    return "; ".join(left)
