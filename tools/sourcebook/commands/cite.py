"""Entries and claims by words of theirs, and what to paste to cite them."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from ..about import read_about
from ..errors import UsageError
from ..exporting.entrywork import Work
from ..exporting.selection import Catalogue, PlacedClaim
from ..folding import words_of
from ..model import Record
from ..paste import SYNTAXES, for_claim, for_work
from ..read import read_library
from ..reftext import STYLES, reference
from ..seek import Hit, find, nearest_words
from ..settings import read_settings
from ..tex import text_of

MOST = 5
CUT = 110  # characters of a title or sentence in a line
FORMS = (*SYNTAXES, "text", *STYLES, "word")


class Found(Record, frozen=True):
    """A hit with what is needed to cite it: the works, originals first, and the claim if it is one."""

    name: str
    kind: str
    shown: str
    keys: tuple[str, ...]
    score: float
    claim: PlacedClaim | None = None


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "words", nargs="+", metavar="WORDS", help="of a title, author, year, outlet, claim, or a key"
    )
    parser.add_argument("--for", dest="form", choices=FORMS, metavar="FORM", help=", ".join(FORMS))
    parser.add_argument("--all", action="store_true", help=f"all that is found, not the {MOST} best")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="form of the answer")
    parser.add_argument(
        "--inventory", default="", metavar="NAME", help="what your intersphinx_mapping calls this library"
    )


def run(args: argparse.Namespace) -> int:
    """Print what to paste; answers 1 if nothing is found."""
    query = " ".join(args.words)
    if not words_of(query):
        raise UsageError(f"{query!r} has no words: give some of a title, an author, a year or a claim")
    settings = read_settings(args.root)
    library = read_library(args.root, settings)
    hits = find(library, query)
    if not hits:
        near = ", ".join(nearest_words(library, query))
        print(
            f"nothing found for {query!r}{f'; words that look like it: {near}' if near else ''}",
            file=sys.stderr,
        )
        return 1
    catalogue = Catalogue(library, read_about(args.root, settings))
    found = [_found(hit, catalogue) for hit in (hits if args.all else hits[:MOST])]
    if args.format == "json":
        print(json.dumps(_document(query, found, catalogue, args), ensure_ascii=False, indent=2))
    elif args.form:
        _print_form(found, catalogue, args)
    else:
        _print_all_forms(found, catalogue, args.inventory)
    if not catalogue.about.base and any(one.claim and one.name for one in found):
        print(
            "no address is set: permalinks are relative (set `address` in [tool.sourcebook])", file=sys.stderr
        )
    if len(found) < len(hits):
        print(f"{len(hits) - len(found)} more found: --all shows them", file=sys.stderr)
    return 0


def _found(hit: Hit, catalogue: Catalogue) -> Found:
    if hit.entry:
        who = text_of(hit.entry.get("author")) or text_of(hit.entry.get("organization"))
        year = (hit.entry.get("date") or hit.entry.get("year"))[:4]
        shown = ", ".join(filter(None, (who, year, text_of(hit.entry.get("title")))))
        return Found(hit.entry.key, "entry", _cut(shown), (hit.entry.key,), hit.score)
    assert hit.claim
    assert hit.page
    name = next((name.name for name in hit.claim.names), "")
    fitting = (
        claim for claim in catalogue.claims if claim.page == hit.page.path and claim.text == hit.claim.text
    )
    claim = catalogue.named[name] if name else next(fitting)
    keys = sorted(claim.keys, key=lambda key: key == claim.article)  # what the article cites comes first
    return Found(name, "claim", _cut(claim.text), tuple(keys), hit.score, claim)


def _cut(text: str) -> str:
    return text if len(text) <= CUT else f"{text[:CUT].rpartition(' ')[0] or text[:CUT]}…"


def _line(found: Found) -> str:
    """A hit on one line."""
    where = f" ({found.kind})" if found.kind == "claim" else ""
    return f"{found.name or 'a claim without a name'}{where}: {found.shown}"


def _pasted(found: Found, form: str, catalogue: Catalogue, inventory: str) -> str:
    """What to paste; of plain text a line for each work, the original first."""
    if form in SYNTAXES:
        if found.claim:
            return for_claim(form, found.keys, found.claim, inventory)
        return for_work(form, found.name)
    styles = list(STYLES) if form == "text" else ["apa" if form == "word" else form]
    label = len(styles) > 1
    works = _works(found, catalogue)
    lines = [f"{STYLES[style]}: " * label + reference(work, style) for style in styles for work in works]
    return "\n".join(lines)


def _works(found: Found, catalogue: Catalogue) -> list[Work]:
    if found.claim and found.name:
        return list(catalogue.of_claim(found.name).works)
    return [catalogue.works[key] for key in found.keys if key in catalogue.works]


def _print_form(found: list[Found], catalogue: Catalogue, args: argparse.Namespace) -> None:
    """The best hit in one form, or all; what else there is goes to standard error."""
    chosen = found if args.all else found[:1]
    for one in chosen:
        print(_pasted(one, args.form, catalogue, args.inventory))
    for one in found[len(chosen) :]:
        print(f"also {_line(one)}", file=sys.stderr)
    if args.form == "word":
        name = chosen[0].name or " ".join(chosen[0].keys)
        print(f"for Zotero or EndNote: sourcebook export ris {name} --output cite.ris", file=sys.stderr)


def _print_all_forms(found: list[Found], catalogue: Catalogue, inventory: str) -> None:
    best = found[0]
    print(_line(best))
    names = {form: name for form, (name, _syntax) in SYNTAXES.items()} | dict(STYLES)
    width = max(map(len, names.values()))
    for form, name in names.items():
        for line in _pasted(best, form, catalogue, inventory).splitlines():
            print(f"  {name:<{width}}  {line}")
    if best.claim and best.claim.permalink:
        print(f"  {'permalink':<{width}}  {best.claim.permalink}")
    if best.name:
        print(f"  {'as a file':<{width}}  sourcebook export biblatex {best.name}")
    for one in found[1:]:
        print(_line(one))


def _document(
    query: str, found: list[Found], catalogue: Catalogue, args: argparse.Namespace
) -> dict[str, Any]:
    forms = [args.form] if args.form else list(SYNTAXES)
    return {
        "schema": 1,
        "query": query,
        "hits": [
            {
                "kind": one.kind,
                "name": one.name or None,
                "score": one.score,
                "text": one.claim.text if one.claim else one.shown,
                "keys": list(one.keys),
                "permalink": (one.claim.permalink or None) if one.claim else None,
                "paste": {form: _pasted(one, form, catalogue, args.inventory) for form in forms},
            }
            for one in found
        ],
    }
