"""How `ask` behaves: two at once, apart in time, pausing when asked to, and taking nothing along from elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.server import network
from sourcebook import __version__
from sourcebook.answers import Answer
from sourcebook.network.hosts import most_at_once
from sourcebook.network.retries import Waits, seconds_named

NOW = datetime(2026, 1, 3, 12, 0, 0, tzinfo=UTC)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def test_a_host_is_asked_two_at_a_time() -> None:
    async def ask() -> dict[str, int]:
        async with network(hosts=2) as net, net.asker(seconds=5) as asker:
            urls = [net.url(f"slow/0.02/{number}", number % 2) for number in range(40)]
            answers = await asyncio.gather(*map(asker.get, urls))
            assert {answer.status for answer in answers} == {200}
            return dict(net.most)

    assert set(run(ask()).values()) == {2}


def test_requests_to_a_host_are_apart_in_time() -> None:
    async def ask() -> list[float]:
        async with network() as net, net.asker(spacing=0.05) as asker:
            urls = [
                net.url(path) for path in ("good/1", "moved/301/good/2", "fails-once/503/3", "head/405/4")
            ]
            await asyncio.gather(*map(asker.probe, urls))
            return net.starts[net.hosts[0]]

    starts = run(ask())
    assert len(starts) == 6
    assert all(later - earlier >= 0.04 for earlier, later in pairwise(starts))


def test_a_host_that_asks_for_a_pause_has_it_from_all() -> None:
    async def ask() -> tuple[list[float], list[Answer]]:
        async with network() as net, net.asker(waits=Waits(0.02, 0.3, 0.3)) as asker:
            first = await asker.get(net.url("throttled/always/1e8/1"), method="GET")
            later = await asyncio.gather(*(asker.get(net.url(f"good/{number}")) for number in range(5)))
            return net.starts[net.hosts[0]], [first, *later]

    starts, answers = run(ask())
    assert [answer.status for answer in answers] == [429, 200, 200, 200, 200, 200]
    assert answers[0].requests == 3
    assert all(later - earlier >= 0.25 for earlier, later in pairwise(starts[:4]))


def test_a_wait_that_is_too_long_for_an_address_ends_it_and_holds_the_host() -> None:
    async def ask() -> tuple[Answer, int]:
        async with network() as net, net.asker(seconds=1.0, waits=Waits(0.02, 0.05, 60.0)) as asker:
            answer = await asker.get(net.url("throttled/always/1e8/1"))
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asker.get(net.url("good/1")), 0.2)
            return answer, net.asked("good/1")

    answer, asked = run(ask())
    assert (answer.status, answer.requests, asked) == (429, 1, 0)


def test_other_hosts_do_not_wait_for_one() -> None:
    async def ask() -> list[Answer]:
        async with network() as net, net.asker(seconds=1.0, waits=Waits(most=60.0)) as asker:
            urls = [net.url("throttled/always/1e8/1"), net.url("silent/1", 1), net.url("good/1", 2)]
            return await asyncio.gather(*map(asker.get, urls))

    assert [answer.status for answer in run(ask())] == [429, 0, 200]


@pytest.mark.parametrize(
    ("value", "seconds", "wait"),
    [
        ("7", 7.0, 7.0),
        ("0", 0.0, 1.0),
        ("-5", 0.0, 1.0),
        ("99999999", 99999999.0, 60.0),
        ("1e8", 1e8, 60.0),
        ("inf", float("inf"), 60.0),
        (format_datetime(NOW + timedelta(seconds=20), usegmt=True), 20.0, 20.0),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), 0.0, 1.0),
        ("Saturday, 03-Jan-26 12:00:30 GMT", 30.0, 30.0),
        ("Sat Jan  3 12:00:40 2026", 40.0, 40.0),
    ],
)
def test_a_pause_is_kept_as_asked_within_bounds(value: str, seconds: float, wait: float) -> None:
    assert seconds_named(value, NOW) == seconds
    assert Waits().after(0, seconds) == wait


@pytest.mark.parametrize(
    "value", ["", "  ", "nan", "soon", "1 minute", "Sat, 99 Jan 2026 99:00:00 GMT", "0x10"]
)
def test_a_pause_that_can_not_be_read_is_none(value: str) -> None:
    assert seconds_named(value, NOW) is None


@given(st.text(max_size=40), st.integers(0, 5))
def test_no_header_makes_a_wait_of_less_than_half_a_second_or_more_than_a_minute(
    text: str, attempt: int
) -> None:
    assert 0.5 <= Waits().after(attempt, seconds_named(text)) <= 60.0


def test_waits_double_with_jitter() -> None:
    for attempt, (least, most) in enumerate([(0.5, 1.5), (1.0, 3.0), (2.0, 6.0)]):
        drawn = {Waits().after(attempt, None) for _ in range(50)}
        assert len(drawn) > 10
        assert least <= min(drawn) <= max(drawn) <= most


def test_an_address_is_sent_letter_for_letter() -> None:
    paths = [
        "%41",
        "%2F%2f",
        "a%20b",
        "~a;b=c,d!*'()",
        "x//y/./../z",
        "?q=%C3%BC&r=a+b",
        "%",
        "%zz",
        "[1]",
        "a:b@c",
    ]

    async def ask() -> list[str]:
        async with network() as net, net.asker() as asker:
            answers = [await asker.get(net.url(f"echo/{path}")) for path in paths]
            return [answer.body.decode().partition("\n")[0] for answer in answers]

    assert run(ask()) == [f"/echo/{path}" for path in paths]


def test_letters_beyond_ascii_are_sent_as_utf_8() -> None:
    async def ask() -> tuple[Answer, dict[str, str]]:
        async with network() as net, net.asker() as asker:
            answer = await asker.get(f"http://bücher.test:{net.port}/echo/grüße?ключ=值#Teil")
            return answer, net.seen["/echo/gr%C3%BC%C3%9Fe?%D0%BA%D0%BB%D1%8E%D1%87=%E5%80%BC"]

    answer, seen = run(ask())
    assert answer.status == 200
    assert seen["host"].startswith("xn--bcher-kva.test:")


def test_who_asks_is_said() -> None:
    async def ask() -> str:
        async with network() as net, net.asker() as asker:
            return (await asker.get(net.url("echo"))).body.decode()

    told = run(ask())
    assert f"user-agent: sourcebook/{__version__}" in told
    assert "accept: text/html" in told


def test_nothing_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def ask() -> tuple[Answer, int]:
        async with network() as net:
            for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
                monkeypatch.setenv(name, f"http://127.0.0.1:{net.ports['trap']}")
            netrc = tmp_path / "netrc"
            netrc.write_text(f"machine {net.hosts[0]} login reader password secret\n")
            netrc.chmod(0o600)
            monkeypatch.setenv("NETRC", str(netrc))
            async with net.asker() as asker:
                return await asker.get(net.url("echo")), net.trapped

    answer, trapped = run(ask())
    assert (answer.status, trapped) == (200, 0)
    assert "authorization" not in answer.body.decode()


def test_cookies_stay_at_their_host_and_in_their_visit() -> None:
    async def ask() -> tuple[Answer, Answer, Answer]:
        async with network() as net, net.asker() as asker:
            there = await asker.get(net.url("cookie-to/1?" + net.url("echo", 1)))
            back = await asker.get(net.url("cookie-to/2?" + net.url("echo", 0)))
            return there, back, await asker.get(net.url("echo"))

    there, back, later = run(ask())
    assert "cookie" not in there.body.decode()
    assert "cookie: reader=7" in back.body.decode()
    assert "cookie" not in later.body.decode()


def test_what_a_caller_gives_goes_to_its_own_host_only() -> None:
    async def ask() -> tuple[str, str]:
        async with network() as net, net.asker() as asker:
            key = {"Authorization": "LOW key:secret", "Accept": "application/json"}
            there = await asker.get(net.url("to/1?" + net.url("echo", 1)), key)
            here = await asker.get(net.url("to/1?" + net.url("echo", 0)), key)
            return there.body.decode(), here.body.decode()

    there, here = run(ask())
    assert "authorization" not in there
    assert "authorization: low key:secret" in here
    assert "accept: application/json" in there


def test_a_failing_connection_is_asked_again_by_us_alone() -> None:
    async def ask() -> tuple[Answer, int, Answer]:
        async with network() as net:
            async with net.asker() as asker:
                cut = await asker.get(net.url("cut/at-once/1"))
            async with net.asker(tries=1) as asker:
                return cut, net.asked("cut/at-once/1"), await asker.get(net.url("cut/at-once/2"))

    cut, asked, once = run(ask())
    assert (cut.fault, cut.requests, asked) == ("reset", 3, 3)
    assert once.requests == 1


def test_few_open_files_make_few_requests_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (20, 20))
    assert most_at_once() == 2
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (1024, 4096))
    assert most_at_once() == 480
