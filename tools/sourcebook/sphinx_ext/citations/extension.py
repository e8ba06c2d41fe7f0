"""Sets up sphinxcontrib-bibtex with our citation domain, our directive and our styles.

The styles are the default, not the law: what conf.py sets stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from pybtex.plugin import find_plugin, register_plugin
from sphinx.addnodes import pending_xref

from ..style import entry_style as style
from .directive import BibliographyDirective, BibliographyTransform
from .domain import CitationDomain
from .foot import FootDomain, FootRole
from .store import digest_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_DEFAULTS = {
    "bibtex_default_style": "sourcebook",
    "bibtex_reference_style": "sourcebook",
    "bibtex_cite_id": "cite-{key}",
}
# pybtex looks through all installed packages each time that one of these is asked for by name.
_AT_HAND = (("pybtex.style.names", "last"), ("pybtex.style.names", "plain"))
# sphinxcontrib-bibtex parses the files at 500, if it finds them changed.
BEFORE_PARSING, AFTER_PARSING = 400, 600


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up; called by Sphinx."""
    app.setup_extension("sphinxcontrib.bibtex")
    style.register()
    for group, name in _AT_HAND:
        register_plugin(group, name, find_plugin(group, name), force=True)
    app.add_domain(CitationDomain, override=True)
    app.add_domain(FootDomain, override=True)
    app.add_role("footcite", FootRole(), override=True)
    app.add_directive("bibliography", BibliographyDirective, override=True)
    app.add_post_transform(BibliographyTransform)
    app.connect("config-inited", _configure)
    app.connect("builder-inited", _check_files, priority=BEFORE_PARSING)
    app.connect("builder-inited", _take_bibdata, priority=AFTER_PARSING)
    app.connect("env-get-outdated", _outdated)
    app.connect("doctree-read", _note_links)
    app.connect("env-updated", _label, priority=AFTER_PARSING)
    app.connect("build-finished", _note_written)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _domain(app: Sphinx) -> CitationDomain:
    return cast("CitationDomain", app.env.get_domain("cite"))


def _configure(app: Sphinx, config: Config) -> None:
    for name, value in _DEFAULTS.items():
        if name not in config._raw_config and name not in config.overrides:
            config[name] = value
    if config.bibtex_default_style != "sourcebook":
        group = "pybtex.style.formatting"
        register_plugin(
            group, config.bibtex_default_style, find_plugin(group, config.bibtex_default_style), True
        )


def _check_files(app: Sphinx) -> None:
    paths = [Path(app.confdir, name).resolve() for name in app.config.bibtex_bibfiles or ()]
    _domain(app).check_files(paths)


def _take_bibdata(app: Sphinx) -> None:
    _domain(app).take_bibdata()
    _domain(app).written = _read_written(_written_file(app))


def _outdated(app: Sphinx, *_: object) -> Iterable[str]:
    return _domain(app).outdated()


def _note_links(app: Sphinx, doctree: nodes.document) -> None:
    links = (node for node in doctree.findall(pending_xref) if not node.get("refdomain"))
    targets = {key.strip() for node in links for key in node.get("reftarget", "").split(",")}
    _domain(app).note_links(app.env.docname, targets)


def _label(app: Sphinx, env: BuildEnvironment) -> None:
    """Give each entry a plain label, `cite-KEY`, by which other projects link to it with nothing of ours installed."""
    labels = env.domains.standard_domain
    given = _domain(app).data.setdefault("labelled", [])
    for anchor in given:  # the last build's; entries may be gone
        labels.anonlabels.pop(anchor, None)
        labels.labels.pop(anchor, None)
    given.clear()
    for _name, shown, _type, docname, anchor, _priority in _domain(app).get_objects():
        labels.anonlabels[anchor] = (docname, anchor)
        labels.labels[anchor] = (docname, anchor, shown)
        given.append(anchor)


def _written_file(app: Sphinx) -> Path:
    # not in the environment: builders share that, and a build that was killed has not written what it made
    return Path(app.doctreedir, f"citations-{digest_of(app.builder.name, str(app.outdir))}.json")


def _read_written(path: Path) -> dict[str, str]:
    try:
        written = json.loads(path.read_bytes())
    except (OSError, ValueError):  # none yet, or cut off: every page is written
        return {}
    return written if isinstance(written, dict) else {}


def _note_written(app: Sphinx, exception: Exception | None) -> None:
    domain = _domain(app)
    if exception is None and domain.written != domain.pages:
        _written_file(app).write_text(json.dumps(domain.pages), "utf-8")
