"""What was read before: parsed files by their content, so that an unchanged file is not parsed again.

The store lies in the user's cache folder and never in a checkout. It is data without code (MessagePack), checked by a
digest, and replaced in one step: a store that is damaged, cut off or made by another version is as good as none.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import time
from pathlib import Path

import msgspec
import platformdirs

from . import __version__
from .errors import UsageError
from .model import Record
from .settings import Settings
from .write import write_bytes

_SIZE = 16
# A file that was changed so short a time before it was read may be changed again within one tick of its clock.
_SETTLED = 2_000_000_000  # nanoseconds


class Mark(Record, frozen=True):
    """By what a file is known again: the digest of its content, and what the system says of it.

    state: size, times of change and number of the file; empty if it can't tell that nothing has changed since.
    """

    digest: bytes
    state: tuple[int, ...]


class Item(Record, frozen=True):
    """What was read from a file, encoded, and the mark of the file."""

    mark: Mark
    body: bytes


Items = dict[str, Item]


class _Kept(Record, frozen=True):
    """What the store holds: who made it and with what settings, and an item for each path."""

    made_by: bytes
    items: Items


def mark_of(path: str, before: Mark | None) -> Mark | None:
    """The mark of a file; None if nothing can be kept of it: it is not readable, or it includes others.

    The file is read, unless the system says that it is what it was when the mark `before` was made.
    """
    try:
        state = _state(os.stat(path))
        if before and before.state and before.state == state:
            return before
        with open(path, "rb", 0) as file:
            content = file.read()
    except OSError:
        return None
    if b"{include}" in content:
        return None
    settled = os.name != "nt" and time.time_ns() - max(state[1:3]) > _SETTLED
    return Mark(hashlib.blake2b(content, digest_size=_SIZE).digest(), state if settled else ())


def _state(stat: os.stat_result) -> tuple[int, ...]:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def store_path(root: Path, kind: str) -> Path:
    """Where the store of a kind of the library at `root` lies."""
    name = hashlib.blake2b(
        str(root.resolve()).encode("utf-8", "surrogateescape"), digest_size=_SIZE
    ).hexdigest()
    return Path(platformdirs.user_cache_dir("sourcebook", appauthor=False), f"{name}.{kind}")


def load(path: Path, settings: Settings) -> Items:
    """The items of a store; none if there is no store that can be trusted."""
    try:
        data = path.read_bytes()
        body = data[_SIZE:]
        if hashlib.blake2b(body, digest_size=_SIZE).digest() != data[:_SIZE]:
            return {}
        kept = msgspec.msgpack.decode(body, type=_Kept)
    except (OSError, msgspec.MsgspecError):
        return {}
    return kept.items if kept.made_by == _maker(settings) else {}


def save(path: Path, settings: Settings, items: Items) -> None:
    """Replace the store. That it can't be written (a read-only or full disk) costs time and nothing else."""
    body = msgspec.msgpack.encode(_Kept(_maker(settings), items))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, hashlib.blake2b(body, digest_size=_SIZE).digest() + body)
    except (OSError, UsageError):
        return


def _maker(settings: Settings) -> bytes:
    """The settings, and the version of all that takes part in reading; our own files by size and time."""
    folder = os.path.dirname(__file__)
    files = [file for where in (folder, f"{folder}/rules") for file in os.scandir(where)]
    seen = [(file.name, file.stat()) for file in files if file.name.endswith(".py")]
    state = sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in seen)
    parts = (settings, __version__, _parser_version(), sys.version, os.name, state)
    return hashlib.blake2b(repr(parts).encode(), digest_size=_SIZE).digest()


def _parser_version() -> bytes:
    """The file in which the parser of Markdown says its version; to load the parser takes ten times as long."""
    found = importlib.util.find_spec("markdown_it")
    return Path(found.origin).read_bytes() if found and found.origin else b""
