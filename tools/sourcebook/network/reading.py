"""Reading the body of a response as it comes in, as far as it is needed and no further."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress

import aiohttp

from .bodies import Body

LARGE = 131_072
"""A body larger than this is read beside few others only, so that many at once stay small together."""

_SHORT = 16_384
_LOOK_AGAIN = 0.25

Enough = Callable[[bytearray], bool]


async def read_body(
    response: aiohttp.ClientResponse, body: Body, enough: Enough | None, large: asyncio.Semaphore
) -> bool:
    """Fill the body; whether it came to its end. Raises what goes wrong, as aiohttp does, and BodyError.

    large: holds the turns of large bodies.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(_watched(response))
        is_large = False
        async for piece in response.content.iter_any():
            body.take(piece)
            if enough is not None and enough(body.data):
                return False
            if not is_large and len(body.data) > LARGE:
                is_large = True
                await stack.enter_async_context(large)
        body.end()
    return True


async def finish_short(response: aiohttp.ClientResponse) -> None:
    """Read away a short body that nobody wants, so that its connection can be used again."""
    if response.status < 300 and (response.content_length or _SHORT) < _SHORT:
        with suppress(aiohttp.ClientError, OSError, ValueError):
            async with asyncio.timeout(0.5):
                await response.content.read(_SHORT)


@contextmanager
def _watched(response: aiohttp.ClientResponse) -> Iterator[None]:
    """Look now and then whether aiohttp gave up on a body: of a bad chunk it tells its connection, not its reader."""
    protocol = None if response.connection is None else response.connection.protocol
    ended = False

    def look() -> None:
        error = None if protocol is None else protocol.exception()  # it counts as false when nothing came
        if error is not None and not ended:
            response.content.set_exception(aiohttp.ClientPayloadError(str(error)))
        elif not ended:
            loop.call_later(_LOOK_AGAIN, look)

    loop = asyncio.get_running_loop()
    loop.call_later(_LOOK_AGAIN, look)
    try:
        yield
    finally:
        ended = True
