"""From a host's name to the machine that is asked: looked up once a run, and judged at the moment of connecting.

The guard stands where a socket is made for one IP address, so a name that changes its answer between a check and
the connection gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine

from aiohttp.abc import AbstractResolver, ResolveResult

from .targets import Network, is_open

Resolve = Callable[[str], Coroutine[None, None, list[str]]]
"""From a name to its IP addresses; raises socket.gaierror as `getaddrinfo` does."""

AT_ONCE = 32

# Kept by IANA: the one is always there, the other never (RFC 6761).
PRESENT = "example.org"
ABSENT = "sourcebook-looks-for-no-one.invalid"

AddrInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]


class PrivateAddressError(OSError):
    """A connection to a machine that must not be asked."""


class Guard:
    """Makes sockets, but none to a private address unless it lies in an allowed network."""

    def __init__(self, allowed: tuple[Network, ...]) -> None:
        self._allowed = allowed

    def __call__(self, info: AddrInfo) -> socket.socket:
        """A socket for one address; raises PrivateAddressError."""
        family, kind, protocol, _, address = info
        if not is_open(str(address[0]), self._allowed):
            raise PrivateAddressError(f"{address[0]} is no public address")
        return socket.socket(family, kind, protocol)


class Resolver(AbstractResolver):
    """Looks each name up once and remembers the answer, also that there is none.

    That a name does not exist is believed only of a name server that knows PRESENT, and that it exists only if it is
    not found where ABSENT is found, too: else we are off line, or somebody answers for all names.
    """

    def __init__(self, resolve: Resolve | None, seconds: float) -> None:
        self._seconds = seconds
        self._resolve = resolve or _look_up
        self._asked: dict[str, asyncio.Task[list[str]]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host; raises socket.gaierror."""
        numbers = await self._known(host.lower().removesuffix("."), self._judged)
        kinds = [socket.AF_INET6 if ":" in number else socket.AF_INET for number in numbers]
        return [
            ResolveResult(hostname=host, host=number, port=port, family=kind, proto=0, flags=_NUMERIC)
            for number, kind in zip(numbers, kinds, strict=True)
        ]

    async def close(self) -> None:
        """Give up what is still being looked up."""
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)

    async def _known(self, host: str, find: Resolve) -> list[str]:
        """What was found for a name; it goes on being looked up when somebody who waits for it gives up."""
        if host not in self._asked:
            self._asked[host] = asyncio.create_task(find(host))
        return await asyncio.shield(self._asked[host])

    async def _judged(self, host: str) -> list[str]:
        if host in (PRESENT, ABSENT):
            return await self._one(host)
        try:
            numbers = await self._one(host)
        except socket.gaierror as error:
            if is_absent(error) and not await self._numbers(PRESENT):
                raise socket.gaierror(socket.EAI_AGAIN, "the name server knows no names at all") from error
            raise
        if set(numbers) <= set(await self._numbers(ABSENT)):
            raise socket.gaierror(socket.EAI_AGAIN, "the name server answers for names that there can't be")
        return numbers

    async def _numbers(self, host: str) -> list[str]:
        try:
            return await self._known(host, self._one)
        except socket.gaierror:
            return []

    async def _one(self, host: str) -> list[str]:
        async with self._slots:
            try:
                async with asyncio.timeout(self._seconds):
                    numbers = await self._resolve(host)
            except TimeoutError as error:
                raise socket.gaierror(socket.EAI_AGAIN, "the name server did not answer in time") from error
        if not numbers:
            raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
        return numbers


def is_absent(error: OSError) -> bool:
    """Whether a failed look-up says that there is no such name, or none with an address."""
    absent = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
    return isinstance(error, socket.gaierror) and error.errno in absent


_NUMERIC = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV


async def _look_up(host: str) -> list[str]:
    """Ask the system, in a thread that a slow name server can't keep the program from ending by."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[str]] = loop.create_future()

    def tell(numbers: list[str] | None, error: OSError | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(numbers or [])
        else:
            future.set_exception(error)

    def work() -> None:
        numbers: list[str] = []
        fault: OSError | None = None
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            numbers = list(dict.fromkeys(str(info[4][0]) for info in found))
        except OSError as error:
            fault = error
        except UnicodeError:
            fault = socket.gaierror(socket.EAI_NONAME, "no host name")
        if not loop.is_closed():
            loop.call_soon_threadsafe(tell, numbers, fault)

    threading.Thread(target=work, daemon=True).start()
    return await future
