"""Citation targets are read just as sphinxcontrib-bibtex reads them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.foot_domain import BibtexFootDomain

from sourcebook.citations import citation_keys
from sourcebook.claims import read_page
from sourcebook.inline import CITING
from sourcebook.myst import read_text


@given(st.text(alphabet=st.sampled_from("ab1,{} .-"), min_size=1, max_size=16))
@settings(max_examples=2000, deadline=None)
def test_targets_are_read_as_the_build_reads_them(content: str) -> None:
    try:
        theirs = [target.key for target in parse_citation_targets(content)]
    except ValueError:
        assert citation_keys(content) is None
        return
    ours = citation_keys(content)
    assert ours is not None
    assert [key for key, _ in ours] == theirs
    assert all(content.startswith(key, offset) for key, offset in ours)


def test_the_roles_that_cite_are_those_of_the_build() -> None:
    theirs = {"cite", "footcite"}
    theirs |= {f"cite:{name}" for name in BibtexDomain.roles}
    theirs |= {f"footcite:{name}" for name in BibtexFootDomain.roles}
    assert theirs == CITING


def test_a_role_that_only_looks_like_one_of_them_does_not_cite() -> None:
    text = read_text("p.md", "The sea {cite:citep}`a`. It is {footcite:year}`b`.\n", frozenset())
    page = read_page("p.md", text, checked=True)
    assert page.citations == ()
    assert [claim.sourced for claim in page.claims] == [False, False]
