"""From files to a Library: the only flow that reads the disk."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

from .bibtex import read_bibliography
from .claims import read_page
from .errors import UsageError
from .model import Bibliography, Fault, Library, Page, Place
from .myst import read_text
from .settings import Settings


def read_library(root: Path, settings: Settings) -> Library:
    """Read all pages and bibliographies of the library at `root`; raises UsageError if it has no page."""
    paths = page_paths(root, settings)
    if not paths:
        wanted = ", ".join(settings.pages)
        raise UsageError(
            f"no page to check: nothing in {root} matches {wanted} (`pages` in [tool.sourcebook])"
        )
    pages = tuple(_read_page(root, path, settings) for path in paths)
    bibliographies = tuple(_read_bibliography(root, path) for path in bibliography_paths(root, settings))
    return Library(pages, bibliographies)


def page_paths(root: Path, settings: Settings) -> list[str]:
    """The pages of the library, relative to its root and sorted."""
    if not root.is_dir():
        raise UsageError(f"no such folder: {root}")
    return _matching(root, settings.pages, settings.exclude)


def bibliography_paths(root: Path, settings: Settings) -> list[str]:
    """The .bib files of the library, relative to its root and sorted."""
    return _matching(root, settings.bibliography, settings.exclude)


def _matching(root: Path, patterns: Iterable[str], exclude: Iterable[str]) -> list[str]:
    try:
        found = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    except (ValueError, NotImplementedError) as error:
        raise UsageError(
            f"pyproject.toml: [tool.sourcebook] has a pattern that can't be used: {error}"
        ) from error
    names = (path.relative_to(root).as_posix() for path in found)
    return sorted(name for name in names if not any(_fits(name, pattern) for pattern in exclude))


@functools.cache
def _tails(pattern: str) -> tuple[str, ...]:
    return (pattern, pattern[3:]) if pattern.startswith("**/") else (pattern,)


def _fits(name: str, pattern: str) -> bool:
    """Whether a path fits a pattern in which ** stands for any number of folders, none too."""
    return any(fnmatch(name, tail.replace("**/", "*")) for tail in _tails(pattern))


def _decode(root: Path, path: str) -> str | Fault:
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        return Fault(Place(path), f"the file can't be read: {error.strerror}", "see to its permissions")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8", "replace")
        line, column = good.count("\n") + 1, len(good) - (good.rfind("\n") + 1) + 1
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
        return Fault(Place(path, line, column), message, "save the file as UTF-8")


def _read_page(root: Path, path: str, settings: Settings) -> Page:
    source = _decode(root, path)
    if isinstance(source, Fault):
        return Page(path, unread=(source,))
    cite_roles = frozenset(settings.cite_roles)
    text = read_text(path, source, frozenset(settings.myst_extensions), cite_roles)
    checked = "article" in text.front_matter or any(_fits(path, pattern) for pattern in settings.checked)
    return read_page(path, text, checked, cite_roles)


def _read_bibliography(root: Path, path: str) -> Bibliography:
    source = _decode(root, path)
    if isinstance(source, Fault):
        return Bibliography(path, unread=(source,))
    return read_bibliography(path, source)
