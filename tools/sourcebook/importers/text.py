"""Text dumps: what somebody copied from a page or a PDF, or wrote down, without any markup.

A dump is text, so nothing in it is markup: an asterisk is an asterisk. What its lines are is told by their look alone,
and each line is kept, moved to the metadata, or dropped as furniture with a reason.
"""

from __future__ import annotations

import re
from collections import Counter

from ..article import Article, Note, Part, Run
from ..errors import UsageError
from ._blocks import Draft, Words, read_blocks, words_of
from ._digest import mark_digest
from ._furniture import drop_furniture
from ._head import Head, read_head
from ._languages import language_of
from ._notes import Notes, has_plain_marks, marks_in, runs_of, take_notes
from ._sheet import read_sheet

_MARK = re.compile(r"\[(\d{1,3})\]")
MOST_CHARACTERS = 20_000_000
MOST_LINES = 200_000
LONGEST_LINE = 1_000_000


def read_text(source: str, text: str, address: str = "") -> Article:
    """Read a text dump. Raises UsageError for one that is too large to be an article."""
    _bound(source, text)
    sheet = read_sheet(text)
    remarks = list(sheet.remarks)
    drop_furniture(sheet)
    words = Words(words_of(sheet.open()), remarks)
    notes = take_notes(sheet, words)
    head = read_head(sheet)
    drafts = read_blocks(sheet, words)
    mark_digest(drafts)
    parts = _parts(drafts, notes, head)
    return Article(
        source=source,
        title=head.title,
        authors=tuple(head.authors),
        date=head.date,
        outlet=head.outlet,
        volume=head.volume,
        issue=head.issue,
        issn=head.issn,
        pages=head.pages,
        doi=head.doi,
        url=head.url or address,
        language=language_of(" ".join(draft.text for draft in drafts[:40])),
        parts=tuple(parts),
        notes=tuple(_notes(notes)),
        references=tuple(notes.references),
        dropped=tuple(sorted(sheet.dropped, key=lambda drop: drop.first)),
        metadata_lines=sheet.metadata_lines(),
        unsure=(*head.unsure, *notes.unsure, *_unmarked(parts, notes)),
        remarks=tuple(remarks),
    )


def _bound(source: str, text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise UsageError(f"{source} has {len(text):,} characters, and {MOST_CHARACTERS:,} are the most")
    if text.count("\n") > MOST_LINES:
        raise UsageError(f"{source} has more than {MOST_LINES:,} lines")
    if len(text) > LONGEST_LINE and max(map(len, text.split("\n"))) > LONGEST_LINE:
        raise UsageError(f"{source} has a line of more than {LONGEST_LINE:,} characters")


def _parts(drafts: list[Draft], notes: Notes, head: Head) -> list[Part]:
    plain = has_plain_marks([draft.text for draft in drafts], notes)
    parts = [_part(draft, notes, plain) for draft in drafts]
    if head.title and (marks := marks_in(head.title, notes, plain)):
        runs = runs_of(head.title, marks)
        head.title = "".join(run.text for run in runs if run.kind != "note").strip()
        # A heading can't carry a note: it stands at the first block of the text.
        found = tuple(run for run in runs if run.kind == "note")
        parts = _with_notes(parts, found)
    return parts


def _with_notes(parts: list[Part], found: tuple[Run, ...]) -> list[Part]:
    for number, part in enumerate(parts):
        if part.runs and part.kind != "heading":
            moved = Part(
                part.kind, (*part.runs, *found), part.level, part.ordered, part.rows, part.first, part.last
            )
            return [*parts[:number], moved, *parts[number + 1 :]]
    return parts


def _part(draft: Draft, notes: Notes, plain: bool) -> Part:
    rows = tuple(tuple(_runs(cell, notes, plain) for cell in row) for row in draft.cells)
    runs = () if rows else _runs(draft.text, notes, plain)
    return Part(draft.kind, runs, draft.level, draft.ordered, rows, draft.first, draft.last)


def _runs(text: str, notes: Notes, plain: bool) -> tuple[Run, ...]:
    return runs_of(text, marks_in(text, notes, plain))


def _notes(notes: Notes) -> list[Note]:
    return [Note(label, runs_of(text, []), first, last) for label, (text, first, last) in notes.texts.items()]


def _unmarked(parts: list[Part], notes: Notes) -> list[str]:
    """Notes that no mark names, and marks that name no note."""
    used = Counter(run.text for part in parts for run in _all_runs(part) if run.kind == "note")
    out = [
        f"line {first}: no mark in the text names note {label}"
        for label, (_text, first, _last) in notes.texts.items()
        if not used[label]
    ]
    for part in parts if notes.texts else ():
        found = _MARK.findall(part.text)
        out += [f"line {part.first}: the mark [{mark}] names no note, and stays as text" for mark in found]
    return out


def _all_runs(part: Part) -> list[Run]:
    return [*part.runs, *(run for row in part.rows for cell in row for run in cell)]
