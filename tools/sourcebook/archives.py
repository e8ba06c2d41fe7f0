"""Copies in web archives: found, asked themselves, and made on request.

What an archive says is not believed: the copy is asked, and judged as any page is.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from .answers import Answer
from .linkcheck import READ_BYTES, Asks
from .linking.timemaps import (
    ARCHIVES,
    Archive,
    Dated,
    available_query,
    cdx_query,
    copy_at,
    nearest,
    read_available,
    read_cdx,
    read_timemap,
    stamp_of,
    timemap_query,
)
from .linking.verdicts import judge, text_of_time, time_of_text, with_copy
from .linking.weblocators import host_of
from .linking.webpage import MOST_BYTES, decode, is_html, read_webpage
from .linkrecords import Copy, Link, Locator

MOST_SILENCE = (
    3  # answers that an archive may fail to give in a row before it is left alone for the rest of a run
)
KEY = "SOURCEBOOK_ARCHIVE_KEY"  # the environment variable that holds `ACCESS:SECRET`
_JSON = {"Accept": "application/json"}


@dataclass(slots=True)
class Archivist:
    """Looks for copies.

    archives: in the order in which they are asked. silence: for how many in a row each gave no clear answer.
    """

    asker: Asks
    archives: tuple[Archive, ...] = ARCHIVES
    silence: dict[str, int] = field(default_factory=dict)

    async def find(self, locator: Locator, now: datetime) -> Copy:
        """The copy nearest before the day on which the work was read, and what it answers.

        Without a copy the address is empty, and the reason says whether there is none or whether that is unknown.
        """
        url, stamp = locator.ask.partition("#")[0], stamp_of(locator.day, now)
        unknown: list[str] = []
        for archive in self.archives:
            is_silent = self.silence.get(archive.name, 0) >= MOST_SILENCE
            copies = None if is_silent else await self._copies(archive, url, stamp, now)
            self.silence[archive.name] = self.silence.get(archive.name, 0) + 1 if copies is None else 0
            if copies is None:
                unknown.append(archive.name)
            elif copy := nearest(copies, stamp):
                seen = await self._asked(copy, locator, now)
                if seen.verdict == "alive" or archive is self.archives[-1]:
                    return seen
                unknown.append(archive.name)
        reason = (
            f"archive unknown: no clear answer of {' and '.join(unknown)}"
            if unknown
            else "no archive has a copy"
        )
        return Copy(reason=reason, time=text_of_time(now))

    async def _copies(self, archive: Archive, url: str, stamp: str, now: datetime) -> list[Dated] | None:
        """The copies that an archive names, None if it gave no clear answer: the cheap question first."""
        found: list[Dated] = []
        is_clear = False
        for query in _queries(archive, url, stamp):
            answer = await self.asker.get(query, _JSON if query != timemap_query(archive, url) else None)
            copies = _read(archive, url, query, answer, now)
            if copies is None:
                continue
            found += copies
            is_clear = is_clear or not query.startswith(
                f"{archive.available}?"
            )  # it is often empty by mistake
            if any(copy.stamp <= stamp for copy in copies):
                break
        return found if found or is_clear else None

    async def _asked(self, copy: Dated, locator: Locator, now: datetime) -> Copy:
        """A copy with the verdict of its own page."""
        answer = await self.asker.probe(
            copy.address, True, MOST_BYTES * 2, lambda data: len(data) >= READ_BYTES
        )
        page = read_webpage(answer) if answer.status and is_html(answer) else None
        judged = judge(answer, page, locator.expected)
        verdict = "alive" if judged.verdict == "moved" else judged.verdict
        return Copy(copy.address, copy.day, verdict, judged.reason, text_of_time(now))

    async def save(
        self, locator: Locator, key: str, now: datetime, pause: float = 5.0, tries: int = 24
    ) -> Copy:
        """Ask the Wayback Machine to make a copy, and wait for it (Save Page Now 2).

        key: `ACCESS:SECRET` of an account at archive.org. pause: seconds between looks at the job.
        """
        archive = self.archives[0]
        headers = {**_JSON, "Authorization": f"LOW {key}"}
        url = locator.ask.partition("#")[0]
        asked = _data(await self.asker.get(archive.save + url, headers))
        job = asked.get("job_id")
        if not isinstance(job, str) or not job.replace("-", "").isalnum():
            return Copy(reason=f"not saved: {_message(asked)}", time=text_of_time(now))
        for _look in range(tries):
            await asyncio.sleep(pause)
            state = _data(await self.asker.get(f"{archive.save}status/{job}", headers))
            if state.get("status") == "success":
                address = f"{archive.copies}{state.get('timestamp')}/{state.get('original_url')}"
                copy = copy_at(archive, url, address, now)
                if copy is None:
                    return Copy(
                        reason="not saved: the archive names no copy of this page", time=text_of_time(now)
                    )
                return await self._asked(copy, locator, now)
            if state.get("status") == "error":
                return Copy(reason=f"not saved: {_message(state)}", time=text_of_time(now))
        return Copy(reason="not saved: the archive had not finished in time", time=text_of_time(now))


def _queries(archive: Archive, url: str, stamp: str) -> list[str]:
    queries = [available_query(archive, url, stamp)] if archive.available else []
    if archive.cdx:
        queries += [cdx_query(archive, url, stamp, True), cdx_query(archive, url, stamp, False)]
    return queries + ([timemap_query(archive, url)] if archive.timemap else [])


def _read(archive: Archive, url: str, query: str, answer: Answer, now: datetime) -> list[Dated] | None:
    if answer.fault or answer.status != 200:
        # A TimeMap that does not exist is an archive that has nothing (RFC 7089, section 4.5).
        return (
            [] if query == timemap_query(archive, url) and answer.status == 404 and not answer.fault else None
        )
    if archive.available and query.startswith(f"{archive.available}?"):
        return read_available(archive, url, answer.body, now)
    if archive.cdx and query.startswith(f"{archive.cdx}?"):
        return read_cdx(archive, url, answer.body, now)
    return read_timemap(archive, url, decode(answer.body, answer.header("content-type")), now)


def _data(answer: Answer) -> Mapping[str, Any]:
    try:
        data: Any = json.loads(answer.body)
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict):
        return data
    return {"message": answer.detail or answer.fault or f"HTTP {answer.status}"}


def _message(data: Mapping[str, Any]) -> str:
    text = data.get("message") or data.get("status_ext") or "the archive gave no reason"
    return "".join(char if char.isprintable() else " " for char in str(text))[:200]


async def find_copies(
    archivist: Archivist,
    locators: Iterable[Locator],
    links: Mapping[str, Link],
    note: Callable[[str, Link], None],
    living: bool = False,
    key: str = "",
    max_age: float = 30.0,
) -> None:
    """Look for copies of what is dead, failing or drifted, and note them.

    living: of what lives as well. key: with it, copies of what lives are made where there are none. max_age: days for
    which it holds what an archive said.
    """
    now = datetime.now(UTC)
    wanted = [
        locator
        for locator in locators
        if _is_wanted(locator, links.get(locator.address), living, max_age, now)
    ]
    at_once = asyncio.Semaphore(4)  # the archives themselves are asked two at a time

    async def find(locator: Locator) -> None:
        async with at_once:
            copy = await archivist.find(locator, now)
            link = links[locator.address]
            if key and not copy.address and link.verdict in {"alive", "moved"}:
                copy = await archivist.save(locator, key, now)
            if link.copy and link.copy.address and not copy.address:
                copy = replace(link.copy, time=copy.time)  # an archive that is down takes no copy away
            note(locator.address, with_copy(link, copy))

    await asyncio.gather(*(find(locator) for locator in wanted))


def _is_wanted(locator: Locator, link: Link | None, living: bool, max_age: float, now: datetime) -> bool:
    if link is None or locator.kind not in {"url", "eprint", "link"} or not _is_public(host_of(locator.ask)):
        return False
    if link.copy and now - time_of_text(link.copy.time) < timedelta(days=max_age):
        return False
    return living or bool(link.failing) or link.verdict in {"dead", "archived", "drifted"}


def _is_public(host: str) -> bool:
    """Whether an archive may have pages of a host: it has a name, and one that is not kept for tests (RFC 2606)."""
    last = host.rpartition(".")[2]
    return (
        "." in host and last.isalpha() and last not in {"test", "invalid", "localhost", "local", "internal"}
    )
