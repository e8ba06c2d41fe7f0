"""What only the clock can tell of a date: it is told while it holds, and neither sooner nor later."""

from __future__ import annotations

from pathlib import Path

import pytest

from sourcebook.check import check
from sourcebook.model import Finding
from sourcebook.read import read_library, read_outline
from sourcebook.settings import Settings

DAY = 86_400
NOON = 1_800_000_000  # 15 January 2027
ENTRY = "@misc{{smith2020sea, title = {{The sea}}, {}, url = {{https://example.org/sea}}}}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "articles").mkdir(parents=True)
    (tmp_path / "bib").mkdir()
    (tmp_path / "docs" / "articles" / "page.md").write_text("Salt {cite:p}`smith2020sea`.\n")
    return tmp_path


def set_clock(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    monkeypatch.setattr("sourcebook.dates.time.time", lambda: seconds)


def told(root: Path) -> list[Finding]:
    """What a check finds that takes from the store what it can; the whole library gives the same."""
    found = list(check(read_outline(root, Settings())).findings)
    assert found == list(check(read_library(root, Settings(), cached=False)).findings)
    return found


@pytest.mark.parametrize(
    ("fields", "why", "gone"),
    [
        ("year = {2020}, urldate = {2027-02-01}", "yet to come", NOON + 16 * DAY),
        ("year = {2020}, archivedate = { 2027-02-01/2027-03}", "yet to come", NOON + 16 * DAY),
        ("date = {2038}", "more than ten years ahead", NOON + 351 * DAY),
        ("year = { 2038}", "more than ten years ahead", NOON + 351 * DAY),
        ("year = {2020}, eventdate = {2038-05-01}", "more than ten years ahead", NOON + 351 * DAY),
    ],
)
def test_a_day_to_come_is_told_until_it_has_come_though_the_file_is_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch, fields: str, why: str, gone: int
) -> None:
    (root / "bib" / "all.bib").write_text(ENTRY.format(fields))
    for seconds, count in ((NOON, 1), (gone - DAY, 1), (gone, 0), (NOON, 1)):
        set_clock(monkeypatch, seconds)
        for _ in range(2):  # written to the store, or taken from it
            found = told(root)
            assert [why in f.fault.message for f in found] == [True] * count
            assert all(f.rule == "date-ahead" for f in found)


def test_a_clock_that_is_not_set_tells_nothing_and_keeps_nothing_from_one_that_is(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "bib" / "all.bib").write_text(ENTRY.format("year = {2020}, urldate = {2027-02-01}"))
    for seconds, count in ((0, 0), (NOON, 1)):
        set_clock(monkeypatch, seconds)
        assert len(told(root)) == count


@pytest.mark.parametrize("fields", ["date = {2199-02-31}", "year = {2020}, urldate = {2199-02-31}"])
def test_a_day_that_does_not_exist_is_one_finding_though_it_lies_ahead(root: Path, fields: str) -> None:
    (root / "bib" / "all.bib").write_text(ENTRY.format(fields))
    (found,) = told(root)
    assert found.fault.message.endswith("has no day 31")
