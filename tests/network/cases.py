"""The addresses of the hostile network, each with what it is: `cases.txt` as records, and many of them for a run."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from network.server import host_name

if TYPE_CHECKING:
    from network.server import Network


class Case(NamedTuple):
    """An address and what must be said of it. verdict: of issue 7's set; "dead" once it has lasted."""

    address: str
    status: int
    fault: str
    verdict: str

    def url(self, net: Network, host: int = 0) -> str:
        """The whole address on one of the network's hosts."""
        ports = {**net.ports, "port": net.port}
        text = re.sub(r"\[([a-z-]+)\]", lambda found: str(ports.get(found[1], found[0])), self.address)
        text = text.replace("HOST", net.hosts[host])
        return text if re.match(r"[a-z]+:|/", text) else net.url(text, host)


class Expected(NamedTuple):
    """What a checker must find out. status: in the end, after redirects and a second try; 0 if nothing answers."""

    kind: str
    status: int
    verdict: str


# How many of a thousand addresses are of a kind, in a run that looks like a real bibliography on a bad day.
MIX = (
    ("good/latency", 700, Expected("good", 200, "alive")),
    ("moved/301/good/latency", 80, Expected("moved", 200, "moved")),
    ("status-404", 80, Expected("missing", 404, "dead")),
    ("status-410", 10, Expected("missing", 410, "dead")),
    ("head/405/latency", 40, Expected("refuses HEAD", 200, "alive")),
    ("head/lies/latency", 10, Expected("lies to HEAD", 404, "dead")),
    ("throttled/once/1/latency", 30, Expected("throttled", 200, "alive")),
    ("fails-once/503/latency", 18, Expected("fails once", 200, "alive")),
    ("slow/2", 10, Expected("slow", 200, "alive")),
    ("silent", 4, Expected("silent", 0, "unchecked")),
    ("status-403", 18, Expected("refused to robots", 403, "blocked")),
)


def cases() -> list[Case]:
    """All of cases.txt."""
    lines = (Path(__file__).parent / "cases.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return [
        Case(address, int(status), "" if fault == "-" else fault, verdict)
        for address, status, fault, verdict in rows
    ]


def addresses(hosts: int, count: int, port: int) -> list[tuple[str, Expected]]:
    """So many addresses, evenly on so many hosts, always the same ones; each is asked only once in them."""
    kinds = [kind for kind in MIX for _ in range(count * kind[1] // 1000)]
    kinds += MIX[:1] * (count - len(kinds))
    random.Random(1).shuffle(kinds)
    return [
        (f"http://{host_name(number % hosts)}:{port}/{path}/{number}", expected)
        for number, (path, _, expected) in enumerate(kinds)
    ]
