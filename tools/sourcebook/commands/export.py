"""The bibliography, entries or claims, in a form that other programs read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..about import read_about
from ..exporters import exporters
from ..exporting.selection import About, Catalogue, Selection
from ..model import Fault, Library
from ..read import read_library
from ..settings import read_settings
from ..write import write_file


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("format", choices=list(exporters()), metavar="FORMAT", help=", ".join(exporters()))
    parser.add_argument("keys", nargs="*", metavar="KEY", help="citation keys and claim names (default: all)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write it there")


def run(args: argparse.Namespace) -> int:
    """Write the works or claims that are asked for; exit code 1 if some of the library could not be exported."""
    settings = read_settings(args.root)
    library = read_library(args.root, settings)
    about = read_about(args.root, settings)
    selection = Catalogue(library, about).select(args.keys)
    text = exporters()[args.format].write(selection)
    lost = [] if args.keys else _lost(library)
    for fault in lost:
        place = fault.place
        print(f"{place.path}:{place.line}:{place.column}: not exported: {fault.message}", file=sys.stderr)
    _tell_of_address(about, selection)
    if args.output:
        write_file(args.output, text)
    else:
        sys.stdout.buffer.write(text.encode("utf-8"))
    return 1 if lost else 0


def _lost(library: Library) -> list[Fault]:
    """What is in no export: entries and pages that could not be read, and entries whose key is taken."""
    unread = [fault for page in library.pages for fault in page.unread]
    unread += [fault for bibliography in library.bibliographies for fault in bibliography.unread]
    seen: set[str] = set()
    for entry in library.entries:
        if entry.key in seen:
            unread.append(Fault(entry.head, f"a second entry has the key {entry.key}", key=entry.key))
        seen.add(entry.key)
    return unread


def _tell_of_address(about: About, selection: Selection) -> None:
    """Say why permalinks are relative, where there are any."""
    if not about.base and any(claim.permalink for claim in selection.claims):
        print(
            "no address is set: permalinks are relative (set `address` in [tool.sourcebook])", file=sys.stderr
        )
