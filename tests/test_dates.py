"""Dates of entries: what is one, what is none and why, and what lies ahead."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.dates import date_fault, is_ahead


def test_an_access_on_a_day_to_come_is_found_but_not_by_a_clock_that_is_not_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noon = 1_800_000_000  # 15 January 2027
    monkeypatch.setattr("sourcebook.dates.time.time", lambda: noon)
    assert not is_ahead("2027-01-16")  # somewhere it is that day already
    assert is_ahead("2027-01-17")
    assert not is_ahead("2027-01")
    assert is_ahead("2027-02/2027-03")
    monkeypatch.setattr("sourcebook.dates.time.time", lambda: 0)
    assert not is_ahead("2027-01-17")


@given(st.dates(), st.dates())
@settings(max_examples=300, deadline=None)
def test_every_day_of_the_calendar_is_a_date_and_every_range_in_order(one: object, other: object) -> None:
    first, last = sorted(map(str, (one, other)))
    assert date_fault(first) == ""
    assert date_fault(f"{first}/{last}") == ""
    assert first == last or date_fault(f"{last}/{first}") == "the range ends before it begins"


@given(st.text(alphabet="0123456789-/.X~?%TZ:+ ", max_size=24))
@settings(max_examples=1000, deadline=None)
def test_any_text_is_a_date_or_told_why_not(text: str) -> None:
    assert isinstance(date_fault(text), str)
    assert is_ahead(text) in {True, False}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2021-02-29", "February of that year has no day 29"),
        ("2021-21-03", "a season has no day"),
        ("0000-05", "there is no year 0"),
        ("2021-00", "months and days count from 1"),
        ("2022/2021", "the range ends before it begins"),
        ("../..", "a range needs a beginning or an end"),
        ("20O1", "it is no ISO date"),
        ("2021-12-03T24:00", "it is no ISO date"),
    ],
)
def test_a_date_that_is_none_is_told_why(text: str, why: str) -> None:
    assert date_fault(text) == why
