"""The Sphinx extension: one line in conf.py, `extensions = ["sourcebook.sphinx_ext"]`.

It sets up MyST-Parser and sphinxcontrib-bibtex with the library's own settings, runs the gate before the build reads
a page, and adds the claim role and domain, the editors' note, our bibliography style and the PDF builder.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import ENUM

from .. import __version__
from . import claim_domain, editorial, gate, latex, look, mentions, overview, tally
from .landing import extension as landing


def setup(app: Sphinx) -> dict[str, Any]:
    """Set the extension up; called by Sphinx."""
    app.add_config_value("sourcebook_gate", "error", "env", ENUM("error", "warn"))
    app.add_config_value("sourcebook_root", "", "env", frozenset((str,)))
    for extension in (
        "myst_parser",
        "sourcebook.sphinx_ext.citations.extension",
        "sourcebook.sphinx_ext.typst.builder",
    ):
        app.setup_extension(extension)
    for part in (gate, claim_domain, overview, mentions, tally, editorial, latex, look, landing):
        part.setup(app)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
