"""The exports: one file for each format, found by listing this folder.

A file's name, with hyphens, is the public name of the format, and the first line of its docstring says what it is.
`write(selection)` makes the text, `SUFFIX` ends the name of its files, `MEDIA` is its media type.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable

from ..exporting.selection import Selection
from ..model import Record

__all__ = ["Exporter", "exporters"]


class Exporter(Record, frozen=True):
    """A format: what it is, how a selection is written in it, how its files end, and their media type."""

    about: str
    write: Callable[[Selection], str]
    suffix: str
    media: str


@functools.cache
def exporters() -> dict[str, Exporter]:
    """The exporter of each format by its public name, in alphabetical order."""
    names = sorted(
        module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")
    )
    return {name.replace("_", "-"): _exporter(name) for name in names}


def _exporter(name: str) -> Exporter:
    module = importlib.import_module(f"{__name__}.{name}")
    about = (module.__doc__ or "").splitlines()[0]
    return Exporter(about, module.write, module.SUFFIX, module.MEDIA)
