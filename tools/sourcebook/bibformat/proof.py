"""The proof that a formatted file says what it said before: both texts are read, and all that is in them compared.

This is a net under the formatter, so it is made by other means: what may differ in a field is told by a signature, and
the text between entries is counted word by word.
"""

from __future__ import annotations

import re
from collections import Counter

from ..model import Bibliography, Entry, Fault, Place
from .pieces import gaps_of
from .signature import signature


class LossError(Exception):
    """What was formatted does not say what was read: a bug of Sourcebook. Nothing may be written."""


def prove(before: str, read: Bibliography, after: str, reread: Bibliography, fix: bool) -> tuple[Fault, ...]:
    """Raise LossError if anything was lost or changed that the law does not name.

    before, after: the two texts; read, reread: what was read in them. fix: content was mended too.
    Text between entries that would mean something else at its new place is no bug: it is answered as faults.
    """
    gaps, new_gaps = ([gap for _at, gap in gaps_of(*pair)] for pair in ((before, read), (after, reread)))
    if reread.unread:
        return tuple(_moved(fault, gaps, before, after) for fault in reread.unread)
    others = {entry.key: entry for entry in reread.entries}
    if len(reread.entries) != len(read.entries) or len(others) != len(read.entries):
        raise LossError(f"{len(read.entries)} entries were read, but {len(reread.entries)} written")
    for entry in read.entries:
        _compare(entry, others.get(entry.key), fix)
    words, new_words = Counter(_words(gaps)), Counter(_words(new_gaps))
    if words != new_words:
        raise LossError(
            f"text between entries has changed: {list((words - new_words) + (new_words - words))[:5]}"
        )
    return _waiver_faults(read, reread)


def _compare(entry: Entry, other: Entry | None, fix: bool) -> None:
    if other is None or other.type != entry.type:
        raise LossError(f"@{entry.type}{{{entry.key}}} of line {entry.place.line} is gone")
    mine, theirs = ([(field.name, field.value) for field in e.fields] for e in (entry, other))
    if sorted(mine) == sorted(theirs):
        return
    counted, others = Counter(mine), Counter(theirs)
    said, written = ([*signature([*left.elements()], fix)] for left in (counted - others, others - counted))
    if sorted(said) != sorted(written):
        name = next(iter(set(said) ^ set(written)), ("a field", ""))[0]
        raise LossError(f"{name} of @{entry.type}{{{entry.key}}} in line {entry.place.line} has changed")


def _words(gaps: list[str]) -> list[str]:
    """Words are parted by white space, and by what begins or ends a @string, since each gets a line of its own."""
    return re.sub(r"([@})])", r" \1 ", " ".join(gaps)).split()


def _moved(fault: Fault, gaps: list[str], before: str, after: str) -> Fault:
    """A fault of the formatted text, told where the same line stands in the file."""
    line = after.split("\n")[
        fault.place.end_line - 1 if fault.place.end_line else fault.place.line - 1
    ].strip()
    if not line or not any(line in gap for gap in gaps):
        raise LossError(f"what was written can't be read: {fault.message}")
    number = before.count("\n", 0, before.index(line)) + 1
    message = (
        f"{line[:60]!r} stands between entries, and behind another entry it would be taken for a part of it"
    )
    return Fault(
        Place(fault.place.path, number, 1), message, "write % before it, or leave a line empty below it"
    )


def _waiver_faults(read: Bibliography, reread: Bibliography) -> tuple[Fault, ...]:
    """A waiver must hold for the entry that it held for."""
    if not read.waivers and not reread.waivers:
        return ()
    left = Counter(key for key, _place in _waived(reread))
    faults = []
    for key, place in _waived(read):
        left[key] -= 1
        if left[key] < 0:
            message = f"sorted, the waiver would not hold for {key[2] or 'what it holds for'} any more"
            faults.append(Fault(place, message, "write it directly above its entry"))
    return tuple(faults)


def _waived(read: Bibliography) -> list[tuple[tuple[str, str, str], Place]]:
    """Each waiver's rule, reason and the key of its entry, with its place."""
    found = []
    for waiver in read.waivers:
        entry = next((entry for entry in read.entries if entry.place.line > waiver.place.line), None)
        found.append(((waiver.rule, waiver.reason, entry.key if entry else ""), waiver.place))
    return found
