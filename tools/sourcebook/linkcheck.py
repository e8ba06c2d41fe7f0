"""From locators to the ledger: what is due is asked, each answer is judged and noted at once."""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from msgspec.structs import replace

from .answers import Answer
from .linking.fragments import missing_fragment
from .linking.registries import judge_registry
from .linking.verdicts import judge, settle, text_of_time, time_of_text, with_copy
from .linking.weblocators import host_of
from .linking.webpage import MOST_BYTES, is_html, read_webpage
from .linkrecords import Copy, Judgement, Link, Locator

MAX_AGE_DAYS = 30.0
AGAIN = timedelta(hours=20)  # what has failed is asked again the next day, to know whether it is dead
READ_BYTES = 600_000  # of a page, when no anchor is looked for
WORKERS = 2000
# Faults of a whole host: what else is on it is not asked, and has the same fault.
_OF_HOST = frozenset(("no-such-host", "name-unresolved", "unreachable"))
_BINARY = (b"%PDF-", b"\x89PNG", b"PK\x03\x04", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
_IDENTIFIERS = frozenset(("doi", "isbn", "issn"))

Note = Callable[[str, Link], None]
Enough = Callable[[bytearray], bool]


class Asks(Protocol):
    """What is needed of an `ask.Asker`."""

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask one address."""

    async def probe(
        self, url: str, want_body: bool = False, most_bytes: int | None = None, enough: Enough | None = None
    ) -> Answer:
        """Ask whether an address lives."""


@dataclass(slots=True)
class Progress:
    """How far a run is. hosts: those that are left; waiting: addresses that were not asked yet."""

    total: int = 0
    done: int = 0
    hosts: int = 0

    @property
    def waiting(self) -> int:
        """How many addresses are left."""
        return self.total - self.done


def due(
    locators: Iterable[Locator], links: Mapping[str, Link], max_age: float, now: datetime
) -> list[Locator]:
    """The locators that are to be asked. max_age: days for which an answer holds."""
    return [
        locator for locator in locators if is_due(locator.address, links.get(locator.address), max_age, now)
    ]


def is_due(address: str, link: Link | None, max_age: float, now: datetime) -> bool:
    """Whether a locator is to be asked.

    An answer holds for between half of `max_age` days and the whole, depending on the address, so that what was asked
    on one day is not all due on one day. A failure, and what is unchecked, is asked again the next day; a record from
    the future, which a clock that was ahead has made, at once.
    """
    if link is None or not link.time:
        return True
    age = now - time_of_text(link.time)
    if age < -AGAIN or max_age <= 0:
        return True
    digest = hashlib.blake2b(address.encode("utf-8", "replace"), digest_size=4).digest()
    days = max_age * (1 - int.from_bytes(digest, "big") / 2**33)
    if link.verdict == "unchecked":
        days = min(days, AGAIN / timedelta(days=1))
    elif link.failing:
        days = min(days, 7.0)
    return age >= timedelta(days=days)


def older_than(locators: Iterable[Locator], links: Mapping[str, Link], max_age: float, now: datetime) -> int:
    """How many locators have a verdict that is older than `max_age` days."""
    known = [link for locator in locators if (link := links.get(locator.address)) and link.time]
    return sum(now - time_of_text(link.time) > timedelta(days=max_age) for link in known)


def is_from_future(link: Link, now: datetime) -> bool:
    """Whether a record is from a clock that was ahead by more than a day."""
    return time_of_text(link.time) - now > timedelta(days=1)


def groups_of(locators: Iterable[Locator]) -> dict[str, list[Locator]]:
    """The locators by the address that is asked for them: those that differ in the fragment only are asked once."""
    groups: dict[str, list[Locator]] = {}
    for locator in locators:
        groups.setdefault(locator.ask.partition("#")[0], []).append(locator)
    return groups


@dataclass(slots=True)
class Run:
    """One run of asking.

    note: is given each record as it is known. watch: is told after each answer. per_host: addresses of a host that are
    in work at once. Nothing that failed is noted before something has answered: until then there may be no network,
    and a failure says nothing about a work. asked, unanswered: the addresses that were noted, and those that were not.
    is_online: something answered, or nothing was asked.
    """

    asker: Asks
    links: Mapping[str, Link]
    note: Note
    watch: Callable[[Progress], None] = lambda _progress: None
    per_host: int = 3
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    progress: Progress = field(default_factory=Progress)
    is_online: bool = True
    asked: set[str] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)
    _held: list[tuple[list[Locator], Answer]] = field(default_factory=list)
    _down: dict[str, Answer] = field(default_factory=dict)
    _queues: dict[str, deque[list[Locator]]] = field(default_factory=dict)
    _ready: deque[str] = field(default_factory=deque)
    _finished: set[str] = field(default_factory=set)

    async def ask(self, locators: Iterable[Locator]) -> None:
        """Ask all of these, many at once, host by host in turns."""
        wanted = list(locators)
        self.unanswered = {locator.address for locator in wanted}
        self.is_online = not wanted
        for ask, group in groups_of(wanted).items():
            self._queues.setdefault(host_of(ask), deque()).append(group)
        self._ready.extend(host for host in self._queues for _slot in range(self.per_host))
        self.progress = Progress(sum(map(len, self._queues.values())), 0, len(self._queues))
        workers = min(WORKERS, len(self._ready), self.progress.total)
        async with asyncio.TaskGroup() as tasks:
            for _number in range(workers):
                tasks.create_task(self._work())

    async def _work(self) -> None:
        while (taken := self._take()) is not None:
            host, group = taken
            answer = self._down.get(host)
            if answer is None:
                answer = await self._answer(group)
                if answer.fault in _OF_HOST and not answer.hops:
                    self._down[host] = answer
            else:  # a thousand addresses of a host that does not exist must not keep the others waiting
                await asyncio.sleep(0)
            self._give_back(host)
            self._learn(group, answer)
            self.progress.done += 1
            self.watch(self.progress)

    def _take(self) -> tuple[str, list[Locator]] | None:
        """The next host in turn, with what is to be asked of it."""
        while self._ready:
            host = self._ready.popleft()
            if queue := self._queues.get(host):
                return host, queue.popleft()
        return None

    def _give_back(self, host: str) -> None:
        if self._queues[host]:
            self._ready.append(host)
        elif host not in self._finished:
            self._finished.add(host)
            self.progress.hosts -= 1

    async def _answer(self, group: list[Locator]) -> Answer:
        first = group[0]
        ask = first.ask.partition("#")[0]
        if first.kind in _IDENTIFIERS:
            return await self.asker.get(ask, {"Accept": "application/json"})
        most = MOST_BYTES if any("#" in locator.ask for locator in group) else READ_BYTES
        return await self.asker.probe(ask, True, MOST_BYTES * 2, lambda data: _is_enough(data, most))

    def _learn(self, group: list[Locator], answer: Answer) -> None:
        if answer.status or answer.fault == "tls":
            self.is_online = True
        elif not self.is_online:
            self._held.append((group, answer))
            return
        held, self._held = self._held, []
        for locators, known in (*held, (group, answer)):
            self._note(locators, known)

    def _note(self, group: list[Locator], answer: Answer) -> None:
        is_page = group[0].kind not in _IDENTIFIERS and bool(answer.status) and is_html(answer)
        page = read_webpage(answer) if is_page else None
        for locator in group:
            self.asked.add(locator.address)
            self.unanswered.discard(locator.address)
            if locator.kind in _IDENTIFIERS:
                judged = judge_registry(locator.kind, answer)
            else:
                judged = judge(answer, page, locator.expected)
                fragment = locator.ask.partition("#")[2]
                if (
                    page
                    and judged.verdict in {"alive", "moved"}
                    and (lost := missing_fragment(fragment, page))
                ):
                    judged = replace(judged, reason="; ".join(filter(None, (judged.reason, lost))))
            judged = _with_fragment(judged, locator)
            self.note(locator.address, settle(self.links.get(locator.address), judged, answer, self.now()))


def _with_fragment(judged: Judgement, locator: Locator) -> Judgement:
    """The new address of a work keeps the fragment of the old one."""
    fragment = locator.ask.partition("#")[2]
    if not judged.moved or not fragment or "#" in judged.moved:
        return judged
    return replace(judged, moved=f"{judged.moved}#{fragment}")


def _is_enough(data: bytearray, most: int) -> bool:
    return len(data) >= most or (len(data) >= 8 and data.startswith(_BINARY))


def with_copies_of_entries(
    locators: Iterable[Locator], links: Mapping[str, Link], note: Note, now: datetime
) -> None:
    """Note for each dead locator the archive copy that its entry names, with what that copy answered."""
    copies: dict[str, Locator] = {}
    every = list(locators)
    for locator in every:
        if locator.kind == "archiveurl":
            copies |= dict.fromkeys(locator.keys, locator)
    for locator in every:
        link = links.get(locator.address)
        copy = next((copies[key] for key in locator.keys if key in copies), None)
        known = links.get(copy.address) if copy else None
        if not (copy and known and link) or locator is copy or link.verdict not in {"dead", "archived"}:
            continue
        verdict = "alive" if known.verdict in {"alive", "moved"} else known.verdict
        seen = Copy(copy.address, copy.day, verdict, known.reason, text_of_time(now))
        if (new := with_copy(link, seen)) != link:
            note(locator.address, new)
