"""What stands round the reference proper: signals such as `see`, brackets for the medium, editors and translators."""

from __future__ import annotations

import re

from .board import Board
from .people import People, read_people
from .words import NOTHING, REPORT, SIGNALS, THESIS

_SIGNALS = re.compile(rf"^(?:(?<!\w)(?:{SIGNALS})(?!\w)[:,]?\s+)+", re.I)
_EDITED = re.compile(
    r"(?:^|(?<=[\s(,.;\ue000]))(?:edited (?:(?:and|&) translated )?by|ed\. (?:and trans\. )?by|ed\. |"
    r"eds\. |hrsg\. v(?:on|\.)|herausgegeben von|sous la direction de|"
    r"под ред(?:акцией|\.))\s*(?P<who>[^\ue000()\[\]:;]{3,200})",
    re.I,
)
_TRANSLATED = re.compile(
    r"[(\[]?\b(?:translated(?: from[\w\s]{3,30})? by|trans\. by|trans\.(?=\s[A-Z])|übers\. v(?:on|\.)|"
    r"traduit par|çev\.)"
    r"\s*(?P<who>[^\ue000()\[\]:;]{3,120}?)(?=[.,;)\]]?(?:\ue000|$)|[;()\[\]]|\.\s)[)\]]?",
    re.I,
)
_EDITED_BEHIND = re.compile(
    r"\((?P<who>[^()\ue000:;]{4,200}?),?\s(?P<role>Eds?\.|Trans?\.|Hrsg\.|Hg\.|eds?\.|trans\.|Übers\.)"
    r"(?:\s?(?:&|and)\s?Trans?\.)?[);]"
)
_CLAUSE = re.compile(
    r"^[\s\ue000]*(?P<clause>(?:For|On|As|In|To|Regarding|Zu[rm]?|Pour|Sur)\s[^“”\"«»()\d:]{3,140}?[,:]?)\s"
    r"(?:see(?:\sfor\s(?:example|instance))?|see\salso|vgl\.|siehe|s\.|voir|см\.),?(?:\s(?:e\.g\.|also|"
    r"for\sexample|among\sothers)),?\s".replace("sothers)),?", "sothers),?)?"),
)
_MEDIUM = re.compile(r"\[(?P<what>[^\W\d_][^\[\]\d\ue000\ue001]{2,40})\]")
_FORMAT = re.compile(r"\((?:PDF|html|print|online|web)\)", re.I)
_HANDLE = re.compile(r"\(@\w{2,30}\)")


def take_signals(board: Board) -> None:
    """Take `See`, `Cf.` and their like off the head; a clause before `see` is laid aside."""
    if match := _CLAUSE.match(board.view):
        board.lay_aside(match.start("clause"), match.end("clause"))
        board.take(match.end("clause"), match.end())
    if match := _SIGNALS.match(board.view):
        board.take(match.start(), match.end())


def take_media(board: Board) -> None:
    """Take what a bracket says of the medium: `[online]` says nothing, `[Video]` is kept."""
    for match in list(board.all(_MEDIUM)):
        if THESIS.search(match[0]) or REPORT.search(match[0]):
            continue
        if re.search(NOTHING, match["what"], re.I):
            board.take(match.start(), match.end())
        elif "titleaddon" not in board.fields:
            board.put("titleaddon", match["what"].strip())
            board.take(match.start(), match.end())
    for match in list(board.all(_FORMAT)):
        board.take(match.start(), match.end())
    for match in list(board.all(_HANDLE)):
        board.lay_aside(match.start(), match.end())


def take_helpers(board: Board) -> None:
    """Take editors and translators that are named with a word."""
    if (match := board.search(_TRANSLATED)) and (found := _people_at(match["who"])):
        board.take(match.start(), match.end())
        board.put("translator", found[0].field)
    for match in list(board.all(_EDITED_BEHIND)):
        people = read_people(match["who"])
        if people and match.start() > 8 and re.search(r"\w{3}", board.view[: match.start()]):
            role = "translator" if match["role"][0] in "Tt" else "editor"
            if role not in board.fields:
                board.take(match.start(), match.end())
                board.put(role, people.field)
    match = board.search(_EDITED)
    if (
        match
        and "editor" not in board.fields
        and (found := _people_at(match["who"]))
        and (found[0].sure or match[0].lstrip()[2] != ".")
    ):
        board.take(match.start(), match.start("who") + found[1])
        board.put("editor", found[0].field)


def _people_at(text: str) -> tuple[People, int] | None:
    """The longest list of people that a text begins with, and where it ends."""
    ends = [len(text.rstrip(" .,;")), *[m.start() for m in re.finditer(r"[.,]\s|\sand\s", text)][::-1]]
    for end in ends[:12]:
        if end and (people := read_people(text[:end])) and (people.sure or " " in text[:end]):
            return people, end
    return None
