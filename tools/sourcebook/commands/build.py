"""Check, then a clean build, put in place only when all is right."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..build import BUILDERS, build
from ..check import check
from ..read import read_library
from ..reports import writers
from ..settings import read_settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--docs", type=Path, default=Path("docs"), metavar="DIR", help="the folder with conf.py"
    )
    parser.add_argument("--output", type=Path, default=Path("_build"), metavar="DIR", help="where to build")
    parser.add_argument("--forms", default=",".join(BUILDERS), help="what to build, with commas")


def run(args: argparse.Namespace) -> int:
    """Check the library and, if it is clean, build it; print the files to open."""
    settings = read_settings(args.root)
    library = read_library(args.root, settings)
    report = check(library, settings.select, settings.ignore, settings.allow)
    sys.stderr.write(writers()["text"](report))
    if report.findings:
        return 1
    built = build(args.root / args.docs, args.root / args.output, tuple(args.forms.split(",")))
    if built is None:
        return 1
    for path in built:
        print(path.resolve())
    return 0
