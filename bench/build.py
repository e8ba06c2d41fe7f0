"""Measures the processor time of builds: sphinxcontrib-bibtex as it comes, ours, and pages without citations.

Use: python bench/build.py [--pages 100 300 1000] [--stock-up-to 300]
Prints a table in Markdown; all figures of a row come from one run on one machine, so their ratios can be compared.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from generate import PER_PAGE, write_library

TOOLS = Path(__file__).parent.parent / "tools"
OURS = "extensions=myst_parser,sourcebook.sphinx_ext.citations.extension"
STOCK_STYLES = ("bibtex_default_style=plain", "bibtex_reference_style=author_year")
VARIANTS: dict[str, tuple[str, ...]] = {
    "sphinxcontrib-bibtex": STOCK_STYLES,
    "ours, the same styles": (OURS, *STOCK_STYLES),
    "ours, our style": (OURS,),
    "without citations": ("extensions=myst_parser",),
}
STEPS = ("from nothing", "nothing changed", "one page changed", "one entry changed")


def processor_seconds(root: Path, settings: tuple[str, ...]) -> float:
    """Build, and give the user and system time that it took."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "docs", "out"]
    command += [word for setting in settings for word in ("-D", setting)]
    environment = os.environ | {"PYTHONPATH": str(TOOLS)}
    process = subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.PIPE)
    assert process.stderr
    talk = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or (talk and "myst_parser" not in settings[0]):
        sys.stderr.write(talk.decode()[:2000])
    return usage.ru_utime + usage.ru_stime


def measure(pages: int, settings: tuple[str, ...], plain: bool, lists: bool) -> list[float]:
    """Time the steps, one after another, on a library of so many pages."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_library(root, pages, pages * PER_PAGE, plain, lists)
        times = [processor_seconds(root, settings), processor_seconds(root, settings)]
        page, bib = root / "docs/articles/page00001.md", root / "bib/references.bib"
        page.write_text(page.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
        times.append(processor_seconds(root, settings))
        bib.write_text(bib.read_text("utf-8").replace("title = {", "title = {On ", 1), "utf-8")
        return [*times, processor_seconds(root, settings)]


def rows(options: argparse.Namespace) -> None:
    """Measure and print the table, a row a variant and size."""
    print("| variant | pages |", " | ".join(STEPS), "|\n|---|---|" + "---|" * len(STEPS))
    found: dict[tuple[str, int], list[float]] = {}
    for pages in options.pages:
        for name, settings in VARIANTS.items():
            if name == "sphinxcontrib-bibtex" and pages > options.stock_up_to:
                continue
            found[name, pages] = times = measure(pages, settings, name == "without citations", options.lists)
            print(f"| {name} | {pages} |", " | ".join(f"{time:.1f}" for time in times), "|", flush=True)
    print_ratios(found, options.pages)


def print_ratios(found: dict[tuple[str, int], list[float]], sizes: list[int]) -> None:
    """Print ours over stock, nothing changed over no citations, and how the time grows with the pages."""
    for pages in sizes:
        ours, without = found["ours, our style", pages], found["without citations", pages]
        if stock := found.get(("sphinxcontrib-bibtex", pages)):
            print(f"\n{pages} pages: ours / sphinxcontrib-bibtex {ours[0] / stock[0]:.2f} from nothing")
        print(
            f"\n{pages} pages: ours / without citations {ours[1] / without[1]:.2f} when nothing has changed"
        )
    for name in VARIANTS:
        known = [pages for pages in sizes if (name, pages) in found]
        if len(known) > 1:
            first, last = known[0], known[-1]
            growth = math.log(found[name, last][0] / found[name, first][0]) / math.log(last / first)
            print(
                f"\n{name}: time grows as the number of pages to the power {growth:.2f} ({first} to {last})"
            )


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 300, 1000])
    parser.add_argument("--stock-up-to", type=int, default=300, help="it takes very long beyond")
    parser.add_argument("--lists", action="store_true", help="a bibliography on each page")
    rows(parser.parse_args())


if __name__ == "__main__":
    main()
