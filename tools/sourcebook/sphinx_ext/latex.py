"""Three mends for who builds the PDF with LaTeX instead.

- LaTeX reads no SVG, and Sphinx hands it one without a warning: SVG becomes PDF, with the Typst compiler.
- A citation in a caption or a heading stops LaTeX, since its link is fragile there: the link is protected.
- FreeSerif prints nothing for Chinese: xeCJK with a Noto font takes over, where both are installed.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms.images import ImageConverter
from sphinx.util import logging
from sphinx.writers.latex import LaTeXTranslator
from sphinxcontrib.bibtex.nodes import depart_raw_latex, raw_latex

import typst

logger = logging.getLogger(__name__)

CHINESE = r"""
\IfFileExists{xeCJK.sty}{\IfFontExistsTF{Noto Serif CJK SC}{%
\usepackage{xeCJK}\setCJKmainfont{Noto Serif CJK SC}\setCJKsansfont{Noto Sans CJK SC}}{}}{}
"""
_LINK = re.compile(r"(?<!\\protect)\\hyper(?=link)")


class SvgToPdf(ImageConverter):
    """Turns SVG into PDF for the LaTeX builder."""

    conversion_rules = [("image/svg+xml", "application/pdf")]  # noqa: RUF012

    def is_available(self) -> bool:
        """Tell that the compiler is there: it comes in a wheel."""
        return True

    def convert(self, _from: str | os.PathLike[str], _to: str | os.PathLike[str]) -> bool:
        """Set the picture alone on a page of its size; answers whether that went well."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "picture.svg").write_bytes(Path(_from).read_bytes())
            source = Path(folder, "picture.typ")
            source.write_text('#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg")\n')
            try:
                typst.compile(str(source), output=str(_to))
            except typst.TypstError as error:
                logger.warning(
                    "%s can't be turned into PDF: %s", _from, error, type="sourcebook", subtype="latex"
                )
                return False
        return True


def visit_raw_latex(self: LaTeXTranslator, node: raw_latex) -> None:
    """Write the LaTeX of a citation, its link protected."""
    self.body.append(_LINK.sub(r"\\protect\\hyper", node.rawsource))


def _choose_engine(app: Sphinx, config: Config) -> None:
    if "latex_engine" not in config._raw_config:
        config.latex_engine = "xelatex"
    elements: dict[str, Any] = dict(config.latex_elements)
    elements["preamble"] = CHINESE + str(elements.get("preamble", ""))
    config.latex_elements = elements


def setup(app: Sphinx) -> None:
    """Register the mends; called by the extension's own setup."""
    app.add_post_transform(SvgToPdf)
    app.add_node(raw_latex, override=True, latex=(visit_raw_latex, depart_raw_latex))
    app.connect("config-inited", _choose_engine, priority=100)
