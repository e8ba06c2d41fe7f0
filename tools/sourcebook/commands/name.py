"""Names for the claims that have none, proposed and written in."""

from __future__ import annotations

import argparse
import codecs
import difflib
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from ..claims import read_page
from ..errors import UsageError
from ..model import Claim, Library, Page
from ..myst import read_text
from ..nameroles import write_names
from ..naming import frequencies, propose_name
from ..read import read_library
from ..settings import Settings, read_settings
from ..uses import includes_of
from ..write import write_bytes


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="only these pages, or those below"
    )
    parser.add_argument("--dry-run", action="store_true", help="print the names, and write nothing")
    parser.add_argument("--diff", action="store_true", help="print what would change, and write nothing")


def run(args: argparse.Namespace) -> int:
    """Name every claim of the pages that has no name; answers 1 if one had to be left."""
    settings = read_settings(args.root)
    library = read_library(args.root, settings)
    taken = {name.name for name in library.published} | {
        name.name for page in library.pages for name in page.names
    }
    taken |= library.keys
    common = frequencies(library.pages)
    included = {path for page in library.pages for path, _use in includes_of(page)}
    done = left = 0
    for page in _chosen(library, args.root, args.paths):
        nameless = {
            number: _why_not(page, claim, included)
            for number, claim in enumerate(page.claims)
            if not claim.names
        }
        named = _name_page(args, settings, page, [n for n, why in nameless.items() if not why], taken, common)
        for number in sorted(nameless.keys() - named.keys()):
            claim = page.claims[number]
            place, why = claim.place, nameless[number] or "no role can be written there"
            print(f"{place.path}:{place.line}:{place.column}: left ({why}): {claim.text}", file=sys.stderr)
        done += len(named)
        left += len(nameless) - len(named)
    print(f"{done} named, {left} left{' (nothing written)' * (args.dry_run or args.diff)}", file=sys.stderr)
    return 1 if left else 0


def _why_not(page: Page, claim: Claim, included: set[str]) -> str:
    """Why a claim can't be named, whatever its sentence; empty if it can."""
    if page.path in included:
        return "the page is brought in by another"
    lines = range(claim.place.line, claim.place.end_line + 1)
    lost = any(
        use.place.line <= line <= use.place.end_line
        for use in page.uses
        if use.kind == "lost"
        for line in lines
    )
    return "the build drops text there" if lost else ""


def _name_page(
    args: argparse.Namespace,
    settings: Settings,
    page: Page,
    nameless: list[int],
    taken: set[str],
    common: Counter[str],
) -> dict[int, str]:
    """Propose and write the names of one page; answers those that could be written, by the number of the claim."""
    if not nameless:
        return {}
    path = args.root / page.path
    data = path.read_bytes()
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        source = data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError:  # which is a finding of the check; such a page has no claims
        return {}
    reread = _reader(settings, page)
    fresh = reread(source)
    names: dict[int, str] = {}
    for number in nameless:
        names[number] = propose_name(fresh.claims[number], page, taken, common)
        taken.add(names[number])
    after, named = write_names(source, fresh, names, reread)
    if args.diff:
        sys.stdout.writelines(difflib.unified_diff(_lines(source), _lines(after), page.path, page.path))
    else:
        for number, name in named.items():
            place = page.claims[number].place
            print(f"{place.path}:{place.line}:{place.column}: {name}: {page.claims[number].text}")
    if named and not (args.dry_run or args.diff):
        write_bytes(path, mark + after.encode("utf-8"))
    return named


def _reader(settings: Settings, page: Page) -> Callable[[str], Page]:
    """What makes a page of a text, as the check does."""
    extensions, cite_roles = frozenset(settings.myst_extensions), frozenset(settings.cite_roles)
    return lambda text: read_page(
        page.path, read_text(page.path, text, extensions, cite_roles), page.checked, cite_roles
    )


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _chosen(library: Library, root: Path, paths: list[Path]) -> Iterable[Page]:
    """The checked pages at these paths or below them; all, if there are none. A path that holds none is misuse."""
    checked = [page for page in library.pages if page.checked]
    if not paths:
        return checked
    wanted: set[str] = set()
    for path in paths:
        here = os.path.relpath(path.absolute(), root.absolute()).replace(os.sep, "/")
        below = {
            page.path for page in checked if here in {".", page.path} or page.path.startswith(f"{here}/")
        }
        if not below:
            raise UsageError(f"{path} is no checked page of the library, and no folder with one")
        wanted |= below
    return [page for page in checked if page.path in wanted]
