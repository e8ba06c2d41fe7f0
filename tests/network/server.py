"""The machines of the hostile network: many loopback hosts, served by one process.

In a test that is asynchronous:

    async with network(hosts=4) as net:
        async with net.asker(seconds=1.0) as asker:
            answer = await asker.get(net.url("good/1"))

In one that is not, `with network_in_a_thread(hosts=4) as net:`. For a benchmark, a process of its own:
`python tests/network/server.py --hosts 200`; it prints its port, serves until its input ends, and then its counts.
The hosts are 127.1.0.1, 127.1.0.2 ...; only `ALLOWED` may be asked, and 127.0.0.1 is a trap.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import ssl
import struct
import sys
import threading
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":  # as a process of its own it finds its neighbours by itself
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "tools")]

from network import floods  # noqa: F401 - its behaviours register themselves
from network.raw import message
from network.replies import Talk, reply_to

if TYPE_CHECKING:
    from network.certificates import Certificates
    from sourcebook.network.ask import Asker

ALLOWED = ("127.1.0.0/16",)
TRAP = "127.0.0.1"
HEAD_LIMIT = 65536


def host_name(number: int) -> str:
    """The address of the host of that number, from 0."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


class Network:
    """What runs, and what was asked of it.

    requests: how often each host and path was asked, by (method, host, path). most: the most requests that were under
    way at one host. starts: when requests to a host began, by the loop's clock. trapped: connections to the trap.
    """

    def __init__(self, hosts: int) -> None:
        self.hosts = [host_name(number) for number in range(hosts)]
        self.port = 0
        self.ports: dict[str, int] = {}
        self.requests: Counter[tuple[str, str, str]] = Counter()
        self.most: Counter[str] = Counter()
        self.starts: dict[str, list[float]] = {}
        self.trapped = 0
        self.seen: dict[str, dict[str, str]] = {}
        self._now: Counter[str] = Counter()
        self._certificates: Certificates | None = None
        self._stack = AsyncExitStack()

    def url(self, path: str, host: int = 0) -> str:
        """An address on a host."""
        return f"http://{self.hosts[host]}:{self.port}/{path}"

    @property
    def certificates(self) -> Certificates:
        """Made when first wanted: it takes a moment."""
        if self._certificates is None:
            from network.certificates import Certificates

            self._certificates = Certificates(self.hosts[0])
        return self._certificates

    def asker(self, **options: Any) -> Asker:
        """An asker that may ask these hosts, knows their names and trusts their authority; quick, unless told else."""
        from network.names import resolve
        from sourcebook.network.ask import Asker
        from sourcebook.network.retries import Waits

        quick: dict[str, Any] = {
            "spacing": 0.0,
            "waits": Waits(first=0.02, least=0.05, most=0.3),
            "resolve": resolve(self),
        }
        if self._certificates is not None:
            quick["tls"] = self._certificates.client
        return Asker(**({"allow_private": ALLOWED} | quick | options))

    def asked(self, path: str) -> int:
        """How often a path was asked, of all hosts."""
        return sum(times for (_, _, where), times in self.requests.items() if where.lstrip("/") == path)

    async def start(self, tls: bool) -> None:
        """Listen."""
        self.port = await self._listen(self.hosts, self._serve)
        one = self.hosts[:1]
        self.ports["resets"] = await self._listen(one, _reset)
        self.ports["mute"] = await self._listen(one, _say_nothing)
        self.ports["garbage"] = await self._listen(one, _talk_garbage)
        self.ports["tls-old"] = await self._listen(one, _refuse_new_tls)
        self.ports["trap"] = await self._listen([TRAP], self._trap)
        closed = self._stack.enter_context(socket.socket())
        closed.bind((self.hosts[0], 0))
        self.ports["closed"] = closed.getsockname()[1]
        if tls:
            for name, context in self.certificates.servers.items():
                self.ports[name] = await self._listen(one, self._serve, context)

    async def stop(self) -> None:
        """Close everything, also what still talks."""
        await self._stack.aclose()

    async def _listen(self, hosts: list[str], serve: Any, tls: ssl.SSLContext | None = None) -> int:
        first = socket.create_server((hosts[0], 0), backlog=1024)
        port: int = first.getsockname()[1]
        sockets = [first, *(socket.create_server((host, port), backlog=1024) for host in hosts[1:])]
        talks: set[asyncio.Task[None]] = set()

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            if (task := asyncio.current_task()) is not None:
                talks.add(task)
                task.add_done_callback(talks.discard)
            with suppress(
                OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError
            ):
                await serve(reader, writer)
            writer.close()
            with suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

        servers = [await asyncio.start_server(talk, sock=one, ssl=tls, limit=HEAD_LIMIT) for one in sockets]

        async def close() -> None:
            for server in servers:
                server.close()
            for task in tuple(talks):
                task.cancel()
            await asyncio.gather(*talks, return_exceptions=True)

        self._stack.push_async_callback(close)
        return port

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer requests on one connection, one after the other."""
        host = writer.get_extra_info("sockname")[0]
        while True:
            first = await reader.readexactly(1)
            if first == b"\x16":  # the beginning of TLS
                writer.write(message(400))
                return
            head = first + await reader.readuntil(b"\r\n\r\n")
            line, *lines = head.decode("latin-1").split("\r\n")
            method, _, rest = line.partition(" ")
            path = rest.rpartition(" ")[0]
            self.requests[method, host, path] += 1
            self.starts.setdefault(host, []).append(asyncio.get_running_loop().time())
            headers = dict(text.lower().partition(": ")[::2] for text in lines if text)
            self.seen[path] = headers
            self._now[host] += 1
            self.most[host] = max(self.most[host], self._now[host])
            try:
                stays = await reply_to(Talk(self, host, method, path, headers, reader, writer))
            finally:
                self._now[host] -= 1
            if not stays or headers.get("connection") == "close":
                return

    async def _trap(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.trapped += 1
        await self._serve(reader, writer)


async def _reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Break a connection off with a reset."""
    ends = writer.get_extra_info("socket")
    ends.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(3600)


async def _talk_garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(4096)
    writer.write(b"\xfe\xed this is no hello\r\n" * 20)
    await reader.read()  # until the other side has had enough


async def _refuse_new_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """What a server says that knows only versions of TLS before 1.2: the alert `protocol_version` (RFC 8446, 6.2)."""
    await reader.read(4096)
    writer.write(b"\x15\x03\x01\x00\x02\x02\x46")
    await writer.drain()


@asynccontextmanager
async def network(hosts: int = 4, tls: bool = False) -> AsyncIterator[Network]:
    """The network, running in this event loop. `tls` adds the hosts with certificates, good and bad."""
    net = Network(hosts)
    try:
        await net.start(tls)
        yield net
    finally:
        await net.stop()


@contextmanager
def network_in_a_thread(hosts: int = 4, tls: bool = False) -> Iterator[Network]:
    """The network, running in a thread of its own, for code that blocks."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    net = Network(hosts)
    try:
        asyncio.run_coroutine_threadsafe(net.start(tls), loop).result(30)
        yield net
    finally:
        asyncio.run_coroutine_threadsafe(net.stop(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _run(hosts: int) -> None:
    async with network(hosts) as net:
        print(net.port, flush=True)
        await asyncio.to_thread(sys.stdin.read)
        told = {"requests": sum(net.requests.values()), "most": max(net.most.values(), default=0)}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=200)
    asyncio.run(_run(parser.parse_args().hosts))
