"""The style sheet of claims, citations and editors' notes, for any HTML theme."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

STATIC = Path(__file__).parent / "static"


def _add_static(app: Sphinx) -> None:
    app.config.html_static_path.append(str(STATIC))


def setup(app: Sphinx) -> None:
    """Add the style sheet; called by the extension's own setup."""
    app.connect("builder-inited", _add_static)
    app.add_css_file("sourcebook.css")
