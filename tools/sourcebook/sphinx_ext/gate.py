"""The gate: before Sphinx reads a page, the library is checked, and findings stop the build.

It makes the same calls as the command line and says the same findings at the same places.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from ..check import check
from ..errors import UsageError
from ..model import Library, Summary
from ..read import bibliography_paths, read_library
from ..reports import fault_text, summary_line
from ..settings import Settings, find_root, read_settings
from .claim_domain import ClaimDomain
from .overview import overview_of
from .tally import figures_of

logger = logging.getLogger(__name__)
# Before sphinxcontrib-bibtex reads the bibliography (at 500), which a broken entry would stop without a line.
BEFORE_ALL = 10


class BuildStopped(SystemExit):  # an exit, not an error
    """The build ends here: code 1 for findings, 2 for misuse, as on the command line.

    It leaves as an exit, since Sphinx prints every error as a fault of its own, with a traceback and where to
    report it.
    """


def setup(app: Sphinx) -> None:
    """Connect the gate; called by the extension's own setup."""
    app.add_event(
        "sourcebook-checked"
    )  # (app, library, settings, root): the gate has let the library through
    app.connect("config-inited", _configure, priority=BEFORE_ALL)
    app.connect("builder-inited", _gate, priority=BEFORE_ALL)


def _settings(app: Sphinx, config: Config) -> tuple[Path, Settings]:
    root = (
        Path(app.confdir, config.sourcebook_root) if config.sourcebook_root else find_root(Path(app.confdir))
    )
    try:
        return root.resolve(), read_settings(root)
    except UsageError as error:
        _misused(error)


def _misused(error: UsageError) -> NoReturn:
    logger.error("sourcebook: %s", error)
    raise BuildStopped(2)


def _configure(app: Sphinx, config: Config) -> None:
    """Give MyST-Parser and sphinxcontrib-bibtex what the settings say, where conf.py says nothing."""
    root, settings = _settings(app, config)
    if not config._raw_config.get("myst_enable_extensions"):
        config.myst_enable_extensions = set(settings.myst_extensions)
    if "smartquotes" not in config._raw_config:
        config.smartquotes = False  # a quotation is printed as it was checked, letter for letter
    if settings.address and not config.html_baseurl:
        config.html_baseurl = settings.address[0].rstrip("/") + "/"
    if config.bibtex_bibfiles is None:
        paths = bibliography_paths(root, settings)
        config.bibtex_bibfiles = [os.path.relpath(root / path, app.confdir) for path in paths]


def _gate(app: Sphinx) -> None:
    root, settings = _settings(app, app.config)
    try:
        library = read_library(root, settings)
        report = check(library, settings.select, settings.ignore, settings.allow)
    except UsageError as error:
        _misused(error)
    for finding in report.findings:
        place = finding.fault.place
        location = f"{root / place.path}:{place.line}:{place.column}"
        logger.warning(fault_text(finding), location=location, type="sourcebook", subtype=finding.rule)
    logger.info("sourcebook: %s", summary_line(report.summary))
    if report.findings and app.config.sourcebook_gate == "error":
        count = len(report.findings)
        logger.error("sourcebook: %d finding%s: the build is stopped", count, "s" if count > 1 else "")
        raise BuildStopped(1)
    _hand_over(app, library, report.summary)
    app.emit("sourcebook-checked", library, settings, root)


def _hand_over(app: Sphinx, library: Library, summary: Summary) -> None:
    """The sentences of the named claims, for the domain that makes objects of them, and the figures."""
    overview_of(app.env).figures = figures_of(library, summary)
    domain = app.env.get_domain("claim")
    assert isinstance(domain, ClaimDomain)
    domain.renamed = {renaming.old: renaming.new for renaming in library.renamed}
    domain.sentences = {
        name.name: claim.text for page in library.pages for claim in page.claims for name in claim.names
    }
