"""The names of the hostile network, and how its name server answers."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from network.server import Network
    from sourcebook.network.resolver import Resolve

KNOWN = {
    "example.org": "192.0.2.1",  # by which a resolver can tell whether it is on line
    "private.test": "127.0.0.1",
    "link-local.test": "169.254.169.254",
    "inside.test": "10.0.0.1",
    "mapped.test": "::ffff:127.0.0.1",
    "six.test": "::1",
    "localhost": "127.0.0.1",
}
FAILING = {"failing.test": socket.EAI_FAIL, "busy.test": socket.EAI_AGAIN}


def resolve(net: Network) -> Resolve:
    """A name server for one network: `rebinding.test` is the first host once, and the trap from then on."""
    asked: Counter[str] = Counter()

    async def look_up(name: str) -> list[str]:
        asked[name] += 1
        if name in FAILING:
            raise socket.gaierror(FAILING[name], "Temporary failure in name resolution")
        if name == "mute.test":
            await asyncio.sleep(3600)
        if name == "rebinding.test":
            return net.hosts[:1] if asked[name] == 1 else ["127.0.0.1"]
        if name == "both.test":
            return ["127.0.0.1", net.hosts[0]]
        if name in {"good.test", "names.test", "xn--bcher-kva.test", "www.good.test"}:
            return net.hosts[:1]
        if name in KNOWN:
            return [KNOWN[name]]
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    return look_up
