"""What never ends, or breaks off: drips, floods, packed bombs and cut connections."""

from __future__ import annotations

import asyncio
import gzip
import zlib

from network.raw import PAGE
from network.replies import DRIP, Talk, behaviour

FLOOD = b"x" * 65536


@behaviour("drip")
async def drip(talk: Talk) -> bool:
    """Say something for ever, a little at a time: `/drip/headers`, `/drip/body`, `/drip/continue`, `/drip/status`."""
    how = talk.path.split("/")[2]
    first, more = {
        "headers": (b"HTTP/1.1 200 OK\r\n", b"X-Drip: 1\r\n"),
        "body": (b"HTTP/1.1 200 OK\r\n\r\n", b"."),
        "continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        "status": (b"HTTP/1.1 200 O", b"K"),
        "line": (b"HTTP/1.1 200 OK\r\nX-Drip: ", b"y"),
    }[how]
    talk.writer.write(first)
    while True:
        talk.writer.write(more)
        await talk.writer.drain()
        await asyncio.sleep(5 * DRIP if how == "headers" else DRIP)  # not too many headers too soon


@behaviour("endless")
async def endless(talk: Talk) -> bool:
    """Say something for ever, as fast as it goes: the body, a tag, a redirect's body, headers, one header, chunks."""
    first, more = {
        "body": (b"HTTP/1.1 200 OK\r\n\r\n", FLOOD),
        "tag": (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<a ", FLOOD),
        "missing": (b"HTTP/1.1 404 Not Found\r\n\r\n", FLOOD),
        "redirect": (b"HTTP/1.1 302 Found\r\nLocation: /good/after\r\n\r\n", FLOOD),
        "headers": (b"HTTP/1.1 200 OK\r\n", b"X-More: and more of it\r\n" * 1000),
        "header": (b"HTTP/1.1 200 OK\r\nX-Long: ", FLOOD),
        "status": (b"HTTP/1.1 200 ", FLOOD),
        "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + FLOOD + b"\r\n"),
        "chunk-name": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", FLOOD),
        "trailers": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-More: 1\r\n" * 1000),
        "empty-members": (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 3000),
    }[talk.path.split("/")[2]]
    talk.writer.write(first)
    await asyncio.sleep(DRIP)  # so that the head is there before the rest, as over a real distance
    while True:
        talk.writer.write(more)
        await talk.writer.drain()
        await asyncio.sleep(0)


@behaviour("bomb")
async def bomb(talk: Talk) -> bool:
    """A gigabyte and a half of zeros, packed: `/bomb/gzip`, `/bomb/deflate`, `/bomb/raw`, `/bomb/twice`."""
    how = talk.path.split("/")[2]
    window = {"gzip": 31, "twice": 31, "deflate": 15, "raw": -15}[how]
    name = {"gzip": "gzip", "twice": "gzip, gzip"}.get(how, "deflate")
    talk.writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n\r\n" % name.encode())
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    for _ in range(1500):
        talk.writer.write(packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_SYNC_FLUSH))
        await talk.writer.drain()
        await asyncio.sleep(0)
    talk.writer.write(packer.flush())
    return False


@behaviour("cut")
async def cut(talk: Talk) -> bool:
    """Break off: `/cut/at-once`, `/cut/headers`, `/cut/body`."""
    how = talk.path.split("/")[2]
    if how != "at-once":
        await talk.say(b"HTTP/1.1 200 OK\r\nContent-Le" if how == "headers" else PAGE[:-20])
        await asyncio.sleep(DRIP)
    talk.cut()
    return False
