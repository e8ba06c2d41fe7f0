"""The formatter: every .bib file in one form, with nothing lost; what can't be kept is not touched."""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
import time
from pathlib import Path

from ..bibformat import LossError, format_text
from ..bibformat.encoding import decoded
from ..errors import UsageError
from ..model import Fault
from ..settings import read_settings
from ..write import write_bytes

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")  # a line separator of Unicode ends no line here
_ABANDONED = 3600  # seconds; a temporary file as old as that was left by a run that was killed


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help=".bib files (default: the library's)"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    parser.add_argument("--diff", action="store_true", help="write nothing; print what would change")
    parser.add_argument(
        "--dry-run", action="store_true", help="write nothing; print the files that would change"
    )
    parser.add_argument(
        "--fix", action="store_true", help="mend content too: DOIs, year and month, HTML, line ends"
    )


def run(args: argparse.Namespace) -> int:
    """Format each file by itself; one that is refused keeps no other from being written."""
    code = 0
    for path in args.files or _bibliography(args.root):
        code = max(code, _format(path, args))
    return code


def _bibliography(root: Path) -> list[Path]:
    from ..read import bibliography_paths  # it reads pages too, and so is slow to load

    paths = bibliography_paths(root, read_settings(root))
    if not paths:
        raise UsageError(
            "nothing to format: the library has no .bib file (`bibliography` in [tool.sourcebook])"
        )
    return [root / path for path in paths]


def _format(path: Path, args: argparse.Namespace) -> int:
    """Format one file; answers 0, 1 if it was refused or `--check` found something, 2 for a bug of ours."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from error
    text = decoded(str(path), data)
    try:
        formatted = (text,) if isinstance(text, Fault) else format_text(str(path), text, args.fix)
    except LossError as error:
        print(f"{path}: not touched: a bug in sourcebook, please report it: {error}", file=sys.stderr)
        return 2
    if not isinstance(formatted, str):
        for fault in formatted:
            place = fault.place
            print(
                f"{place.path}:{place.line}:{place.column}: {fault.message} ({fault.cure})", file=sys.stderr
            )
        print(f"{path}: not touched", file=sys.stderr)
        return 1
    assert isinstance(text, str)
    if formatted == text:
        return 0
    if args.diff:
        _print_diff(path, text, formatted)
    elif args.check or args.dry_run:
        print(path)
    if args.check or args.diff or args.dry_run:
        return int(args.check)
    _write(path, data, formatted.encode("utf-8"))
    print(f"{path}: formatted", file=sys.stderr)
    return 0


def _print_diff(path: Path, before: str, after: str) -> None:
    old, new = (_LINE.findall(text) for text in (before, after))
    for line in difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"):
        end = (
            "" if line.endswith("\n") else "\n" if line.endswith("\r") else "\n\\ No newline at end of file\n"
        )
        sys.stdout.write(line + end)


def _write(path: Path, before: bytes, after: bytes) -> None:
    """Put the new file in the place of the old one, with its permissions, unless somebody has changed it meanwhile."""
    target = path.resolve()  # a link stays one
    _sweep(target)
    if not os.access(target, os.W_OK):
        raise UsageError(f"{path} can't be written: it is read-only")
    mode = target.stat().st_mode
    if target.read_bytes() != before:
        raise UsageError(f"{path} was changed while it was formatted: run the command again")
    write_bytes(target, after)
    if target.stat().st_mode != mode:
        target.chmod(mode)


def _sweep(path: Path) -> None:
    """Delete the temporary files that a killed run left beside a file."""
    for left in path.parent.glob(f".{path.name}.*.tmp"):
        if time.time() - left.stat().st_mtime > _ABANDONED:
            left.unlink(missing_ok=True)
