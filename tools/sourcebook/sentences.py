"""Where the sentences of a run of prose begin and end.

Rules of our own: the text is scanned once for marks that can end a sentence, and each is judged by the word before it
and the word behind it. What the rules mean for a reader is written in docs/manual/specification.md; the words that
they know are in `abbreviations`. A page's sentences come with their citations cut out, so that a blank may stand
before a full stop.

No pattern here can backtrack: every repetition is possessive or bounded, so that the time grows as the length.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from .abbreviations import (
    AFTER_TIMES,
    EITHER,
    EXCLAIMED,
    LETTERED,
    NEVER,
    NUMBER,
    PLACES,
    SAYING,
    STATE,
    TIME,
    UNITS,
    Language,
    language_of,
)
from .quotations import quoted_stretches

_MARKS = ".!?…‽؟۔।॥։።፧"
_FULL_MARKS = "。！？｡"  # these need no white space behind them
_CLOSERS = r"\"'”’“‘»›)\]」』）*_¹²³⁰-⁹"
_OPENERS = "\"'“‘«»‹›([{„‚¡¿「『（*_–—-•⁃"


@cache
def _terminator(marks: str, full: str = "") -> re.Pattern[str]:
    """A run of marks with closing marks and the numbers of notes behind it, before a blank and what follows.

    Of a run the first mark must be the first one met, or a long run would be tried from each of its marks.
    """
    spaced_dots = rf"(?: ++\.(?=[ {_CLOSERS}]|\Z)){{0,4}}"  # ". . .", and the gap that a citation leaves
    apart = r"(?: ++[»›”\")\]](?= |\Z))?"  # French sets its marks apart
    close = rf"(?P<close>[{_CLOSERS}]*+(?:\[[\d, –-]{{1,9}}\]){{0,9}}{apart})"
    mark = rf"(?P<mark>[{marks}](?<![{marks}][{marks}])[{marks}]*+{spaced_dots}){close}(?= )"
    if full:
        mark = rf"(?:(?P<full>[{full}]++)[{_CLOSERS}]*+|{mark})"
    return re.compile(rf"{mark}(?= *+(?P<next>(?:[–—-]{{1,3}} ++)?[{re.escape(_OPENERS)}]*+(?P<first>\w?)))")


_GREEK_MARKS = _MARKS + ";\u037e"
_OTHER_SPACE = re.compile(r"[^\S ]")
_BLANKS = re.compile(r" +")
_WORD = re.compile(r"[^\W_]++(?:-\w++)?")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}\Z")
_NO_VOWEL = re.compile(r"[B-DF-HJ-NP-TV-XZ]?[b-df-hj-np-tv-xz]{1,4}\Z")
_QUOTES = "\"'”’“‘»›」』"
_CAPITAL_BEHIND = re.compile(r"[a-z]{1,3}[-’']?[A-Z]|(?<=['’])[stnk] [A-Z]")  # iPhone, al-Qaeda, 's Avonds
_LAST_PART = re.compile(r"^.*[-–—/'’]", re.DOTALL)
_ITEM_LETTER = re.compile(r"[^\W\d_]\Z|[IVXLC]+\Z|[ivx]+\Z")
_SAID_IN_CHINESE = re.compile(r"[^。！？，、]{0,6}(?:说|說|道|称|稱|表示|问|問)")
_SAID_IN_JAPANESE = re.compile(r"と(?![こきもにて])|って")
_UNIONS = frozenset(("U.S", "U.S.A", "U.K", "U.N", "E.U", "U.S.S.R"))
_ROMAN = re.compile(r"[IVXLC]+\Z")
_SAID = re.compile(rf"(?:[^\W\d_a-z][\w.’'-]*+ ){{1,5}}(?:{SAYING})\b")
_REFERENCE = re.compile(r"\([^()]{0,80}\d\)\.")
_ITEM = re.compile(r" *+(?P<bullet>[•⁃*]? ?)(?P<number>\d{1,2}|[a-y])(?P<stop>\.\)|[.)]) ")
# What these begin is not at its end: "1. They won by 1 to 2. Then ..." has one item only.
_UNFINISHED = frozenset(
    "a an the to of and or in on at by for from with than no over under about between".split()
)
_NOT_A_BEGINNING = frozenset(",;:&+=/%)")


def sentence_spans(text: str, lang: str = "en") -> list[tuple[int, int]]:
    """The sentences of a text as half-open spans, without the white space around them."""
    plain = text.replace("\n", " ")
    if not plain.isprintable():  # else it has no white space but blanks
        plain = _OTHER_SPACE.sub(" ", plain)
    if "  " not in plain and plain[:1] != " ":
        return _spans(plain, language_of(lang))
    single, places, lost = _with_single_blanks(plain)
    return [
        (start + lost[bisect_right(places, start) - 1], end + lost[bisect_right(places, end - 1) - 1])
        for start, end in _spans(single, language_of(lang))
    ]


def _with_single_blanks(text: str) -> tuple[str, list[int], list[int]]:
    """The text as the rules see it, so that white space can't change an answer, with the way back.

    From the n-th of the places on, the n-th of the numbers is how many blanks were left out.
    """
    begin = len(text) - len(text.lstrip())
    pieces, places, lost = [], [0], [begin]
    at = text.find("  ", begin)
    while at >= 0:
        pieces.append(text[begin : at + 1])
        begin = _BLANKS.match(text, at).end()  # type: ignore[union-attr]  # two blanks were found there
        lost.append(lost[-1] + begin - at - 1)
        places.append(begin - lost[-1])
        at = text.find("  ", begin)
    pieces.append(text[begin:])
    return "".join(pieces).rstrip(), places, lost


def _spans(text: str, language: Language) -> list[tuple[int, int]]:
    quoted = quoted_stretches(text)
    spans: list[tuple[int, int]] = []
    for start, stop in _items(text):
        for end, following in _ends(text, start, stop, language, quoted):
            spans.append((start, end))
            start = following
        if rest := text[start:stop].rstrip():
            spans.append((start, start + len(rest)))
    return spans


def _items(text: str) -> Iterator[tuple[int, int]]:
    """The pieces of a list written in one line, "1. The first 2. The second"; of any other text, all of it."""
    begin, item = 0, _ITEM.match(text)
    while item:
        bullet, number, stop = item["bullet"], item["number"], item["stop"]
        after = str(int(number) + 1) if number.isdigit() else chr(ord(number) + 1)
        cut = text.find(f" {bullet}{after}{stop} ", item.end())
        if cut < 0 or text[begin:cut].rpartition(" ")[2].lower() in _UNFINISHED:
            break
        yield begin, cut
        begin, item = cut + 1, _ITEM.match(text, cut + 1)
    yield begin, len(text)


def _ends(
    text: str, start: int, stop: int, language: Language, quoted: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Where each sentence but the last ends and the next begins."""
    nearest = 0
    pattern = _terminator(_GREEK_MARKS if language.code == "el" else _MARKS)
    if not text.isascii() and any(mark in text for mark in _FULL_MARKS):
        pattern = _terminator(_MARKS, _FULL_MARKS)
    for match in pattern.finditer(text, start, stop):
        end = match.end()
        while nearest < len(quoted) and quoted[nearest][1] < end:
            nearest += 1
        if nearest < len(quoted) and quoted[nearest][0] < match.start() and end < quoted[nearest][1]:
            continue
        end = _end(text, start, match, language)
        if end:
            following = match.start("next") if end == match.end() else end + 1
            yield end, following
            start = following


