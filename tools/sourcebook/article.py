"""Records of a raw article as an importer reads it: what it says, and what became of each line of the input.

Lines count from 1 and are those of the input; an HTML file counts the lines of its source.
"""

from __future__ import annotations

from .model import Record


class Run(Record, frozen=True):
    """A stretch of text of one kind.

    kind: text, emphasis, strong, code, sup, sub, link (with its `target`), note (a footnote's mark, `text` its name)
    or break. A text is as read: nothing in it is markup.
    """

    text: str
    kind: str = "text"
    target: str = ""


class Part(Record, frozen=True):
    """A block of the article.

    kind: heading, paragraph, item, quotation, caption, code, table or rule. level: of a heading (the title is 1) or
    the depth of an item, from 1. ordered: of an item. rows: of a table, the first one its head, each cell its runs.
    first, last: lines of the input.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    ordered: bool = False
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    first: int = 0
    last: int = 0

    @property
    def text(self) -> str:
        """What a reader sees of it, without the marks of notes."""
        runs = self.runs or tuple(run for row in self.rows for cell in row for run in cell)
        return "".join(run.text for run in runs if run.kind != "note")


class Note(Record, frozen=True):
    """A footnote or endnote: the name of its mark, and its text."""

    mark: str
    runs: tuple[Run, ...]
    first: int = 0
    last: int = 0


class Reference(Record, frozen=True):
    """An item of a reference list, as it stands."""

    text: str
    label: str = ""
    first: int = 0
    last: int = 0


class Dropped(Record, frozen=True):
    """Lines of the input that are not in the article: furniture of the page, hidden or deleted text, and why."""

    reason: str
    text: str
    first: int = 0
    last: int = 0


class Article(Record, frozen=True):
    """A raw article. What is not known is empty. metadata_lines: the lines that went into title, authors and so on.

    authors: as printed, one each. date: ISO 8601, as exact as the text is. unsure: what a person must decide.
    remarks: what was mended, such as odd blanks.
    """

    source: str
    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    outlet: str = ""
    volume: str = ""
    issue: str = ""
    issn: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    language: str = ""
    parts: tuple[Part, ...] = ()
    notes: tuple[Note, ...] = ()
    references: tuple[Reference, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    metadata_lines: tuple[int, ...] = ()
    unsure: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
