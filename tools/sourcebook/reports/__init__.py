"""The reports: one file for each form, found by listing this folder.

A file's name is the public name of the form. `write(report)` makes the text; nothing is printed here.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable

from ..model import Report
from ._lines import fault_text, finding_line, summary_line, verdict_line

__all__ = ["fault_text", "finding_line", "summary_line", "verdict_line", "writers"]


@functools.cache
def writers() -> dict[str, Callable[[Report], str]]:
    """The writer of each form by its public name, in alphabetical order."""
    names = sorted(
        module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")
    )
    return {name: functools.partial(_write, name) for name in names}


def _write(name: str, report: Report) -> str:
    text: str = importlib.import_module(f"{__name__}.{name}").write(report)
    return text
