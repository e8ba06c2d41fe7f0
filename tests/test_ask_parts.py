"""What `ask` is made of: bodies that are unpacked within bounds, names that are looked up, answers that are noise."""

from __future__ import annotations

import asyncio
import gzip
import random
import socket
import zlib
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.raw import PAGE
from network.replies import NAMED, Talk
from network.server import ALLOWED, TRAP, network
from sourcebook.answers import FAULTS, Answer
from sourcebook.network.ask import Asker
from sourcebook.network.bodies import PIECE, RATIO, SMALL, Body, BodyError
from sourcebook.network.resolver import PRESENT, Guard, PrivateAddressError
from sourcebook.network.targets import networks_of


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def filled(data: bytes, encoding: str, most: int = 10**7, sizes: tuple[int, ...] = ()) -> Body:
    """A body that was given its bytes in pieces of these sizes, and then the rest."""
    body = Body(encoding, most)
    for size in sizes:
        body.take(data[:size])
        data = data[size:]
    if data:
        body.take(data)
    body.end()
    return body


def raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": raw,
    "": bytes,
}
BLOCKS = st.lists(st.binary(max_size=300), max_size=6).map(b"".join)
BLOCKS |= st.just(bytes(3 * PIECE)) | st.just(b"ab" * PIECE)


@given(st.sampled_from(sorted(PACKERS)), BLOCKS, st.lists(st.integers(2, 400), max_size=5).map(tuple))
def test_a_packed_body_comes_out_whole_however_it_is_cut_up(
    encoding: str, data: bytes, sizes: tuple[int, ...]
) -> None:
    assert filled(PACKERS[encoding](data), encoding, sizes=sizes).data == data


@given(
    st.lists(st.binary(max_size=99), min_size=1, max_size=5),
    st.lists(st.integers(1, 40), max_size=9).map(tuple),
)
def test_gzip_may_be_several_streams(parts: list[bytes], sizes: tuple[int, ...]) -> None:
    assert filled(b"".join(map(gzip.compress, parts)), "gzip", sizes=sizes).data == b"".join(parts)


@given(st.binary(min_size=1, max_size=300), st.integers(1, 300))
def test_a_packed_body_that_breaks_off_is_incomplete(data: bytes, cut: int) -> None:
    packed = gzip.compress(data)
    with pytest.raises(BodyError, match="breaks off"):
        filled(packed[: max(1, len(packed) - cut)], "gzip")


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate"]))
def test_noise_is_incomplete_or_a_body(data: bytes, encoding: str) -> None:
    fault = ""
    try:
        filled(data, encoding)
    except BodyError as error:
        fault = error.fault
    assert fault in {"", "incomplete"}


@pytest.mark.parametrize(
    "encoding", ["br", "zstd", "compress", "gzip, gzip", "br, gzip", "gzip,identity,gzip", "\xe9"]
)
def test_an_encoding_that_we_do_not_know_and_a_second_one_are_refused(encoding: str) -> None:
    with pytest.raises(BodyError) as caught:
        Body(encoding, 1000)
    assert caught.value.fault == "incomplete"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", ""])
def test_a_body_has_as_many_bytes_as_are_allowed(encoding: str) -> None:
    data = random.Random(1).randbytes(5000)
    assert len(filled(PACKERS[encoding](data), encoding, most=5000).data) == 5000
    with pytest.raises(BodyError) as caught:
        filled(PACKERS[encoding](data), encoding, most=4999)
    assert caught.value.fault == "too-large"


def test_a_body_that_grows_too_much_is_a_bomb() -> None:
    plain = filled(gzip.compress(bytes(SMALL)), "gzip")
    assert len(plain.data) == SMALL
    body = Body("gzip", 10**9)
    with pytest.raises(BodyError, match=f"more than {RATIO} times"):
        body.take(gzip.compress(bytes(50 * SMALL)))
    assert len(body.data) <= SMALL + PIECE + RATIO * 60_000


def test_a_socket_is_made_for_public_machines_only() -> None:
    guard = Guard(networks_of(ALLOWED))
    kind = (socket.AF_INET, socket.SOCK_STREAM, 0, "")
    guard((*kind, ("127.1.0.1", 80))).close()
    guard((*kind, ("1.1.1.1", 80))).close()
    with pytest.raises(PrivateAddressError):
        guard((*kind, (TRAP, 80)))
    with pytest.raises(PrivateAddressError):
        guard((socket.AF_INET6, socket.SOCK_STREAM, 0, "", ("fe80::1%2", 80, 0, 2)))


