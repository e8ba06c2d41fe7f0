"""The stretches of a text that no sentence ends inside: quotations and remarks in brackets.

A mark that is never closed, or closed but never opened, quotes nothing: a quotation of several paragraphs opens each.
"""

from __future__ import annotations

import re

_PAIRS = {"(": ")", "[": "]", "「": "」", "『": "』", "（": "）", "“": "”", "„": "“”", "‘": "’", "‚": "‘’"}
_OPENING = {mark: mark for mark in _PAIRS}
_CLOSING: dict[str, str] = {}
for _mark, _ends in _PAIRS.items():
    for _end in _ends:
        _CLOSING[_end] = _CLOSING.get(_end, "") + _mark
# These look alike at both ends, or stand one way in France and the other in Denmark: their neighbours tell.
_EITHER_WAY = "\"'«»"
_MARKS = re.compile(rf"[{re.escape(''.join({*_PAIRS, *_CLOSING, *_EITHER_WAY}))}]")
_BEFORE_A_QUOTATION = " ([{–—-/“„‘«»"


def quoted_stretches(text: str) -> list[tuple[int, int]]:
    """Where quotations and remarks begin and end, in order, the inner ones left out."""
    found: list[tuple[int, int]] = []
    opened: dict[str, list[int]] = {}
    for match in _MARKS.finditer(text):
        mark, at = match[0], match.start()
        before, behind = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        if mark in _EITHER_WAY:
            _read_either_way(mark, at, before, behind, opened, found)
        elif mark in _CLOSING and _closes(mark, before, behind, opened):
            kind = max((kind for kind in _CLOSING[mark] if opened.get(kind)), key=lambda kind: opened[kind][-1])
            found.append((opened[kind].pop(), at + 1))
        elif mark in _OPENING:
            opened.setdefault(mark, []).append(at)
    return _outermost(found)


def _closes(mark: str, before: str, behind: str, opened: dict[str, list[int]]) -> bool:
    """Whether a mark ends what was opened; ’ inside or behind a word is an apostrophe."""
    if not any(opened.get(kind) for kind in _CLOSING[mark]):
        return False
    return mark != "’" or not behind.isalnum()


def _read_either_way(
    mark: str, at: int, before: str, behind: str, opened: dict[str, list[int]], found: list[tuple[int, int]]
) -> None:
    kind = "«" if mark in "«»" else mark
    starts = opened.setdefault(kind, [])
    before_word = before in _BEFORE_A_QUOTATION and not behind.isspace()
    if before.isspace() and behind.isspace():
        before_word = mark == "«" if kind == "«" else not starts
    if mark == "'":
        # An apostrophe as a rule: only a capital behind it opens, and only punctuation before it closes.
        before_word = before_word and behind.isupper()
        if not before_word and (before not in ".,!?…" or behind.isalnum()):
            return
    if before_word:
        starts.append(at)
    elif starts:
        found.append((starts.pop(), at + 1))


def _outermost(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that lie in no other, in order; what overlaps becomes one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
