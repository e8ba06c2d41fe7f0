"""The gate: every rule over pages and bibliography, offline."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from ..check import check
from ..errors import UsageError
from ..locators import is_held
from ..model import Library, Report
from ..outline import outline_of
from ..read import read_library, read_outline
from ..reports import writers
from ..settings import read_settings
from ..write import write_file

WORTH_A_BAR = 100  # pages


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="report on these files only")
    parser.add_argument("--format", choices=list(writers()), default="text", help="form of the report")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report there")
    parser.add_argument("--select", default="", metavar="RULES", help="only these rules, with commas")
    parser.add_argument("--ignore", default="", metavar="RULES", help="not these rules, with commas")
    parser.add_argument(
        "--baseline", type=Path, metavar="FILE", help="known findings; written if it is not there"
    )
    parser.add_argument("--held", type=Path, metavar="DIR", help="the folder of held copies, for copied-run")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (default: by the work)")
    parser.add_argument("--no-cache", action="store_true", help="read every file anew")


def run(args: argparse.Namespace) -> int:
    """Check the library and print the report."""
    settings = read_settings(args.root)
    if args.jobs < 0:
        raise UsageError("--jobs takes a number from 0")
    outline = read_outline(args.root, settings, args.jobs, not args.no_cache, _show_progress)
    if args.held:
        from ..held import read_held  # whose texts are compared with those of all pages

        whole = read_library(args.root, settings, args.jobs, not args.no_cache)
        outline = outline_of(replace(whole, held=read_held(args.held, whole)))
    _tell_of_held(outline.library)
    select = tuple(filter(None, args.select.split(","))) or settings.select
    ignore = (*filter(None, args.ignore.split(",")), *settings.ignore)
    report = check(outline, select, ignore, settings.allow)
    if args.baseline:
        from ..baseline import apply_baseline  # loaded only where it is asked for

        report, talk = apply_baseline(args.baseline, report)
        print(talk, file=sys.stderr)
    if args.paths:
        report = _only(report, args.root, args.paths, outline.library)
    _print(report, args)
    return 1 if report.findings else 0


def _tell_of_held(library: Library) -> None:
    """Say which held copies were not at hand: what was not checked has not passed."""
    held = {entry.key for entry in library.entries if entry.fields and is_held(entry)}
    if missing := held - {copy.key for copy in library.held}:
        names = ", ".join(sorted(missing))
        print(
            f"unchecked (copied-run): the held copies of {names} are not at hand (--held DIR)",
            file=sys.stderr,
        )


def _show_progress(paths: Iterable[str], count: int) -> Iterable[str]:
    """A bar for whoever waits at a terminal; none in a pipe, and none for a moment's work."""
    if count < WORTH_A_BAR or not sys.stderr.isatty():
        return paths
    from tqdm import tqdm  # loaded only where it is shown

    return tqdm(paths, total=count, unit="page", leave=False)


def _print(report: Report, args: argparse.Namespace) -> None:
    if args.output:
        write_file(args.output, writers()[args.format](report))
    elif args.format == "text" and sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        from ..reports.text import write_in_colour

        sys.stdout.write(write_in_colour(report, lambda path: _lines(args.root / path)))
    else:
        sys.stdout.write(writers()[args.format](report))


@cache
def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def _only(report: Report, root: Path, paths: list[Path], library: Library) -> Report:
    """The findings in some files, or in the files below some folders. A path that holds nothing is misuse."""
    known = {*(page.path for page in library.pages), *(b.path for b in library.bibliographies)}
    wanted: set[str] = set()
    for path in paths:
        here = os.path.relpath(path.absolute(), root.absolute()).replace(os.sep, "/")
        below = {name for name in known if here == "." or name == here or name.startswith(f"{here}/")}
        if not below:
            raise UsageError(f"{path} is no page or bibliography of the library, and no folder with one")
        wanted |= below
    findings = tuple(f for f in report.findings if f.fault.place.path in wanted)
    waived = tuple(pair for pair in report.waived if pair[1].fault.place.path in wanted)
    return replace(report, findings=findings, waived=waived)
