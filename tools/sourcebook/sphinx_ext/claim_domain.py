"""The domain `claim`: every named claim is an object with a permalink, and stands in objects.inv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode
from sphinx.writers.html5 import HTML5Translator

from .landing.extension import claim_address


class claim_anchor(nodes.Inline, nodes.TextElement):  # noqa: N801  # docutils writes node classes small
    """The place of a named claim, and its permalink. `ids` holds one id, `name` the claim name."""


class ClaimRole(SphinxRole):
    """{claim}`name` names the sentence that it stands in, as a label does in LaTeX."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Make the anchor and tell the domain of it."""
        node = claim_anchor(self.rawtext, "", ids=[claim_id(self.text)], name=self.text, classes=["claim"])
        self.set_source_info(node)
        domain = self.env.get_domain("claim")
        assert isinstance(domain, ClaimDomain)
        domain.note(self.text, self.env.docname)
        return [node], []


class CloseUp(SphinxTransform):
    """Take away the white space before a claim's anchor: in print it would part the sentence from its full stop."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Close the gap before each anchor."""
        for node in list(self.document.findall(claim_anchor)):
            position = node.parent.index(node)
            before = node.parent[position - 1] if position else None
            if isinstance(before, nodes.Text) and before != before.rstrip():
                # by place: to `replace` every text with the same letters is the same
                node.parent[position - 1] = nodes.Text(before.rstrip())


class ClaimDomain(Domain):
    """Named claims. The sentences come from the gate, which has read the pages before Sphinx does."""

    name = "claim"
    label = "Claims"
    object_types = {"claim": ObjType("claim", "ref", searchprio=1)}  # noqa: RUF012
    roles = {"ref": XRefRole(innernodeclass=nodes.inline)}  # noqa: RUF012
    initial_data = {"claims": {}}  # noqa: RUF012
    data_version = 1

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.sentences: dict[str, str] = {}
        self.renamed: dict[str, str] = {}
        """Names that were given up, each with the one that took its place; the gate hands both over."""

    @property
    def claims(self) -> dict[str, tuple[str, str]]:
        """For each claim name the page that it stands on, and its sentence."""
        claims: dict[str, tuple[str, str]] = self.data["claims"]
        return claims

    def note(self, name: str, docname: str) -> None:
        """A claim of that name stands on that page."""
        sentence = self.sentences.get(name, "")
        self.claims[name] = (docname, sentence)
        # A plain label as well: by it every other project links here, with nothing of ours installed.
        labels = self.env.domains.standard_domain
        labels.anonlabels[claim_id(name)] = (docname, claim_id(name))
        labels.labels[claim_id(name)] = (docname, claim_id(name), sentence or name)

    def clear_doc(self, docname: str) -> None:
        """Forget the claims of a page."""
        for name in [name for name, (page, _) in self.claims.items() if page == docname]:
            del self.claims[name]

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        wanted = set(docnames)
        self.claims.update({k: v for k, v in otherdata["claims"].items() if v[0] in wanted})

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every named claim, with its sentence as the name that is shown."""
        for name, (docname, sentence) in sorted(self.claims.items()):
            yield name, sentence or name, "claim", docname, claim_id(name), 1
        for old, new in sorted(self.renamed.items()):
            if new in self.claims:
                docname, sentence = self.claims[new]
                yield old, sentence or new, "claim", docname, claim_id(new), -1

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Link to a claim of this project."""
        target = self.renamed.get(target, target)
        if target not in self.claims:
            return None
        docname, sentence = self.claims[target]
        return make_refnode(builder, fromdocname, docname, claim_id(target), contnode, sentence)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Link to a claim by the role `any`."""
        found = self.resolve_xref(env, fromdocname, builder, "ref", target, node, contnode)
        return [("claim:ref", found)] if found is not None else []


def _label_renamed(app: Sphinx, env: BuildEnvironment) -> None:
    """A name that was given up stays a plain label, and leads to the claim's new name."""
    domain = env.get_domain("claim")
    assert isinstance(domain, ClaimDomain)
    labels = env.domains.standard_domain
    for old, new in domain.renamed.items():
        if new in domain.claims:
            docname, sentence = domain.claims[new]
            labels.anonlabels[claim_id(old)] = (docname, claim_id(new))
            labels.labels[claim_id(old)] = (docname, claim_id(new), sentence or new)


def claim_id(name: str) -> str:
    """The id in HTML and PDF of the claim of that name; it never changes."""
    return f"claim-{name}"


def visit_claim_html(self: HTML5Translator, node: claim_anchor) -> None:
    """Write a permalink: a small sign that is always reachable by keyboard and by a screen reader."""
    name = self.attval(node["name"])
    self.body.append(self.starttag(node, "span", ""))
    label = f"Permalink to the claim {name}, and how to cite it"
    address = self.attval(claim_address(self.builder, self.docnames[-1], node["name"]))
    self.body.append(f'<a class="claim-link" href="{address}" title="{label}" aria-label="{label}">#</a>')


def depart_claim_html(self: HTML5Translator, node: claim_anchor) -> None:
    """Close the span."""
    self.body.append("</span>")


def visit_claim_silent(self: nodes.NodeVisitor, node: claim_anchor) -> None:
    """In plain text a permalink has nothing to show."""
    raise nodes.SkipNode


def visit_claim_latex(self: Any, node: claim_anchor) -> None:
    """A target that nobody sees."""
    self.body.append(self.hypertarget(node["ids"][0], anchor=False))
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register node, role and domain; called by the extension's own setup."""
    silent = (visit_claim_silent, None)
    app.add_node(
        claim_anchor,
        html=(visit_claim_html, depart_claim_html),
        latex=(visit_claim_latex, None),
        text=silent,
        man=silent,
        texinfo=silent,
    )
    app.add_role("claim", ClaimRole())
    app.add_transform(CloseUp)
    app.add_domain(ClaimDomain)
    app.connect("env-updated", _label_renamed)
