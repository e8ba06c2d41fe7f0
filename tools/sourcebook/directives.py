"""What is known of directives and roles: which are known, which hold prose, and where a body begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

# The closed list: directives that bring in no file, run no program and print no raw markup. The settings widen it.
KNOWN = frozenset(
    "admonition attention caution danger error hint important note tip warning seealso topic sidebar editorial "
    "versionadded versionchanged versionremoved deprecated epigraph highlights pull-quote compound container class "
    "mentions timeline rubric centered hlist figure figure-md image table list-table csv-table code code-block "
    "sourcecode highlight math toctree contents index glossary bibliography footbibliography".split()
)
# The closed list of the roles that do not cite: those that print what they hold, or link within the library.
KNOWN_ROLES = frozenset(
    "abbr abbreviation any code command cve cwe dfn doc emphasis envvar eq equation file guilabel index kbd keyword "
    "literal mailheader makevar manpage math menuselection mimetype newsgroup numref option pep pep-reference program "
    "ref regexp rfc rfc-reference samp strong sub subscript sup superscript t term title title-reference token "
    "claim:ref tally".split()
)
# Directives with a rule of their own.
JUDGED = frozenset(("include", "literalinclude", "raw", "eval-rst"))

# Directives by what their first line and their body are. One that is not named here is taken to have a body
# of Markdown, so that prose in a directive that nobody foresaw is checked rather than passed over.
SILENT = frozenset(
    "code code-block sourcecode literalinclude highlight parsed-literal toctree math image bibliography "
    "footbibliography raw contents index tableofcontents mermaid graphviz plot code-cell doctest testcode "
    "testoutput testsetup testcleanup prompt productionlist meta mentions default-role role unicode "
    "currentmodule module automodule autoclass autofunction autosummary sectnum acks tags class "
    "embed video audio iframe container-end jupyter-execute exec include eval-rst".split()
)
# Of those, the ones whose body is dropped in print.
BODILESS = frozenset(("image", "bibliography", "footbibliography", "contents", "include", "highlight"))
TITLED = frozenset(
    "admonition topic sidebar dropdown card tab-item grid-item-card tab grid grid-item tab-set container "
    "list-table csv-table table math-block exercise proof theorem lemma definition only compound "
    "rubric centered figure-md".split()
)
# Of those, the ones that print their first line without a body.
BARE = frozenset(("rubric", "centered", "container", "only"))
PATH_FIRST = frozenset(("figure", "video", "audio"))
PICTURES = frozenset(("figure", "image"))
CAPTIONED = frozenset(("list-table", "csv-table", "table"))
EXEMPT = frozenset(("editorial",))
QUOTING = frozenset(("epigraph", "pull-quote", "highlights"))

INFO = re.compile(r"^\{(?P<name>[^\s{}]+)\}(?:\s+(?P<first>.*))?$", re.S)
# Options that lead somewhere, bring something in, or are prose; the others change looks only.
_LEADING = frozenset(("file", "url", "target", "parser", "literal", "code", "encoding", "name", "label"))
_PROSE = frozenset(("caption", "header"))
_OPTION = re.compile(r"""^\s*:?\s*["']?(?P<name>[\w-]+)["']?\s*:(?:\s+(?P<value>.*))?$""")
_HEADER_ROWS = re.compile(r":?header-rows:\s*(\d+)")
_ENTRY = re.compile(r"^(?:.*<(?P<target>[^<>]*)>|(?P<bare>\S.*))\s*$")


def options_end(body: list[str]) -> int:
    """How many lines at the head of a directive's body are its options, as MyST-Parser counts them."""
    if body and body[0].startswith("---"):
        return next((i for i, text in enumerate(body[1:], 2) if text.startswith("---")), len(body))
    count = 0
    while count < len(body) and (text := body[count].lstrip()).startswith(":") and not text.startswith(":::"):
        count += 1
    return count


def option_uses(lines: list[str]) -> Iterator[tuple[str, str, str, int]]:
    """Yield kind, name, value and line of each option that matters; what can't be read as one is a lost line."""
    fenced = bool(lines) and lines[0].startswith("---")
    if fenced and (len(lines) < 2 or not lines[-1].startswith("---")):
        yield "lost", "options", "", 0
    for number, text in enumerate(lines[1:-1] if fenced else lines, int(fenced)):
        match = _OPTION.match(text)
        if match is None:
            if text.strip() and not text.lstrip().startswith("#"):
                yield "lost", "option", text.strip(), number
        elif match["name"] in _LEADING:
            yield "option", match["name"], (match["value"] or "").strip(" \"'"), number
        elif match["name"] == "alt" and "{cite" in (match["value"] or ""):
            yield "cited-in", "the words for a picture", "", number
        elif match["name"] in _PROSE:
            yield "prose", match["name"], match["value"] or "", number


def toctree_links(body: list[str]) -> Iterator[tuple[str, int]]:
    """Yield the addresses among the entries of a toctree, each with its line in the body."""
    for number, text in enumerate(body):
        match = _ENTRY.match(text.strip())
        target = (match["target"] or match["bare"] or "") if match else ""
        if ":" in target:
            yield target, number


def header_rows(options: list[str]) -> int:
    """How many rows at the top of a list table are its head."""
    return next((int(match[1]) for text in options if (match := _HEADER_ROWS.match(text.strip()))), 0)
