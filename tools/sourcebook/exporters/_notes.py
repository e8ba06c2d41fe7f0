"""What a format has no field for, told in words."""

from __future__ import annotations

from collections.abc import Iterator

from ..dates import date_text
from ..exporting.entrywork import Work

_RELATIONS = {"translationof": "Translation of", "reprintof": "Reprint of"}
_NOTED_ROLES = {"translator": "Translated by"}


def original_note(work: Work) -> str:
    """The original of a translation or a reprint: its title, where and when it came out; empty if there is none."""
    title = work.original_title
    date = work.original_date
    if not (title or date):
        return ""
    first = work.original
    head = _RELATIONS.get(work.relation, "Original:")
    names = " and ".join(name.shown for name in first.people("author")) if first else ""
    parts = (
        names,
        f"“{title}”" if title else "",
        (first.container or first.house) if first else "",
        date_text(date.text) if date else "",
        first.address if first else "",
    )
    return f"{head} {', '.join(filter(None, parts))}."


def people_note(work: Work) -> str:
    """The translators, in words."""
    return " ".join(
        f"{words} {' and '.join(name.shown for name in people)}."
        for role, words in _NOTED_ROLES.items()
        if (people := work.people(role))
    )


def archive_note(work: Work, shown: str) -> str:
    """The archived copy, or the first address where the copy is shown in its stead; `shown` is what the format has."""
    first, copy = work.text("url"), work.text("archiveurl")
    if copy and copy != shown:
        return f"Archived at {copy}."
    return f"First at {first}." if first and first != shown else ""


def joined(notes: Iterator[str] | tuple[str, ...]) -> str:
    """Notes, one behind the other, each ended with a full stop."""
    return " ".join(note if note.endswith((".", "!", "?", "”")) else f"{note}." for note in notes if note)