def asked(names: dict[str, list[str]], url: str, **options: Any) -> tuple[Answer, list[str]]:
    """What is said of an address where the name server knows these names only, and what it was asked for."""
    looked: list[str] = []

    async def resolve(name: str) -> list[str]:
        looked.append(name)
        if name not in names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return names[name]

    async def ask() -> Answer:
        async with Asker(resolve=resolve, spacing=0.0, seconds=1.0, **options) as asker:
            first, _ = await asyncio.gather(asker.get(url), asker.get(url))
            return first

    return run(ask()), looked


def test_a_name_is_looked_up_once_and_without_regard_to_case() -> None:
    answer, looked = asked({PRESENT: ["192.0.2.1"]}, "http://Nowhere.TEST./")
    assert answer.fault == "no-such-host"
    assert looked.count("nowhere.test") == 1


def test_a_name_server_that_knows_nothing_is_not_believed() -> None:
    answer, _ = asked({}, "http://nowhere.test/")
    assert answer.fault == "name-unresolved"


def test_a_name_server_that_answers_for_every_name_is_not_believed() -> None:
    class Every(dict[str, list[str]]):
        def __contains__(self, name: object) -> bool:
            return True

        def __missing__(self, name: str) -> list[str]:
            return ["1.1.1.1"]

    answer, _ = asked(Every(), "http://nowhere.test/")
    assert answer.fault == "name-unresolved"


def test_a_name_without_an_address_is_none() -> None:
    answer, _ = asked({PRESENT: ["192.0.2.1"], "empty.test": []}, "http://empty.test/")
    assert answer.fault == "no-such-host"


def test_a_name_that_leads_to_the_trap_the_second_time_does_not_get_there() -> None:
    async def ask() -> tuple[Answer, Answer, int]:
        async with network() as net:
            turns = iter([net.hosts[0], TRAP, TRAP])

            async def resolve(name: str) -> list[str]:
                return [next(turns)] if name == "rebinding.test" else ["192.0.2.1"] if name == PRESENT else []

            options: dict[str, Any] = {"resolve": resolve, "tries": 1}
            url = f"http://rebinding.test:{net.port}/good/1"
            async with net.asker(**options) as asker:
                first = await asker.get(url)
            async with net.asker(**options) as asker:
                return first, await asker.get(url.replace(str(net.port), str(net.ports["trap"]))), net.trapped

    first, second, trapped = run(ask())
    assert (first.status, second.fault, trapped) == (200, "private-address", 0)


def test_robots_are_asked_for_once_and_kept_to() -> None:
    async def ask() -> tuple[list[Answer], int]:
        async with network() as net, net.asker() as asker:
            paths = ["good/1", "good/2", "private/1"]
            answers = await asyncio.gather(*(asker.get(net.url(path), robots=True) for path in paths))
            return answers, net.asked("robots.txt")

    answers, times = run(ask())
    assert [(answer.status, answer.fault) for answer in answers] == [(200, ""), (200, ""), (0, "robots")]
    assert times == 1


def test_no_noise_of_a_server_is_more_than_a_fault() -> None:
    """Hundreds of answers that were good before somebody changed, cut, doubled or swapped some of their bytes."""

    def spoilt(seed: int) -> bytes:
        chance, data = random.Random(seed), bytearray(PAGE)
        for _ in range(chance.randint(1, 6)):
            at, size = chance.randrange(len(data) // 2), chance.randint(1, 20)
            match chance.randrange(4):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + size]
                case 2:
                    data[at:at] = data[at : at + size] * chance.randint(1, 3)
                case _:
                    data[at:at] = chance.choice([b"\r\n", b"\n", b"\r", b"\0", b":", b" ", b"\xff"])
        return bytes(data)

    async def noise(talk: Talk) -> bool:
        await talk.say(spoilt(int(talk.path.rpartition("/")[2])))
        return False

    async def ask() -> list[Answer]:
        async with network() as net, net.asker(seconds=1.0, per_host=50, tries=1) as asker:
            return await asyncio.gather(*(asker.get(net.url(f"noise-of/{seed}")) for seed in range(300)))

    NAMED["noise-of"] = noise
    answers = run(ask())
    assert {answer.fault for answer in answers} <= FAULTS | {""}
    assert {"", "protocol", "incomplete"} <= {answer.fault for answer in answers}
    assert all(answer.fault or 100 <= answer.status <= 999 for answer in answers)
