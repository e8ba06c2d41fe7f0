"""When to ask again: after what, how often, and how long to wait (RFC 9110, section 10.2.3)."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ..model import Record

AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524))
"""Statuses that a second request may change."""

AGAIN_FAULTS = frozenset(("reset", "refused", "unreachable", "incomplete"))


class Waits(Record, frozen=True):
    """The waits between two requests, in seconds.

    first: the first one where the server names none; it doubles each time, with jitter of a half up or down.
    least, most: between these a server's own `Retry-After` is kept.
    """

    first: float = 1.0
    least: float = 1.0
    most: float = 60.0

    def after(self, attempt: int, named: float | None) -> float:
        """How long to wait after the given attempt (the first is 0), if the server named so many seconds."""
        if named is None:
            return float(min(self.most, self.first * 2**attempt * random.uniform(0.5, 1.5)))
        return min(self.most, max(self.least, named))


def seconds_named(value: str, now: datetime | None = None) -> float | None:
    """What a `Retry-After` asks for, in seconds from now; None if there is none or it can't be read.

    Both forms are read: seconds, and a date. A past date or a negative number is 0; `inf` stays infinite.
    """
    value = value.strip()
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        return _until(value, now or datetime.now(UTC))
    return None if math.isnan(seconds) else max(0.0, seconds)


def _until(value: str, now: datetime) -> float | None:
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    try:
        return max(0.0, (date - now).total_seconds())
    except OverflowError:
        return None
