"""Held copies: the texts of sources that are kept privately, found by the SHA-256 that their entries pin."""

from __future__ import annotations

import hashlib
from pathlib import Path

from .errors import UsageError
from .locators import is_held
from .model import HeldCopy, Library


def read_held(folder: Path, library: Library) -> tuple[HeldCopy, ...]:
    """The held copies of a library that lie in a folder, in the order of the entries.

    A file is known by its content and not by its name. Raises UsageError if the folder can't be read.
    """
    wanted = {entry.get("sha256").strip(): entry.key for entry in library.entries if is_held(entry)}
    if not folder.is_dir():
        raise UsageError(f"no such folder: {folder}")
    found: dict[str, str] = {}
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        try:
            content = path.read_bytes()
        except OSError as error:
            raise UsageError(f"{path} can't be read: {error.strerror}") from error
        key = wanted.get(hashlib.sha256(content).hexdigest())
        if key:
            found[key] = content.decode("utf-8", "replace")
    return tuple(HeldCopy(key, found[key]) for key in wanted.values() if key in found)
