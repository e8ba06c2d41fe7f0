"""Workflow commands of GitHub Actions, which show findings beside the changed lines.

The form and its escapes are those of GitHub's documentation, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from ..model import Finding, Report
from ._lines import fault_text, summary_line, verdict_line


def write(report: Report) -> str:
    """An error command for each finding, a notice for each waiver, then the figures as plain lines."""
    lines = [_command("error", finding, fault_text(finding)) for finding in report.findings]
    lines += [_command("notice", finding, f"waived: {waiver.reason}") for waiver, finding in report.waived]
    return "\n".join([*lines, summary_line(report.summary), verdict_line(report)]) + "\n"


def _command(level: str, finding: Finding, message: str) -> str:
    place = finding.fault.place
    properties = {"file": place.path, "line": str(place.line), "col": str(place.column)}
    if place.end_line:
        properties["endLine"] = str(place.end_line)
    if place.end_line == place.line:  # columns of several lines mean nothing there
        properties["endColumn"] = str(place.end_column)
    properties["title"] = finding.rule
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
