"""Links asked on the hostile network: the right verdict for every address, politely, and nothing asked twice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from network.cases import Case, addresses, cases
from network.server import Network, network
from sourcebook.answers import Answer
from sourcebook.bibtex import read_bibliography
from sourcebook.linkcheck import Progress, Run, with_copies_of_entries
from sourcebook.linking.weblocators import entry_locators, web_locators
from sourcebook.linkrecords import Copy, Expected, Link, Locator
from sourcebook.model import Library, Page, Place, Use
from sourcebook.network.ask import Asker

NOON = datetime(2026, 1, 3, 12, tzinfo=UTC)
Links = dict[str, Link]


def locators_at(urls: Iterable[str]) -> list[Locator]:
    return [Locator(url, url, "link", (Place("docs/a.md"),)) for url in urls]


class Remembering:
    """An asker that gives the answers of the first day again: the network need not be asked for each day."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self.known: dict[str, Answer] = {}

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        return await self.probe(url)

    async def probe(
        self, url: str, want_body: bool = False, most_bytes: int | None = None, enough: Any = None
    ) -> Answer:
        if url not in self.known:
            self.known[url] = await self.asker.probe(url, want_body, most_bytes, enough)
        return self.known[url]


async def ask_on(
    net: Network, links: Links, locators: list[Locator], days: Iterable[int], **options: Any
) -> None:
    """Ask these, and judge the answers on each of the days; options are the asker's."""
    per_host = options.get("per_host", 2) + 1
    async with net.asker(**options) as asker:
        remembering = Remembering(asker)
        for day in days:
            now = NOON + timedelta(days=day)
            run = Run(remembering, links, links.__setitem__, per_host=per_host, now=lambda now=now: now)  # type: ignore[misc]
            await run.ask(locators)
            assert run.asked == {locator.address for locator in locators}
            assert day or not any(links[locator.address].verdict == "dead" for locator in locators)


@pytest.fixture(scope="module")
def told() -> dict[str, Link]:
    """What is known of each hostile address after two days; what floods the line is asked after the rest."""

    async def ask_all() -> dict[str, Link]:
        links: Links = {}
        async with network(hosts=2, tls=True) as net:
            urls = {case.address: case.url(net) for case in CASES}
            for is_flood in (False, True):
                some = [
                    url
                    for address, url in urls.items()
                    if address.startswith(("endless", "bomb")) == is_flood
                ]
                await ask_on(net, links, locators_at(some), (0, 1), seconds=1.5, per_host=60)
            assert net.trapped == 0
        return {address: links[url] for address, url in urls.items()}

    return asyncio.run(ask_all())


CASES = cases()
# A redirect that is not for good, and one that leads down to http, leave the address what it is.
TEMPORARY = (
    "cookie-wall/",
    "moved/302",
    "moved/303",
    "moved/307",
    "chain/",
    "endless/redirect",
    "to/",
    "https://HOST:[tls]/to/",
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.address)
def test_each_hostile_address_gets_its_verdict(told: dict[str, Link], case: Case) -> None:
    is_temporary = case.verdict == "moved" and case.address.startswith(TEMPORARY)
    link = told[case.address]
    assert link.verdict == ("alive" if is_temporary else case.verdict), link.reason
    assert link.reason or link.verdict == "alive"
    assert link.reason.isprintable()


def test_each_of_three_hundred_has_its_verdict_after_two_days_and_two_at_once_are_the_most() -> None:
    async def ask_all() -> None:
        links: Links = {}
        async with network(hosts=30) as net:
            wanted = dict(addresses(30, 300, net.port))
            await ask_on(net, links, locators_at(wanted), (0, 1), seconds=3.6)
            # What is silent may still be under way there when we have given up on it.
            silent = {urlsplit(url).hostname for url, expected in wanted.items() if expected.kind == "silent"}
            assert max(most for host, most in net.most.items() if host not in silent) == 2
        assert {url: link.verdict for url, link in links.items()} == {u: e.verdict for u, e in wanted.items()}

    asyncio.run(ask_all())


