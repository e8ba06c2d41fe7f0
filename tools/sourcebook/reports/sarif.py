"""SARIF 2.1.0, the OASIS form that code scanning reads.

A result keeps its identity when its line moves: `partialFingerprints` is made of the claim or key it is about.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..fingerprints import fingerprints
from ..model import Finding, Place, Report, Waiver
from ..rules import Rule, all_rules

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "sourcebookClaim/v1"


def write(report: Report) -> str:
    """One run: the rules, a result for each finding, and a suppressed one for each waived finding."""
    findings = list(report.findings) + [finding for _, finding in report.waived]
    waivers: list[Waiver | None] = [None] * len(report.findings)
    waivers += [waiver for waiver, _ in report.waived]
    index = {name: number for number, name in enumerate(all_rules())}
    results = [
        _result(finding, index[finding.rule], print_, waiver)
        for finding, print_, waiver in zip(findings, fingerprints(findings), waivers, strict=True)
    ]
    driver = {"name": "sourcebook", "version": __version__, "rules": [_rule(r) for r in all_rules().values()]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.law},
        "fullDescription": {"text": rule.law},
        "help": {"text": rule.manual, "markdown": rule.manual},
        "defaultConfiguration": {"level": "error"},
    }


def _result(finding: Finding, index: int, print_: str, waiver: Waiver | None) -> dict[str, Any]:
    fault = finding.fault
    cure = f" ({fault.cure})" if fault.cure else ""
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": "error",
        "message": {"text": f"{fault.message}{cure}"},
        "locations": [_location(fault.place)],
        "partialFingerprints": {FINGERPRINT: print_},
    }
    if fault.notes:
        related = [{"id": number, **_location(place)} for number, place in enumerate(fault.notes)]
        result["relatedLocations"] = related
    if waiver:
        result["suppressions"] = [{"kind": "inSource", "justification": waiver.reason}]
    return result


def _location(place: Place) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column}
    if place.end_line:
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    artifact = {"uri": _uri(place.path), "uriBaseId": "%SRCROOT%"}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _uri(path: str) -> str:
    return quote(path)