def _end(text: str, start: int, match: re.Match[str], language: Language) -> int:
    """Where the sentence that began at `start` ends, if it does at this mark; else 0."""
    first, mark = match["first"], match["mark"]
    if not first:
        if text[match.end("next") : match.end("next") + 1] in _NOT_A_BEGINNING:
            return 0
    elif first.islower() and not _CAPITAL_BEHIND.match(text, match.end("next") - 1):
        return 0
    if text.startswith("(", match.start("next")) and _REFERENCE.match(text, match.start("next")):
        return 0
    if mark == ".":
        ends = _full_stop_ends(text, start, match, language)
    elif not mark:
        ends = not _goes_on(text, start, match)
    elif dots := mark.replace(" ", "") if not mark.strip(".… ") else "":
        if mark.startswith(". ") and len(dots) == 4 and text[match.start() - 1 : match.start()] != " ":
            return match.start() + 1  # a full stop, and then an ellipsis begins the next sentence
        ends = _dots_end(text, dots, match)
    else:
        ends = _exclamation_ends(text, start, match, language)
    return match.end() if ends else 0


def _goes_on(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a sentence of Chinese or Japanese goes on behind a quotation: “……。”他说。"""
    if text[match.end() - 1] in _FULL_MARKS:
        return False
    if _SAID_IN_JAPANESE.match(text, match.end()):
        return True
    return text[start] in "“「『" and bool(_SAID_IN_CHINESE.match(text, match.end()))


def _dots_end(text: str, dots: str, match: re.Match[str]) -> bool:
    """Two dots are a full stop, written twice or after a citation; three an ellipsis; four both."""
    if len(dots) != 3 and dots != "…":
        return True
    if match["close"].startswith("]") and text[match.start() - 1 : match.start()] == "[":
        return False
    return match["first"].isalpha() and _follower(text, match) != "I"


def _exclamation_ends(text: str, start: int, match: re.Match[str], language: Language) -> bool:
    close, at = match["close"], match.start()
    follower = _follower(text, match).lower()
    if not close:
        return text[text.rfind(" ", start, at) + 1 : at] not in EXCLAIMED or follower in language.starters
    if close == ")":
        return text[start] == "(" or text.rfind("(", max(start, at - 300), at) < 0
    return follower in language.starters or not _SAID.match(text, match.end("next") - 1)


def _full_stop_ends(text: str, start: int, match: re.Match[str], language: Language) -> bool:
    """By the word before the full stop, and if it is one that may be shortened, by the one behind it."""
    at = match.start()
    word = text[max(text.rfind(" ", start, at) + 1, start) : at]
    kind = language.kinds.get(word)
    if not kind and len(word) > 5 and word.isalpha():
        return True
    word = word.lstrip(_OPENERS)
    if len(word) < 6 and _is_item(text, start, at, word, match, language):
        return False
    kind = kind or _kind(word, language)
    if not kind:
        return True
    follower = _follower(text, match)
    starts = follower.lower() in language.starters and (len(follower) > 1 or not _is_initial(text, match))
    if kind == NEVER:
        return starts and bool(match["close"]) and match["close"][0] in _QUOTES
    if kind == NUMBER:
        lettered = len(follower) == 1 and follower.isupper() and word.lower() in LETTERED
        numbered = follower[:1].isdigit() or lettered or _ROMAN.match(follower)
        return not numbered or follower in ("I", "A")
    if kind == TIME:
        return starts or _time_ends(text, start, at, word, follower, language)
    return starts or _may_end(text, start, word, kind, follower, match)


def _may_end(text: str, start: int, word: str, kind: int, follower: str, match: re.Match[str]) -> bool:
    """Of a shortened word before a capital that begins no sentence for certain, as in "the U.S. Army"."""
    if match["close"]:
        return match["close"][0] in _QUOTES or text[start] == "("
    if kind == STATE and text[max(start, match.start() - len(word) - 2)] == ",":
        return match["first"] == text[match.start("next")]  # "in Tulsa, Okla. Police": no comma goes on
    return word in _UNIONS and follower.lower() in PLACES


def _kind(word: str, language: Language) -> int:
    """The kind of a word with marks before it, or by its shape alone: an initial, letters with full stops, no vowel."""
    kind = language.kinds.get(word) or language.kinds.get(_LAST_PART.sub("", word))
    if kind:
        return kind
    if (len(word) == 1 and word.isalpha()) or _DOTTED.match(word):
        return EITHER
    if language.code == "en" and _NO_VOWEL.match(word) and word.lower() not in UNITS:
        return EITHER
    return 0


def _is_item(text: str, start: int, at: int, word: str, match: re.Match[str], language: Language) -> bool:
    """Whether a number or letter is that of an item ("1. First", "for two reasons: 2. Second"), or an ordinal."""
    before = text[max(start, at - len(word) - 9) : at - len(word)].rstrip()
    if not before.strip(_OPENERS):
        return word.replace(".", "").isdigit() or bool(_ITEM_LETTER.match(word))
    if not (word.isdigit() and len(word) < 3) and not _ROMAN.match(word):
        return False
    if before[-1] in ":;":
        return True
    if not language.ordinals or _follower(text, match).lower() in language.starters:
        return False
    label = before.rpartition(" ")[2]
    return not (label.lower() in language.labels or language.kinds.get(label.rstrip(".")) == NUMBER)


def _time_ends(text: str, start: int, at: int, word: str, follower: str, language: Language) -> bool:
    """Whether a time ends its sentence: not before its zone or day, and not where it is all that has been said so far.

    What follows no number is no time: г. is a year behind 2014, and a town before Москва.
    """
    if text[max(start, at - len(word) - 2)] not in "0123456789IVXLC" or follower.lower() in AFTER_TIMES:
        return False
    words = text[start:at].split() if at - start < 60 else []
    return not (0 < len(words) < 7 and words[0].lower().lstrip(_OPENERS) in language.heads)


def _follower(text: str, match: re.Match[str]) -> str:
    """The word behind the mark, up to an apostrophe; nothing if a sign stands there."""
    word = _WORD.match(text, match.end("next") - len(match["first"]))
    return word[0] if word else ""


def _is_initial(text: str, match: re.Match[str]) -> bool:
    return text[match.end("next") : match.end("next") + 1] == "."
