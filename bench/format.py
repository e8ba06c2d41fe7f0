"""Measures the processor time of `sourcebook format` beside bibtex-tidy (npm) on the same file, children included.

Use: python bench/format.py [--entries 10000] [--runs 5]
bibtex-tidy is asked for the same work: entries and fields sorted, braces, trailing commas. It is installed into a
temporary folder; without node, npm or a registry only our own time is printed, and what is missing is said.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from check import measure
from generate import entry

FORMAT = [sys.executable, "-m", "sourcebook", "format"]
TIDY = [
    "--v2",
    "--modify",
    "--quiet",
    "--sort=key",
    "--sort-fields",
    "--curly",
    "--trailing-commas",
    "--no-align",
]


def installed_tidy(folder: Path) -> list[str]:
    """The command that runs bibtex-tidy; empty if it can't be had here."""
    if missing := [name for name in ("node", "npm") if not shutil.which(name)]:
        print(f"bibtex-tidy is not measured: {' and '.join(missing)} missing")
        return []
    command = [
        "npm",
        "install",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--prefix",
        str(folder),
        "bibtex-tidy",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"bibtex-tidy is not measured: npm can't install it: {done.stderr.strip()[-200:]}")
        return []
    return ["node", str(folder / "node_modules" / "bibtex-tidy" / "bin" / "bibtex-tidy")]


def median_of(
    command: list[str], path: Path, options: list[str], text: str, runs: int
) -> tuple[float, float]:
    """The median of the processor seconds and the largest memory in megabytes, each run on the file as it was.

    The options stand behind the path: bibtex-tidy would take it for a part of them.
    """
    times = []
    for _ in range(runs):
        path.write_text(text, encoding="utf-8")
        times.append(measure([*command, str(path), *options], path.parent))
        if path.read_text(encoding="utf-8") == text:
            raise RuntimeError(f"{command} has changed nothing")
    return statistics.median(time for time, _ in times), max(memory for _, memory in times)


def main() -> None:
    """Read the command line, measure and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5, help="of each; their median counts")
    options = parser.parse_args()
    text = "".join(map(entry, range(options.entries)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tidy = installed_tidy(folder)
        ours, memory = median_of(FORMAT, folder / "a.bib", [], text, options.runs)
        again = statistics.median(
            measure([*FORMAT, "--check", str(folder / "a.bib")], folder)[0] for _ in range(options.runs)
        )
        theirs, their_memory = median_of(tidy, folder / "b.bib", TIDY, text, options.runs) if tidy else (0, 0)
    print(f"| {options.entries} entries | processor seconds | MB |\n|---|---|---|")
    print(f"| sourcebook format | {ours:.2f} | {memory:.0f} |")
    print(f"| sourcebook format --check, nothing to do | {again:.2f} | |")
    if tidy:
        print(f"| bibtex-tidy | {theirs:.2f} | {their_memory:.0f} |")
        print(f"\nsourcebook format takes {ours / theirs:.2f} of the time of bibtex-tidy.")


if __name__ == "__main__":
    main()
