"""A report in words for people and in JSON for machines."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from .model import Finding, Report, Summary

SCHEMA = 1
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if code not in (9,)}


def fault_text(finding: Finding) -> str:
    """rule: message (cure), with control characters made visible."""
    cure = f" ({finding.fault.cure})" if finding.fault.cure else ""
    return f"{finding.rule}: {finding.fault.message}{cure}".translate(_CONTROL)


def finding_line(finding: Finding) -> str:
    """path:line:column: rule: message (cure)."""
    place = finding.fault.place
    return f"{place.path}:{place.line}:{place.column}".translate(_CONTROL) + f": {fault_text(finding)}"


def summary_line(summary: Summary) -> str:
    """The figures of a check in one line."""
    return (
        f"{_count(summary.pages, 'page')} ({summary.checked_pages} checked), "
        f"{_count(summary.claims, 'claim')}: {summary.cited} cited, {summary.named} named, "
        f"{summary.waived} waived, {summary.public_claims} publicly resolvable; "
        f"{_count(summary.entries, 'entry', 'entries')}: {summary.public_entries} publicly resolvable"
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def write_text(report: Report) -> str:
    """The report as lines of text, the waivers that held something and the figures at its end."""
    lines = [finding_line(finding) for finding in report.findings]
    for waiver, finding in report.waived:
        place = f"{finding.fault.place.path}:{finding.fault.place.line}"
        lines.append(f"{place}: waived {finding.rule}: {waiver.reason}".translate(_CONTROL))
    if report.findings:
        lines.append(_count(len(report.findings), "finding"))
    return "\n".join([*lines, summary_line(report.summary)]) + "\n"


def write_json(report: Report) -> str:
    """The report as JSON: schema, findings, waived, summary."""
    document = {
        "schema": SCHEMA,
        "findings": [_finding(finding) for finding in report.findings],
        "waived": [{**_finding(finding), "reason": waiver.reason} for waiver, finding in report.waived],
        "summary": asdict(report.summary),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    fault = finding.fault
    return {
        "rule": finding.rule,
        "path": fault.place.path,
        "line": fault.place.line,
        "column": fault.place.column,
        "end_line": fault.place.end_line or None,
        "end_column": fault.place.end_column or None,
        "message": fault.message,
        "cure": fault.cure,
        "claim": fault.claim or None,
        "key": fault.key or None,
        "related": [{"path": p.path, "line": p.line, "column": p.column} for p in fault.notes],
    }


WRITERS = {"text": write_text, "json": write_json}
