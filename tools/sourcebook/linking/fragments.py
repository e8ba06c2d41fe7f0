"""Whether a page has what the fragment of an address leads to: an anchor, or a text (WICG Text Fragments).

A fragment that is missing is told and harms nobody: the page is there, and scripts make anchors that we do not see.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from .likeness import folded
from .webpage import Webpage

_DIRECTIVE = ":~:"
# Places that a browser or a script finds without an anchor.
_ELSEWHERE = re.compile(
    r"top|[!/].*|(?:page|search|zoom|nameddest)=.*|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?", re.I | re.S
)
_MADE = ("user-content-",)  # what some hosts put before the anchors of their users


def missing_fragment(fragment: str, page: Webpage) -> str:
    """What of a fragment the page does not have, in words; empty if it has all, or if that can't be told."""
    if not fragment or not page.whole or not page.text:
        return ""
    anchor, _, directives = fragment.partition(_DIRECTIVE)
    found = [_missing_anchor(anchor, page)]
    found += [_missing_text(text[5:], page) for text in directives.split("&") if text.startswith("text=")]
    return "; ".join(filter(None, found))


def _missing_anchor(anchor: str, page: Webpage) -> str:
    plain = unquote(anchor)
    if not anchor or _ELSEWHERE.fullmatch(plain):
        return ""
    names = {anchor, plain, *(made + plain for made in _MADE)}
    if names & page.anchors:
        return ""
    other = next((name for name in page.anchors if name.casefold() == plain.casefold()), "")
    return f"there is no anchor {plain!r} on the page" + (f", but {other!r}" if other else "")


def _missing_text(directive: str, page: Webpage) -> str:
    """`[prefix-,]start[,end][,-suffix]`, percent-encoded; each part is looked for behind the one before."""
    parts = directive.split(",")
    if parts[0].endswith("-"):
        parts[0] = parts[0][:-1]
    if len(parts) > 1 and parts[-1].startswith("-"):
        parts[-1] = parts[-1][1:]
    text, position = f" {folded(page.text)} ", 0
    for part in filter(None, (unquote(part) for part in parts)):
        position = text.find(folded(part), position)
        if position < 0:
            return f"the text {part[:80]!r} is not on the page"
    return ""
