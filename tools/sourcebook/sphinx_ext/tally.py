"""The role `tally`: a figure of the check, as it stands when the pages are built."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes
from msgspec.structs import asdict
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from ..locators import is_held
from ..model import Library, Summary
from .overview import overview_of

logger = logging.getLogger(__name__)

# What a figure is a share of, where it is a share of something.
_WHOLES = {
    "checked-pages": "pages",
    "cited": "claims",
    "named": "claims",
    "public-claims": "claims",
    "public-entries": "entries",
    "held": "entries",
}
_WISH = re.compile(r"(?P<name>\S+?)(?P<share>\s*%)?")


def figures_of(library: Library, summary: Summary) -> dict[str, int]:
    """The figures of the check by the names that pages use; `held` are the entries that pin a held copy."""
    figures: dict[str, int] = {name.replace("_", "-"): value for name, value in asdict(summary).items()}
    return figures | {"held": sum(map(is_held, library.entries))}


def answer(figures: dict[str, int], wish: str) -> str:
    """What is printed for `NAME` or `NAME %`; nothing where there is no such figure."""
    match = _WISH.fullmatch(" ".join(wish.split()))
    if match is None or match["name"] not in figures:
        return ""
    number = figures[match["name"]]
    if not match["share"]:
        return str(number)
    return share(number, figures[_WHOLES[match["name"]]]) if match["name"] in _WHOLES else ""


def share(part: int, whole: int) -> str:
    """A share in per cent, to a tenth and rounded down: what is not all is never printed as 100%."""
    tenths = 1000 * part // whole if whole else 0
    return f"{tenths // 10}.{tenths % 10}%".replace(".0%", "%")


class TallyRole(SphinxRole):
    """{tally}`claims` prints how many there are; {tally}`public-claims %` prints a share."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Put the figure in the text, and note it, so that the page is read again when it changes."""
        overview = overview_of(self.env)
        text = answer(overview.figures, self.text)
        if text:
            overview.tallies.setdefault(self.env.docname, {})[self.text] = text
            return [nodes.Text(text)], []
        shares = ", ".join(f"{name} %" for name in overview.figures if name in _WHOLES)
        known = ", ".join(overview.figures)
        message = f"no tally {self.text!r}; known are {known}, and the shares {shares}"
        logger.warning(message, location=self.get_location(), type="sourcebook", subtype="tally")
        return [nodes.problematic(self.rawtext, self.rawtext)], []


def _outdated(app: Sphinx, *_: object) -> Iterable[str]:
    """The pages that were read with figures that no longer hold."""
    overview = overview_of(app.env)
    return [
        page
        for page, tallies in overview.tallies.items()
        if any(answer(overview.figures, wish) != text for wish, text in tallies.items())
    ]


def setup(app: Sphinx) -> None:
    """Register the role; called by the extension's own setup."""
    app.add_role("tally", TallyRole())
    app.connect("env-get-outdated", _outdated)
