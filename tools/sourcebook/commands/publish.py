"""Add the claim names of this release to the list of those that may not vanish."""

from __future__ import annotations

import argparse
import sys

from ..read import read_library
from ..settings import read_settings
from ..write import write_file


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--dry-run", action="store_true", help="print the names that would be added")


def run(args: argparse.Namespace) -> int:
    """Add every claim name that the list does not have; none is ever taken out."""
    settings = read_settings(args.root)
    library = read_library(args.root, settings)
    listed = {name.name for name in library.published}
    names = {name.name for page in library.pages for claim in page.claims for name in claim.names}
    new = sorted(names - listed)
    if args.dry_run:
        print("".join(f"{name}\n" for name in new), end="")
        return 0
    path = args.root / settings.published[0]
    moved = [f"{renamed.old} -> {renamed.new}" for renamed in library.renamed]
    write_file(path, "".join(f"{line}\n" for line in sorted([*(listed | names), *moved])))
    print(f"{path}: {len(new)} added, {len(listed | names)} in all", file=sys.stderr)
    return 0
