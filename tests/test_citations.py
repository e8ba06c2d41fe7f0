"""Citation targets are read just as sphinxcontrib-bibtex reads them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from sourcebook.citations import citation_keys


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
