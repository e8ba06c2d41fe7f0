"""How often a host is asked: so many at once, so far apart, and not at all while it asks for a pause."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST_AT_ONCE = 480


class Host:
    """What is going on at one host. Times are those of the event loop's clock, in seconds."""

    def __init__(self, at_once: int, spacing: float) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._spacing = spacing
        self._next = 0.0
        self._held = 0.0
        self._waiting = 0

    @property
    def is_wanted(self) -> bool:
        """Whether others wait for a turn, so that a connection is worth keeping."""
        return self._waiting > 0

    def hold(self, seconds: float) -> None:
        """Ask nothing of this host for so long."""
        self._held = max(self._held, asyncio.get_running_loop().time() + seconds)

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait for a turn, and keep it for as long as the request lasts."""
        clock = asyncio.get_running_loop().time
        self._waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self._waiting -= 1
        try:
            while (wait := max(self._next, self._held) - clock()) > 0:
                await asyncio.sleep(wait)
            self._next = clock() + self._spacing
            yield
        finally:
            self._slots.release()


def most_at_once() -> int:
    """How many requests there may be at once, so that connections kept open for others still find room."""
    try:
        import resource
    except ImportError:  # Windows, where sockets are no files
        return MOST_AT_ONCE
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_AT_ONCE if files < 0 else max(2, min(MOST_AT_ONCE, (files - 64) // 2))


class Hosts:
    """All hosts of a run, each made when it is first asked."""

    def __init__(self, at_once: int, spacing: float) -> None:
        self._at_once = at_once
        self._spacing = spacing
        self._hosts: dict[str, Host] = {}

    def of(self, name: str) -> Host:
        """The host of that name (ASCII, small letters)."""
        name = name.removesuffix(".")
        if name not in self._hosts:
            self._hosts[name] = Host(self._at_once, self._spacing)
        return self._hosts[name]
