"""The figures, page by page and of the whole."""

from __future__ import annotations

import argparse

from msgspec.structs import asdict

from ..check import check
from ..locators import is_public
from ..read import read_library
from ..settings import read_settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options: there are none."""


def run(args: argparse.Namespace) -> int:
    """Print the figures of each checked page and of the whole, and the claims that nobody can look up."""
    settings = read_settings(args.root)
    library = read_library(args.root, settings)
    summary = check(library, settings.select, settings.ignore, settings.allow).summary
    public = {entry.key for entry in library.entries if is_public(entry)}
    for page in library.pages:
        if page.checked:
            cited = sum(claim.sourced for claim in page.claims)
            named = sum(bool(claim.names) for claim in page.claims)
            print(f"{page.path}: {len(page.claims)} claims, {cited} cited, {named} named")
    for name, value in asdict(summary).items():
        print(f"{name.replace('_', ' ')}: {value}")
    if summary.claims:
        share = 100 * summary.public_claims / summary.claims
        print(f"publicly resolvable: {share:.1f} % of the claims")
    for page in library.pages:
        for claim in page.claims:
            if not any(citation.key in public for citation in claim.citations):
                place = claim.place
                print(f"{place.path}:{place.line}:{place.column}: rests on no public source: {claim.text}")
    return 0
