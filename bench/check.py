"""Measures the processor time of `sourcebook check`, cold and warm, beside `sphinx-build -b dummy` on the same tree.

Use: python bench/check.py [--pages 300] [--entries 3000] [--runs 3] [--alone]
The build is made with the plain extensions, as a project has it that does not know Sourcebook.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from generate import write_library

TOOLS = Path(__file__).parent.parent / "tools"
CHECK = [sys.executable, "-m", "sourcebook", "check"]


def measure(command: list[str], root: Path) -> tuple[float, float]:
    """The user and system time of a command in seconds, and its largest memory in megabytes.

    Raises RuntimeError if it fails in a way that it should not.
    """
    # A store of its own: what an earlier run read must not help, and the user's is left alone.
    environment = os.environ | {"PYTHONPATH": str(TOOLS), "XDG_CACHE_HOME": str(root / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as an installed package has it
    process = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def warm(root: Path, run: int) -> float:
    """The time of a check in which one page has changed since the last one."""
    page = root / "docs" / "articles" / "page00000.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n## Changed {run}\n", encoding="utf-8")
    return measure(CHECK, root)[0]


def main() -> None:
    """Read the command line, measure and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--entries", type=int, default=3000)
    parser.add_argument("--runs", type=int, default=3, help="of the check; their median counts")
    parser.add_argument("--alone", action="store_true", help="without the build, which takes long")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_library(root, options.pages, options.entries)
        colds = [measure([*CHECK, "--no-cache", "--jobs", "1"], root) for _ in range(options.runs)]
        cold, memory = statistics.median(time for time, _ in colds), max(size for _, size in colds)
        measure(CHECK, root)
        again = statistics.median(warm(root, run) for run in range(options.runs))
        build = [sys.executable, "-m", "sphinx", "-Q", "-b", "dummy", "docs", "out"]
        theirs = 0.0 if options.alone else measure(build, root)[0]
    print(f"| {options.pages} pages, {options.entries} entries | processor seconds |\n|---|---|")
    print(
        f"| sourcebook check, cold, one process | {cold:.2f} ({1000 * cold / options.pages:.2f} ms a page) |"
    )
    print(f"| sourcebook check, one page changed | {again:.2f} |")
    print(f"\nWarm is {again / cold:.2f} of cold; at most {memory:.0f} MB.")
    if theirs:
        print(f"sphinx-build -b dummy takes {theirs:.1f} s: the cold check is 1/{theirs / cold:.0f} of that.")


if __name__ == "__main__":
    main()
