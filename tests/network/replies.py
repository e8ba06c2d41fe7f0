"""What the hostile hosts answer: the first part of a path names it. Texts as they are sent are in raw.py."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from network.raw import BROKEN, PAGE, RAW, message

if TYPE_CHECKING:
    from network.server import Network

Behaviour = Callable[["Talk"], Awaitable[bool]]
NAMED: dict[str, Behaviour] = {}
DRIP = 0.02


@dataclass
class Talk:
    """One request and the way to answer it."""

    net: Network
    host: str
    method: str
    path: str
    headers: dict[str, str]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @property
    def times(self) -> int:
        """How often this path of this host was asked, this time included."""
        ways = ("GET", "HEAD")
        return sum(self.net.requests[way, self.host, self.path] for way in ways)

    async def say(self, data: bytes) -> None:
        """Send."""
        if self.method == "HEAD":
            data = data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        self.writer.write(data)
        await self.writer.drain()

    def cut(self) -> None:
        """Break the connection off."""
        ends = self.writer.get_extra_info("socket")
        ends.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


async def reply_to(talk: Talk) -> bool:
    """Answer one request; whether the connection stays."""
    kind = talk.path.split("/")[1].partition("?")[0]
    if kind in RAW:
        await say_in_two(talk, RAW[kind]) if kind in BROKEN else await talk.say(RAW[kind])
        return b"\r\nContent-Length:" in RAW[kind] and not kind.startswith("cut-")
    if kind.startswith("status-"):
        await talk.say(message(int(kind.removeprefix("status-"))))
        return True
    return await NAMED.get(kind, missing)(talk)


async def say_in_two(talk: Talk, data: bytes) -> None:
    """The head first, the body a moment later."""
    head, _, body = data.partition(b"\r\n\r\n")
    await talk.say(head + b"\r\n\r\n")
    await asyncio.sleep(DRIP)
    await talk.say(body)


def behaviour(name: str) -> Callable[[Behaviour], Behaviour]:
    """Give a behaviour the name that stands in paths."""

    def keep(function: Behaviour) -> Behaviour:
        NAMED[name] = function
        return function

    return keep


async def missing(talk: Talk) -> bool:
    await talk.say(message(404))
    return True


@behaviour("good")
async def good(talk: Talk) -> bool:
    await asyncio.sleep(latency(talk))
    await talk.say(PAGE)
    return True


def latency_of(path: str) -> float:
    """Between 50 and 200 ms, always the same for one path."""
    return 0.05 + 0.15 * sha256(path.encode()).digest()[0] / 255


def latency(talk: Talk) -> float:
    """How long an answer takes where the path asks for latency."""
    return latency_of(talk.path) if "latency" in talk.path else 0.0


@behaviour("moved")
async def moved(talk: Talk) -> bool:
    """`/moved/301/good/1` leads to `/good/1`; `/moved/302/to/https/...` elsewhere."""
    await asyncio.sleep(latency(talk))
    _, _, status, *rest = talk.path.split("/")
    await talk.say(message(int(status), Location="/" + "/".join(rest)))
    return True


@behaviour("to")
async def to(talk: Talk) -> bool:
    """Lead to what stands in the query, as it stands there."""
    await talk.say(message(302, Location=talk.path.partition("?")[2]))
    return True


@behaviour("cookie-to")
async def cookie_to(talk: Talk) -> bool:
    """Lead to what stands in the query, and give a cookie."""
    where = talk.path.partition("?")[2]
    await talk.say(message(302, Location=where, Set_Cookie="reader=7; Domain=127.1.0.2; Path=/"))
    return True


@behaviour("robots.txt")
async def robots(talk: Talk) -> bool:
    """All but `/private/` may be asked for by programs."""
    await talk.say(message(200, "User-agent: *\nDisallow: /private/\n", Content_Type="text/plain"))
    return True


@behaviour("chain")
async def chain(talk: Talk) -> bool:
    """`/chain/3` is three redirects long."""
    left = int(talk.path.split("/")[2])
    await talk.say(message(302, Location=f"/chain/{left - 1}") if left else PAGE)
    return True


@behaviour("ever-new")
async def ever_new(talk: Talk) -> bool:
    await talk.say(
        message(302, Location=f"/ever-new/{talk.path.count('a')}{'a' * (talk.path.count('a') + 1)}")
    )
    return True


@behaviour("cookie-wall")
async def cookie_wall(talk: Talk) -> bool:
    """Lead in circles whoever brings no cookie."""
    known = "seen=1" in talk.headers.get("cookie", "")
    await talk.say(PAGE if known else message(302, Location=talk.path, Set_Cookie="seen=1; Path=/; HttpOnly"))
    return True


@behaviour("cookie-maze")
async def cookie_maze(talk: Talk) -> bool:
    """Lead in circles whatever cookies there are, with a new one each time."""
    await talk.say(message(302, Location=talk.path, Set_Cookie=f"step={talk.times}"))
    return True


@behaviour("throttled")
async def throttled(talk: Talk) -> bool:
    """`/throttled/once/WORD` refuses the first request, `/throttled/always/WORD` each; WORD is the Retry-After."""
    _, _, how, word, *_ = talk.path.split("/")
    if how == "once" and talk.times > 1:
        return await good(talk)
    now = datetime.now(UTC)
    dates = {
        "date": now + timedelta(seconds=1),
        "past": now - timedelta(days=1),
        "later": now + timedelta(days=9),
    }
    value = format_datetime(dates[word], usegmt=True) if word in dates else word
    await talk.say(message(429, **({} if word == "none" else {"Retry_After": value})))
    return True


@behaviour("fails-once")
async def fails_once(talk: Talk) -> bool:
    """`/fails-once/503` answers so to the first request."""
    await asyncio.sleep(latency(talk))
    await talk.say(message(int(talk.path.split("/")[2])) if talk.times == 1 else PAGE)
    return True


@behaviour("resets-once")
async def resets_once(talk: Talk) -> bool:
    if talk.times == 1:
        talk.cut()
        return False
    return await good(talk)


@behaviour("head")
async def head(talk: Talk) -> bool:
    """`/head/405`, `/head/reset`, `/head/hang`: so to HEAD only. `/head/lies`: 200 to HEAD, 404 to GET."""
    await asyncio.sleep(latency(talk))
    how = talk.path.split("/")[2]
    if how == "lies":
        await talk.say(PAGE if talk.method == "HEAD" else message(404))
    elif talk.method != "HEAD":
        await talk.say(PAGE)
    elif how == "reset":
        talk.cut()
        return False
    elif how == "hang":
        return await silent(talk)
    else:
        await talk.say(message(int(how)))
    return True


@behaviour("range")
async def ranged(talk: Talk) -> bool:
    """`/range/416` answers so to whoever asks for a range."""
    await talk.say(message(int(talk.path.split("/")[2])) if "range" in talk.headers else PAGE)
    return True


@behaviour("slow")
async def slow(talk: Talk) -> bool:
    """`/slow/0.2` takes so many seconds."""
    await asyncio.sleep(float(talk.path.split("/")[2]))
    await talk.say(PAGE)
    return True


@behaviour("silent")
async def silent(talk: Talk) -> bool:
    await talk.reader.read()  # until the other side has had enough
    return False


@behaviour("early-hints")
async def early_hints(talk: Talk) -> bool:
    await talk.say(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")
    await talk.say(PAGE)
    return True


@behaviour("echo")
async def echo(talk: Talk) -> bool:
    """The path as it came, and the headers, as text."""
    await talk.say(message(200, "\n".join([talk.path, *(f"{k}: {v}" for k, v in talk.headers.items())])))
    return True


@behaviour("wants")
async def wants(talk: Talk) -> bool:
    """`/wants/%41/x` is there for whoever asks it letter for letter: the path must end in the text after `is=`."""
    path, _, expected = talk.path.partition("?is=")
    await talk.say(PAGE if path == f"/wants/{expected}" else message(404))
    return True
