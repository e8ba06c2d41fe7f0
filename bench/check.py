"""Measures the processor time of `sourcebook check` beside `sphinx-build -b dummy` on the same tree.

Use: python bench/check.py [--pages 300] [--entries 3000] [--runs 3]
The build is made with the plain extensions, as a project has it that does not know Sourcebook.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from generate import write_library

TOOLS = Path(__file__).parent.parent / "tools"


def processor_seconds(command: list[str], root: Path) -> float:
    """The user and system time of a command; raises RuntimeError if it fails in a way that it should not."""
    environment = os.environ | {"PYTHONPATH": str(TOOLS)}
    process = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Read the command line, measure and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--entries", type=int, default=3000)
    parser.add_argument("--runs", type=int, default=3, help="of the check; its median counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_library(root, options.pages, options.entries)
        check = [sys.executable, "-m", "sourcebook", "check"]
        ours = statistics.median(processor_seconds(check, root) for _ in range(options.runs))
        build = [sys.executable, "-m", "sphinx", "-Q", "-b", "dummy", "docs", "out"]
        theirs = processor_seconds(build, root)
        shutil.rmtree(root / "out")
    print(f"| {options.pages} pages, {options.entries} entries | processor seconds |\n|---|---|")
    print(f"| sourcebook check | {ours:.2f} |\n| sphinx-build -b dummy | {theirs:.2f} |")
    print(f"\nThe check takes 1/{theirs / ours:.0f} of the build's time.")


if __name__ == "__main__":
    main()
