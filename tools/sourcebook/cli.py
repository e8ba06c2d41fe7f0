"""The command line: a thin face. Standard output is data, standard error is talk; exit 0, 1 or 2."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .build import BUILDERS, build
from .check import check
from .errors import UsageError
from .model import Library, Report
from .read import page_paths, read_library
from .report import WRITERS
from .rules import all_rules, rules_page
from .settings import Settings, read_settings
from .write import write_file

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; answers the exit code."""
    parser = make_parser()
    args = parser.parse_args(arguments)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except UsageError as error:
        print(f"sourcebook: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader went away (`| head`); nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def make_parser() -> argparse.ArgumentParser:
    """The whole command line: one function a command, its options beside it."""
    parser = argparse.ArgumentParser(prog="sourcebook", description="Every claim carries a reference.")
    parser.add_argument("--version", action="version", version=f"sourcebook {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_build(commands)
    _add_check(commands)
    _add_rules(commands)
    _add_stats(commands)
    return parser


def _command(commands: Commands, name: str, help_: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_, description=help_)
    parser.add_argument(
        "--root", type=Path, default=Path(), metavar="DIR", help="the library (default: here)"
    )
    return parser


def _add_build(commands: Commands) -> None:
    parser = _command(commands, "build", "check, then a clean build, put in place only when all is right")
    parser.add_argument(
        "--docs", type=Path, default=Path("docs"), metavar="DIR", help="the folder with conf.py"
    )
    parser.add_argument("--output", type=Path, default=Path("_build"), metavar="DIR", help="where to build")
    parser.add_argument("--forms", default=",".join(BUILDERS), help="what to build, with commas")
    parser.set_defaults(run=run_build)


def _add_check(commands: Commands) -> None:
    parser = _command(commands, "check", "the gate: every rule over pages and bibliography, offline")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="report on these files only")
    parser.add_argument("--format", choices=sorted(WRITERS), default="text", help="form of the report")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report there")
    parser.add_argument("--select", default="", metavar="RULES", help="only these rules, with commas")
    parser.add_argument("--ignore", default="", metavar="RULES", help="not these rules, with commas")
    parser.set_defaults(run=run_check)


def _add_rules(commands: Commands) -> None:
    parser = _command(commands, "rules", "the rules, or the manual of one of them")
    parser.add_argument("rule", nargs="?", help="the rule to tell of")
    parser.add_argument("--format", choices=["markdown", "text"], default="text", help="form of the list")
    parser.set_defaults(run=run_rules)


def _add_stats(commands: Commands) -> None:
    parser = _command(commands, "stats", "the figures, page by page")
    parser.set_defaults(run=run_stats)


def run_build(args: argparse.Namespace) -> int:
    """Check the library and, if it is clean, build it; print the files to open."""
    report = _report(args.root, read_settings(args.root))
    sys.stderr.write(WRITERS["text"](report))
    if report.findings:
        return 1
    built = build(args.root / args.docs, args.root / args.output, tuple(args.forms.split(",")))
    if built is None:
        return 1
    for path in built:
        print(path.resolve())
    return 0


def _report(root: Path, settings: Settings) -> Report:
    return check(read_library(root, settings), settings.select, settings.ignore)


def run_check(args: argparse.Namespace) -> int:
    """Check the library and print the report."""
    settings = read_settings(args.root)
    library = read_library(args.root, settings)
    select = tuple(filter(None, args.select.split(","))) or settings.select
    ignore = (*filter(None, args.ignore.split(",")), *settings.ignore)
    report = check(library, select, ignore)
    if args.paths:
        report = _only(report, args.root, args.paths, settings, library)
    text = WRITERS[args.format](report)
    if args.output:
        write_file(args.output, text)
    else:
        sys.stdout.write(text)
    return 1 if report.findings else 0


def _only(report: Report, root: Path, paths: list[Path], settings: Settings, library: Library) -> Report:
    """The findings in some files, or in the files below some folders. A path that holds nothing is misuse."""
    known = {*page_paths(root, settings), *(b.path for b in library.bibliographies)}
    wanted: set[str] = set()
    for path in paths:
        here = os.path.relpath(path.absolute(), root.absolute()).replace(os.sep, "/")
        below = {name for name in known if here == "." or name == here or name.startswith(f"{here}/")}
        if not below:
            raise UsageError(f"{path} is no page or bibliography of the library, and no folder with one")
        wanted |= below
    findings = tuple(f for f in report.findings if f.fault.place.path in wanted)
    return Report(findings, report.waived, report.summary)


def run_rules(args: argparse.Namespace) -> int:
    """List the rules with their laws, or print the manual of one."""
    if args.format == "markdown":
        print(rules_page(), end="")
    elif args.rule is None:
        width = max(map(len, all_rules()))
        for rule in all_rules().values():
            print(f"{rule.name:<{width}}  {rule.law}")
    elif args.rule in all_rules():
        print(f"{args.rule}: {all_rules()[args.rule].manual}")
    else:
        raise UsageError(f"there is no rule {args.rule!r}; `sourcebook rules` lists them")
    return 0


def run_stats(args: argparse.Namespace) -> int:
    """Print the figures of each checked page and of the whole."""
    library = read_library(args.root, read_settings(args.root))
    report = check(library)
    for page in library.pages:
        if page.checked:
            cited = sum(claim.sourced for claim in page.claims)
            named = sum(bool(claim.names) for claim in page.claims)
            print(f"{page.path}: {len(page.claims)} claims, {cited} cited, {named} named")
    print(WRITERS["text"](Report((), (), report.summary)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
