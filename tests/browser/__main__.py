"""Use: python -m browser HTML [--every]   (nox -s browser).

Opens each page in the folder HTML at two widths, in light and dark, served and from disk: of the pages of claims a
sample, unless --every is given. Then builds a library that was written to do harm, and sees that nothing in it runs a
script without a finding. Prints what was counted, and what is wrong; there should be nothing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from browser import hostile
from browser.visits import LOOKS, chromium, executable, faults_of, visitor

SAMPLE = 40
PICTURE = Path(__file__).parent.parent / "corpus" / "mole.png"


# A page with every fault; what the visitor says of it is what follows.
WRONG = """<!DOCTYPE html><meta charset="utf-8"><body style="background: #000"><p style="width: 900px">wide</p>
<script src="//evil.invalid/x.js"></script><script src="missing.js"></script>
<script>console.error("said"); alert("asked"); throw new Error("thrown");</script>"""
SEEN = (
    *("sticks out: <p ", "the ground is 0 ", "console error: said", "script error: thrown", "dialog asked"),
    *("request http://evil.invalid/x.js", "answer 404: "),
)


def blindness(browser: Browser, root: Path) -> list[str]:
    """What the visitor fails to see on a page with every fault."""
    (root / "wrong.html").write_text(WRONG, encoding="utf-8")
    look = LOOKS[2]
    with visitor(browser, root, look) as visit:
        faults = faults_of(visit, look, "wrong.html")
    return [
        f"the visitor is blind to: {one}" for one in SEEN if not any(f": {one}" in fault for fault in faults)
    ]


def pages_in(root: Path, every: bool) -> list[str]:
    """The pages of a folder, as paths; of the pages of claims, so many as a sample has."""
    pages = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.html"))
    claims = [path for path in pages if path.startswith("claims/")]
    step = 1 if every else max(1, len(claims) // SAMPLE)
    return [path for path in pages if path not in set(claims)] + claims[::step]


def visit_pages(browser: Browser, root: Path, pages: list[str]) -> list[str]:
    """What is wrong with any of the pages, however it is looked at."""
    faults = []
    for look in LOOKS:
        with visitor(browser, root, look) as visit:
            for path in pages:
                faults += faults_of(visit, look, path)
    return faults


def main() -> int:
    """Visit all; the exit code is 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="browser", description=__doc__)
    parser.add_argument("html", type=Path, help="the folder of built pages")
    parser.add_argument("--every", action="store_true", help="open the page of every claim, not of a sample")
    args = parser.parse_args()
    if not executable():
        sys.exit("no Chromium, Chrome or Edge is on the path; the variable CHROMIUM may name one")
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        pages = pages_in(args.html, args.every)
        faults = [*blindness(browser, Path(folder)), *visit_pages(browser, args.html, pages)]
        print(f"{len(pages)} pages, each looked at in {len(LOOKS)} ways: {len(faults)} faults", flush=True)
        counts, harm = hostile.run(browser, Path(folder), PICTURE)
    print("\n".join([*counts, *faults, *harm]))
    print("All is well." if not faults and not harm else f"{len(faults) + len(harm)} faults")
    return int(bool(faults or harm))


if __name__ == "__main__":
    sys.exit(main())
