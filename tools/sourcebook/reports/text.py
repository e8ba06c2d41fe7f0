"""Lines for people, and for editors that jump to path:line:column."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..model import Place, Report
from ._lines import finding_line, summary_line, verdict_line

_RULE, _UNDER, _END = "\x1b[1;31m", "\x1b[4m", "\x1b[0m"
MOST_SHOWN = 3  # lines of a sentence


def write(report: Report) -> str:
    """A line for each finding and each waiver that held something, then the figures, then the verdict."""
    return "\n".join([*map(finding_line, report.findings), *_waived(report), *_end(report)]) + "\n"


def write_in_colour(report: Report, lines_of: Callable[[str], Sequence[str]]) -> str:
    """The same, each finding with its place in the source underlined. `lines_of` gives the lines of a file."""
    out: list[str] = []
    for finding in report.findings:
        place, _, rest = finding_line(finding).partition(f": {finding.rule}: ")
        out.append(f"{place}: {_RULE}{finding.rule}{_END}: {rest}")
        out += _excerpt(finding.fault.place, lines_of(finding.fault.place.path))
    return "\n".join([*out, *_waived(report), *_end(report)]) + "\n"


def _excerpt(place: Place, lines: Sequence[str]) -> list[str]:
    out = []
    last = place.end_line or place.line
    for number in range(place.line, min(last, place.line + MOST_SHOWN - 1) + 1):
        text = lines[number - 1] if number <= len(lines) else ""
        begin = place.column - 1 if number == place.line else len(text) - len(text.lstrip())
        end = place.end_column - 1 if number == place.end_line else len(text)
        text = "".join(char if char.isprintable() else "\ufffd" for char in text)
        out.append(f"    {text[:begin]}{_UNDER}{text[begin:end]}{_END}{text[end:]}")
    return out


def _waived(report: Report) -> list[str]:
    lines = []
    for waiver, finding in report.waived:
        place = finding.fault.place
        reason = "".join(char if char.isprintable() else "\ufffd" for char in waiver.reason)
        lines.append(f"{place.path}:{place.line}: waived {finding.rule}: {reason}")
    return lines


def _end(report: Report) -> list[str]:
    return [summary_line(report.summary), verdict_line(report)]
