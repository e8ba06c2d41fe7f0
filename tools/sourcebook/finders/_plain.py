"""Values of answers as plain text: without markup, entities, and characters that nobody sees."""

from __future__ import annotations

import html
import re
import unicodedata

MOST = 2000  # characters of a value: what is longer is no title and no name
_TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>|<!--[^<>]*-->")
_SCRIPT = re.compile(r"<(?:\w+:)?(?P<kind>sup|sub)>(?P<text>[0-9+−-]{1,8})</(?:\w+:)?(?:sup|sub)>", re.I)
_RAISED = {"sup": "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻", "sub": "₀₁₂₃₄₅₆₇₈₉₊₋₋"}
_BLANKS = re.compile(r"\s+")
# Joiners are letters' business in some scripts; the rule `control-character` lets them stand there.
_JOINERS = re.compile("[\u200c\u200d](?=[\x00-\x7f]|$)|(?<![^\x00-\x7f])[\u200c\u200d]")
_FILLERS = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0\u17b4\u17b5"))


def plain(value: object) -> str:
    """A value as plain text on one line; empty if it is no text, or is longer than a value can be.

    Raised and lowered numbers keep their place: 10<sup>-3</sup> is 10⁻³.
    """
    if not isinstance(value, str) or len(value) > 20 * MOST:
        return ""
    text = value
    for _ in range(2):  # some services escape what is escaped already
        if "<" in text:
            text = _TAG.sub("", _SCRIPT.sub(_script, text))
        if "&" not in text:
            break
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", _SCRIPT.sub(_script, text))
    text = unicodedata.normalize("NFC", _JOINERS.sub("", text.translate(_FILLERS)))
    text = _BLANKS.sub(
        " ", "".join(char if _is_seen(char) else " " * char.isspace() for char in text)
    ).strip()
    return (
        text if len(text) <= MOST and "\ufffd" not in text else ""
    )  # which stands for a letter that is lost


def first_plain(value: object) -> str:
    """The value, or the first of a list of values, as plain text."""
    if isinstance(value, list):
        return next(filter(None, map(plain, value[:50])), "")
    return plain(value)


def number_text(value: object) -> str:
    """A volume, an issue or a number, which some services give as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else first_plain(value)


def _script(match: re.Match[str]) -> str:
    signs = _RAISED[match["kind"].lower()]
    return match["text"].translate(str.maketrans("0123456789+-−", signs))


def _is_seen(char: str) -> bool:
    return char.isprintable() or char in "\u200c\u200d"
