"""Where the sentences of a run of prose begin and end.

Rules of our own: the text is scanned once for terminators, and each is judged by what stands before and behind it.
What the rules mean for a reader is written in docs/manual/specification.md.
"""

from __future__ import annotations

import re

from .abbreviations import BEFORE_NUMBERS, EITHER, OTHER_LANGUAGES, STARTERS, TITLES

_CLOSERS = "\"'”’»›)\\]」』）"
_OPENERS = "\"'“‘«‹([„¿¡「『（"
_TERMINATOR = re.compile(
    rf"(?:(?P<mark>[.!?…‽]+(?:\s\.){{0,3}})(?P<close>[{_CLOSERS}]*)(?=\s|$))|(?P<full>[。！？]+[{_CLOSERS}]*)"
)
_QUOTES = re.compile(r"[“”„«»]|\"")
_WORD_BEFORE = re.compile(r"[^\s\"“”‘«»(\[]+$")
_NEXT_WORD = re.compile(r"\w[\w’'-]*")
_INITIAL = re.compile(r"^(?:[^\W\d_]\.-?)*[^\W\d_]$")


def sentence_spans(text: str, lang: str = "en") -> list[tuple[int, int]]:
    """The sentences of a text as half-open spans, without the white space around them."""
    spans: list[tuple[int, int]] = []
    inside = _quoted(text) if _QUOTES.search(text) or "(" in text else []
    titles = TITLES | OTHER_LANGUAGES.get(lang.partition("-")[0], frozenset())
    start = 0
    for match in _TERMINATOR.finditer(text):
        end = match.end()
        if not match["full"] and not _ends(text, start, match, titles):
            continue
        if any(begin < match.start() and end < stop for begin, stop in inside):
            continue
        _add(spans, text, start, end)
        start = end
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    part = text[start:end]
    if stripped := part.strip():
        begin = start + len(part) - len(part.lstrip())
        spans.append((begin, begin + len(stripped)))


def _quoted(text: str) -> list[tuple[int, int]]:
    """The stretches inside quotation marks and round brackets, outermost only; what is never closed is none."""
    pairs = {"“": "”", "„": "“”", "«": "»", '"': '"', "(": ")"}
    out: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for position, char in enumerate(text):
        if opened and char in pairs[opened[-1][0]]:
            begin = opened.pop()[1]
            if not opened:
                out.append((begin, position + 1))
        elif char in pairs:
            opened.append((char, position))
    return out


def _ends(text: str, start: int, match: re.Match[str], titles: frozenset[str]) -> bool:
    """Whether a sentence that began at `start` ends at this terminator."""
    rest = text[match.end() :].lstrip()
    if not rest:
        return True
    first = rest.lstrip(_OPENERS.replace("\\", ""))[:1]
    if first.islower():
        return False
    mark = match["mark"]
    if mark != ".":
        return mark[0] in "!?‽" or (not mark.strip(".… ") and (first.isupper() or first.isdigit()))
    before = _WORD_BEFORE.search(text, start, match.start())
    word = before[0] if before else ""
    return _full_stop_ends(word, text[start : match.start()].strip(), first, rest, titles, match["close"])


def _full_stop_ends(
    word: str, sentence: str, first: str, rest: str, titles: frozenset[str], closers: str
) -> bool:
    low = word.lower().lstrip("'’-–—")
    following = _NEXT_WORD.search(rest[:40])
    follower = following[0] if following else ""
    if low in titles and not closers:
        return False
    if low in BEFORE_NUMBERS and first.isdigit():
        return False
    if sentence.isdigit() or (len(sentence) == 1 and not closers):
        return False  # the number or letter of an item: "1. First"
    if low in EITHER or ("." in low and _INITIAL.match(low)):
        return follower.lower() in STARTERS and follower[:1].isupper() and not _is_initial(low)
    if _is_initial(word):
        return follower.lower() in STARTERS and follower not in {"A", "I"}
    return True


def _is_initial(word: str) -> bool:
    """A single capital letter: the initial of a name."""
    return len(word) == 1 and word.isupper() and word != "I"
