"""Measures the link check beside lychee and Sphinx's linkcheck, on the hostile network of the tests.

Use: python bench/links.py [--addresses 5000] [--hosts 200] [--part 500] [--memory 50000] [--alone] [--default]
Ours is what `sourcebook links` does, but without spacing, since its peers have none: at most two at once on a host and
ten seconds for an address. Linkcheck takes long as it comes, so it and ours share a part of the addresses on as
many hosts fewer. The bound is what latency, two at once on a host and one retry allow. Each tool meets a network of its
own, freshly started in a process of its own, which counts.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from network.cases import Expected, addresses  # noqa: E402 - found beside this file, installed or not
from network.replies import latency_of  # noqa: E402
from network.server import ALLOWED  # noqa: E402

SERVER = [sys.executable, str(ROOT / "tests" / "network" / "server.py")]
SECONDS = 10
PER_HOST = 2
ALIVE = {"alive", "moved"}
# What a peer may call alive: it knows no more than works and does not.
Verdicts = dict[str, bool]
Tool = Callable[[list[str], Path], tuple[Verdicts, int]]


class Measured(NamedTuple):
    """Of one tool: seconds, megabytes, most at once on one host, requests, and what it got wrong, by kind."""

    seconds: float
    megabytes: int
    most: int
    requests: int
    wrong: Counter[str]


def measure(tool: Tool, hosts: int, count: int) -> Measured:
    """Run one tool against a network of its own."""
    with (
        subprocess.Popen(
            [*SERVER, "--hosts", str(hosts)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        assert server.stdin
        assert server.stdout
        expected = dict(addresses(hosts, count, int(server.stdout.readline())))
        started = time.perf_counter()
        told, megabytes = tool(list(expected), Path(folder))
        seconds = time.perf_counter() - started
        server.stdin.close()
        seen = json.loads(server.stdout.readline())
    return Measured(seconds, megabytes, seen["most"], seen["requests"], wrong(expected, told))


def wrong(expected: dict[str, Expected], told: Verdicts) -> Counter[str]:
    """How many of each kind were called what they are not, or nothing at all."""
    found: Counter[str] = Counter()
    for url, what in expected.items():
        is_alive = what.verdict in ALIVE
        if told.get(url) != is_alive:
            found[f"{what.kind} called {told.get(url, 'nothing')}"] += 1
    return found


def run(command: list[str], folder: Path) -> int:
    """Run a command and give its largest memory in megabytes; its output goes to a file `out` in the folder."""
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss // 1024


def ours(urls: list[str], folder: Path) -> tuple[Verdicts, int]:
    """The link check of this project, in a process of its own."""
    (folder / "urls").write_text("\n".join(urls), encoding="utf-8")
    megabytes = run([sys.executable, __file__, "--ask", str(folder / "urls")], folder)
    return json.loads((folder / "out").read_text(encoding="utf-8")), megabytes


def lychee(urls: list[str], folder: Path) -> tuple[Verdicts, int]:
    """lychee at the same politeness: two at once on a host, no spacing, as many in all as there are turns."""
    (folder / "urls.txt").write_text("\n".join(urls), encoding="utf-8")
    polite = f"--host-concurrency {PER_HOST} --host-request-interval 0ms --max-concurrency 480".split()
    as_ours = ["--timeout", str(SECONDS), "--retry-wait-time", "1", "--no-progress", "--format", "json"]
    megabytes = run(["lychee", *polite, *as_ours, "--verbose", "urls.txt"], folder)
    told = json.loads((folder / "out").read_text(encoding="utf-8"))
    assert told["total"] == len(urls)
    return dict.fromkeys(urls, True) | {
        row["url"]: False
        for name in ("error_map", "timeout_map")
        for rows in told[name].values()
        for row in rows
    }, megabytes


def linkcheck(urls: list[str], folder: Path) -> tuple[Verdicts, int]:
    """Sphinx's linkcheck as it comes."""
    (folder / "conf.py").write_text("", encoding="utf-8")
    text = "Links\n=====\n\n" + "\n".join(f"* {url}" for url in urls)
    (folder / "index.rst").write_text(text, encoding="utf-8")
    megabytes = run([sys.executable, "-m", "sphinx", "-q", "-b", "linkcheck", ".", "out.d"], folder)
    lines = (folder / "out.d" / "output.json").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    return {row["uri"]: row["status"] in {"working", "redirected"} for row in told}, megabytes


def bound(hosts: int, count: int) -> float:
    """The fewest seconds that latency, the turns of a host, its pauses and one retry allow."""
    works: dict[str, list[float]] = defaultdict(list)
    longest = 0.0
    for url, what in addresses(hosts, count, 0):
        host, _, path = url.removeprefix("http://").partition("/")
        work, wait = _time_of(f"/{path}", what)
        works[host].append(work)
        longest = max(longest, work + wait)
    return max(longest, *map(_fewest, works.values()))


