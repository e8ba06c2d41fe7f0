"""JSON for machines: schema, findings, waived, summary, compliance."""

from __future__ import annotations

import json
from typing import Any

from msgspec.structs import asdict

from ..fingerprints import fingerprints
from ..model import Finding, Report
from ..rules import all_rules
from ._lines import SPECIFICATION

SCHEMA = 1


def write(report: Report) -> str:
    """The report as a JSON document; docs/manual/formats.md describes it."""
    prints = fingerprints(report.findings)
    document = {
        "schema": SCHEMA,
        "specification": SPECIFICATION,
        "compliant": not report.findings and not report.known,
        "findings": [
            {**_finding(finding), "fingerprint": print_}
            for finding, print_ in zip(report.findings, prints, strict=True)
        ],
        "waived": [{**_finding(finding), "reason": waiver.reason} for waiver, finding in report.waived],
        "known": report.known,
        "summary": asdict(report.summary),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    fault = finding.fault
    return {
        "rule": finding.rule,
        "paragraph": all_rules()[finding.rule].paragraph,
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
