"""aiohttp as we need it: nothing from the environment, no redirect and no second try of its own, judged sockets."""

from __future__ import annotations

import os
import ssl
from contextlib import suppress
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp

from .netfaults import Broken
from .resolver import Guard, Resolver

LONGEST_LINE = 16_384
MOST_LINES = 128  # of a head, as aiohttp has it
_BUFFER = 32_768


@dataclass(slots=True)
class Connection:
    """Whether a request went out on a connection that an earlier one had left open."""

    is_again: bool = False


def open_session(
    resolver: Resolver, guard: Guard, tls: ssl.SSLContext, timeout: aiohttp.ClientTimeout, stays: bool
) -> aiohttp.ClientSession:
    """A session whose requests have a `Connection` as their `trace_request_ctx`.

    stays: whether connections are kept for the next request, or closed after one.
    """
    connector = aiohttp.TCPConnector(
        limit=0,
        use_dns_cache=False,  # the resolver has its own, which also remembers failures
        resolver=resolver,
        socket_factory=guard,
        ssl=tls,
        force_close=not stays,
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,
        middlewares=(_ask_once_only,),
        trace_configs=[_noting_reuse()],
        timeout=timeout,
        read_bufsize=_BUFFER,
        max_line_size=LONGEST_LINE,
        max_field_size=LONGEST_LINE,
    )


def trusting() -> ssl.SSLContext:
    """How certificates are judged: by the system's authorities, or, on a system that has none, by Mozilla's."""
    context = ssl.create_default_context()
    folder = ssl.get_default_verify_paths().capath
    if not context.cert_store_stats()["x509_ca"] and not (folder and any(os.scandir(folder))):
        with suppress(ImportError):
            import certifi  # comes with Sphinx

            context.load_verify_locations(certifi.where())
    return context


def _noting_reuse() -> aiohttp.TraceConfig:
    async def note(_session: object, context: SimpleNamespace, _params: object) -> None:
        context.trace_request_ctx.is_again = True

    config = aiohttp.TraceConfig()
    config.on_connection_reuseconn.append(note)
    return config


async def _ask_once_only(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Keep aiohttp from asking a second time by itself when a connection breaks: we count and space the requests."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise Broken(str(error)) from error
