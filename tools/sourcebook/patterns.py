"""Patterns of paths, in which ** stands for any number of folders."""

from __future__ import annotations

import re
from fnmatch import translate
from functools import cache


def fits(path: str, pattern: str) -> bool:
    """Whether a path, with forward slashes, fits a pattern. `**/` stands for any number of folders, none too."""
    return bool(_compiled(pattern).match(path))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("|".join(translate(plain) for plain in _plain(pattern)))


def _plain(pattern: str) -> list[str]:
    """The patterns without ** that say the same together."""
    head, deep, tail = pattern.partition("**/")
    if not deep:
        return [pattern]
    tails = [f"{head}*/{tail.replace('**/', '*')}", f"{head}{tail.replace('**/', '*')}"]
    return tails if head else [*_plain(tail), *tails]
