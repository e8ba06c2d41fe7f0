"""Writing a file so that it is either the old one or the whole new one."""

from __future__ import annotations

import os
from pathlib import Path

from .errors import UsageError


def write_file(path: Path, text: str) -> None:
    """Write a text in one step; raises UsageError if that can't be done, and leaves what was there."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write bytes in one step; raises UsageError if that can't be done, and leaves what was there."""
    import tempfile  # loaded only where something is written

    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)  # mkstemp gives a file to its owner alone
        os.replace(name, path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise UsageError(f"{path} can't be written: {error.strerror}") from error
