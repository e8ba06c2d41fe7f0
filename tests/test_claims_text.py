"""The text of a claim is what its reader sees."""

from __future__ import annotations

import pytest

from sourcebook.claims import read_page
from sourcebook.myst import read_text
from sourcebook.settings import DEFAULT_EXTENSIONS

SEEN = {
    "**Ann Smith** and **Bob Jones** met.": "Ann Smith and Bob Jones met.",
    "The **sea** and `code` and *sky* are ***deep***.": "The sea and code and sky are deep.",
    "It is 2 * 3, and a ** b or snake_case_name.": "It is 2 * 3, and a ** b or snake_case_name.",
    "A [*deep* link](https://example.org) and an *unclosed one.": "A deep link and an *unclosed one.",
    r"An \\*escaped\\* star & an &amp; sign.".replace("\\\\", "\\"): "An *escaped* star & an & sign.",
}


@pytest.mark.parametrize("source", SEEN)
def test_a_claim_reads_as_it_is_printed(source: str) -> None:
    text = source.replace("met.", "met {cite:p}`key`.")
    page = read_page("p.md", read_text("p.md", f"{text}\n", frozenset(DEFAULT_EXTENSIONS)), checked=True)
    assert [claim.text for claim in page.claims] == [SEEN[source]]
