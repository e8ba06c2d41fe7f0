"""The marks of entries: two entries of one work have at least one in common, so that only those are compared.

They are kept with what the rules over the whole library read of an entry; how they are made stands in twins.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .model import Entry, Field

_MARKS = " marks"  # no field of a file has a blank in its name
MOST_ALIKE = 60  # of entries with one mark: beyond that the mark tells nothing


def marks_of(entry: Entry) -> Iterator[str]:
    """Yield the marks of an entry."""
    if entry.fields and entry.fields[-1].name == _MARKS:
        yield from entry.fields[-1].value.split("\n")
    else:
        from .twins import marks_made  # loaded only where marks are made

        yield from marks_made(entry)


def marks_field(entry: Entry) -> Field:
    """The marks of an entry as a field, the last of an entry that is reduced to what others need of it."""
    return Field(_MARKS, "\n".join(marks_of(entry)), 0, 0)


def alike_entries(entries: Sequence[Entry]) -> dict[str, list[int]]:
    """The numbers of the entries that have a mark in common, by that mark."""
    kept = [entry.fields[-1].value for entry in entries if entry.fields and entry.fields[-1].name == _MARKS]
    if len(kept) == len(entries):
        flat = [mark for mark in "\n".join(kept).split("\n") if mark]
        if len(set(flat)) == len(flat):  # as in most libraries, and at a fraction of the time
            return {}
    first: dict[str, int] = {}
    found: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        for mark in marks_of(entry):
            other = first.setdefault(mark, number)
            if other != number and mark:
                found.setdefault(mark, [other]).append(number)
    return {mark: numbers for mark, numbers in found.items() if len(numbers) <= MOST_ALIKE}
