"""The words that several reports share: a finding in a line, the figures in a line."""

from __future__ import annotations

from ..model import Finding, Report, Summary
from ..rules import all_rules

SPECIFICATION = "Sourced pages 1.0"
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if code not in (9,)}


def fault_text(finding: Finding) -> str:
    """rule: message (cure) [paragraph], with control characters made visible."""
    cure = f" ({finding.fault.cure})" if finding.fault.cure else ""
    paragraph = all_rules()[finding.rule].paragraph
    return f"{finding.rule}: {finding.fault.message}{cure} [§{paragraph}]".translate(_CONTROL)


def finding_line(finding: Finding) -> str:
    """path:line:column: rule: message (cure) [paragraph of the specification]."""
    place = finding.fault.place
    return f"{place.path}:{place.line}:{place.column}".translate(_CONTROL) + f": {fault_text(finding)}"


def summary_line(summary: Summary) -> str:
    """The figures of a check in one line."""
    return (
        f"{counted(summary.pages, 'page')} ({summary.checked_pages} checked), "
        f"{counted(summary.claims, 'claim')}: {summary.cited} cited, {summary.named} named, "
        f"{summary.waived} waived, {summary.public_claims} publicly resolvable; "
        f"{counted(summary.entries, 'entry', 'entries')}: {summary.public_entries} publicly resolvable"
    )


def verdict_line(report: Report) -> str:
    """Whether the library complies with the specification, in one sentence."""
    if not report.findings and not report.known:
        return f"The library complies with {SPECIFICATION}."
    counts = [counted(len(report.findings), "finding")]
    if report.known:
        counts.append(f"{report.known} known from the baseline")
    return f"The library does not comply with {SPECIFICATION}: {' and '.join(counts)}."


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"
