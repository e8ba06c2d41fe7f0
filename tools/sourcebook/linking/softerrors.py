"""Pages that answer 200 and are not what was asked for: missing pages, parked domains, walls against readers.

Each test says in words what it has seen, or nothing. They look at the page alone, not at the entry; what a title says
is held for strong, what stands in the text only where the text is short: an article may be about such pages.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from . import softphrases as phrases
from .likeness import segments
from .webpage import Webpage

SHORT = 80  # words; a page that only says sorry is no longer, its menus left out
LONGER = 250  # words; the same with menus round it
FEW = 25  # words; of a page that shows nothing without JavaScript


def is_missing_title(title: str) -> bool:
    """Whether a title, or a part of it, says that there is no such page."""
    wide = phrases.MISSING_WIDE.search(title) if len(title) < 60 else None
    return wide is not None or any(phrases.MISSING_TITLE.fullmatch(part) for part in segments(title))


def missing(page: Webpage) -> str:
    """What in a page says that there is no such page; empty if nothing does."""
    for title in page.titles[:6]:
        if is_missing_title(title):
            return f"its title is {title[:80]!r}"
    found = phrases.MISSING_TEXT.search(page.text[:3000]) if _count(page) < SHORT else None
    return f"it says {found[0][:80]!r}" if found else ""


def removed(page: Webpage) -> str:
    """What in a short page says that the work was taken away, though its title is still there."""
    found = phrases.REMOVED.search(page.text) if _count(page) < SHORT else None
    return f"it says {found[0]!r}" if found else ""


def parked(page: Webpage, final: str) -> str:
    """What in a page says that nobody lives at its domain any more."""
    host = urlsplit(final).hostname or ""
    if any(host == name or host.endswith(f".{name}") for name in phrases.PARKING_HOSTS):
        return f"it leads to {host}, where domains are sold"
    found = phrases.PARKED.search(page.title) or (
        phrases.PARKED.search(page.text[:3000]) if _count(page) < LONGER else None
    )
    return f"it says {found[0][:80]!r}" if found else ""


def wall(page: Webpage, final: str) -> str:
    """What in a page says that it is a wall against bots, or asks for consent before it shows anything."""
    for title in page.titles[:3]:
        if any(phrases.WALL_TITLE.fullmatch(part) for part in segments(title)):
            return f"a page titled {title[:80]!r} came instead"
    if phrases.CONSENT_HOST.search(urlsplit(final).hostname or ""):
        return f"{urlsplit(final).hostname} asks for consent first"
    found = (
        phrases.WALL_TEXT.search(f"{page.text[:3000]} {page.unscripted[:500]}")
        if _count(page) < SHORT
        else None
    )
    return f"it says {found[0][:80]!r}" if found else ""


def leads_away(asked: str, final: str) -> str:
    """Where a redirect has led that is no place for a work: a home page, a login, a page of errors."""
    try:
        before, after = urlsplit(asked), urlsplit(final)
    except ValueError:
        return ""
    if (before.path.rstrip("/"), before.query) == (after.path.rstrip("/"), after.query):
        return ""
    if phrases.ERROR_PATH.search(after.path):
        return f"it leads to a page of errors, {final}"
    if phrases.LOGIN.search(after.path) and not phrases.LOGIN.search(before.path):
        return f"it leads to a login, {final}"
    if phrases.ROOT.fullmatch(after.path) and not (phrases.ROOT.fullmatch(before.path) and not before.query):
        return f"it leads to a home page, {final}"
    return ""


def claims_to_be_home(page: Webpage, final: str) -> bool:
    """Whether a page at a deeper address says that it is the home page of its site."""
    own = urlsplit(final)
    try:
        said = urlsplit(page.canonical)
    except ValueError:
        return False
    is_root = bool(said.hostname) and said.path in {"", "/"} and not said.query and not said.fragment
    return is_root and not phrases.ROOT.fullmatch(own.path) and not own.query


def needs_script(page: Webpage) -> bool:
    """Whether a page shows next to nothing to who has no JavaScript."""
    return page.scripts > 0 and _count(page) < FEW


def is_blank(page: Webpage) -> bool:
    """Whether a page shows nothing at all."""
    return not page.text and not page.titles


def _count(page: Webpage) -> int:
    """The number of words, counting the signs of scripts without blanks as half a word each."""
    wide = sum("\u3040" <= char <= "\ud7af" for char in page.text[:4000])
    return len(page.text[:20000].split()) + wide // 2
