"""The domain `overview`: what pages show of the library as a whole, and which have to be written again for it.

Such a page changes when another one does. What it shows is digested, and the digests of the last finished build are
kept for each output folder: not in the environment, since builders share that, and since a build that was killed
has not written what it read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from .citations.store import digest_of

# After the parts have said what their pages show now (at 500).
AFTER_ALL = 900


class OverviewDomain(Domain):
    """The tallies and the mentions of each page, as they stood when it was read."""

    name = "overview"
    label = "Overviews"
    initial_data = {"tallies": {}, "mentions": {}}  # noqa: RUF012  # Sphinx copies it for each environment
    data_version = 1

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.figures: dict[str, int] = {}
        """The figures of the check; the gate hands them over."""
        self.shown: dict[str, object] = {}
        """What the pages with mentions show in this build."""

    @property
    def tallies(self) -> dict[str, dict[str, str]]:
        """For each page what it asked for, and the figure that was put there."""
        tallies: dict[str, dict[str, str]] = self.data["tallies"]
        return tallies

    @property
    def mentions(self) -> dict[str, list[tuple[tuple[str, ...], int]]]:
        """For each page the names of each of its directives, and the line of it."""
        mentions: dict[str, list[tuple[tuple[str, ...], int]]] = self.data["mentions"]
        return mentions

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.tallies.pop(docname, None)
        self.mentions.pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for kind in self.initial_data:
            pages = {name: otherdata[kind][name] for name in docnames if name in otherdata[kind]}
            self.data[kind].update(pages)

    def digests(self) -> dict[str, str]:
        """A digest of what each page shows."""
        pages = sorted({*self.tallies, *self.mentions})
        return {
            page: digest_of(sorted(self.tallies.get(page, {}).items()), self.shown.get(page))
            for page in pages
        }


def overview_of(env: BuildEnvironment) -> OverviewDomain:
    """The domain of an environment."""
    domain = env.get_domain("overview")
    assert isinstance(domain, OverviewDomain)
    return domain


def _ledger(app: Sphinx) -> Path:
    return Path(app.doctreedir, f"overviews-{digest_of(app.builder.name, str(app.outdir))}.json")


def _written(app: Sphinx) -> dict[str, str]:
    try:
        written = json.loads(_ledger(app).read_bytes())
    except (OSError, ValueError):  # none yet, or cut off: every such page is written
        return {}
    return written if isinstance(written, dict) else {}


def _stale(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages that show what the last finished build into this folder did not."""
    written = _written(app)
    return [page for page, digest in overview_of(env).digests().items() if written.get(page) != digest]


def _note_written(app: Sphinx, exception: Exception | None) -> None:
    digests = overview_of(app.env).digests()
    if exception is None and digests != _written(app):
        _ledger(app).write_text(json.dumps(digests), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register the domain; called by the extension's own setup."""
    app.add_domain(OverviewDomain)
    app.connect("env-updated", _stale, priority=AFTER_ALL)
    app.connect("build-finished", _note_written)
