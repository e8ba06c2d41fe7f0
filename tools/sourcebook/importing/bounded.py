"""Work on foreign input in a process of its own, with an end to its time and its memory.

A parser that hangs, swells or crashes takes only that process with it.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from ..errors import UsageError

T = TypeVar("T")

SECONDS = 10.0
MEGABYTES = 500
_CHILD = "from sourcebook.importing.bounded import work; work()"
_START = 20.0  # seconds that a busy machine may take to start Python and to load the libraries


class _Task(msgspec.Struct):
    """What the child is to do: a function of the package, what it is called with, and its bounds."""

    module: str
    name: str
    args: tuple[Any, ...]
    seconds: float
    megabytes: int


class _Done(msgspec.Struct):
    """What the child says: a result, or words of misuse, or the traceback of a bug."""

    result: bytes = b""
    misuse: str = ""
    bug: str = ""


def bounded(
    function: Callable[..., T],
    returns: type[T],
    *args: str | bytes | int,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> T:
    """Call a module's function in a child process and give what it returns.

    returns: the type of the result, made of records and plain values. Arguments are texts, bytes, numbers. Raises
    UsageError if it takes longer or needs more memory than it may, and what UsageError the function raises.
    """
    task = _Task(function.__module__, function.__qualname__, args, seconds, megabytes)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(os.path.abspath(path) for path in sys.path)}
    try:
        run = subprocess.run(
            [sys.executable, "-c", _CHILD],
            input=msgspec.msgpack.encode(task),
            capture_output=True,
            timeout=seconds + _START,
            env=environment,
        )
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"it takes longer than {seconds:g} seconds to read") from error
    if run.returncode == 1 and b"MemoryError" not in run.stderr:
        raise RuntimeError(f"in a child process:\n{run.stderr.decode(errors='replace')}")
    if run.returncode or not run.stdout:
        raise UsageError(_how_it_ended(run.returncode, run.stderr, seconds, megabytes))
    done = msgspec.msgpack.decode(run.stdout, type=_Done)
    if done.misuse:
        raise UsageError(done.misuse)
    if done.bug:
        raise RuntimeError(f"in a child process:\n{done.bug}")
    return msgspec.msgpack.decode(done.result, type=returns)


def _how_it_ended(code: int, stderr: bytes, seconds: float, megabytes: int) -> str:
    import signal

    if -code in {
        getattr(signal, "SIGXCPU", 0),
        getattr(signal, "SIGKILL", 0),
        getattr(signal, "SIGALRM", 0),
    } - {0}:
        return f"it takes longer than {seconds:g} seconds to read"
    if b"MemoryError" in stderr or code < 0:
        return f"it needs more than {megabytes} megabytes to read, or broke the parser"
    return f"the process that read it ended with {code}: {stderr.decode(errors='replace')[-300:].strip()}"


def work() -> None:
    """Be the child: read a task from standard input, do it within its bounds, write what came of it."""
    task = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=_Task)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is talk, not the answer
    function = getattr(importlib.import_module(task.module), task.name)
    if prepare := getattr(sys.modules[task.module], "prepare", None):
        prepare()
    _bind(task.seconds, task.megabytes)
    done = _Done()
    try:
        done.result = msgspec.msgpack.encode(function(*task.args))
    except UsageError as error:
        done.misuse = str(error)
    except (MemoryError, RecursionError) as error:
        done.misuse = f"it needs more than {task.megabytes} megabytes to read ({type(error).__name__})"
    except Exception:
        done.bug = traceback.format_exc()
    out.write(msgspec.msgpack.encode(done))
    out.flush()


def _bind(seconds: float, megabytes: int) -> None:
    """Set the bounds, where the system has them: seconds by the clock, and memory on top of what is loaded."""
    try:
        import resource
        import signal
    except ImportError:  # pragma: no cover - no such bounds on Windows; the parent still watches the clock
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    with contextlib.suppress(OSError, ValueError):  # macOS has no such bound
        resource.setrlimit(resource.RLIMIT_AS, (_mapped() + megabytes * 1_000_000,) * 2)


def _mapped() -> int:
    """The bytes of address space that the process has already, libraries and all."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # pragma: no cover - not Linux
        return 1_000_000_000
