"""Markdown for the summary of a job."""

from __future__ import annotations

import re

from msgspec.structs import asdict

from ..model import Finding, Report
from ._lines import verdict_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#|~&])")


def write(report: Report) -> str:
    """The verdict, the figures, a table of the findings and one of the waivers."""
    parts = [f"## {verdict_line(report)}", _figures(report)]
    if report.findings:
        rows = [_row(finding, finding.fault.cure) for finding in report.findings]
        parts.append(_table(("place", "rule", "what is wrong", "what to do"), rows))
    if report.waived:
        rows = [_row(finding, waiver.reason) for waiver, finding in report.waived]
        parts.append("### Waived\n\n" + _table(("place", "rule", "what is waived", "why"), rows))
    return "\n\n".join(parts) + "\n"


def _figures(report: Report) -> str:
    figures = asdict(report.summary)
    return _table(tuple(name.replace("_", " ") for name in figures), [tuple(map(str, figures.values()))])


def _row(finding: Finding, last: str) -> tuple[str, ...]:
    place = finding.fault.place
    return f"{place.path}:{place.line}", finding.rule, finding.fault.message, last


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head)]
    lines += [tuple(_escaped(cell) for cell in row) for row in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _escaped(text: str) -> str:
    printable = "".join(char if char.isprintable() else " " for char in text)
    return _SPECIAL.sub(r"\\\1", printable)