def _fewest(works: list[float]) -> float:
    """No plan for these works on the turns of one host ends sooner.

    Of the k times as many longest works as there are turns, and one more, some turn must do k + 1.
    """
    longest = sorted(works, reverse=True)
    rounds = range((len(longest) - 1) // PER_HOST + 1)
    return max(sum(works) / PER_HOST, *(sum(longest[k * PER_HOST - k : k * PER_HOST + 1]) for k in rounds))


def _time_of(path: str, what: Expected) -> tuple[float, float]:
    """How long an address keeps a turn, and how long one must wait besides."""
    match what.kind:
        case "silent":
            return SECONDS, 0.0
        case "slow":
            return 2.0, 0.0
        case "moved":
            return latency_of(path) + latency_of("/" + path.split("/", 3)[3]), 0.0
        case "throttled":
            return latency_of(path), 1.0
        case "fails once":
            return 2 * latency_of(path), 0.5  # the least of our own first wait
        case _:
            return latency_of(path) if "latency" in path else 0.0, 0.0


async def ask_all(urls: list[str]) -> Verdicts:
    """Ask them as `sourcebook links` does."""
    from sourcebook.linkcheck import Run
    from sourcebook.linkrecords import Link, Locator
    from sourcebook.network.ask import Asker

    links: dict[str, Link] = {}
    async with Asker(
        allow_private=ALLOWED, seconds=SECONDS, per_host=PER_HOST, spacing=0.0, first_byte_seconds=SECONDS
    ) as asker:
        await Run(asker, links, links.__setitem__).ask(Locator(url, url, "url") for url in urls)
    return {url: link.verdict in ALIVE for url, link in links.items()}


def row(name: str, found: Measured, least: float) -> str:
    """A line of the table."""
    faults = ", ".join(f"{n} {what}" for what, n in sorted(found.wrong.items())) or "none"
    size = f"{found.megabytes} | {found.most} | {found.requests}"
    return f"| {name} | {found.seconds:.1f} | {found.seconds / least:.2f} | {size} | {faults} |"


def report(title: str, least: float, rows: dict[str, Measured]) -> None:
    """Print a table and the ratios to ours, which is the first row."""
    print(f"\n{title}; the bound is {least:.1f} s\n")
    print(
        "| tool | seconds | to the bound | MB | most at once on a host | requests | wrong |\n|" + "---|" * 7
    )
    print("\n".join(row(name, found, least) for name, found in rows.items()))
    first, *others = rows.items()
    for name, found in others:
        print(f"\n{name} takes {found.seconds / first[1].seconds:.2f} times as long as {first[0]}.")


def main() -> None:
    """Read the command line, measure and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=5000)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument(
        "--part", type=int, default=500, help="of the addresses, for linkcheck; 0 leaves it out"
    )
    parser.add_argument(
        "--memory", type=int, default=50_000, help="addresses for a look at memory; 0 for none"
    )
    parser.add_argument("--alone", action="store_true", help="without the peers")
    parser.add_argument("--ask", type=Path, help="ask the addresses of a file, and tell what was found")
    options = parser.parse_args()
    if options.ask:
        print(json.dumps(asyncio.run(ask_all(options.ask.read_text(encoding="utf-8").split()))))
        return
    hosts, count = options.hosts, options.addresses
    rows = {"sourcebook": measure(ours, hosts, count)}
    if not options.alone and shutil.which("lychee"):
        rows["lychee"] = measure(lychee, hosts, count)
    report(f"{count} addresses on {hosts} hosts", bound(hosts, count), rows)
    if options.part and not options.alone:
        few = max(1, hosts * options.part // count)
        part = {
            "sourcebook": measure(ours, few, options.part),
            "linkcheck": measure(linkcheck, few, options.part),
        }
        report(f"{options.part} addresses on {few} hosts", bound(few, options.part), part)
        if (
            options.part < count
        ):  # linkcheck asks five at once whatever the hosts, so its time grows with the number
            whole = part["linkcheck"].seconds * count / options.part
            times = whole / rows["sourcebook"].seconds
            print(
                f"\nScaled to {count}, linkcheck takes {whole:.0f} s, {times:.0f} times as long as sourcebook."
            )
    if options.memory:
        many = {"sourcebook": measure(ours, hosts, options.memory)}
        report(f"{options.memory} addresses on {hosts} hosts", bound(hosts, options.memory), many)


if __name__ == "__main__":
    main()
