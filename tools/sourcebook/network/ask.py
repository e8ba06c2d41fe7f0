"""The one place that uses the network: asks an address politely, within limits, and says what came back.

    async with Asker() as asker:
        answer = await asker.get("https://example.org/")

Nothing is taken from the environment: no proxy, no netrc, no cookies. Import this module where it is needed only:
aiohttp takes a third of a second.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from types import TracebackType
from urllib.parse import urljoin

import aiohttp
import yarl

from .. import __version__
from ..answers import Answer
from .bodies import Body
from .hosts import Host, Hosts, most_at_once
from .netfaults import ERRORS, fault_of
from .reading import Enough, finish_short, read_body
from .resolver import Guard, Resolve, Resolver
from .retries import Waits
from .robots import MOST_BYTES as MOST_ROBOTS
from .robots import robots_of
from .sessions import Connection, open_session, trusting
from .targets import networks_of, target_of
from .visits import Manners, Reply, Request, Visit

AGENT = f"Sourcebook/{__version__} (checks that references resolve)"
EVERYWHERE = ("0.0.0.0/0", "::/0")
MOST_BYTES = 10_000_000
_HEADERS = {
    "User-Agent": AGENT,
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
_PROBE = (("Range", "bytes=0-1023"),)


class Asker:
    """Asks addresses, many at once, but each host gently. Use it as an asynchronous context manager.

    allow_private: whether private, loopback and link-local machines may be asked; or the networks of them that may
    (for tests). most_bytes: of a body, decoded. seconds: for one address with its redirects and waits, not counting
    the wait for a turn; connect_seconds and first_byte_seconds are a third and two thirds of it unless given.
    per_host: requests at once. spacing: seconds between the starts of two requests to a host. at_once: requests in
    all; unless given, as many as the system lets us have open files for. tries: requests of one address that fails in
    a way that may pass. resolve: from names to IP addresses, in place of the system's. tls: how certificates are
    judged; they always are.
    """

    def __init__(
        self,
        *,
        allow_private: bool | tuple[str, ...] = False,
        most_bytes: int = MOST_BYTES,
        seconds: float = 30.0,
        connect_seconds: float = 0.0,
        first_byte_seconds: float = 0.0,
        per_host: int = 2,
        spacing: float = 1.0,
        at_once: int = 0,
        tries: int = 3,
        waits: Waits | None = None,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        networks = EVERYWHERE if allow_private is True else allow_private or ()
        self._manners = Manners(seconds, tries, waits or Waits(), networks_of(networks))
        self._most = most_bytes
        self._connect = connect_seconds or seconds / 3
        self._first_byte = first_byte_seconds or seconds * 2 / 3
        self._hosts = Hosts(per_host, spacing)
        self._turns = asyncio.Semaphore(at_once or most_at_once())
        self._large = asyncio.Semaphore(4)
        self._resolve = resolve
        self._tls = tls
        self._robots: dict[str, asyncio.Task[Answer]] = {}

    async def __aenter__(self) -> Asker:
        """Open what is needed; no connection yet."""
        self._resolver = Resolver(self._resolve, self._connect)
        guard, tls = Guard(self._manners.allowed), self._tls or trusting()
        limits = aiohttp.ClientTimeout(sock_connect=self._connect, sock_read=self._first_byte)
        self._staying = open_session(self._resolver, guard, tls, limits, stays=True)
        self._single = open_session(self._resolver, guard, tls, limits, stays=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections."""
        for task in self._robots.values():
            task.cancel()
        await self._staying.close()
        await self._single.close()
        await self._resolver.close()

    async def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
        most_bytes: int | None = None,
        enough: Enough | None = None,
        robots: bool = False,
    ) -> Answer:
        """Ask one address. What goes wrong on the way is in the answer's `fault`; nothing is raised.

        enough: is given the bytes of the body so far, and says whether they do; the rest is then not fetched.
        robots: ask only if the host's robots.txt allows it, as is due for all that no reader has asked for.
        """
        if robots and not await self.may_ask(url):
            return Answer(url, url, fault="robots", detail="robots.txt asks us not to")
        given = tuple((headers or {}).items())
        most = 0 if method == "HEAD" else self._most if most_bytes is None else most_bytes
        request = Request(url, method, given, most, enough)
        return await Visit(request, self._manners, self._hosts, self._send).answer()

    async def probe(
        self, url: str, want_body: bool = False, most_bytes: int | None = None, enough: Enough | None = None
    ) -> Answer:
        """Ask whether an address lives, with at most three requests of it.

        A GET decides: what a HEAD says is not to be relied on either way (RFC 9110 asks that it says the same; many
        servers refuse it, let it hang, or answer 200 to what is missing). Without `want_body` only the first
        kilobyte is asked for, and what comes beyond the headers is not read.
        """
        if want_body:
            return await self.get(url, None, "GET", most_bytes, enough)
        request = Request(url, "GET", _PROBE)
        return await Visit(request, self._manners, self._hosts, self._send).answer()

    async def may_ask(self, url: str) -> bool:
        """Whether the host's robots.txt lets a program ask for an address; it is asked for once a host and run."""
        target = target_of(url, self._manners.allowed)
        if target.fault:
            return True  # asking will say what is wrong with it
        origin = urljoin(target.url, "/robots.txt")
        if origin not in self._robots:
            self._robots[origin] = asyncio.create_task(self.get(origin, most_bytes=MOST_ROBOTS))
        return robots_of(await asyncio.shield(self._robots[origin])).allows(target.url)

    async def _send(self, request: Request, host: Host, seconds: float) -> Reply:
        """Make one request; all its faults are in the reply."""
        used = Connection()
        try:
            async with self._turns:
                end = asyncio.get_running_loop().time() + seconds
                async with asyncio.timeout_at(end):
                    response = await self._open(request, host, used)
                async with response:
                    return await self._read(request, response, end)
        except ERRORS as error:
            fault, detail = fault_of(error)
            return Reply(fault=fault, detail=detail, is_stale=fault == "reset" and used.is_again)

    async def _open(self, request: Request, host: Host, used: Connection) -> aiohttp.ClientResponse:
        """Send a request and wait for the head of its answer; a connection stays open while others want the host."""
        session = self._staying if host.is_wanted else self._single
        return await session.request(
            request.method,
            yarl.URL(request.url, encoded=True),
            headers=_HEADERS | dict(request.headers),
            allow_redirects=False,
            trace_request_ctx=used,
        )

    async def _read(self, request: Request, response: aiohttp.ClientResponse, end: float) -> Reply:
        if response.status < 100:
            return Reply(fault="protocol", detail=f"the status {response.status}")
        headers = tuple((name.lower(), _readable(value)) for name, value in response.headers.items())
        if not request.most or 300 <= response.status < 400:
            if request.method != "HEAD":
                await finish_short(response)
            return Reply(response.status, headers)
        fault = detail = ""
        body, whole = None, False
        try:
            body = Body(response.headers.get("Content-Encoding", ""), request.most)
            async with asyncio.timeout_at(end):
                whole = await read_body(response, body, request.enough, self._large)
        except ERRORS as error:
            fault, detail = fault_of(error)
        return Reply(response.status, headers, bytes(body.data) if body else b"", fault, detail, whole)


def _readable(value: str) -> str:
    """A header's value; what is no UTF-8 in it is Latin-1, as HTTP once had it."""
    if value.isascii():
        return value
    data = value.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def ask_once(
    url: str,
    headers: Mapping[str, str] | None = None,
    *,
    allow_private: bool | tuple[str, ...] = False,
    seconds: float = 30.0,
    most_bytes: int = MOST_BYTES,
) -> Answer:
    """Ask one address and wait for the answer, as `Asker.get` does, for commands that ask only one."""

    async def one() -> Answer:
        async with Asker(allow_private=allow_private, seconds=seconds, most_bytes=most_bytes) as asker:
            return await asker.get(url, headers)

    return asyncio.run(one())
