"""What is known of directives: which hold prose, and where their body begins."""

from __future__ import annotations

import re

# Directives by what their first line and their body are. One that is not named here is taken to have a body
# of Markdown, so that prose in a directive that nobody foresaw is checked rather than passed over.
SILENT = frozenset(
    "code code-block sourcecode literalinclude highlight parsed-literal toctree math image bibliography "
    "footbibliography raw contents index tableofcontents mermaid graphviz plot code-cell doctest testcode "
    "testoutput testsetup testcleanup prompt productionlist meta rubric default-role role unicode "
    "currentmodule module automodule autoclass autofunction autosummary sectnum centered acks tags "
    "embed video audio iframe container-end jupyter-execute exec".split()
)
TITLED = frozenset(
    "admonition topic sidebar dropdown card tab-item grid-item-card tab grid grid-item tab-set container "
    "list-table csv-table table math-block exercise proof theorem lemma definition only compound".split()
)
PATH_FIRST = frozenset(("figure", "video", "audio"))
CAPTIONED = frozenset(("list-table", "csv-table", "table"))
UNREAD = {
    "include": "text brought in by {include} is not read",
    "eval-rst": "text inside {eval-rst} is not read",
}
EXEMPT = frozenset(("editorial",))
QUOTING = frozenset(("epigraph", "pull-quote", "highlights"))

INFO = re.compile(r"^\{(?P<name>[^\s{}]+)\}\s*(?P<first>.*)$", re.S)
_OPTION = re.compile(r"^:[\w-]+:")
_HEADER_ROWS = re.compile(r":?header-rows:\s*(\d+)")


def options_end(body: list[str]) -> int:
    """How many lines at the head of a directive's body are its options."""
    if body and body[0].strip() == "---":
        end = next((i for i, text in enumerate(body[1:], 1) if text.strip() == "---"), 0)
        return end + 1 if end else 0
    count = 0
    while count < len(body) and _OPTION.match(body[count].strip()):
        count += 1
    return count


def header_rows(options: list[str]) -> int:
    """How many rows at the top of a list table are its head."""
    return next((int(match[1]) for text in options if (match := _HEADER_ROWS.match(text.strip()))), 0)
