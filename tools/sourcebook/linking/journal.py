"""The journal of a run of `links`: each answer a line, appended at once, so that a killed run loses nothing.

It lies beside the ledger, hidden, and is the lock as well: who holds it is told by pid and command. The next run
takes over what a killed one has left. A line may be cut off by the kill: it does not fit its sum, and is asked anew.
Lines are handed to the system at once and forced to the disk every few seconds; a power cut costs no more than that.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..linkrecords import Link
from ..write import write_bytes
from .ledger import decoded, encoded, ledger_bytes, read_ledger

SECONDS_BETWEEN_SYNCS = 2.0


@dataclass(slots=True)
class Journal:
    """A held ledger: what it knows, and the journal of what is learned.

    recovered, torn: how many answers of a killed run were taken over, and how many of its lines could not be read.
    """

    path: Path
    file: FileIO
    links: dict[str, Link]
    recovered: int = 0
    torn: int = 0
    learned: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    synced: float = field(default_factory=time.monotonic)
    seen: tuple[int, ...] = ()

    def note(self, address: str, link: Link) -> None:
        """Keep what was learned of a locator; raises UsageError if the disk does not take it."""
        self.links[address] = link
        self.learned.add(address)
        self._append({"address": address, **encoded(address, link)})

    def forget(self, wanted: set[str]) -> None:
        """Leave out what the library no longer has, and keep what is wanted."""
        self.gone = self.links.keys() - wanted
        for address in self.gone:
            del self.links[address]

    def _append(self, data: dict[str, Any]) -> None:
        try:
            line = memoryview(json.dumps(data, ensure_ascii=False).encode("utf-8") + b"\n")
            while line:  # a disk that is nearly full takes a part
                line = line[self.file.write(line) :]
            if time.monotonic() - self.synced > SECONDS_BETWEEN_SYNCS:
                os.fsync(self.file.fileno())
                self.synced = time.monotonic()
        except OSError as error:
            raise _unwritable(journal_path(self.path), error) from error


def journal_path(ledger: Path) -> Path:
    """Where the journal of a ledger lies."""
    return ledger.with_name(f".{ledger.name}.journal")


@contextmanager
def held_ledger(path: Path, command: str, wait: float = 0.0) -> Iterator[Journal]:
    """Hold a ledger, and write it in the end, also if the work is interrupted.

    wait: seconds to wait for another that holds it. Raises UsageError if it is held for longer, can't be written, is
    damaged, or was written by a later version.
    """
    _see_that_writable(path)
    file = _locked(journal_path(path), wait)
    try:
        journal = _taken_over(path, file)
        journal._append({"pid": os.getpid(), "command": command, "since": _now()})
        try:
            yield journal
        finally:
            _finish(journal)
    finally:
        file.close()


def _taken_over(path: Path, file: FileIO) -> Journal:
    """Take over what a killed run has left; the ledger is written before the journal is emptied."""
    for left in path.parent.glob(f".{path.name}.*.tmp"):  # of writes that were killed; we hold the lock
        left.unlink(missing_ok=True)
    seen = _state(path)
    journal = Journal(path, file, read_ledger(path), seen=seen)
    file.seek(0)
    found, journal.torn = _lines(file.read())
    none = Link()  # whose time is empty, and before all others
    newer = {a: link for a, link in found.items() if link.time >= journal.links.get(a, none).time}
    if newer:
        journal.recovered = len(newer)
        journal.links.update(newer)
        write_bytes(path, ledger_bytes(journal.links))
        journal.seen = _state(path)
    file.truncate(0)
    return journal


def _lines(data: bytes) -> tuple[dict[str, Link], int]:
    """The answers in a journal, and how many lines are no whole answers."""
    found: dict[str, Link] = {}
    torn = 0
    for line in filter(None, data.split(b"\n")):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            torn += 1
            continue
        if isinstance(record, dict) and "pid" in record:
            continue
        address = record.pop("address", "") if isinstance(record, dict) else ""
        link = decoded(address, record) if isinstance(address, str) else None
        if link is None:
            torn += 1
        else:
            found[address] = link
    return found, torn


def _finish(journal: Journal) -> None:
    """Write the ledger, if anything has changed, and take the journal away."""
    if journal.learned or journal.gone:
        merged = journal.links
        if _state(journal.path) != journal.seen:
            # A checkout has changed it meanwhile, and what we did not ask is not ours to decide.
            merged = {a: link for a, link in read_ledger(journal.path).items() if a not in journal.gone}
            merged |= {address: journal.links[address] for address in journal.learned}
        write_bytes(journal.path, ledger_bytes(merged))
    if os.name == "nt":  # where an open file can't be deleted
        journal.file.truncate(0)
    else:
        journal_path(journal.path).unlink(missing_ok=True)


def _state(path: Path) -> tuple[int, ...]:
    """What tells one state of a file from another without reading it; nothing for a file that is not there."""
    try:
        known = path.stat()
    except OSError:
        return ()
    return known.st_ino, known.st_size, known.st_mtime_ns


def _see_that_writable(path: Path) -> None:
    if not path.parent.is_dir():
        raise UsageError(f"{path} can't be written: there is no folder {path.parent}")
    # The bits are looked at as well: a file is replaced, not written, and that a read-only one is not spared.
    if path.exists() and not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK)):
        raise UsageError(f"{path} is read-only; make it writable (chmod u+w), and ask again")


def _locked(path: Path, wait: float) -> FileIO:
    """Open the journal and lock it; raises UsageError that tells who holds it."""
    end = time.monotonic() + wait
    while True:
        try:
            file = FileIO(path, "a+")  # without a buffer: what is written has left this process
        except OSError as error:
            raise _unwritable(path, error) from error
        if _try_lock(file, path):
            return file
        file.seek(0)
        holder = _holder(file.read(4096).partition(b"\n")[0])
        file.close()
        if time.monotonic() >= end:
            raise UsageError(f"the ledger is held by {holder}; wait until that has ended ({path})")
        time.sleep(0.02)


def _try_lock(file: FileIO, path: Path) -> bool:
    """Lock a file without waiting. A file that its last holder has deleted meanwhile is no lock."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1 << 30)  # behind all data: on Windows what is locked can't be read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(file.fileno()), os.stat(path))
    except (BlockingIOError, FileNotFoundError, PermissionError):
        return False
    except OSError as error:
        file.close()
        raise UsageError(f"{path} can't be locked: {error.strerror}") from error


def _holder(line: bytes) -> str:
    try:
        data = json.loads(line)
        return f"process {data['pid']} (`{data['command']}`, since {data['since']})"
    except (ValueError, KeyError, TypeError):
        return "another process that has just begun"


def _unwritable(path: Path, error: OSError) -> UsageError:
    try:
        free = f", {shutil.disk_usage(path.parent).free // 1024} KB free"
    except OSError:
        free = ""
    kept = "the ledger is as it was, with what the journal holds to be added by the next run"
    return UsageError(f"{path} can't be written: {error.strerror}{free}; {kept}")


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
