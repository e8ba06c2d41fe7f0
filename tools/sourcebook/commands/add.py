"""An entry from a DOI, an ISBN, an arXiv identifier or the address of a page."""

from __future__ import annotations

import argparse
import datetime
import difflib
import functools
import sys
from collections.abc import Mapping
from pathlib import Path

from ..add import Asking, Proposal, propose
from ..answers import Answer
from ..bibedit.bibinsert import insert_entry
from ..bibtex import read_bibliography
from ..errors import UsageError
from ..finders import Refused, all_finders
from ..finding.overrides import NAME, read_overrides
from ..locators import is_url
from ..model import Bibliography
from ..read import bibliography_paths
from ..settings import Settings, read_settings
from ..write import write_bytes


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "locators", nargs="+", metavar="LOCATOR", help="DOI, ISBN, arXiv identifier or address"
    )
    parser.add_argument(
        "--to", type=Path, metavar="FILE", help="the .bib file (default: the first of the library)"
    )
    parser.add_argument("--key", default="", help="the citation key (default: one in the house's style)")
    parser.add_argument("--dry-run", action="store_true", help="print the entry, and write nothing")
    parser.add_argument("--diff", action="store_true", help="print what would change, and write nothing")
    parser.add_argument("--no-cache", action="store_true", help="ask anew, and keep no answer")
    parser.add_argument(
        "--max-age",
        type=int,
        default=30,
        metavar="DAYS",
        help="how old a recorded answer may be (default: 30)",
    )
    parser.add_argument(
        "--service",
        action="append",
        default=[],
        metavar="NAME=ADDRESS",
        help="ask there instead: doi, isbn or arxiv",
    )
    parser.add_argument("--allow-private", action="store_true", help="ask hosts in private networks, too")


def run(args: argparse.Namespace) -> int:
    """Add an entry for each locator; answers 1 if one was refused, or is not yet what the rules ask for."""
    if args.key and len(args.locators) > 1:
        raise UsageError("--key names one entry: give one locator with it")
    if args.max_age < 0:
        raise UsageError("--max-age takes a number of days from 0")
    settings = read_settings(args.root)
    path = _file(args.root, settings, args.to)
    overrides = read_overrides((args.root / path).parent / NAME)
    age = datetime.timedelta(days=0 if args.no_cache else args.max_age)
    asking = Asking(functools.partial(_ask, args.allow_private), _services(args.service), age)
    code = 0
    for locator in args.locators:
        proposal = propose(locator, _bibliographies(args.root, settings, path), asking, overrides, args.key)
        if isinstance(proposal, Refused):
            print(f"{locator}: {proposal.why}: nothing written", file=sys.stderr)
            code = 1
        else:
            _write(args, path, proposal)
            code = 1 if proposal.findings else code
    return code


def _ask(allow_private: bool, url: str, headers: Mapping[str, str]) -> Answer:
    from ..network.ask import ask_once  # the network is loaded when it is asked

    return ask_once(url, dict(headers), allow_private=allow_private)


def _services(given: list[str]) -> dict[str, str]:
    known = [name for name, finder in all_finders().items() if finder.SERVICE]
    services: dict[str, str] = {}
    for text in given:
        name, _, address = text.partition("=")
        if name not in known or not (is_url(address) or address.startswith("http://127.0.0.1:")):
            raise UsageError(
                f"--service {text}: write NAME=ADDRESS, with one of the names {', '.join(known)}"
            )
        services[name] = address
    return services


def _file(root: Path, settings: Settings, to: Path | None) -> str:
    """The .bib file to write to, relative to the root; a new library gets one."""
    paths = bibliography_paths(root, settings)
    if to is None:
        return paths[0] if paths else settings.bibliography[0].replace("**/", "").replace("*", "library")
    for path in paths:
        if (root / path).resolve() == to.resolve():
            return path
    here = ", ".join(paths) or "none"
    raise UsageError(f"--to {to}: no .bib file of the library (`bibliography` in [tool.sourcebook]): {here}")


def _bibliographies(root: Path, settings: Settings, path: str) -> tuple[Bibliography, ...]:
    """All .bib files, read; one that is not UTF-8 is refused, since nobody can say what it holds."""
    found = []
    for name in sorted({*bibliography_paths(root, settings), path}):
        data = (root / name).read_bytes() if (root / name).is_file() else b""
        try:
            found.append(read_bibliography(name, data.decode("utf-8-sig")))
        except UnicodeDecodeError as error:
            raise UsageError(f"{name} is not UTF-8 (byte {error.start}): save it as UTF-8 first") from error
    return tuple(found)


def _write(args: argparse.Namespace, path: str, proposal: Proposal) -> None:
    """Put the entry in its place, or show what would be put there; say what is to be looked at."""
    file = args.root / path
    data = file.read_bytes() if file.is_file() else b""
    after, line = insert_entry(path, data, proposal.text)
    if args.diff:
        before, now = (part.decode("utf-8-sig").splitlines(keepends=True) for part in (data, after))
        sys.stdout.writelines(difflib.unified_diff(before, now, path, path))
    else:
        print(proposal.text, end="")
    place = f"{path}:{line}"
    if not (args.diff or args.dry_run):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(file, after)
        print(f"{place}: {proposal.entry.key} written", file=sys.stderr)
    for note in proposal.notes:
        print(f"{proposal.entry.key}: {note}", file=sys.stderr)
    for finding in proposal.findings:
        fault = finding.fault
        print(f"{proposal.entry.key}: {finding.rule}: {fault.message} ({fault.cure})", file=sys.stderr)
