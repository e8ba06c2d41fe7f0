"""The events of a timeline: what their terms say, and their dates in words."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sphinx.locale import _
from sphinx.util.i18n import format_date

_MONTH = r"\d{4}-\d{2}"
_DAY = rf"{_MONTH}-\d{{2}}"
_TERM = re.compile(rf"(?P<when>{_DAY}/{_DAY}|{_DAY}|{_MONTH}):\s+(?=\S)")


@dataclass(frozen=True)
class Event:
    """Something that happened on a day, over some days, or on an unknown day of a month."""

    when: str  # as it is written: 2021-06-16, 2021-12-30/2022-01-02 or 2021-07
    label: str
    first: date
    last: date

    @property
    def anchor(self) -> str:
        """The id of the event; it changes only with its date or its label."""
        words = re.sub(r"[^\w]+", "-", re.sub(r"['’]|,(?=\d)", "", self.label.lower())).strip("-")
        return f"event-{self.when.replace('/', '-')}-{words}"

    @property
    def is_month(self) -> bool:
        """Whether the day is unknown."""
        return len(self.when) == len("2021-07")


def read_term(text: str) -> tuple[Event, int] | None:
    """Read a term, `2021-06-16: Geneva summit`; answers the event, and where its label begins, or None."""
    match = _TERM.match(text)
    if match is None:
        return None
    when = match["when"]
    start, _sep, end = when.partition("/")
    try:
        first = date.fromisoformat(start if start.count("-") == 2 else f"{start}-01")
        last = date.fromisoformat(end) if end else first
    except ValueError:
        return None
    if start.count("-") == 1:
        last = first.replace(day=monthrange(first.year, first.month)[1])
    if last < first:
        return None
    return Event(when, " ".join(text[match.end() :].split()), first, last), match.end()


def day_in_words(day: date, form: str, language: str) -> str:
    """A day by a pattern of strftime, in the language of the pages."""
    return format_date(form, date=datetime(day.year, day.month, day.day, tzinfo=UTC), language=language)


def long_date(event: Event, language: str) -> str:
    """The date of an event in words: 16 June 2021, 7 to 9 December 2021, July 2021."""
    if event.is_month:
        return day_in_words(event.first, "%B %Y", language)
    last = day_in_words(event.last, "%-d %B %Y", language)
    if event.first == event.last:
        return last
    form = "%-d %B %Y"
    if event.first.year == event.last.year:
        form = "%-d" if event.first.month == event.last.month else "%-d %B"
    return _("%s to %s") % (day_in_words(event.first, form, language), last)


def short_date(event: Event, language: str) -> str:
    """The date of an event beside an axis that has the years: 16 Jun, 7–9 Dec, Jul."""
    if event.is_month:
        return day_in_words(event.first, "%b", language)
    last = day_in_words(event.last, "%-d %b", language)
    if event.first == event.last:
        return last
    same = (event.first.year, event.first.month) == (event.last.year, event.last.month)
    return f"{day_in_words(event.first, '%-d' if same else '%-d %b', language)}–{last}"


def summary(events: list[Event], language: str) -> str:
    """What a drawing of the events shows, for readers who do not see it."""
    first = min(events, key=lambda event: event.first)
    last = max(events, key=lambda event: event.last)
    if len(events) == 1:
        return _("Timeline of one event, %s; the list below has it in words.") % long_date(first, language)
    text = _("Timeline of %d events from %s to %s; the list below has them in words.")
    ends = [
        day_in_words(day, "%B %Y" if event.is_month else "%-d %B %Y", language)
        for event, day in ((first, first.first), (last, last.last))
    ]
    return text % (len(events), *ends)


def months(events: list[Event]) -> list[date]:
    """The first day of each month from that of the first event to the one after that of the last."""
    day = min(event.first for event in events).replace(day=1)
    end = max(event.last for event in events)
    found = [day]
    while found[-1] <= end:
        year, month = divmod(found[-1].year * 12 + found[-1].month, 12)
        found.append(date(year, month + 1, 1))
    return found
