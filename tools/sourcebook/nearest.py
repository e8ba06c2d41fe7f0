"""The citation keys that look most like one that no entry has."""

from __future__ import annotations

import difflib


def nearest_keys(key: str, keys: frozenset[str]) -> list[str]:
    """Up to three keys that look most like this one, those first that differ in capitals only."""
    folded = {known.casefold(): known for known in sorted(keys)}
    return [folded[near] for near in difflib.get_close_matches(key.casefold(), folded, 3, 0.75)]
