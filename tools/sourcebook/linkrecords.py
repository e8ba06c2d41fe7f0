"""Records of links: what a locator is, what one answer says of it, and what is known of it over time.

Times are texts in UTC, `2026-01-03T10:11:12Z`, from our own clock and never from a server's.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .model import Place, Record

# All that may be said of a locator. What was not asked, or not answered clearly, is unchecked and never alive.
VERDICTS = ("alive", "moved", "archived", "blocked", "drifted", "dead", "unchecked")


class Expected(Record, frozen=True):
    """What an entry says of the work that a locator leads to.

    titles: its title, with and without the subtitle, as plain text. names: of persons and organisations.
    """

    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Locator(Record, frozen=True):
    """Something that leads to a work or a page, wherever it stands in the library.

    address: its name in the ledger; a URL byte for byte as written, or `doi:`, `isbn:`, `issn:` and a number.
    ask: the address that is asked. kind: url, archiveurl, doi, eprint, isbn, issn or link.
    keys: the entries that have it; places: where it stands. day: when the work was read, made or archived, as
    `2021-12-03` or less exact.
    """

    address: str
    ask: str
    kind: str
    places: tuple[Place, ...] = ()
    keys: tuple[str, ...] = ()
    expected: Expected = Expected()
    day: str = ""


class Judgement(Record, frozen=True):
    """What one answer alone says of a locator.

    failure: empty; `sure` if the work is said to be gone; `likely` if nothing sensible answered; `none` if the answer
    says nothing about the work. moved: the new address. title: as seen on the page. digest: of the page's text.
    """

    verdict: str
    reason: str = ""
    failure: str = ""
    moved: str = ""
    title: str = ""
    digest: str = ""


class Failing(Record, frozen=True, array_like=False, omit_defaults=True):
    """The failures since a locator last answered: first and last time, and on how many days; the sure ones apart."""

    first: str = ""
    last: str = ""
    days: int = 0
    sure_first: str = ""
    sure_last: str = ""
    sure_days: int = 0


class Copy(Record, frozen=True, array_like=False, omit_defaults=True):
    """A copy in a web archive: where, of which day, what it answered when it was asked, and when that was."""

    address: str = ""
    day: str = ""
    verdict: str = "unchecked"
    reason: str = ""
    time: str = ""


class Change(Record, frozen=True, array_like=False, omit_defaults=True):
    """A verdict or an HTTP status that differs from the one before."""

    time: str
    verdict: str
    code: int = 0


class Link(Record, frozen=True, array_like=False, omit_defaults=True):
    """What the ledger keeps of a locator.

    code: the HTTP status, 0 if nothing answered. fault: one of answers.FAULTS. final: where it led, if elsewhere.
    copy: the archive copy nearest to the day on which the work was read. history: the last changes, oldest first.
    """

    verdict: str = "unchecked"
    reason: str = ""
    code: int = 0
    fault: str = ""
    time: str = ""
    final: str = ""
    title: str = ""
    digest: str = ""
    copy: Copy | None = None
    failing: Failing | None = None
    history: tuple[Change, ...] = ()


def ledger_path(root: Path, bibliographies: Iterable[str]) -> Path:
    """Where the ledger of a library lies: beside its first bibliography; at its root if it has none."""
    first = min(bibliographies, default="links.json")
    return (root / first).with_name("links.json")
