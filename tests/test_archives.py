"""Archive copies: what archives answer is held against what they may answer, and the copy itself is asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from aiohttp import web

from sourcebook import archives
from sourcebook.archives import Archivist, find_copies
from sourcebook.linking.timemaps import Archive
from sourcebook.linkrecords import Copy, Expected, Failing, Link, Locator
from sourcebook.network.ask import Asker
from sourcebook.network.retries import Waits

URL = "http://sea.example.org/salt?page=1"
NOW = datetime(2026, 1, 3, 12, tzinfo=UTC)
SEA = Locator(
    URL, URL, "url", keys=("smith2021sea",), expected=Expected(("The sea is salt",)), day="2021-12-03"
)
OK = "20211201101112"
LATER = "20220301101112"


class Reply(NamedTuple):
    """What the fake archive answers at one of its doors. The text BASE stands for its own address."""

    body: str
    status: int = 200
    kind: str = "application/json"


def closest(stamp: str = OK, **change: object) -> Reply:
    found = {
        "status": "200",
        "available": True,
        "url": f"BASE/web/{stamp}/{URL}",
        "timestamp": stamp,
        **change,
    }
    return Reply(json.dumps({"url": URL, "archived_snapshots": {"closest": found}}))


def rows(*stamps: str, original: str = URL) -> Reply:
    return Reply(
        json.dumps([["timestamp", "original", "statuscode"], *([s, original, "200"] for s in stamps)])
    )


NOTHING = Reply(json.dumps({"url": URL, "archived_snapshots": {}}))
NO_ROWS = Reply("[]")
DOWN = Reply("down", 503, "text/html")
PAGE = Reply("<title>The sea is salt</title><p>It is.", kind="text/html")
MAP = Reply(
    f'<{URL}>; rel="original",\n<BASE/timemap/link/{URL}>; rel="self"; type="application/link-format",\n'
    f'<BASE/web/20190101000000/{URL}>; rel="first memento"; datetime="Tue, 01 Jan 2019 00:00:00 GMT",\n'
    f'<BASE/web/{OK}/{URL}>; rel="memento"; datetime="Wed, 01 Dec 2021 10:11:12 GMT",\n'
    f'<BASE/web/{LATER}/{URL}>; rel="last memento"; datetime="Tue, 01 Mar 2022 10:11:12 GMT"',
    kind="application/link-format",
)


class FakeArchive:
    """An archive on the loopback: three doors and its copies, each with an answer of its own."""

    def __init__(self, doors: Mapping[str, Reply]) -> None:
        self.doors = {"available": NOTHING, "cdx": NO_ROWS, "timemap": Reply("", 404), "web": PAGE, **doors}
        self.asked: list[str] = []
        self.headers: list[Mapping[str, str]] = []

    async def answer(self, request: web.Request) -> web.Response:
        door = request.path.split("/")[1]
        self.asked.append(door)
        self.headers.append(request.headers)
        if door == "cdx" and "to" in request.query and "cdx-before" in self.doors:
            door = "cdx-before"
        if door == "save" and "/status/" in request.path:
            door = "status"
        reply = self.doors[door]
        body = reply.body.replace("BASE", f"http://{request.host}")
        return web.Response(text=body, status=reply.status, content_type=reply.kind)

    def run(self, work: Callable[[Archivist], object]) -> object:
        """Serve, and have some work done by an archivist who knows this archive alone."""
        return asyncio.run(self._run(work))

    async def _run(self, work: Callable[[Archivist], object]) -> object:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.answer)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        base = f"http://{host}:{port}"
        archive = Archive(
            "the fake",
            f"{base}/web/",
            f"{base}/available",
            f"{base}/cdx",
            f"{base}/timemap/link/",
            f"{base}/save/",
        )
        waits = Waits(first=0.001, least=0.001, most=0.002)
        try:
            async with Asker(allow_private=("127.0.0.0/8",), spacing=0, waits=waits, seconds=5) as asker:
                return await work(Archivist(asker, (archive,)))  # type: ignore[misc]
        finally:
            await runner.cleanup()

    def find_each(self, changes: Iterable[Mapping[str, Reply]]) -> list[Copy]:
        """What is found when these doors answer otherwise, one after the other."""

        async def work(archivist: Archivist) -> list[Copy]:
            before, found = self.doors, []
            for change in changes:
                self.doors = {**before, **change}
                archivist.silence.clear()
                found.append(await archivist.find(SEA, NOW))
            return found

        return self.run(work)  # type: ignore[return-value]

    def find(self, locator: Locator = SEA) -> Copy:
        found = self.run(lambda archivist: archivist.find(locator, NOW))
        assert isinstance(found, Copy)
        return found


GARBAGE = {
    "down": DOWN,
    "throttled": Reply("slow down", 429, "text/plain"),
    "failing": Reply("oops", 500, "text/html"),
    "html for json": Reply("<html><title>Internet Archive</title>", kind="text/html"),
    "cut": Reply('{"url": "http://sea.example.org", "archived_snapsh'),
    "empty": Reply(""),
    "null": Reply("null"),
    "a number": Reply("7"),
    "a list": Reply("[1, 2]"),
    "a text": Reply('"closest"'),
    "deep": Reply("[" * 50_000),
    "no snapshots": Reply('{"url": "x"}'),
    "snapshots as a list": Reply('{"archived_snapshots": []}'),
    "snapshots as a text": Reply('{"archived_snapshots": "none"}'),
    "closest as a list": Reply('{"archived_snapshots": {"closest": []}}'),
    "closest without url": Reply('{"archived_snapshots": {"closest": {"available": true, "status": "200"}}}'),
    "url as a number": closest(url=7),
    "status 404": closest(status="404"),
    "status none": closest(status=None),
    "not available": closest(available=False),
    "available as a text": closest(available="true"),
    "another page": closest(url=f"BASE/web/{OK}/http://other.example.org/salt?page=1"),
    "another query": closest(url=f"BASE/web/{OK}/http://sea.example.org/salt?page=2"),
    "another host": closest(url=f"http://web.archive.example.com/web/{OK}/{URL}"),
    "host as a prefix": closest(url=f"http://web.archive.org.example.com/web/{OK}/{URL}"),
    "javascript": closest(url="javascript:alert(1)"),
    "file": closest(url="file:///etc/passwd"),
    "timestamp 9999": closest("99990101000000"),
    "timestamp of no day": closest("20211399000000"),
    "timestamp of letters": closest("2021120110111x"),
    "timestamp too short": closest("2021"),
    "timestamps differ": closest(timestamp="20200101000000"),
    "control characters": closest(url=f"BASE/web/{OK}/{URL}\n"),
}


@pytest.mark.parametrize("reply", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_unknown_and_never_a_copy(reply: Reply) -> None:
    fake = FakeArchive({"available": reply, "cdx": DOWN, "timemap": DOWN})
    copy = fake.find()
    assert (copy.address, copy.verdict) == ("", "unchecked")
    assert copy.reason == "archive unknown: no clear answer of the fake"
    assert "web" not in fake.asked


def test_garbage_at_the_second_door_is_no_copy_either() -> None:
    found = FakeArchive({}).find_each({"cdx": reply, "timemap": reply} for reply in GARBAGE.values())
    assert [(copy.address, copy.verdict) for copy in found] == [("", "unchecked")] * len(GARBAGE)


def test_where_one_door_fails_the_next_is_asked() -> None:
    found = FakeArchive({"cdx": rows(OK)}).find_each({"available": reply} for reply in GARBAGE.values())
    told = [(copy.address.partition("/web/")[2], copy.day, copy.verdict) for copy in found]
    assert told == [(f"{OK}/{URL}", "2021-12-01", "alive")] * len(GARBAGE)


def test_empty_although_archived_is_found_by_the_second_question() -> None:
    fake = FakeArchive({"available": NOTHING, "cdx": rows(OK)})
    assert fake.find().verdict == "alive"
    assert fake.asked[:2] == ["available", "cdx"]


def test_no_copy_anywhere_is_said_so() -> None:
    assert FakeArchive({}).find().reason == "no archive has a copy"
    assert FakeArchive({"cdx": Reply("", kind="text/plain")}).find().reason == "no archive has a copy"


def test_the_copy_nearest_before_the_day_of_reading_is_taken() -> None:
    assert FakeArchive({"available": closest(OK)}).find().day == "2021-12-01"
    # The archive's closest one is of a later day: the one before is asked for.
    fake = FakeArchive({"available": closest(LATER), "cdx-before": rows("20200101000000", OK)})
    assert fake.find().day == "2021-12-01"
    assert FakeArchive({"available": closest(LATER), "cdx-before": NO_ROWS}).find().day == "2022-03-01"
    assert FakeArchive({"available": DOWN, "cdx": DOWN, "timemap": MAP}).find().day == "2021-12-01"


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        (PAGE, "alive"),
        (Reply("", 404), "unchecked"),
        (Reply("<title>Page not found</title>", kind="text/html"), "drifted"),
        (Reply("", 403), "blocked"),
        (DOWN, "unchecked"),
    ],
)
def test_the_copy_is_asked_itself(page: Reply, verdict: str) -> None:
    assert FakeArchive({"available": closest(), "web": page}).find().verdict == verdict


def test_an_archive_that_is_down_is_left_alone_after_three_times() -> None:
    fake = FakeArchive({"available": DOWN, "cdx": DOWN, "timemap": DOWN})

    async def work(archivist: Archivist) -> None:
        for _number in range(20):
            await archivist.find(SEA, NOW)

    fake.run(work)
    assert len(fake.asked) <= 3 * 4 * 3  # three addresses, four questions, each at most three times


def test_copies_are_looked_for_where_they_are_needed_and_one_found_is_kept() -> None:
    name = "http://dead.example.org/"
    failing = Failing("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", 2)
    links = {
        name: Link("dead", time="2026-01-02T00:00:00Z", failing=failing),
        "http://alive.example.org/": Link("alive"),
        "http://127.0.0.1/": Link("dead"),
    }
    locators = [Locator(address, address, "url") for address in links]
    fake = FakeArchive({"cdx": rows(OK, original=name)})

    async def work(archivist: Archivist) -> None:
        await find_copies(archivist, locators, links, links.__setitem__)
        fake.doors = dict.fromkeys(fake.doors, DOWN)
        archivist.silence.clear()
        await find_copies(archivist, locators, links, links.__setitem__, max_age=0)

    fake.run(work)
    assert links[name].verdict == "archived"
    assert (links[name].copy or Copy()).day == "2021-12-01"
    assert links["http://alive.example.org/"].copy is None
    assert links["http://127.0.0.1/"].copy is None


def test_a_copy_is_made_on_request_with_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    done = Reply(json.dumps({"status": "success", "timestamp": OK, "original_url": URL}))
    fake = FakeArchive({"save": Reply('{"url": "x", "job_id": "spn2-0a1b"}'), "status": done})

    def save(archivist: Archivist) -> object:
        return archivist.save(SEA, "ACCESS:SECRET", NOW, pause=0)

    copy = fake.run(save)
    assert isinstance(copy, Copy)
    assert (copy.day, copy.verdict) == ("2021-12-01", "alive")
    sent = [headers.get("Authorization") for headers in fake.headers]
    assert sent == ["LOW ACCESS:SECRET", "LOW ACCESS:SECRET", None]  # the copy is asked as by any reader
    for door, reply, reason in [
        ("save", Reply('{"message": "You need to be logged in"}', 401), "You need to be logged in"),
        ("save", Reply('{"job_id": "../../x"}'), "no reason"),
        ("save", Reply("<html>"), "HTTP 200"),
        ("status", Reply('{"status": "error", "message": "Cannot resolve host"}'), "Cannot resolve host"),
        (
            "status",
            Reply('{"status": "success", "timestamp": "1", "original_url": "x"}'),
            "no copy of this page",
        ),
        ("status", Reply('{"status": "pending"}'), "had not finished"),
    ]:
        fake.doors = {**fake.doors, "save": Reply('{"job_id": "a1"}'), "status": done, door: reply}
        copy = fake.run(save)
        assert isinstance(copy, Copy)
        assert copy.address == ""
        assert reason in copy.reason
    assert archives.KEY == "SOURCEBOOK_ARCHIVE_KEY"
