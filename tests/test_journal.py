"""The journal of a run: whoever writes at once, wherever it is killed, whatever the disk does, nothing is lost."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sourcebook.errors import UsageError
from sourcebook.linking.journal import held_ledger, journal_path
from sourcebook.linking.ledger import ledger_bytes, read_ledger
from sourcebook.linkrecords import Link

NOON = "2026-01-03T12:00:00Z"
TOOLS = str(Path(__file__).parent.parent / "tools")

# A writer of its own: it notes numbered addresses one by one, and says each on standard output when it is noted.
WRITER = """
import sys
from pathlib import Path
from sourcebook.linking.journal import held_ledger
from sourcebook.linkrecords import Link
path, name, count, each = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
for start in range(0, count, each):
    with held_ledger(path, f"writer {name}", wait=60) as journal:
        for number in range(start, start + each):
            address = f"https://{name}.example.org/{number}"
            journal.note(address, Link("alive", code=200, time="2026-01-03T12:00:00Z", title="ä" * 40))
            sys.stdout.write(f"{address}\\n")
            sys.stdout.flush()
"""


def writer(path: Path, name: str, count: int, each: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), name, str(count), str(each)]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": TOOLS},
    )


def test_eight_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    writers = [writer(path, f"w{n}", 12, 3) for n in range(8)]
    for one in writers:
        _out, talk = one.communicate(timeout=60)
        assert one.returncode == 0, talk
    assert len(read_ledger(path)) == 8 * 12
    assert [file.name for file in tmp_path.iterdir()] == ["links.json"]


def test_a_second_run_is_told_who_holds_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    told = rf"process {os.getpid()} \(`sourcebook links`, since 20"
    with (
        held_ledger(path, "sourcebook links"),
        pytest.raises(UsageError, match=told),
        held_ledger(path, "other"),
    ):
        pass
    with held_ledger(path, "sourcebook links"):
        pass


def _kill_somewhere(path: Path, moments: random.Random, name: str) -> set[str]:
    """Run a writer in a fork and kill it at a random moment; answers what it had said to be noted."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        os.close(read_end)
        while True:  # killed from outside, wherever it is
            with held_ledger(path, "killed") as journal:
                for number in range(6):
                    journal.note(
                        f"https://{name}.example.org/{number}", Link("alive", time=NOON, title="ä" * 99)
                    )
                    os.write(write_end, f"{number}\n".encode())
    os.close(write_end)
    time.sleep(moments.random() * 0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(read_end) as said:
        return {f"https://{name}.example.org/{line.strip()}" for line in said if line.endswith("\n")}


def test_killed_at_a_hundred_moments_it_is_whole_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    moments = random.Random(7)
    noted: set[str] = set()
    for number in range(100):
        noted |= _kill_somewhere(path, moments, f"k{number}")
        read_ledger(path)  # whole, whatever the moment
    with held_ledger(path, "the next run") as journal:
        assert noted <= journal.links.keys()
    assert noted <= read_ledger(path).keys()
    assert len(noted) > 20
    assert [file.name for file in tmp_path.iterdir()] == ["links.json"]


def test_a_torn_journal_gives_what_is_whole_in_it(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    with held_ledger(path, "first") as journal:
        journal.note("https://a.org", Link("alive", time=NOON))
        journal.note("https://b.org", Link("alive", time=NOON))
        lines = journal_path(path).read_bytes()
    for cut in range(len(lines)):
        path.unlink(missing_ok=True)
        journal_path(path).write_bytes(lines[:cut])
        with held_ledger(path, "next") as journal:
            assert (
                journal.recovered
                == len(journal.links)
                == max(0, lines[:cut].count(b"\n") - 1) + journal_whole(lines, cut)
            )
    journal_path(path).write_bytes(lines.replace(b"https://b.org", b"https://c.org") + b"\0\0\0\n")
    with held_ledger(path, "next") as journal:
        assert journal.torn == 2


def journal_whole(lines: bytes, cut: int) -> int:
    """1 if the cut takes away nothing but the end of a line that tells of an answer."""
    return int(cut > 0 and lines[cut : cut + 1] == b"\n" and b'"address"' in lines[:cut].rpartition(b"\n")[2])


def test_an_older_answer_in_the_journal_does_not_undo_a_newer_one(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    with held_ledger(path, "first") as journal:
        journal.note("https://a.org", Link("blocked", time="2026-01-01T00:00:00Z"))
        lines = journal_path(path).read_bytes()
    path.write_bytes(ledger_bytes({"https://a.org": Link("alive", time=NOON)}))
    journal_path(path).write_bytes(lines)
    with held_ledger(path, "next") as journal:
        assert journal.links["https://a.org"].verdict == "alive"


def test_what_the_library_no_longer_has_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    path.write_bytes(ledger_bytes({"https://a.org": Link("alive"), "https://b.org": Link("alive")}))
    with held_ledger(path, "links") as journal:
        journal.forget({"https://b.org"})
        # Somebody else checks out another ledger meanwhile: what it knows is kept.
        path.write_bytes(ledger_bytes({"https://a.org": Link("alive"), "https://c.org": Link("alive")}))
    assert list(read_ledger(path)) == ["https://c.org"]


def test_interrupted_work_is_written(tmp_path: Path) -> None:
    path = tmp_path / "links.json"

    def work() -> None:
        with held_ledger(path, "links") as journal:
            journal.note("https://a.org", Link("alive"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert list(read_ledger(path)) == ["https://a.org"]


def _in_a_fork(act: object) -> str:
    """What a call says when it is made in a process of its own, in which limits and rights can be taken away."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        try:
            act()  # type: ignore[operator]
            said = "done"
        except UsageError as error:
            said = f"UsageError: {error}"
        except BaseException as error:  # told, not raised: this process must end here
            said = repr(error)
        os.write(write_end, said.encode()[:4000])
        os._exit(0)
    os.close(write_end)
    os.waitpid(child, 0)
    with os.fdopen(read_end) as said_there:
        return said_there.read()


def test_a_full_disk_is_told_and_takes_nothing_away(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    path.write_bytes(ledger_bytes({"https://old.org": Link("alive", time=NOON)}))
    before = path.read_bytes()

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900))
        with held_ledger(path, "links") as journal:
            for number in range(100):
                journal.note(f"https://example.org/{number}", Link("alive", time=NOON))

    said = _in_a_fork(fill)
    assert said.startswith("UsageError: ")
    assert "can't be written: File too large" in said
    assert path.read_bytes() == before
    with held_ledger(path, "links") as journal:  # the disk has room again: what was noted is not lost
        assert journal.recovered >= 2
        assert "https://example.org/0" in journal.links


def test_a_read_only_ledger_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    path.write_bytes(ledger_bytes({}))
    path.chmod(0o444)
    with (
        pytest.raises(UsageError, match=r"links.json is read-only; make it writable"),
        held_ledger(path, "links"),
    ):
        pass
    with (
        pytest.raises(UsageError, match="there is no folder"),
        held_ledger(tmp_path / "no" / "links.json", "links"),
    ):
        pass


def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)

    def hold() -> None:
        if os.geteuid() == 0:
            for folder in tmp_path.parents:  # so that somebody else may look into it at all
                if folder.stat().st_uid == 0 and folder.stat().st_mode & 0o077 == 0:
                    folder.chmod(0o711)
            os.seteuid(65534)
        with held_ledger(tmp_path / "links.json", "links"):
            pass

    said = _in_a_fork(hold)
    tmp_path.chmod(0o755)
    assert "links.json.journal can't be written: Permission denied" in said
