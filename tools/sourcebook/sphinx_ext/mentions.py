"""The directive `mentions`: every named claim of the other pages whose sentence names somebody, with a link.

On a screen the claims of a page stand below its title; more than a few are folded away. On paper, where nobody
follows a link, the pages of the book are printed, as in an index.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode
from sphinx.writers.html5 import HTML5Translator

from .claim_domain import ClaimDomain, claim_id
from .overview import overview_of
from .typst.text import Scribe, label_of, place_of, quoted

logger = logging.getLogger(__name__)

# More claims than these are folded away on a screen.
OPEN = 6
LONGEST = 90


class Mention(NamedTuple):
    """A claim that names somebody."""

    docname: str
    claim: str
    sentence: str


class mentions(nodes.General, nodes.Element):  # noqa: N801  # docutils writes node classes small
    """Stands where the claims will; `names` are the names that are looked for."""


class mentions_folded(nodes.General, nodes.Element):  # noqa: N801
    """Claims below a line that opens and closes them; `count` is the line."""


class mentions_printed(nodes.General, nodes.Element):  # noqa: N801
    """The pages of the book: `count` is the line before them, `targets` are pairs of document and id."""


class Mentions(SphinxDirective):
    """:::{mentions} NAME, NAME ::: lists every claim that names one of them, letter for letter."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Leave a node in the place, and tell the domain of it."""
        written = unicodedata.normalize("NFC", self.arguments[0])
        names = tuple(filter(None, (" ".join(name.split()) for name in written.split(","))))
        if not names:
            raise self.error("mentions: name somebody")
        overview_of(self.env).mentions.setdefault(self.env.docname, []).append((names, self.lineno))
        node = mentions("", names=list(names))
        self.set_source_info(node)
        return [node]


def mentions_of(claims: Iterable[Mention], names: tuple[str, ...], docname: str) -> list[Mention]:
    """The claims that name one of them as a whole word, but for those of the page itself."""
    words = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))
    return [
        claim
        for claim in claims
        # A plain search first: it is many times as fast, and most sentences name nobody.
        if claim.docname != docname
        and any(name in claim.sentence for name in names)
        and words.search(claim.sentence)
    ]


def all_claims(env: BuildEnvironment) -> list[Mention]:
    """Every named claim of the project that has a sentence, in the order of reading."""
    domain = env.get_domain("claim")
    assert isinstance(domain, ClaimDomain)
    order = {docname: number for number, docname in enumerate(reading_order(env))}
    found = [
        Mention(docname, claim, unicodedata.normalize("NFC", domain.sentences.get(claim, "")))
        for claim, (docname, _) in domain.claims.items()
    ]
    last = len(order)
    return sorted(
        (claim for claim in found if claim.sentence), key=lambda claim: order.get(claim.docname, last)
    )


def reading_order(env: BuildEnvironment) -> list[str]:
    """The pages as the toctrees lead through them, then those that stand in none."""
    order: dict[str, None] = {}
    waiting = [env.config.root_doc]
    while waiting:
        docname = waiting.pop()
        if docname not in order:
            order[docname] = None
            waiting += reversed(env.toctree_includes.get(docname, []))
    return [*order, *sorted(env.found_docs - order.keys())]


def _find(app: Sphinx, env: BuildEnvironment) -> None:
    """Find what each page shows now, and warn of a name that no claim has."""
    overview = overview_of(env)
    claims = all_claims(env) if overview.mentions else []
    overview.shown = {}
    for docname, directives in sorted(overview.mentions.items()):
        shown: dict[tuple[str, ...], list[Mention]] = {}
        for names, line in directives:
            shown[names] = mentions_of(claims, names, docname)
            for name in names:
                if not mentions_of(shown[names], (name,), docname):
                    message = f"mentions: no named claim of another page names {name!r}"
                    logger.warning(message, location=(docname, line), type="sourcebook", subtype="mentions")
        titles = sorted(
            {(claim.docname, _title(env, claim.docname)) for found in shown.values() for claim in found}
        )
        overview.shown[docname] = shown, titles


def _title(env: BuildEnvironment, docname: str) -> str:
    return env.titles[docname].astext()


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the claims in the place, in the form that the builder's readers can use."""
    found = list(doctree.findall(mentions))
    claims = all_claims(app.env) if found else []
    for node in found:
        mine = mentions_of(claims, tuple(node["names"]), docname)
        # None at all for none: a warning has told of it.
        node.replace_self([_listed(app.builder, docname, mine, node)] if mine else [])


def _listed(builder: Builder, here: str, claims: list[Mention], node: nodes.Element) -> nodes.Node:
    if builder.format == "typst":
        targets = [(claim.docname, claim_id(claim.claim)) for claim in claims]
        printed = mentions_printed("", count=of_these(len(claims), "claim"), targets=targets)
        printed.source, printed.line = node.source, node.line
        return printed
    count = counted(claims)
    groups = list(_grouped(builder, here, claims))
    if builder.format == "html" and len(claims) > OPEN:
        return mentions_folded("", *groups, count=count)
    return nodes.container("", nodes.paragraph("", count), *groups, classes=["mentions"])


def _grouped(builder: Builder, here: str, claims: list[Mention]) -> Iterator[nodes.Node]:
    """For each page its title, which is no link since its claims are, and the list of its claims."""
    for docname, group in groupby(claims, key=lambda claim: claim.docname):
        yield nodes.paragraph("", _title(builder.env, docname))
        items = nodes.bullet_list("", classes=["simple"])
        for claim in group:
            text = nodes.Text(shortened(claim.sentence))
            link = make_refnode(builder, here, docname, claim_id(claim.claim), text)
            items += nodes.list_item("", nodes.paragraph("", "", link))
        yield items


def shortened(sentence: str) -> str:
    """A sentence, or as many of its words as there is room for."""
    if len(sentence) <= LONGEST:
        return sentence
    words = sentence[: LONGEST + 1].rpartition(" ")[0] or sentence[:LONGEST]
    return words.rstrip(" ,;:–—-") + "\u00a0…"


def counted(claims: list[Mention]) -> str:
    """How many claims on how many pages."""
    pages = len({claim.docname for claim in claims})
    return f"{of_these(len(claims), 'claim')} on {of_these(pages, 'page')}"


def of_these(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def visit_folded(self: HTML5Translator, node: mentions_folded) -> None:
    """Open what a browser folds without a script."""
    self.body.append(self.starttag(node, "details", CLASS="mentions"))
    self.body.append(f"<summary>{self.encode(node['count'])}</summary>\n")


def depart_folded(self: HTML5Translator, node: mentions_folded) -> None:
    """Close it."""
    self.body.append("</details>\n")


def visit_printed(self: Scribe, node: mentions_printed) -> None:
    """Write the line and the pages; a claim that is not in the book is left out, with the book's own warning."""
    labels = [label_of(docname, name) for docname, name in node["targets"]]
    for label in labels:
        self.book.wanted.setdefault(label, place_of(node))
    places = "".join(f"{quoted(label)}, " for label in labels)
    self.put(f"\n#mentions({quoted(node['count'])}, ({places}))\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register directive and nodes; called by the extension's own setup."""
    app.add_node(mentions)
    app.add_node(mentions_folded, html=(visit_folded, depart_folded))
    app.add_node(mentions_printed, typst=(visit_printed, None))
    app.add_directive("mentions", Mentions)
    app.connect("env-updated", _find)
    app.connect("doctree-resolved", _resolve)
