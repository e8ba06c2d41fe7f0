"""Pages that are no article though they are HTML: a log-in, a wall of cookies or scripts, a captcha, an error."""

from __future__ import annotations

import re

from ..errors import UsageError

_FEW = 150  # words; a page with more is read, whatever else stands on it
_WALLS = tuple(
    (what, cure, re.compile(words, re.I))
    for what, cure, words in (
        (
            "asks whether the reader is a person",
            "open the address in a browser and save the page",
            r"captcha|are you (?:a )?(?:human|robot)|verify(?:ing)? (?:that )?you(?:'re|"
            r" are)? (?:a )?(?:human|not a (?:ro)?bot)|"
            r"checking (?:if the site connection is secure|your browser)|unusual traffic|cf-challenge|"
            r"just a moment\W{3}|"
            r"press (?:&|and) hold|ddos protection",
        ),
        (
            "asks the reader to log in",
            "log in with a browser and save the page",
            r"(?:log|sign) ?in to (?:continue|read|view|your account|access)|enter your password|"
            r"forgot (?:your )?password|"
            r"subscribe to (?:continue|read)|create (?:a free )?account to|this (?:content|"
            r"article) is (?:only )?for subscribers|"
            r"melden sie sich an|connectez-vous",
        ),
        (
            "asks for consent to cookies",
            "answer in a browser and save the page",
            r"(?:accept|agree to|consent to|manage)\W+(?:\w+\W+){0,4}cookies|before you continue to|"
            r"we value your privacy|"
            r"cookie (?:consent|settings|preferences)|wir verwenden cookies|nous utilisons des cookies",
        ),
        (
            "needs scripts to be read",
            "open it in a browser and save the page with its text",
            r"(?:please )?(?:enable|turn on|activate|requires?) (?:your )?java ?script|javascript (?:is|"
            r"to be|must be) "
            r"(?:disabled|enabled|required)|you need to enable javascript",
        ),
        (
            "tells of an error",
            "look at the address in a browser",
            r"\b(?:404|403|410|500|502|503)\b.{0,40}(?:error|not found|forbidden|unavailable|gone|gateway)|"
            r"page (?:was |could )?"
            r"not (?:be )?found|access (?:to this page has been )?denied|seite nicht gefunden|the requested url",
        ),
    )
)


def hold_article(source: str, words: int, said: str) -> None:
    """Raise UsageError if a page with so few words of an article says that it is something else.

    said: the title and all text of the page, with its hidden parts.
    """
    if words >= _FEW:
        return
    for what, cure, pattern in _WALLS:
        if pattern.search(said[:20_000]):
            raise UsageError(f"{source} is no article: the page {what} ({cure})")
    if words < 3:
        raise UsageError(f"{source} has no text of an article")
