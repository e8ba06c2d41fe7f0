"""The citation targets in a cite role, as sphinxcontrib-bibtex reads them.

The form is that of its `parse_citation_targets` (2.7): keys with commas between them, each with an optional text in
braces before and behind. A target that it would stop the build on is a fault here.
"""

from __future__ import annotations

import re

_TARGET = re.compile(r"\s*(?:\{[^{}]+\})?\s*(?P<key>[^{}\s,]+)\s*(?:\{[^{}]+\})?\s*")


def citation_keys(content: str) -> list[tuple[str, int]] | None:
    """The keys in a role's content, each with its offset; None if the content is malformed."""
    keys: list[tuple[str, int]] = []
    position = 0
    while True:
        match = _TARGET.match(content, position)
        if match is None:
            return None
        keys.append((match["key"], match.start("key")))
        position = match.end()
        if position == len(content):
            return keys
        if content[position] != ",":
            return None
        position += 1
