"""The baseline: findings that are known, so that an old library can adopt the gate and only get better.

A known finding does not fail the check. One that was mended leaves the baseline and can't come back unnoticed.
"""

from __future__ import annotations

import json
from pathlib import Path

from msgspec.structs import replace

from .errors import UsageError
from .fingerprints import fingerprints
from .model import Report
from .write import write_file

SCHEMA = 1


def apply_baseline(path: Path, report: Report) -> tuple[Report, str]:
    """Hold a report against the baseline at `path`; answers what is new, and a line on what became of the file.

    The first time, the file is written with all that is found. Later it only shrinks. Raises UsageError if it is no
    baseline.
    """
    prints = fingerprints(report.findings)
    if not path.exists():
        _write(path, dict(zip(prints, (finding.rule for finding in report.findings), strict=True)))
        known = set(prints)
        talk = f"{path}: written, {len(prints)} known"
    else:
        before = _read(path)
        known = before.keys() & set(prints)
        talk = f"{path}: {len(known)} known"
        if len(known) < len(before):
            _write(path, {print_: rule for print_, rule in before.items() if print_ in known})
            talk += f", {len(before) - len(known)} mended and taken out"
    new = tuple(f for f, print_ in zip(report.findings, prints, strict=True) if print_ not in known)
    return replace(report, findings=new, known=len(known)), talk


def _read(path: Path) -> dict[str, str]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["schema"] != SCHEMA:
            raise UsageError(f"{path} was written by another version (schema {document['schema']})")
        return {str(item["fingerprint"]): str(item["rule"]) for item in document["findings"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is no baseline: {error}") from error


def _write(path: Path, known: dict[str, str]) -> None:
    findings = [{"fingerprint": print_, "rule": rule} for print_, rule in sorted(known.items())]
    write_file(path, json.dumps({"schema": SCHEMA, "findings": findings}, indent=1) + "\n")
