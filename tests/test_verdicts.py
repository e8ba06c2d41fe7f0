"""Verdicts: never dead too early, never alive for what is gone, and no false alarm."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sourcebook.answers import FAULTS, Answer
from sourcebook.linkcheck import is_due
from sourcebook.linking.registries import judge_registry
from sourcebook.linking.verdicts import judge, settle, text_of_time, time_of_text, with_copy
from sourcebook.linking.webpage import is_html, read_webpage
from sourcebook.linkrecords import VERDICTS, Copy, Expected, Judgement, Link

HERE = Path(__file__).parent
NOON = datetime(2026, 1, 3, 12, tzinfo=UTC)
URL = "https://example.org/sea"
NOTHING = Expected()


def fixtures(kind: str) -> list[Path]:
    return sorted((HERE / kind).glob("*.html"))


def judged(path: Path) -> Judgement:
    """A fixture: its first line says what was asked, how it answered and what the entry says; the rest is the page."""
    first, _, body = path.read_bytes().partition(b"\n")
    data = json.loads(first.removeprefix(b"<!-- ").removesuffix(b" -->"))
    hops = tuple((status, address) for status, address in data["hops"])
    final = hops[-1][1] if hops else data["url"]
    headers = (("content-type", data["type"]),)
    answer = Answer(data["url"], final, data["status"], hops, headers, body.strip(), whole=True)
    return judge(answer, read_webpage(answer), Expected(tuple(data["titles"]), tuple(data["names"])))


@pytest.mark.parametrize("path", fixtures("soft404"), ids=lambda path: path.stem)
def test_a_page_that_is_gone_is_not_alive_though_it_answers(path: Path) -> None:
    found = judged(path)
    assert found.verdict in {"drifted", "blocked", "unchecked"}
    assert found.reason
    assert found.verdict == "drifted" or path.stem in {"captcha", "cookie-wall", "script-only"}


@pytest.mark.parametrize("path", fixtures("good"), ids=lambda path: path.stem)
def test_a_page_that_is_there_raises_no_alarm(path: Path) -> None:
    assert judged(path).verdict in {"alive", "moved"}


def test_there_are_forty_pages_of_each_kind() -> None:
    assert len(fixtures("soft404")) >= 40
    assert len(fixtures("good")) >= 40


def page_of(title: str, text: str = "") -> bytes:
    return f"<html><head><title>{title}</title></head><body><p>{text or title}</p></body></html>".encode()


def say(answer: Answer, expected: Expected = NOTHING) -> Judgement:
    return judge(answer, read_webpage(answer) if answer.status and is_html(answer) else None, expected)


def ok(title: str = "The sea", hops: tuple[tuple[int, str], ...] = (), url: str = URL) -> Answer:
    final = hops[-1][1] if hops else url
    return Answer(url, final, 200, hops, (("content-type", "text/html"),), page_of(title), whole=True)


@pytest.mark.parametrize("status", [401, 402, 403, 406, 418, 429, 451, *range(520, 531), 999])
def test_who_does_not_let_us_in_is_blocked(status: int) -> None:
    found = say(Answer(URL, URL, status))
    assert (found.verdict, found.failure) == ("blocked", "none")


@pytest.mark.parametrize("status", [100, 204, 300, 304, 400, 405, 408, 409, 421, 501, 503, 511, 600])
def test_other_statuses_are_neither_alive_nor_dead(status: int) -> None:
    found = say(Answer(URL, URL, status, whole=True))
    assert found.verdict == ("drifted" if status == 204 else "unchecked")


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_each_fault_is_told_in_words_and_none_is_a_verdict_of_its_own(fault: str) -> None:
    found = say(Answer(URL, URL, 0, fault=fault, detail="so and so"))
    assert found.verdict == "unchecked"
    assert fault not in found.reason or " " in found.reason.partition("(")[0].strip()
    assert "so and so" in found.reason


def test_what_breaks_off_is_unchecked_whatever_its_status() -> None:
    for fault in ("incomplete", "timeout", "reset"):
        assert say(Answer(URL, URL, 200, body=page_of("The sea"), fault=fault)).verdict == "unchecked"


def test_what_is_not_there_is_not_there_though_its_page_breaks_off() -> None:
    for fault in ("incomplete", "timeout", "too-large"):
        assert say(Answer(URL, URL, 404, body=page_of("x"), fault=fault)).failure == "sure"
        assert say(Answer(URL, URL, 403, body=page_of("x"), fault=fault)).verdict == "blocked"
    assert say(Answer(URL, URL, 302, fault="bad-redirect")).failure == "sure"


def test_a_page_of_which_too_little_was_read_is_not_called_empty() -> None:
    body = b"<html><body><a " + b"x" * 100_000
    cut = Answer(URL, URL, 200, body=body, headers=(("content-type", "text/html"),), whole=False)
    assert say(cut).verdict == "alive"
    assert say(cut, Expected(("The sea",))).verdict == "unchecked"
    assert say(replace(cut, whole=True)).verdict == "drifted"


def test_a_permanent_redirect_is_moved_and_names_the_new_address() -> None:
    new = "https://new.example.org/sea"
    assert say(ok(hops=((301, new),))).moved == new
    assert say(ok(hops=((308, new), (302, f"{new}?session=1")))).moved == new
    assert say(ok(hops=((302, new),))).verdict == "alive"
    assert say(ok(hops=((302, new), (301, f"{new}/")))).verdict == "alive"


def test_a_redirect_down_to_http_is_alive_with_a_warning_and_proposes_nothing() -> None:
    found = say(ok(hops=((301, "http://example.org/sea"), (301, "https://example.org/sea2"))))
    assert (found.verdict, found.moved) == ("alive", "")
    assert "down to http" in found.reason


# A month of runs, one a day at noon. Each letter is an answer; below it the verdict that must stand after it.
ANSWERS = {
    "a": Answer(URL, URL, 200, body=b"%PDF-"),
    "4": Answer(URL, URL, 404),
    "5": Answer(URL, URL, 500),
    "n": Answer(URL, URL, 0, fault="no-such-host"),
    "r": Answer(URL, URL, 0, fault="refused"),
    "t": Answer(URL, URL, 0, fault="timeout"),
    "b": Answer(URL, URL, 403),
    "s": Answer(URL, URL, 0, fault="tls"),
    "v": Answer(URL, URL, 503),
}


@pytest.mark.parametrize(
    ("days", "verdicts"),
    [
        ("4", "u"),
        ("44", "ud"),
        ("4a4a4a4a", "uauauaua"),  # flapping
        ("44a", "uda"),  # back again
        ("44a4", "udau"),  # and it begins anew
        ("n.n", "u.d"),
        ("nt", "uu"),
        ("4t4", "uud"),
        ("4b4", "ubd"),
        ("44t", "udd"),  # what says nothing does not make it living
        ("44b", "udb"),
        ("rr", "uu"),
        ("rrrrrr", "uuuuuu"),
        ("rrrrrrrr", "uuuuuuud"),  # three runs over a week
        ("r......r", "u......u"),
        ("r...r..r", "u...u..d"),
        ("5a5a5a5a5a", "uauauauaua"),
        ("r...4..5", "u...u..d"),
        ("t" * 30, "u" * 30),  # slow is never dead
        ("b" * 30, "b" * 30),
        ("s" * 30, "u" * 30),
        ("v" * 30, "u" * 30),
    ],
)
def test_dead_is_called_what_fails_for_long_enough(days: str, verdicts: str) -> None:
    link: Link | None = None
    for day, (letter, wanted) in enumerate(zip(days, verdicts, strict=True)):
        if letter != ".":
            now = NOON + timedelta(days=day)
            link = settle(link, say(ANSWERS[letter]), ANSWERS[letter], now)
            assert link.verdict[0] == wanted, (day, link)


def test_two_failures_around_midnight_are_not_two_days() -> None:
    late = datetime(2026, 1, 3, 23, 59, tzinfo=UTC)
    link = None
    for now in (late, late + timedelta(minutes=2), late + timedelta(hours=19)):
        link = settle(link, say(ANSWERS["4"]), ANSWERS["4"], now)
        assert link.verdict == "unchecked"
    assert settle(link, say(ANSWERS["4"]), ANSWERS["4"], late + timedelta(hours=21)).verdict == "dead"


def test_many_runs_on_one_day_are_one_failure() -> None:
    link = None
    for minute in range(50):
        link = settle(link, say(ANSWERS["4"]), ANSWERS["4"], NOON + timedelta(minutes=minute))
    assert link is not None
    assert link.verdict == "unchecked"
    assert len(link.history) == 1


def test_a_clock_that_was_ahead_makes_nothing_dead() -> None:
    ahead = settle(None, say(ANSWERS["4"]), ANSWERS["4"], NOON + timedelta(days=400))
    link = settle(ahead, say(ANSWERS["4"]), ANSWERS["4"], NOON)
    assert link.verdict == "unchecked"
    assert settle(link, say(ANSWERS["4"]), ANSWERS["4"], NOON + timedelta(days=1)).verdict == "dead"
    assert is_due(URL, ahead, 30, NOON)


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from("a4nr5tbsv"), max_size=60),
    st.lists(st.integers(0, 40), min_size=60, max_size=60),
)
def test_history_is_bounded_and_dead_has_failed_on_two_days(letters: list[str], hours: list[int]) -> None:
    link, now = None, NOON
    failed: set[str] = set()
    for letter, pause in zip(letters, hours, strict=False):
        now += timedelta(hours=pause)
        link = settle(link, say(ANSWERS[letter]), ANSWERS[letter], now)
        if letter in "4nr5":
            failed.add(text_of_time(now)[:10])
        elif letter == "a":
            failed.clear()
        assert link.verdict in VERDICTS
        assert len(link.history) <= 20
        if link.verdict == "dead":
            assert len(failed) >= 2


def test_what_is_dead_and_has_a_copy_is_archived() -> None:
    dead = settle(
        settle(None, say(ANSWERS["4"]), ANSWERS["4"], NOON),
        say(ANSWERS["4"]),
        ANSWERS["4"],
        NOON + timedelta(1),
    )
    copy = Copy("https://web.archive.org/web/20210101000000/x", "2021-01-01", "alive")
    assert with_copy(dead, copy).verdict == "archived"
    assert with_copy(with_copy(dead, copy), None).verdict == "dead"
    kept = settle(with_copy(dead, copy), say(ANSWERS["4"]), ANSWERS["4"], NOON + timedelta(2))
    assert kept.verdict == "archived"


def test_not_all_is_due_on_one_day() -> None:
    days = []
    link = Link("alive", time=text_of_time(NOON))
    for number in range(300):
        address = f"https://example.org/{number}"
        day = next(day for day in range(40) if is_due(address, link, 30, NOON + timedelta(days=day)))
        days.append(day)
    assert min(days) >= 15
    assert max(days) <= 30
    assert max(days.count(day) for day in days) < 60
    assert not is_due(URL, link, 30, NOON + timedelta(days=14))
    assert is_due(URL, link, 0, NOON)
    assert is_due(URL, None, 30, NOON)


@pytest.mark.parametrize(
    ("status", "body", "verdict", "failure"),
    [
        (200, b'{"responseCode": 1, "handle": "10.5555/12345678"}', "alive", ""),
        (404, b'{"responseCode": 100, "handle": "10.5555/12345678"}', "unchecked", "sure"),
        (404, b"<html>not found</html>", "unchecked", "none"),
        (404, b"", "unchecked", "none"),
        (200, b'{"responseCode": 200}', "unchecked", "none"),
        (200, b"[1]", "unchecked", "none"),
        (200, b'{"responseCode": "1"}', "unchecked", "none"),
        (200, b"[" * 100_000, "unchecked", "none"),
        (500, b'{"responseCode": 2}', "unchecked", "none"),
        (429, b"", "blocked", "none"),
        (0, b"", "unchecked", "none"),
    ],
)
def test_the_registry_of_dois_says_whether_one_exists(
    status: int, body: bytes, verdict: str, failure: str
) -> None:
    found = judge_registry("doi", Answer(URL, URL, status, body=body, fault="" if status else "timeout"))
    assert (found.verdict, found.failure) == (verdict, failure)


def test_a_registry_that_does_not_know_a_book_does_not_make_it_dead() -> None:
    assert judge_registry("isbn", Answer(URL, URL, 200)).verdict == "alive"
    assert judge_registry("issn", Answer(URL, URL, 404)).failure == "none"


def test_a_time_that_is_none_is_the_beginning_of_time() -> None:
    assert time_of_text("yesterday") < time_of_text("1990-01-01T00:00:00Z") < NOON
    assert time_of_text(text_of_time(NOON)) == NOON
