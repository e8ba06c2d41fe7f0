"""What stays the same of a finding when its line moves: by it an alert is known again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from .model import Finding


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """A fingerprint for each finding: of its rule, its file, and the claim, the key or the words it is about.

    The place is left out. Findings that are alike in all else are told apart by their order.
    """
    seen: Counter[str] = Counter()
    out = []
    for finding in findings:
        fault = finding.fault
        about = fault.claim or fault.key or fault.message
        text = "\0".join((finding.rule, fault.place.path, about))
        digest = hashlib.sha256(f"{text}\0{seen[text]}".encode("utf-8", "replace")).hexdigest()[:32]
        seen[text] += 1
        out.append(digest)
    return out