class Offline:
    """A network on which no name can be looked up; it counts what it is asked."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        self.asked: list[str] = []

    async def get(self, url: str, headers: object = None) -> Answer:
        self.asked.append(url)
        await asyncio.sleep(0)
        return Answer(url, url, 0, fault=self.fault)

    async def probe(
        self, url: str, want_body: bool = False, most_bytes: object = None, enough: object = None
    ) -> Answer:
        return await self.get(url)


@pytest.mark.parametrize("fault", ["no-such-host", "name-unresolved", "unreachable", "refused", "timeout"])
def test_without_a_network_nothing_is_noted_and_a_host_is_asked_a_few_times_only(fault: str) -> None:
    links: Links = {"http://h0.example.org/0": Link("alive", time="2026-01-01T00:00:00Z")}
    before = dict(links)
    wanted = locators_at(f"http://h{n % 7}.example.org/{n}" for n in range(700))
    offline = Offline(fault)
    run = Run(offline, links, links.__setitem__)
    asyncio.run(run.ask(wanted))
    assert links == before
    assert not run.is_online
    assert run.unanswered == {locator.address for locator in wanted}
    if fault in {"no-such-host", "name-unresolved", "unreachable"}:
        assert len(offline.asked) <= 7 * 3


def test_one_answer_is_enough_to_believe_the_failures() -> None:
    class Online(Offline):
        async def get(self, url: str, headers: object = None) -> Answer:
            answer = await super().get(url)
            return Answer(url, url, 200) if "good" in url else answer

    links: Links = {}
    asyncio.run(
        Run(Online("no-such-host"), links, links.__setitem__).ask(
            locators_at(["http://a.b/", "http://good.b/"])
        )
    )
    assert links["http://a.b/"].failing is not None


def test_addresses_that_differ_in_their_fragment_are_asked_once() -> None:
    async def ask() -> None:
        links: Links = {}
        async with network(hosts=1) as net:
            urls = [net.url(f"good/7{end}") for end in ("", "#top", "#nowhere", "#:~:text=no%20such%20words")]
            await ask_on(net, links, locators_at(urls), (0,))
            assert net.asked("good/7") == 1
        assert [links[url].verdict for url in urls] == ["alive"] * 4
        assert "no anchor 'nowhere'" in links[urls[2]].reason
        assert "'no such words' is not on the page" in links[urls[3]].reason

    asyncio.run(ask())


def test_progress_counts_hosts_done_and_waiting() -> None:
    seen: list[tuple[int, int, int]] = []

    def watch(progress: Progress) -> None:
        seen.append((progress.hosts, progress.done, progress.waiting))

    links: Links = {}
    asyncio.run(
        Run(Offline("timeout"), links, links.__setitem__, watch).ask(
            locators_at(f"http://h{n % 3}.b/{n}" for n in range(9))
        )
    )
    assert [done for _hosts, done, _waiting in seen] == list(range(1, 10))
    assert seen[-1] == (0, 9, 0)
    assert max(hosts for hosts, _done, _waiting in seen) <= 3


BIB = r"""@article{smith2021sea,
  author = {Smith, Jane and {The Sea Institute}},
  title = {The sea},
  subtitle = {Its salt},
  url = {https://example.org/a\_b#part},
  urldate = {2021-12-03},
  archiveurl = {https://web.archive.org/web/20211201101112/https://example.org/a_b},
  archivedate = {2021-12-01},
  doi = {https://doi.org/10.5555/ABC<1>#x},
  isbn = {978-3-16-148410-0},
  issn = {2785-2598}, volume = {1}, number = {2},
  eprint = {arXiv:2101.00001v2},
}
@misc{jones2020, title = {Two}, url = {http://dx.doi.org/10.5555/12345678}, year = {2020}}
@misc{bad2020, title = {Three}, url = {http://[::1/x}, doi = {nonsense}}
"""


def test_every_locator_is_found_with_its_places() -> None:
    uses = tuple(
        Use(kind, "", content, Place("docs/a.md", 7, 3))
        for kind, content in [
            ("link", "https://example.org/a_b#part"),
            ("image", "HTTPS://example.org/x.png"),
            ("definition", "http://example.org/defined"),
            ("link", "other.md"),
            ("link", "mailto:a@example.org"),
            ("link", "javascript:alert(1)"),
            ("role", "https://example.org/role"),
        ]
    )
    library = Library((Page("docs/a.md", uses=uses),), (read_bibliography("bib/a.bib", BIB),))
    found = {locator.address: locator for locator in web_locators(library)}
    assert {address: (locator.kind, locator.ask) for address, locator in found.items()} == {
        "HTTPS://example.org/x.png": ("link", "HTTPS://example.org/x.png"),
        "doi:10.5555/abc<1>#x": ("doi", "https://doi.org/api/handles/10.5555/abc%3C1%3E%23x"),
        "http://dx.doi.org/10.5555/12345678": ("doi", "https://doi.org/api/handles/10.5555/12345678"),
        "http://example.org/defined": ("link", "http://example.org/defined"),
        "https://arxiv.org/abs/2101.00001v2": ("eprint", "https://arxiv.org/abs/2101.00001v2"),
        "https://example.org/a_b#part": ("url", "https://example.org/a_b#part"),
        "https://web.archive.org/web/20211201101112/https://example.org/a_b": (
            "archiveurl",
            "https://web.archive.org/web/20211201101112/https://example.org/a_b",
        ),
        "isbn:9783161484100": ("isbn", "https://openlibrary.org/isbn/9783161484100.json"),
        "issn:2785-2598": ("issn", "https://portal.issn.org/resource/ISSN/2785-2598"),
    }
    sea = found["https://example.org/a_b#part"]
    assert sea.places == (Place("bib/a.bib", 5, 3), Place("docs/a.md", 7, 3))
    assert sea.expected == Expected(("The sea: Its salt", "The sea"), ("Smith",))
    assert sea.day == "2021-12-03"
    assert found["https://web.archive.org/web/20211201101112/https://example.org/a_b"].day == "2021-12-01"


def test_what_is_dead_and_has_a_living_copy_in_its_entry_is_archived() -> None:
    (entry, *_rest) = read_bibliography("bib/a.bib", BIB).entries
    locators = [locator for locator in entry_locators(entry) if locator.kind in {"url", "archiveurl"}]
    url, copy = (locator.address for locator in locators)
    for copy_verdict, verdict in (
        ("alive", "archived"),
        ("moved", "archived"),
        ("drifted", "dead"),
        ("blocked", "dead"),
    ):
        links = {url: Link("dead"), copy: Link(copy_verdict)}
        with_copies_of_entries(locators, links, links.__setitem__, NOON)
        assert links[url].verdict == verdict
        assert (links[url].copy or Copy()).day == "2021-12-01"
