"""A clean build, put in place only when all of it is right.

Sphinx does not repeat the warnings of a page that has not changed, and keeps what was made of pages that are gone. So a
build that is to be trusted begins with nothing, in a new folder, and replaces the old one at its end.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .errors import UsageError

# What Sphinx calls a builder, and the name of the folder that it fills.
BUILDERS = {"html": "html", "pdf": "typst"}
_PREFIX = ".new-"


def build(docs: Path, out: Path, forms: tuple[str, ...]) -> list[Path] | None:
    """Build a Sphinx project in the forms named; answers what lies where, or None if the build failed.

    Sphinx writes what it has to say to standard error. Raises UsageError if there is nothing to build.
    """
    if not (docs / "conf.py").is_file():
        raise UsageError(f"no Sphinx project: {docs / 'conf.py'} does not exist")
    unknown = set(forms) - set(BUILDERS)
    if unknown:
        raise UsageError(f"no such form: {', '.join(sorted(unknown))}; known are {', '.join(BUILDERS)}")
    out.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    new = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=out))
    try:
        for form in forms:
            if not _run(docs, new, form):
                return None
        for form in forms:
            _put_in_place(new / form, out / form)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return [_result(out, form) for form in forms]


def _run(docs: Path, new: Path, form: str) -> bool:
    # The doctrees are shared: the pages are read once, and their warnings have been heard by then.
    doctrees = new / "doctrees"
    options = ["--nitpicky", "--fail-on-warning", "--keep-going", "--quiet"]
    paths = ["-d", str(doctrees), str(docs), str(new / form)]
    command = [sys.executable, "-m", "sphinx", *options, "-b", BUILDERS[form], *paths]
    return subprocess.run(command, check=False, stdout=sys.stderr).returncode == 0


def _put_in_place(new: Path, old: Path) -> None:
    """Swap a finished folder in. What was there is gone only when the new one stands."""
    aside = new.with_name(f"{new.name}-old")
    if old.exists():
        old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        if aside.exists():
            aside.rename(old)
        raise


def _sweep(out: Path) -> None:
    """Remove what a build that was killed left behind; a folder of a build that still runs is left alone."""
    for left in out.glob(f"{_PREFIX}*"):
        pid = left.name.removeprefix(_PREFIX).partition("-")[0]
        if pid.isdigit() and not _runs(int(pid)):
            for form in BUILDERS:
                aside = left / f"{form}-old"
                if aside.exists() and not (out / form).exists():
                    aside.rename(out / form)
            shutil.rmtree(left, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _result(out: Path, form: str) -> Path:
    """The file to open."""
    if form == "html":
        return out / form / "index.html"
    return next(iter(sorted((out / form).glob("*.pdf"))), out / form)
