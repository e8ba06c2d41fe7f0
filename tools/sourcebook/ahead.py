"""Which dates may lie ahead: of these only the clock can tell. Apart from dates.py, so that it is loaded in no time."""

import time

WRITTEN = "2026-01-01"  # a clock that shows an earlier day is not set
FARTHEST = 10  # years from now, for a work that is announced


def may_lie_ahead(date: str, years: int = 0) -> bool:
    """Whether only the clock can tell if a date lies more than so many years ahead: it is later than this was written.

    Itself it asks no clock, so that the answer is the same on every day. For a text that is no date it means nothing.
    """
    return date.lstrip()[:4] >= str(int(WRITTEN[:4]) + years)


def is_far(year: str) -> bool:
    """Whether a year is farther ahead than a work can be announced; a text that is no year is not."""
    return year.isdecimal() and int(year) > max(time.gmtime(time.time()).tm_year, int(WRITTEN[:4])) + FARTHEST
