"""What lies beside the pages: files that they bring in, and files and links that have no place there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from .files import file_uses
from .images import image_fault, is_picture
from .model import Page, Place, Use
from .patterns import fits
from .settings import Settings
from .uses import includes_of

_WILD = "*?["


def with_included(root: Path, pages: list[Page], read: Callable[[str, bool], Page]) -> list[Page]:
    """The pages, and the files of the library that they include, each read as a page.

    What a checked page includes is checked. `read` takes a path, and whether to check it in any case.
    """
    by_path = {page.path: page for page in pages}
    waiting = list(pages)
    while waiting:
        page = waiting.pop()
        for path, _use in includes_of(page):
            held = by_path.get(path)
            if (held and (held.checked or not page.checked)) or not path or not _is_inside(root, path):
                continue
            by_path[path] = read(path, page.checked)
            waiting.append(by_path[path])
    return (
        [by_path[path] for path in sorted(by_path)] if len(by_path) > len(pages) else list(by_path.values())
    )


def _is_inside(root: Path, path: str) -> bool:
    return (root / path).is_file() and (root / path).resolve().is_relative_to(root.resolve())


def leads_outside(root: Path, path: str) -> bool:
    """Whether a file is a link to somewhere outside of the library."""
    return (root / path).is_symlink() and not (root / path).resolve().is_relative_to(root.resolve())


def strays(root: Path, settings: Settings, pages: list[Page]) -> tuple[Use, ...]:
    """Files and links in the pages' folders that are not fit to stand there."""
    found: list[str] = []
    uses: list[Use] = []
    for folder, deep in sorted(_folders(settings).items()):
        for path, entry in _entries(root, folder, deep):
            if any(fits(path, pattern) for pattern in settings.exclude):
                continue
            odd = list(_uses_of_entry(root, entry, path))
            uses += odd
            found += [path] if all(use.kind == "picture" for use in odd) else []
    by_path = frozenset(page.path for page in pages)
    return (*uses, *file_uses(found, by_path))


def _uses_of_entry(root: Path, entry: os.DirEntry[str], path: str) -> Iterator[Use]:
    if entry.is_symlink():
        # Sphinx follows a link to a folder, and the check does not: what is in it would be built unread.
        # A link that leads in a circle is no file either.
        if not os.path.isfile(entry.path) or leads_outside(root, path):
            yield Use("symlink", path, os.readlink(entry.path), Place(path))
    elif not entry.is_file():
        yield Use("file", path, "it is neither a file nor a folder", Place(path))
    elif message := image_fault(entry.path) if is_picture(path) else "":
        yield Use("picture", path, message, Place(path))


def _entries(root: Path, folder: str, deep: bool) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Files and links below a folder; links are not followed, and hidden folders and builds are left out."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except OSError:  # no such folder: it has no pages either
        return
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if not entry.is_dir(follow_symlinks=False):
            yield path, entry
        elif deep and not entry.name.startswith(("_build", ".")):
            yield from _entries(root, path, deep)


def _folders(settings: Settings) -> dict[str, bool]:
    """The folders that the patterns of the pages begin with, and whether those below count too."""
    folders: dict[str, bool] = {}
    for pattern in settings.pages:
        parts = pattern.split("/")
        fixed = next(
            (i for i, part in enumerate(parts) if any(sign in part for sign in _WILD)), len(parts) - 1
        )
        folder = "/".join(parts[:fixed])
        folders[folder] = folders.get(folder, False) or "**" in parts
    # A deep folder has those below it.
    deep = [f"{folder}/" if folder else "" for folder, below in folders.items() if below]
    return {f: below for f, below in folders.items() if not any(f.startswith(d) and f != d for d in deep)}
