"""Verdicts: what one answer says of a locator, and what follows from it together with what was seen before.

The worst that a link check can do is to call a living work dead; the next worst is to pass what is gone. So one
answer alone never says `dead`, what blocks or is slow never does, and what answers with something else is `drifted`.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from ..answers import Answer
from ..linkrecords import Change, Copy, Expected, Failing, Judgement, Link
from . import softerrors
from .likeness import is_named, is_of_one_language, is_titled, share_of_words
from .webpage import Webpage

# Two days, and nearly a whole day apart: not 23:59 and 00:01.
SURE_DAYS = 2
SURE_APART = timedelta(hours=20)
# A host that refuses, breaks off or fails may be down for a while: three runs over a week.
LIKELY_DAYS = 3
LIKELY_APART = timedelta(days=7)
MOST_HISTORY = 20
DRIFTED_SHARE = 0.25  # a page that has fewer of the title's words than this is another one
FEWEST_WORDS = 50  # of a page's text, for its words to say anything

_BLOCKED = frozenset((401, 402, 403, 406, 407, 418, 429, 430, 451, 999, *range(520, 531)))
_GONE = frozenset((404, 410))
_BROKEN = frozenset((500, 501, 502, 504, 505, 507, 508))
_PERMANENT = frozenset((301, 308))
_SURE_FAULTS = frozenset(("no-such-host", "bad-redirect"))
_LIKELY_FAULTS = frozenset(("refused", "reset", "unreachable"))
_WORDS = {
    "no-such-host": "there is no host of that name",
    "name-unresolved": "the name of the host could not be looked up",
    "unreachable": "there is no way to the host",
    "refused": "the host refuses the connection",
    "reset": "the connection broke off",
    "timeout": "no answer in time",
    "tls": "its certificate or encryption is faulty",
    "protocol": "what came is no HTTP",
    "incomplete": "the answer broke off or could not be decoded",
    "too-large": "the answer is too large",
    "private-address": "it leads to a private address, which is not asked",
    "bad-redirect": "it redirects to no usable address",
    "too-many-redirects": "it redirects without end",
    "bad-address": "it is no address that can be asked",
    "robots": "its robots.txt asks us not to",
}


def judge(answer: Answer, page: Webpage | None, expected: Expected) -> Judgement:
    """Say what an answer alone means. page: the body, where it is a web page. The verdict is never `dead`."""
    # Of what is not there, or not for us, the status says it all: its page may break off or have no end.
    if not answer.status or (answer.fault not in {"", "too-large"} and answer.status < 400):
        return _of_fault(answer)
    status = answer.status
    walled = softerrors.wall(page, answer.final) if page else ""
    if status in _BLOCKED or "challenge" in answer.header("x-amzn-waf-action"):
        return Judgement("blocked", f"HTTP {status}: {walled or 'the host does not let us in'}", "none")
    if status in _GONE:
        return Judgement("unchecked", f"HTTP {status}: {_words_of(status)}", "sure")
    if status == 503 or not 200 <= status < 300:
        if walled:
            return Judgement("blocked", f"HTTP {status}: {walled}", "none")
        failure = "likely" if status in _BROKEN else "none"
        return Judgement("unchecked", f"HTTP {status}: {_words_of(status)}", failure)
    if page is not None:
        return _of_page(answer, page, expected, walled)
    if not answer.body and answer.whole:
        return Judgement("drifted", f"HTTP {status} and nothing else: the answer is empty")
    if away := softerrors.leads_away(answer.url, answer.final):
        return Judgement("drifted", away)
    return _found(answer, "", "")


def _of_fault(answer: Answer) -> Judgement:
    fault = answer.fault or "protocol"
    detail = f" ({answer.detail})" if answer.detail else ""
    failure = "sure" if fault in _SURE_FAULTS else "likely" if fault in _LIKELY_FAULTS else "none"
    return Judgement("unchecked", f"{_WORDS.get(fault, fault)}{detail}", failure)


def _words_of(status: int) -> str:
    if status in _GONE:
        return "there is no such page" if status == 404 else "the page is gone for good"
    if status == 503:
        return "the host can't answer at the moment"
    return "the host fails" if status >= 500 else "the answer says nothing about the page"


def _of_page(answer: Answer, page: Webpage, expected: Expected, walled: str) -> Judgement:
    """Judge a page that answered with 2xx: by its titles first, then by what else it shows."""
    digest = hashlib.blake2b(page.text.encode("utf-8", "replace"), digest_size=8).hexdigest()
    fits = is_titled(expected.titles, page.titles)
    about_errors = any(softerrors.is_missing_title(title) for title in expected.titles)
    if not fits and walled:
        return Judgement("blocked", walled, "none", title=page.title)
    if reason := _drift(answer, page, expected, fits, about_errors):
        return Judgement("drifted", reason, title=page.title, digest=digest)
    if not fits and softerrors.needs_script(page):
        reason = "the page shows nothing without JavaScript, so that its text could not be read"
        return Judgement("unchecked", reason, "none", title=page.title)
    if not fits and expected.titles and (answer.fault or (softerrors.is_blank(page) and not page.scripts)):
        reason = "the title was not in what was read of it; its beginning holds nothing to be read"
        return Judgement("unchecked", reason, "none", title=page.title)
    unseen = (
        bool(expected.titles) and not fits and share_of_words(expected.titles[0], page.text[:200_000]) < 1
    )
    found = _found(answer, "the title of the entry was not found on the page" if unseen else "", page.title)
    return replace(found, digest=digest)


def _drift(answer: Answer, page: Webpage, expected: Expected, fits: bool, about_errors: bool) -> str:
    """Why a page is no longer the work; empty if it may well be."""
    final = answer.final or answer.url
    if not about_errors and (said := softerrors.missing(page)) and not (fits and said.startswith("it says")):
        return f"it answers, but as a missing page: {said}"
    if not about_errors and (said := softerrors.removed(page)):
        return f"it answers, but as a missing page: {said}"
    if fits:
        return ""
    if said := softerrors.parked(page, final):
        return f"nobody seems to live there any more: {said}"
    if said := softerrors.leads_away(answer.url, final):
        return said
    if softerrors.is_blank(page) and not page.scripts and page.whole:
        return "it answers with an empty page"
    if page.refresh and page.refresh.partition("#")[0] != final.partition("#")[0]:
        return f"the page sends its readers on to {page.refresh}"
    if softerrors.claims_to_be_home(page, final):
        return f"it answers with the home page, {page.canonical}"
    return _other_words(page, expected)


def _other_words(page: Webpage, expected: Expected) -> str:
    """Compare the words of the title with those of the page; translated and renamed works must not be caught by it."""
    if not expected.titles or len(page.text.split()) < FEWEST_WORDS:
        return ""
    title = expected.titles[0]
    shown = " ".join((*page.titles, page.text[:200_000]))
    if not is_of_one_language(title, shown) or is_named(expected.names, shown):
        return ""
    if share_of_words(title, shown) >= DRIFTED_SHARE:
        return ""
    return f"hardly a word of {title[:80]!r} is on the page, which is titled {page.title[:80]!r}"


def _found(answer: Answer, reason: str, title: str) -> Judgement:
    """The work is there: where it was, or at a new address."""
    moved = ""
    for status, address in answer.hops:
        if status not in _PERMANENT:
            break
        moved = address
    if answer.is_downgraded:  # an address that is less safe is not proposed
        return Judgement("alive", "a redirect leads from https down to http", title=title)
    if not moved or moved.partition("#")[0] == answer.url.partition("#")[0]:
        return Judgement("alive", reason, title=title)
    moving = f"moved for good from {answer.url} to {moved}"
    return Judgement("moved", reason or moving, moved=moved, title=title)


def settle(before: Link | None, judged: Judgement, answer: Answer, now: datetime) -> Link:
    """The new record of a locator: one answer, with what was seen before. Here, and nowhere else, it becomes `dead`."""
    before = before or Link()
    time = text_of_time(now)
    failing = _failing(before.failing, judged, now)
    verdict, reason = judged.verdict, judged.reason
    if judged.failure in {"sure", "likely"} and failing:
        if is_dead(failing):
            verdict, reason = (
                "dead",
                f"{reason}; it has failed on {failing.days} days since {failing.first[:10]}",
            )
            if has_copy(before.copy):
                verdict = "archived"
        elif judged.failure == "sure":
            reason += "; called dead if it still fails on another day"
    elif verdict == "unchecked" and not answer.status and failing and is_dead(failing):
        verdict, reason = before.verdict, f"{before.reason.partition('; this time')[0]}; this time {reason}"
    link = Link(
        verdict=verdict,
        reason=reason,
        code=answer.status,
        fault=answer.fault,
        time=time,
        final=judged.moved or (answer.final if answer.final != answer.url and answer.status else ""),
        title=judged.title or before.title,
        digest=judged.digest or before.digest,
        copy=before.copy,
        failing=failing,
        history=before.history,
    )
    return _with_history(link)


def _with_history(link: Link) -> Link:
    last = link.history[-1] if link.history else None
    if last and (last.verdict, last.code) == (link.verdict, link.code):
        return link
    return replace(link, history=(*link.history, Change(link.time, link.verdict, link.code))[-MOST_HISTORY:])


def _failing(before: Failing | None, judged: Judgement, now: datetime) -> Failing | None:
    """The failures so far with this answer. What answered clears them; what says nothing leaves them."""
    if judged.failure == "none":
        return before
    if not judged.failure:
        return None
    time = text_of_time(now)
    if before is None or before.first > time or before.last > time:  # from a clock that was ahead
        before = Failing(first=time)
    days = before.days + (before.last[:10] != time[:10])
    failing = replace(before, last=time, days=days)
    if judged.failure == "likely":
        return failing
    sure_days = before.sure_days + (before.sure_last[:10] != time[:10])
    return replace(failing, sure_first=before.sure_first or time, sure_last=time, sure_days=sure_days)


def is_dead(failing: Failing) -> bool:
    """Whether so many failures say that a work is gone: sure ones on two days, or any on three over a week."""
    sure = failing.sure_days >= SURE_DAYS and _apart(failing.sure_first, failing.sure_last) >= SURE_APART
    return sure or (failing.days >= LIKELY_DAYS and _apart(failing.first, failing.last) >= LIKELY_APART)


def has_copy(copy: Copy | None) -> bool:
    """Whether there is an archive copy that answered."""
    return copy is not None and copy.verdict == "alive"


def with_copy(link: Link, copy: Copy | None) -> Link:
    """A record with its archive copy; what is dead and has one that answers is `archived`."""
    verdict = link.verdict
    if verdict in {"dead", "archived"}:
        verdict = "archived" if has_copy(copy) else "dead"
    return _with_history(replace(link, copy=copy, verdict=verdict))


def text_of_time(time: datetime) -> str:
    """A time as the ledger writes it."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def time_of_text(text: str) -> datetime:
    """A time of the ledger; the beginning of time if it is none."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _apart(first: str, last: str) -> timedelta:
    return time_of_text(last) - time_of_text(first)
