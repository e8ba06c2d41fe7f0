"""The uses of a page, for the rules that judge them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from .model import Page, Use


def uses_of(page: Page, *kinds: str) -> Iterator[Use]:
    """Yield each use of these kinds on a page."""
    return (use for use in page.uses if use.kind in kinds)


def included_path(page: str, argument: str) -> str:
    """The path that an include on a page names; empty if it leads out of the library or into a hidden folder."""
    name = argument.strip()
    if not name or name.startswith(("/", "<", "~")) or "\\" in name or ":" in name:
        return ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), name))
    return "" if any(part.startswith(".") for part in path.split("/")) else path


def includes_of(page: Page) -> list[tuple[str, Use]]:
    """The files that a page brings in, each with the directive that does; an empty path is one that can't be."""
    return [
        (included_path(page.path, use.content), use)
        for use in page.uses
        if use.kind == "directive" and use.name == "include"
    ]
