"""The words that several reports share: a finding in a line, the figures in a line."""

from __future__ import annotations

import re

from ..model import Finding, Report, Summary
from ..rules import all_rules

SPECIFICATION = "Sourced pages 1.0"
# Controls, marks that turn the direction of writing, and what else nobody sees; joiners are letters' business.
_HIDDEN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)


def fault_text(finding: Finding) -> str:
    """rule: message (cure) [paragraph], with control characters made visible."""
    cure = f" ({finding.fault.cure})" if finding.fault.cure else ""
    paragraph = all_rules()[finding.rule].paragraph
    return _visible(f"{finding.rule}: {finding.fault.message}{cure} [§{paragraph}]")


def finding_line(finding: Finding) -> str:
    """path:line:column: rule: message (cure) [paragraph of the specification]."""
    place = finding.fault.place
    return _visible(f"{place.path}:{place.line}:{place.column}") + f": {fault_text(finding)}"


def _visible(text: str) -> str:
    """A text that does nothing to a terminal: what is not seen is written by its number."""
    return text if text.isprintable() else _HIDDEN.sub(lambda match: ascii(match[0])[1:-1], text)


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
