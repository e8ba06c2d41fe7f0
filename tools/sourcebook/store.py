"""What was read before: parsed files by their content, so that an unchanged file is not parsed again.

The store lies in the user's cache folder and never in a checkout. It is data without code (MessagePack), checked by a
digest, and replaced in one step: a store that is damaged, cut off or made by another version is as good as none.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import markdown_it
import msgspec
import platformdirs

from . import __version__
from .errors import UsageError
from .settings import Settings
from .write import write_bytes

Items = dict[str, tuple[bytes, bytes]]
_SIZE = 16


class _Kept(msgspec.Struct):
    """What the file holds: who made it, and for each path the digest of its content and what was read."""

    made_by: bytes
    items: Items


def digest(content: bytes, settings: Settings) -> bytes:
    """What a file's reading depends on: its content and the settings."""
    return hashlib.blake2b(content + repr(settings).encode(), digest_size=_SIZE).digest()


def store_path(root: Path) -> Path:
    """Where the store of the library at `root` lies."""
    name = hashlib.blake2b(
        str(root.resolve()).encode("utf-8", "surrogateescape"), digest_size=_SIZE
    ).hexdigest()
    return Path(platformdirs.user_cache_dir("sourcebook", appauthor=False), f"{name}.store")


def load(path: Path) -> Items:
    """The items of a store; none if there is no store that can be trusted."""
    try:
        data = path.read_bytes()
        body = data[_SIZE:]
        if hashlib.blake2b(body, digest_size=_SIZE).digest() != data[:_SIZE]:
            return {}
        kept = msgspec.msgpack.decode(body, type=_Kept)
    except (OSError, msgspec.MsgspecError):
        return {}
    return kept.items if kept.made_by == _maker() else {}


def save(path: Path, items: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Replace the store. That it can't be written (a read-only or full disk) costs time and nothing else."""
    body = msgspec.msgpack.encode(_Kept(_maker(), dict(items)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, hashlib.blake2b(body, digest_size=_SIZE).digest() + body)
    except (OSError, UsageError):
        return


def _maker() -> bytes:
    """The version of all that takes part in reading; our own files by size and time, so that an edit counts."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    state = [(file.name, (stat := file.stat()).st_size, stat.st_mtime_ns) for file in files]
    parts = (__version__, markdown_it.__version__, sys.version, os.name, state)
    return hashlib.blake2b(repr(parts).encode(), digest_size=_SIZE).digest()
