"""What is known of the links, for people, for programs, and for the issue that a weekly job keeps up to date."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from ..linkrecords import VERDICTS, Link, Locator
from ..model import Record
from .deadlinks import dead_without_copy
from .weblocators import host_of

# The order in which people read them: what asks for work comes first.
ORDER = ("dead", "drifted", "moved", "archived", "blocked", "unchecked", "alive")
MOST_ROWS = 100  # of a verdict in Markdown: an issue takes 65,536 characters
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#|~&@])")


class Row(Record, frozen=True):
    """A locator with what is known of it. asked: in this run. failing: it is dead, and has no copy."""

    locator: Locator
    link: Link
    asked: bool = False
    failing: bool = False


class LinkReport(Record, frozen=True):
    """All rows of a run. online: something answered, or nothing was due. old: verdicts older than they may be."""

    rows: tuple[Row, ...]
    online: bool = True
    old: int = 0

    @property
    def failing(self) -> int:
        """How many are dead and have no archive copy."""
        return sum(row.failing for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many have each verdict, in the order of ORDER."""
        counted = Counter(row.link.verdict for row in self.rows)
        return {verdict: counted[verdict] for verdict in ORDER}


def rows_of(locators: Iterable[Locator], links: dict[str, Link], asked: set[str]) -> tuple[Row, ...]:
    """The rows of a report, those first that ask for work."""
    every = list(locators)
    copies: dict[str, list[str]] = {}
    for locator in every:
        if locator.kind == "archiveurl":
            for key in locator.keys:
                copies.setdefault(key, []).append(locator.address)
    rows: list[Row] = []
    for locator in every:
        link = links.get(locator.address, Link(reason="never asked"))
        others = [copy for key in locator.keys for copy in copies.get(key, ()) if copy != locator.address]
        failing = any(dead_without_copy(links, [locator.address], others))
        rows.append(Row(locator, link, locator.address in asked, failing))
    rank = {verdict: number for number, verdict in enumerate(ORDER)}
    return tuple(
        sorted(rows, key=lambda row: (rank[row.link.verdict], row.locator.places, row.locator.address))
    )


def summary_line(report: LinkReport) -> str:
    """The figures in one line."""
    hosts = len({host_of(row.locator.ask) for row in report.rows})
    asked = sum(row.asked for row in report.rows)
    counts = ", ".join(f"{count} {verdict}" for verdict, count in report.counts.items() if count)
    old = f"; {report.old} older than they may be" if report.old else ""
    end = f"; {report.failing} dead without an archive copy" if report.failing else ""
    return f"{len(report.rows)} locators on {hosts} hosts, {asked} asked in this run: {counts}{old}{end}"


def write_text(report: LinkReport) -> str:
    """A line for each locator that is not alive, and the figures."""
    lines = [_line(row) for row in report.rows if row.link.verdict != "alive" or row.link.reason]
    if not report.online:  # one reason for all of them, which is told apart
        lines = [_line(row) for row in report.rows if row.link.verdict not in {"alive", "unchecked"}]
    return "".join(f"{line}\n" for line in (*lines, summary_line(report)))


def _line(row: Row) -> str:
    place = row.locator.places[0]
    reason = f" ({row.link.reason})" if row.link.reason else ""
    text = f"{place.path}:{place.line}:{place.column}: {row.link.verdict}: {row.locator.address}{reason}"
    return text.translate(_CONTROL)


def write_json(report: LinkReport) -> str:
    """The whole report: every locator with its places and its record."""
    data = {
        "schema": 1,
        "links": [_data(row) for row in report.rows],
        "summary": {
            "locators": len(report.rows),
            "asked": sum(row.asked for row in report.rows),
            "online": report.online,
            "old": report.old,
            "dead_without_copy": report.failing,
            **{verdict: report.counts[verdict] for verdict in VERDICTS},
        },
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _data(row: Row) -> dict[str, Any]:
    link = msgspec.to_builtins(row.link)
    copy = row.link.copy if row.link.copy and row.link.copy.address else None
    return {
        "address": row.locator.address,
        "kind": row.locator.kind,
        "keys": list(row.locator.keys),
        "places": [{"path": p.path, "line": p.line, "column": p.column} for p in row.locator.places],
        "verdict": row.link.verdict,
        **{name: link.get(name) for name in ("reason", "code", "fault", "time", "final", "title")},
        "copy": msgspec.to_builtins(copy) if copy else None,
        "asked": row.asked,
        "failing": row.failing,
    }


def write_markdown(report: LinkReport) -> str:
    """The figures and a table for each verdict, for an issue. Texts from the network can neither mention nor link."""
    parts = ["## Links", _plain(summary_line(report)) + "."]
    if not report.online:
        parts.append("Nothing answered in this run: there seems to have been no network.")
    for verdict in ORDER[:-1]:
        rows = [row for row in report.rows if row.link.verdict == verdict]
        if rows and not (verdict == "unchecked" and not report.online):
            parts.append(_section(verdict, rows))
    return "\n\n".join(parts) + "\n"


def _section(verdict: str, rows: list[Row]) -> str:
    lines = ["| where | address | what was seen |", "|---|---|---|"]
    lines += [
        f"| {_where(row)} | {_code(row.locator.address)} | {_plain(_seen(row))} |" for row in rows[:MOST_ROWS]
    ]
    table = "\n".join(lines)
    if len(rows) > MOST_ROWS:
        table += f"\n\nand {len(rows) - MOST_ROWS} more."
    title = f"{verdict} ({len(rows)})"
    if verdict in {"dead", "drifted"}:
        return f"### {title}\n\n{table}"
    return f"<details><summary>{title}</summary>\n\n{table}\n\n</details>"


def _where(row: Row) -> str:
    place = row.locator.places[0]
    return _plain(f"{place.path}:{place.line}")


def _seen(row: Row) -> str:
    copy = row.link.copy
    return (
        f"{row.link.reason}; copy: {copy.address}"[:400] if copy and copy.address else row.link.reason[:300]
    )


def _code(text: str) -> str:
    return f"`{_printable(text).replace('`', '%60').replace('|', '%7C')[:300]}`"


def _plain(text: str) -> str:
    # A full stop is kept from making a link of a bare address, an @ from calling somebody.
    text = _SPECIAL.sub(r"\\\1", _printable(text))
    return text.replace("://", ":&#8203;//").replace("\\@", "@&#8203;")


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


WRITERS: dict[str, Callable[[LinkReport], str]] = {
    "text": write_text,
    "json": write_json,
    "markdown": write_markdown,
}
