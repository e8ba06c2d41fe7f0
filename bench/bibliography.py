"""Measures reading and judging a bibliography beside pybtex's parser on the same text: processor time, in one run.

Use: python bench/bibliography.py [--entries 10000 100000] [--runs 3]
Reading is into entries with line and column of each field. Judging is every rule, over entries that each a page cites.
Warm is what a check does with a bibliography that has not changed: taken from the store and judged as a whole.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from generate import entry, key_of
from pybtex.database.input.bibtex import Parser

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))

from sourcebook.bibtex import read_bibliography
from sourcebook.check import check
from sourcebook.model import Citation, Library, Page, Place
from sourcebook.read import read_outline
from sourcebook.rules import all_rules
from sourcebook.settings import Settings

Answer = TypeVar("Answer")


def least(run: Callable[[], Answer], runs: int) -> tuple[float, Answer]:
    """The least processor time of several runs, in seconds, and what the last answered."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        answer = run()
        times.append(time.process_time() - start)
    return min(times), answer


def warm(text: str, runs: int) -> float:
    """The time in which an unchanged bibliography is taken from the store and judged."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder, "cache"))
        root = Path(folder, "library")
        (root / "docs").mkdir(parents=True)
        (root / "bib").mkdir()
        (root / "docs" / "index.md").write_text("# Library\n", "utf-8")
        (root / "bib" / "all.bib").write_text(text, "utf-8")
        check(read_outline(root, Settings(), 1))
        return least(lambda: check(read_outline(root, Settings()), ignore=["uncited-entry"]), runs)[0]


def measure(entries: int, runs: int) -> None:
    """Print the times and ratios at so many entries."""
    text = "".join(map(entry, range(entries)))
    theirs, _ = least(lambda: Parser().parse_string(text), 1 if entries > 20_000 else runs)
    reading, bibliography = least(lambda: read_bibliography("bib/all.bib", text), runs)
    cited = tuple(Citation(key_of(number), "cite:p", Place("docs/a.md")) for number in range(entries))
    library = Library((Page("docs/a.md", citations=cited),), (bibliography,))
    judging, report = least(lambda: check(library), runs)
    if report.findings:
        raise RuntimeError(f"the generated entries are not clean: {report.findings[0]}")
    rows = [
        ("pybtex, parse", theirs),
        ("read, with line and column of each field", reading),
        (f"judge, all {len(all_rules())} rules", judging),
        ("warm: take from the store and judge", warm(text, runs)),
    ]
    print(f"| {entries:,} entries, {len(text) / 1e6:.1f} MB | processor seconds | of pybtex |\n|---|---|---|")
    for name, seconds in rows:
        print(f"| {name} | {seconds:.3f} | {seconds / theirs:.3f} |")
    print()


def main() -> None:
    """Read the command line and measure at each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--runs", type=int, default=3, help="the least counts")
    options = parser.parse_args()
    all_rules()  # loaded before anything is measured
    for entries in options.entries:
        measure(entries, options.runs)


if __name__ == "__main__":
    main()
