"""The one `ask` on a network that means no good: each address ends in time, with the right status and fault."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from network.cases import Case, cases
from network.server import Network, network, network_in_a_thread
from sourcebook.answers import FAULTS, Answer
from sourcebook.network.ask import Asker, ask_once

SECONDS = 3.0
CASES = cases()
TESTS = Path(__file__).parent


class Told(NamedTuple):
    """What was said of each address, and the network afterwards."""

    answers: dict[str, Answer]
    net: Network


@pytest.fixture(scope="module")
def told() -> Told:
    """Ask everything once: what floods the line after the rest, so that it delays nobody else."""

    async def ask_all() -> Told:
        answers: dict[str, Answer] = {}

        async def one(asker: Asker, case: Case) -> None:
            answers[case.address] = await asker.probe(case.url(net), want_body=True)

        async with network(hosts=2, tls=True) as net:
            for is_flood, seconds in ((False, SECONDS), (True, 2.0)):
                async with net.asker(seconds=seconds, most_bytes=1_000_000, per_host=99) as asker:
                    some = [
                        case for case in CASES if case.address.startswith(("endless", "bomb")) == is_flood
                    ]
                    await asyncio.gather(*(one(asker, case) for case in some))
        return Told(answers, net)

    return asyncio.run(ask_all())


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.address)
def test_each_address_gets_its_status_and_fault(told: Told, case: Case) -> None:
    answer = told.answers[case.address]
    assert (answer.status, answer.fault) == (case.status, case.fault), answer.detail


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.address)
def test_each_address_ends_in_time_and_with_few_requests(told: Told, case: Case) -> None:
    answer = told.answers[case.address]
    assert answer.seconds <= SECONDS + 1
    assert answer.requests <= 3 * (1 + len(answer.hops))
    assert answer.url == case.url(told.net)
    assert answer.detail.isascii()
    assert bool(answer.detail) == bool(answer.fault)


def test_there_are_enough_hostile_addresses() -> None:
    assert len({case.address for case in CASES}) == len(CASES)
    assert sum(case.verdict != "alive" for case in CASES) >= 140
    assert {case.fault for case in CASES} == (FAULTS - {"robots", "unreachable"}) | {""}


def test_no_path_is_asked_more_than_three_times(told: Told) -> None:
    shared = ("/good/", "/pong", "/ping")  # where several of the addresses lead
    often = {where: n for where, n in told.net.requests.items() if n > 3 and not where[2].startswith(shared)}
    assert not often


def test_nothing_private_is_reached(told: Told) -> None:
    assert told.net.trapped == 0


def test_the_way_is_told(told: Told) -> None:
    answer = told.answers["chain/3"]
    assert [status for status, _ in answer.hops] == [302, 302, 302]
    assert answer.final == answer.hops[-1][1] == told.net.url("chain/0")
    assert told.answers["good/2#top-of-it"].final.endswith("good/2#top-of-it")


def test_a_loop_is_named(told: Told) -> None:
    assert "leads back to" in told.answers["ping"].detail
    assert told.answers["ping"].requests == 2


def test_a_step_from_https_down_to_http_is_noticed(told: Told) -> None:
    down = [address for address, answer in told.answers.items() if answer.is_downgraded]
    assert down == ["https://HOST:[tls]/to/16?http://HOST:[port]/good/1"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("tls-expired", "the certificate has expired"),
        ("tls-early", "the certificate is not yet valid"),
        ("tls-other-host", "the certificate is for another host"),
        ("tls-self-signed", "the certificate is self-signed"),
        (
            "tls-unknown-issuer",
            "the certificate's issuer is unknown, or an intermediate certificate is missing",
        ),
        (
            "tls-no-intermediate",
            "the certificate's issuer is unknown, or an intermediate certificate is missing",
        ),
        ("tls-old", "the server speaks only an old TLS"),
        ("garbage", "the server speaks no TLS there"),
    ],
)
def test_faults_of_tls_are_told_apart(told: Told, name: str, reason: str) -> None:
    assert told.answers[f"https://HOST:[{name}]/"].detail == reason


def test_the_text_of_a_bad_redirect_is_shown_escaped(told: Told) -> None:
    assert told.answers["utf8-location/1"].detail == r"the Location is not ASCII: /gr\xfc\xdfe"
    assert told.answers["script-location/1"].detail.endswith("javascript:alert(1)")


def test_a_body_is_decoded_and_known_to_be_whole_or_not(told: Told) -> None:
    page = told.answers["good/1"].body
    for address in ("gzip/1", "gzip-members/1", "gzip-tail/1", "deflate/1", "deflate-raw/1", "chunked/1"):
        assert (told.answers[address].body, told.answers[address].whole) == (page, True)
    cut = told.answers["cut-body/1"]
    assert page.startswith(cut.body)
    assert not cut.whole
    assert len(told.answers["bomb/gzip/1"].body) <= 1_000_001


def test_a_bombs_and_floods_fit_in_memory() -> None:
    program = """
import asyncio, re
from network.cases import cases
from network.server import network

async def main():
    async with network() as net, net.asker(seconds=40.0, first_byte_seconds=10.0, per_host=99) as asker:
        some = [c for c in cases() if c.address.startswith(("endless", "bomb")) and c.fault != "timeout"]
        answers = await asyncio.gather(*(asker.probe(c.url(net), want_body=True) for c in some))
        assert all(answer.fault == c.fault for answer, c in zip(answers, some)), answers
    # Not what getrusage says: that begins with the size of the process that started this one.
    print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)

asyncio.run(main())
"""
    path = {"PYTHONPATH": f"{TESTS}:{TESTS.parent / 'tools'}"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=path, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 200


def test_a_probe_reads_no_body_and_asks_for_little() -> None:
    async def ask() -> tuple[Answer, Answer, Answer, dict[str, str]]:
        async with network() as net, net.asker() as asker:
            good = await asker.probe(net.url("good/1"))
            endless = await asker.probe(net.url("endless/body/1"))
            lies = await asker.probe(net.url("head/lies/1"))
            return good, endless, lies, net.seen["/good/1"]

    good, endless, lies, seen = run(ask())
    assert (good.status, good.body, good.requests) == (200, b"", 1)
    assert (endless.status, endless.fault, endless.body) == (200, "", b"")
    assert (lies.status, lies.requests) == (404, 1)
    assert seen["range"] == "bytes=0-1023"


def test_reading_ends_when_there_is_enough() -> None:
    async def ask() -> Answer:
        async with network() as net, net.asker() as asker:
            return await asker.get(net.url("endless/tag/1"), enough=lambda data: len(data) > 100_000)

    answer = run(ask())
    assert (answer.status, answer.fault, answer.whole) == (200, "", False)
    assert 100_000 < len(answer.body) < 400_000


def test_a_program_that_waits_asks_one_address() -> None:
    with network_in_a_thread() as net:
        answer = ask_once(net.url("good/1"), {"X-Word": "tide"}, allow_private=True)
        refused = ask_once(net.url("good/1"))
    assert (answer.status, answer.whole) == (200, True)
    assert net.seen["/good/1"]["x-word"] == "tide"
    assert (refused.fault, refused.requests) == ("private-address", 0)
