"""What is seen in the raw text of a page, before a parser is run over it: its size, and characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .model import Place, Use

# The bounds keep every pass over a page short: some of the parser's rules look through a whole line at each sign.
MOST_BYTES = 1_000_000
LONGEST_LINE = 20_000
MOST_LINES = 50_000
MOST_NOTES_A_WORD = 50
_NOTE_ENDS = re.compile(r"[\]\s]")
_LINE_END = re.compile(r"\r\n?")
# Joiners are letters' business in some scripts and in emoji; beside an ASCII letter or a blank they only hide.
_JOINERS = "\u200c\u200d"
_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters by class, blanks by look
_HIDDEN = re.compile(
    f"(?:[{_FILLERS}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ue000-\uf8ff\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
    f"|(?<![^\x00-\x7f])[{_JOINERS}]|[{_JOINERS}](?![^\x00-\x7f]))+"
)
_CONTROLS = {
    0: "NULL",
    7: "BELL",
    8: "BACKSPACE",
    11: "LINE TABULATION",
    12: "FORM FEED",
    27: "ESCAPE",
    127: "DELETE",
}


def normal_lines(text: str) -> str:
    """The text with each kind of line end as a newline, as the parser takes them."""
    return _LINE_END.sub("\n", text) if "\r" in text else text


def size_uses(path: str, text: str) -> Iterator[Use]:
    """Yield a use if a page is too large to be parsed, whole or at one of its lines."""
    size = len(text.encode("utf-8", "surrogatepass")) if len(text) * 4 > MOST_BYTES else 0
    if size > MOST_BYTES:
        yield Use(
            "size", "page", f"the page has {size:,} bytes, and {MOST_BYTES:,} are the most", Place(path)
        )
    elif (lines := text.count("\n")) > MOST_LINES:
        yield Use(
            "size", "page", f"the page has {lines:,} lines, and {MOST_LINES:,} are the most", Place(path)
        )
    elif "[^" in text or len(text) > LONGEST_LINE:
        yield from _line_uses(path, text)


def _line_uses(path: str, text: str) -> Iterator[Use]:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            message = f"the line has {len(line):,} characters, and {LONGEST_LINE:,} are the most"
            yield Use("size", "line", message, Place(path, number))
        elif line.count("[^") > MOST_NOTES_A_WORD < max(w.count("[^") for w in _NOTE_ENDS.split(line)):
            message = (
                f"a word of the line has more than {MOST_NOTES_A_WORD} footnote marks that nothing closes"
            )
            yield Use("size", "line", message, Place(path, number))


def character_uses(path: str, text: str) -> Iterator[Use]:
    """Yield a use for each run of characters that are not seen in print, the first named by its code point."""
    if text.replace("\n", "").isprintable() and not any(filler in text for filler in _FILLERS):
        return  # the usual case, told ten times faster
    line, start, position = 1, 0, 0
    for match in _HIDDEN.finditer(text):
        begin, end = match.span()
        line += text.count("\n", position, begin)
        position = begin
        start = text.rfind("\n", start, begin) + 1 or start
        place = Place(path, line, begin - start + 1, line, end - start + 1)
        more = f" and {end - begin - 1} more" if end - begin > 1 else ""
        yield Use("character", character_name(match[0][0]) + more, "", place)


def character_name(char: str) -> str:
    """U+202E RIGHT-TO-LEFT OVERRIDE, and the like for characters that Unicode gives no name."""
    code = ord(char)
    kinds = {"Cc": "control character", "Co": "private use", "Cs": "lone surrogate", "Cn": "unassigned"}
    other = _CONTROLS.get(code) or kinds.get(unicodedata.category(char), "unnamed")
    return f"U+{code:04X} {unicodedata.name(char, other)}"
