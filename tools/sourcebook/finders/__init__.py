"""The finders: what a kind of locator is called, whom to ask about it, and what the answer says.

One file each, found by listing this folder; a file's name is the finder's. `SERVICE` is the address that is asked,
`wanted(locator)` answers the locator in its normal form (empty if it is of another kind), `request(base, wanted)` what
to ask, and `read(answer, wanted)` turns the answer into a `Found`, or says in a `Refused` why it can't.
Nothing here asks the network, and nothing that an answer does not say is added.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import Protocol, cast

from ..answers import Answer
from ._found import Found, Refused, Request

__all__ = ["Finder", "Found", "Refused", "Request", "all_finders", "finder_of"]


class Finder(Protocol):
    """What a file of this folder is."""

    SERVICE: str

    def wanted(self, locator: str) -> str:
        """The locator in its normal form, or an empty text."""

    def request(self, base: str, wanted: str) -> Request:
        """What to ask of the service at `base`."""

    def read(self, answer: Answer, wanted: str) -> Found | Refused:
        """What a whole answer says."""


@functools.cache
def all_finders() -> dict[str, Finder]:
    """Each finder by its name; the order is that in which they are tried, and the page is the last."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name[0] != "_")
    return {name: cast(Finder, importlib.import_module(f"{__name__}.{name}")) for name in names}


def finder_of(locator: str) -> tuple[str, str]:
    """The name of the finder for a locator, and the locator in its normal form; two empty texts if there is none."""
    for name, finder in all_finders().items():
        if wanted := finder.wanted(locator.strip()):
            return name, wanted
    return "", ""
