"""Ask every locator of the bibliography and every link of the pages, and keep what is learned."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from ..archives import KEY, Archivist, find_copies
from ..errors import UsageError
from ..linkcheck import MAX_AGE_DAYS, Progress, Run, due, is_from_future, older_than, with_copies_of_entries
from ..linking.journal import Journal, held_ledger
from ..linking.ledger import read_ledger
from ..linking.linkfix import KINDS, diff_of, fields_to_set, fixed
from ..linking.linkreport import WRITERS, LinkReport, rows_of
from ..linking.weblocators import web_locators
from ..linkrecords import Link, Locator, ledger_path
from ..model import Library
from ..read import read_library
from ..settings import read_settings
from ..write import write_file


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--only", default="", metavar="WORDS", help="only these entries and addresses, with commas"
    )
    parser.add_argument(
        "--max-age", type=float, default=MAX_AGE_DAYS, metavar="DAYS", help="days for which an answer holds"
    )
    parser.add_argument("--format", choices=list(WRITERS), default="text", help="form of the report")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report there")
    parser.add_argument("--dry-run", action="store_true", help="print what would be asked, and ask nothing")
    parser.add_argument(
        "--fix",
        nargs="?",
        const="archives",
        choices=KINDS,
        metavar="WHAT",
        help="write what was learned into the .bib",
    )
    parser.add_argument("--diff", action="store_true", help="print what --fix would write, and write nothing")
    parser.add_argument("--archives", action="store_true", help="look for archive copies of living links too")
    parser.add_argument(
        "--save", action="store_true", help=f"have copies made where there are none (key in {KEY})"
    )
    parser.add_argument("--per-host", type=int, default=2, metavar="N", help="requests to a host at once")
    parser.add_argument(
        "--spacing", type=float, default=1.0, metavar="SECONDS", help="between requests to a host"
    )
    parser.add_argument(
        "--seconds", type=float, default=30.0, metavar="SECONDS", help="for one address, in all"
    )
    parser.add_argument("--allow-private", action="store_true", help="ask addresses of the inner network too")


def run(args: argparse.Namespace) -> int:
    """Ask what is due, note it in the ledger, and print what is known."""
    _see_that_sound(args)
    settings = read_settings(args.root)
    library = read_library(args.root, settings)
    every = web_locators(library)
    locators = _chosen(every, args.only)
    path = ledger_path(args.root, (bibliography.path for bibliography in library.bibliographies))
    now = datetime.now(UTC)
    if args.dry_run:
        wanted = due(locators, read_ledger(path), args.max_age, now)
        print("".join(f"{locator.ask}\n" for locator in wanted), end="")
        print(f"{len(wanted)} of {len(locators)} locators would be asked", file=sys.stderr)
        return 0
    with held_ledger(path, "sourcebook links") as journal:
        _tell(journal, path, now)
        if not args.only:
            journal.forget({locator.address for locator in every})
        asking = asyncio.run(_ask(args, journal, locators, now))
        links = _shown(journal.links, asking)
    report = LinkReport(
        rows_of(locators, links, asking.asked),
        asking.is_online,
        older_than(locators, links, args.max_age, now),
    )
    _print(args, report)
    if args.fix or args.diff:
        _fix(args, library, links, {key for locator in locators for key in locator.keys})
    return 1 if report.failing else 0


def _see_that_sound(args: argparse.Namespace) -> None:
    if args.per_host < 1 or args.spacing < 0 or args.seconds <= 0 or not args.max_age >= 0:
        raise UsageError(
            "--per-host takes a number from 1, --seconds more than 0, --spacing and --max-age 0 or more"
        )
    if args.save and ":" not in os.environ.get(KEY, ""):
        raise UsageError(
            f"--save needs ACCESS:SECRET of an account at archive.org in the environment variable {KEY}"
        )


def _chosen(locators: list[Locator], only: str) -> list[Locator]:
    words = [word.strip().lower() for word in only.split(",") if word.strip()]
    found = [
        locator
        for locator in locators
        if not words
        or any(word in map(str.lower, locator.keys) or word in locator.address.lower() for word in words)
    ]
    if not found:
        raise UsageError(
            f"nothing to ask: no entry or address fits {only!r}" if words else "nothing to ask: no locators"
        )
    return found


def _tell(journal: Journal, path: Path, now: datetime) -> None:
    if journal.recovered:
        print(f"{journal.recovered} answers of a run that was cut off are taken over", file=sys.stderr)
    if journal.torn:
        print(f"{journal.torn} lines of its journal could not be read; they are asked anew", file=sys.stderr)
    if ahead := sum(is_from_future(link, now) for link in journal.links.values()):
        print(
            f"{path}: {ahead} records are from the future (a clock was wrong); they are asked anew",
            file=sys.stderr,
        )


async def _ask(args: argparse.Namespace, journal: Journal, locators: list[Locator], now: datetime) -> Run:
    from ..network.ask import Asker  # aiohttp takes a third of a second

    async with Asker(
        allow_private=args.allow_private, per_host=args.per_host, spacing=args.spacing, seconds=args.seconds
    ) as asker:
        with _bar() as watch:
            run = Run(asker, journal.links, journal.note, watch, args.per_host + 1)
            await run.ask(due(locators, journal.links, args.max_age, now))
        if not run.is_online:
            print(
                "nothing answered: there seems to be no network; nothing is held against anybody",
                file=sys.stderr,
            )
            return run
        with_copies_of_entries(locators, journal.links, journal.note, now)
        archivist = Archivist(asker)
        key = os.environ[KEY] if args.save else ""
        await find_copies(
            archivist, locators, journal.links, journal.note, args.archives or args.save, key, args.max_age
        )
    return run


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """A bar for whoever waits at a terminal: addresses done and waiting, the rate, the hosts that are left."""
    if not sys.stderr.isatty():
        yield lambda _progress: None
        return
    from tqdm import tqdm  # loaded only where it is shown

    with tqdm(unit="link", leave=False) as bar:

        def watch(progress: Progress) -> None:
            bar.total = progress.total
            bar.set_postfix(hosts=progress.hosts, waiting=progress.waiting, refresh=False)
            bar.update(progress.done - bar.n)

        yield watch


def _shown(links: dict[str, Link], run: Run) -> dict[str, Link]:
    """What is shown of a run: what was due and not answered is unchecked now, whatever it was before."""
    shown = dict(links)
    for address in run.unanswered:
        before = links.get(address)
        was = f"; it was {before.verdict} on {before.time[:10]}" if before and before.time else ""
        shown[address] = replace(
            before or Link(), verdict="unchecked", reason=f"nothing answered in this run{was}"
        )
    return shown


def _print(args: argparse.Namespace, report: LinkReport) -> None:
    text = WRITERS[args.format](report)
    if args.output:
        write_file(args.output, text)
    elif args.diff:  # which is data itself
        sys.stderr.write(text)
    else:
        sys.stdout.write(text)


def _fix(args: argparse.Namespace, library: Library, links: dict[str, Link], keys: set[str]) -> None:
    """Show the changes as a diff, and write them unless only that was asked for."""
    for bibliography in library.bibliographies:
        wanted = {
            entry.key: fields
            for entry in bibliography.entries
            if entry.key in keys and (fields := fields_to_set(entry, links, args.fix or "archives"))
        }
        if not wanted:
            continue
        path = args.root / bibliography.path
        before = path.read_bytes().decode("utf-8")
        after = fixed(bibliography.path, before, wanted)
        (sys.stdout if args.diff else sys.stderr).write(diff_of(bibliography.path, before, after))
        if not args.diff:
            write_file(path, after)
            print(f"{path}: {len(wanted)} entries changed", file=sys.stderr)
