"""One address and all requests that it takes: redirects followed and judged, and what may change asked again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from ..answers import Answer
from ..model import Record
from .hosts import Host, Hosts
from .retries import AGAIN, AGAIN_FAULTS, Waits, seconds_named
from .targets import Network, Target, target_of, target_of_redirect

MOST_HOPS = 10
MOST_REQUESTS = 3
"""Of each address on the way, for whatever reason it must be asked again."""

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_RANGE_REFUSED = frozenset((400, 416, 501))
_MOST_COOKIES = 4096


class Request(Record, frozen=True):
    """One request. most: bytes of the body to be read, 0 for none. enough: says of the bytes so far that they do."""

    url: str
    method: str
    headers: tuple[tuple[str, str], ...]
    most: int = 0
    enough: Callable[[bytearray], bool] | None = None


class Reply(Record, frozen=True):
    """What one request brought; the fields are those of an Answer.

    is_stale: the connection broke that an earlier request had left open, as happens when a server is done with it.
    """

    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    fault: str = ""
    detail: str = ""
    whole: bool = False
    is_stale: bool = False

    def all_of(self, name: str) -> list[str]:
        """The headers of that name (small letters)."""
        return [value for key, value in self.headers if key == name]


class Manners(Record, frozen=True):
    """How a visit behaves.

    seconds: for all of it, without waiting for a turn. tries: of what fails in a way that may pass.
    """

    seconds: float = 30.0
    tries: int = MOST_REQUESTS
    waits: Waits = Waits()
    allowed: tuple[Network, ...] = ()


Send = Callable[[Request, Host, float], Awaitable[Reply]]


class Visit:
    """The walk from an address to its answer. `send` makes one request within so many seconds, and never raises."""

    def __init__(self, request: Request, manners: Manners, hosts: Hosts, send: Send) -> None:
        self._wanted = request
        self._manners = manners
        self._hosts = hosts
        self._send = send
        self._left = manners.seconds
        self._again = 0
        self._hops: list[tuple[int, str]] = []
        self._asked: dict[str, int] = {}
        self._cookies: dict[tuple[str, str], dict[str, str]] = {}
        self._seen: set[tuple[str, str]] = set()

    async def answer(self) -> Answer:
        """Walk."""
        url = self._wanted.url
        target, reply, here = target_of(url, self._manners.allowed), Reply(), url
        while True:
            if target.fault == "bad-redirect":
                return self._end(here, _bad_redirect(reply, target.detail))
            if target.fault:
                return self._end(here, Reply(fault=target.fault, detail=target.detail))
            if loop := self._loop(target):
                return self._end(target.url, loop)
            reply, here = await self._ask(target), target.url
            self._take_cookies(target, reply)
            if reply.status not in _REDIRECTS or (reply.fault and not reply.status):
                return self._end(self._final(url), reply)
            places = set(reply.all_of("location"))
            if len(places) > 1:
                return self._end(target.url, _bad_redirect(reply, "there are several Locations"))
            if not places:
                return self._end(target.url, _bad_redirect(reply, "there is no Location"))
            target = target_of_redirect(target.url, places.pop(), self._manners.allowed)
            self._hops.append((reply.status, target.url))

    def _final(self, url: str) -> str:
        """The last address of the way, with the fragment that was asked for (RFC 9110, section 10.2.2)."""
        if not self._hops:
            return url
        last, fragment = self._hops[-1][1], url.partition("#")[2]
        return f"{last}#{fragment}" if fragment and "#" not in last else last

    def _loop(self, target: Target) -> Reply | None:
        here = (target.url.partition("#")[0], self._cookie(target.url))
        if here in self._seen:
            return Reply(fault="too-many-redirects", detail=f"a loop: it leads back to {_shown(target.url)}")
        self._seen.add(here)
        if len(self._hops) > MOST_HOPS:
            return Reply(fault="too-many-redirects", detail=f"more than {MOST_HOPS} redirects")
        return None

    async def _ask(self, target: Target) -> Reply:
        """Ask one address of the way, again if that may help and there is time."""
        if "#" in target.url:
            target = target_of(target.url, self._manners.allowed)  # without its fragment, as it is sent
        host = self._hosts.of(target.host)
        headers = self._headers(target)
        reply = Reply(fault="too-many-redirects", detail=f"a loop: {_shown(target.url)} leads back to itself")
        while self._asked.get(target.url, 0) < MOST_REQUESTS:
            async with host.slot():
                reply = await self._timed(target, headers, host)
            if reply.is_stale:
                continue
            if reply.status in _RANGE_REFUSED and any(name == "Range" for name, _ in headers):
                headers = tuple(pair for pair in headers if pair[0] != "Range")
            elif (wait := self._pause(reply, host)) is None:
                return reply
            else:
                await asyncio.sleep(wait)
        return reply

    def _pause(self, reply: Reply, host: Host) -> float | None:
        """How long to wait before asking again; None if that is of no use, or too long for this visit.

        The whole host is left alone for as long as it asks, also when this address is given up.
        """
        if reply.status not in AGAIN and reply.fault not in AGAIN_FAULTS:
            return None
        named = seconds_named(next(iter(reply.all_of("retry-after")), ""))
        wait = self._manners.waits.after(self._again, named)
        if reply.status == 429 or named is not None:
            host.hold(wait)
        self._again += 1
        if self._again >= self._manners.tries or wait >= self._left:
            return None
        self._left -= wait
        return wait

    async def _timed(self, target: Target, headers: tuple[tuple[str, str], ...], host: Host) -> Reply:
        clock = asyncio.get_running_loop().time
        started = clock()
        self._asked[target.url] = self._asked.get(target.url, 0) + 1
        wanted = self._wanted
        request = Request(target.url, wanted.method, headers, wanted.most, wanted.enough)
        reply = await self._send(request, host, max(self._left, 0.001))
        self._left -= clock() - started
        return reply

    def _headers(self, target: Target) -> tuple[tuple[str, str], ...]:
        """What the caller gave, to the origin that it was given for only; cookies only to the host they come from."""
        given = self._wanted.headers
        if not self._hops:
            return given
        if _origin(target.url) != _origin(self._wanted.url):
            given = tuple(pair for pair in given if pair[0] in {"Range", "Accept"})
        cookie = self._cookie(target.url)
        return (*given, ("Cookie", cookie)) if cookie else given

    def _cookie(self, url: str) -> str:
        if not self._cookies:
            return ""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.get(_origin(url), {}).items())

    def _take_cookies(self, target: Target, reply: Reply) -> None:
        """Keep cookies for the rest of this visit: many publishers send a reader in circles who has none."""
        given = reply.all_of("set-cookie")
        jar = self._cookies.setdefault(_origin(target.url), {}) if given else {}
        for text in given:
            name, _, value = text.partition(";")[0].strip().partition("=")
            if name and (name + value).isascii() and (name + value).isprintable():
                jar[name] = value
                if sum(map(len, jar)) + sum(map(len, jar.values())) > _MOST_COOKIES:
                    del jar[name]

    def _end(self, final: str, reply: Reply) -> Answer:
        return Answer(
            url=self._wanted.url,
            final=final,
            status=reply.status,
            hops=tuple(self._hops),
            headers=reply.headers,
            body=reply.body,
            fault=reply.fault,
            detail=reply.detail,
            seconds=round(self._manners.seconds - self._left, 3),
            whole=reply.whole,
            requests=sum(self._asked.values()),
        )


def _bad_redirect(reply: Reply, detail: str) -> Reply:
    return Reply(reply.status, reply.headers, fault="bad-redirect", detail=detail)


def _shown(url: str) -> str:
    return ascii(url[:200])[1:-1]


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme.lower(), parts.netloc.lower()
