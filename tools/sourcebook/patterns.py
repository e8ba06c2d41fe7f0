"""Patterns of paths, in which ** stands for any number of folders."""

from __future__ import annotations

from fnmatch import fnmatch


def fits(path: str, pattern: str) -> bool:
    """Whether a path, with forward slashes, fits a pattern. `**/` stands for any number of folders, none too."""
    if "**/" not in pattern:
        return fnmatch(path, pattern)
    head, _, tail = pattern.partition("**/")
    if not head and fits(path, tail):
        return True
    return fnmatch(path, f"{head}*/{tail.replace('**/', '*')}") or fnmatch(
        path, f"{head}{tail.replace('**/', '*')}"
    )
