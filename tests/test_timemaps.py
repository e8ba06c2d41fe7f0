"""What archives say of their copies, read by itself: addresses, days, and texts made to last."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sourcebook.linking.timemaps import Archive, copy_at, is_same_page, nearest, read_timemap, stamp_of

URL = "http://sea.example.org/salt?page=1"
NOW = datetime(2026, 1, 3, 12, tzinfo=UTC)
OK = "20211201101112"


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("http://a.org/x", "https://www.a.org/x/", True),
        ("http://a.org:80/x#top", "http://A.org/x", True),
        ("http://a.org/%41", "http://a.org/A", True),
        ("http://a.org/x?b=1", "http://a.org/x?b=2", False),
        ("http://a.org/x", "http://b.org/x", False),
        ("http://a.org:8080/x", "http://a.org/x", False),
        ("http://a.org/X", "http://a.org/x", False),
        ("http://a.org/x", "javascript://a.org/x", False),
        ("http://a.org/x", "http://[::1/x", False),
    ],
)
def test_addresses_of_one_page_are_told_from_others(one: str, two: str, same: bool) -> None:
    assert is_same_page(one, two) == same


def test_the_moments_of_days_that_are_not_exact_are_their_ends() -> None:
    assert stamp_of("2021-12-03", NOW) == "20211203235959"
    assert stamp_of("2021-02", NOW) == "20210228235959"
    assert stamp_of("2020", NOW) == "20201231235959"
    assert stamp_of("", NOW) == stamp_of("some day", NOW) == "20260103120000"


def test_a_time_map_made_to_last_is_read_in_passing() -> None:
    archive = Archive("x", "https://web.archive.org/web/")
    for text in ("<" * 500_000, "<a>;" * 200_000, '<a>; rel="' * 100_000, "<a>" + "; a=b" * 200_000):
        assert not read_timemap(archive, URL, text, NOW)
    assert copy_at(archive, URL, f"http://web.archive.org/web/{OK}id_/{URL}", NOW) is not None
    assert nearest([], OK) is None
