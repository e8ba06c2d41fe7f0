"""The stretches of a text that no sentence ends inside: quotations and remarks in brackets.

A mark that is never closed, or closed but never opened, quotes nothing: a quotation of several paragraphs opens each.
"""

from __future__ import annotations

import re

# Marks that close one another; German closes with the mark that English opens with.
_FAMILIES = ("()", "[]", "（）", "「」", "『』", "“”„", "‘’‚", "«»", '"', "'")
_FAMILY = {mark: family for family in _FAMILIES for mark in family}
_MARKS = re.compile(f"[{re.escape(''.join(_FAMILY))}]")
# A text without one of these needs no closer look; an apostrophe inside a word is none of them.
_SIGNS = (*(mark for family in _FAMILIES[:-1] for mark in family if mark != "’"), " '")
_ASCII_SIGNS = tuple(sign for sign in _SIGNS if sign.isascii())
_LOW = {"“": "„", "‘": "‚"}
_BEFORE_A_QUOTATION = ' ([{–—-/“„‘«»"'


def quoted_stretches(text: str) -> list[tuple[int, int]]:
    """Where quotations and remarks begin and end, in order, without those that lie in others."""
    signs = _ASCII_SIGNS if text.isascii() else _SIGNS
    if not any(map(text.__contains__, signs)) and not text.startswith("'"):
        return []
    found: list[tuple[int, int]] = []
    opened: dict[str, list[int]] = {family: [] for family in _FAMILIES}
    for match in _MARKS.finditer(text):
        mark, at = match[0], match.start()
        starts = opened[_FAMILY[mark]]
        before, behind = text[at - 1] if at else " ", text[at + 1 : at + 2] or " "
        if _opens(mark, before, behind, text[starts[-1]] if starts else ""):
            starts.append(at)
        elif starts and _closes(mark, before, behind):
            found.append((starts.pop(), at + 1))
    return _outermost(found)


def _opens(mark: str, before: str, behind: str, opened: str) -> bool:
    """Whether a mark begins a quotation, by what stands beside it and what was opened last."""
    if mark in "([（「『„‚":
        return True
    if mark in _LOW:
        return opened != _LOW[mark]
    if mark not in "\"'«»":
        return False
    if before.isspace() and behind.isspace():  # French sets its marks apart
        return mark == "«" or (mark == '"' and not opened)
    beside_a_word = before in _BEFORE_A_QUOTATION and behind not in " ,.;:!?…)"
    return beside_a_word and (mark != "'" or behind.isupper())  # 'twas: an apostrophe


def _closes(mark: str, before: str, behind: str) -> bool:
    """Whether a mark that does not open ends a quotation; in most places ' and ’ are apostrophes."""
    if mark == "'":
        return before in ".,!?…" and not behind.isalnum()
    return mark != "’" or not behind.isalnum()


def _outermost(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
