"""What the registries of identifiers answer: the handle system for DOIs, Open Library for ISBNs, the ISSN Portal.

A registry that does not know a book says little about the book; only the handle system is complete by its nature.
"""

from __future__ import annotations

import json
from typing import Any

from ..answers import Answer
from ..linkrecords import Judgement

# Response codes of the Handle.Net proxy's REST interface.
_FOUND, _NO_HANDLE, _NO_VALUES = 1, 100, 200
_BLOCKED = frozenset((401, 403, 429, 451))


def judge_registry(kind: str, answer: Answer) -> Judgement:
    """Say what a registry's answer means for an identifier. kind: doi, isbn or issn."""
    if not answer.status or answer.fault:
        detail = f" ({answer.detail})" if answer.detail else ""
        return Judgement("unchecked", f"its registry could not be asked: {answer.fault}{detail}", "none")
    if answer.status in _BLOCKED:
        return Judgement("blocked", f"HTTP {answer.status}: its registry does not let us in", "none")
    if kind == "doi":
        return _of_handle(answer)
    if answer.status == 200:
        return Judgement("alive")
    return Judgement("unchecked", f"HTTP {answer.status}: its registry does not know it", "none")


def _of_handle(answer: Answer) -> Judgement:
    """The proxy answers 404 with the code 100 where there is no such handle; a 404 without it is some other page."""
    code = _code(answer.body)
    if code == _FOUND and answer.status == 200:
        return Judgement("alive")
    if code == _NO_HANDLE:
        return Judgement("unchecked", "the DOI is not registered", "sure")
    if code == _NO_VALUES:
        return Judgement("unchecked", "the DOI is registered and leads nowhere", "none")
    return Judgement("unchecked", f"HTTP {answer.status}: the registry of DOIs gave no clear answer", "none")


def _code(body: bytes) -> int:
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        return 0
    code = data.get("responseCode") if isinstance(data, dict) else None
    return code if isinstance(code, int) else 0
