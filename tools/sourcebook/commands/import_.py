"""Raw articles (text, HTML, addresses) become pages and entries."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..article import Article
from ..bring import LEFT, REFUSED, Bringing, Brought, Raw, make_folder
from ..errors import UsageError
from ..importers import MOST_BYTES, SUFFIXES, read_article
from ..importreport import write_diff, write_json, write_text
from ..locators import is_url
from ..settings import read_settings
from ..write import write_bytes

WORTH_A_BAR = 5  # sources
SOURCES_A_JOB = 8  # a process is worth its start when it has as many to read


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="a file, a folder, an address, or - for standard input"
    )
    parser.add_argument("--dry-run", action="store_true", help="print the report, and write nothing")
    parser.add_argument("--diff", action="store_true", help="print what would change, and write nothing")
    parser.add_argument(
        "--restate", action="store_true", help="write a worksheet: the skeleton of a page, without the text"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="form of the report")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (default: by the work)")
    parser.add_argument(
        "--snapshot",
        type=Path,
        metavar="DIR",
        help="keep what addresses answered in this folder of held copies",
    )
    parser.add_argument("--allow-private", action="store_true", help="ask hosts in private networks, too")


def run(args: argparse.Namespace) -> int:
    """Import each source; answers 1 if one was refused, or its page left alone."""
    if args.jobs < 0:
        raise UsageError("--jobs takes a number from 0")
    settings = read_settings(args.root)
    today = datetime.datetime.now().astimezone().date().isoformat()
    bringing = Bringing(args.root, settings, args.restate, today)
    bringing.read()
    dry = args.dry_run or args.diff
    done: list[Brought] = []
    raws = list(_raws(args))
    for raw, article in _read(raws, args.jobs):
        one = (
            Brought(raw.name, REFUSED, article) if isinstance(article, str) else bringing.bring(raw, article)
        )
        if not dry:
            bringing.write(one)
        done.append(one)
    _print(args, done, dry)
    return 1 if any(one.action in LEFT for one in done) else 0


def _print(args: argparse.Namespace, done: list[Brought], dry: bool) -> None:
    report = write_json(done) if args.format == "json" else write_text(done, dry)
    if args.diff:
        sys.stdout.write(write_diff(done))
    # Where the diff is the data, the report is talk.
    (sys.stderr if args.diff else sys.stdout).write(report)


def _raws(args: argparse.Namespace) -> Iterator[Raw | tuple[str, str]]:
    """The sources as bytes, or a name and why it could not be read. A source that is not there is misuse."""
    for name in dict.fromkeys(args.sources):
        if name == "-":
            yield Raw("-", sys.stdin.buffer.read(MOST_BYTES + 1))
        elif name.startswith(("http://", "https://")):
            yield _asked(args, name)
        else:
            yield from map(_file, _files(Path(name)))


def _files(path: Path) -> list[Path]:
    """A file, or the texts and HTML files below a folder, but for hidden ones."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise UsageError(f"{path}: no such file or folder")
    found = [
        file
        for file in sorted(path.rglob("*"))
        if file.suffix.lower() in SUFFIXES and file.is_file() and not file.is_symlink()
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    ]  # fmt: skip
    if not found:
        raise UsageError(
            f"{path}: no file to import; those that end in {', '.join(sorted(SUFFIXES))} are read"
        )
    return found


def _file(path: Path) -> Raw | tuple[str, str]:
    try:
        with path.open("rb") as stream:
            return Raw(str(path), stream.read(MOST_BYTES + 1), kept=True)
    except OSError as error:
        return str(path), f"{path} can't be read: {error.strerror}"


def _asked(args: argparse.Namespace, url: str) -> Raw | tuple[str, str]:
    from ..network.ask import ask_once  # the network is loaded when it is asked

    if not is_url(url) and not args.allow_private:
        raise UsageError(f"{url} is no address that can be asked")
    answer = ask_once(url, allow_private=args.allow_private, most_bytes=MOST_BYTES)
    if answer.fault:
        return url, f"no answer ({answer.fault}{f': {answer.detail}' if answer.detail else ''})"
    if answer.status != 200:
        return url, f"it answered {answer.status}"
    if args.snapshot is None:
        return Raw(url, answer.body, answer.final or url, answer.header("content-type"))
    raw = Raw(url, answer.body, answer.final or url, answer.header("content-type"), kept=True)
    if not (args.dry_run or args.diff):
        make_folder(args.snapshot)
        write_bytes(args.snapshot / f"{raw.sha256}.{'html' if b'<' in raw.data[:500] else 'txt'}", raw.data)
    return raw


Reading = tuple[Raw, Article | str]


def _read(raws: list[Raw | tuple[str, str]], jobs: int) -> Iterator[Reading]:
    """The articles of sources, in their order, read in this process or in several; why, where there is none."""
    jobs = jobs or min(os.cpu_count() or 1, len(raws) // SOURCES_A_JOB)
    if jobs < 2 or len(raws) < 2:
        yield from _watched(map(_article, raws), len(raws))
        return
    from concurrent.futures import ProcessPoolExecutor  # loaded only for many sources

    with ProcessPoolExecutor(min(jobs, len(raws))) as pool:
        yield from _watched(pool.map(_article, raws), len(raws))


def _article(raw: Raw | tuple[str, str]) -> Reading:
    if isinstance(raw, tuple):
        return Raw(raw[0], b""), raw[1]
    try:
        return raw, read_article(raw.name, raw.data, raw.address, raw.declared)
    except UsageError as error:
        return raw, str(error)


def _watched(readings: Iterable[Reading], count: int) -> Iterable[Reading]:
    """A bar for whoever waits at a terminal; none in a pipe, and none for a moment's work."""
    if count < WORTH_A_BAR or not sys.stderr.isatty():
        return readings
    from tqdm import tqdm  # loaded only where it is shown

    return tqdm(readings, total=count, unit="source", leave=False)
