"""All records of Sourcebook: frozen values that import nothing of ours.

Lines and columns count from 1; a column counts characters, not bytes; an end is exclusive.
A path is relative to the library's root and written with forward slashes.
"""

from __future__ import annotations

from bisect import bisect_right

from msgspec import Struct, field


class Record(Struct, frozen=True, array_like=True, gc=False):
    """A frozen value. msgspec makes and reads back a hundred thousand of them in a third of a dataclass's time."""


class Place(Record, frozen=True, order=True):
    """Where something stands: a file, and a stretch of it."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0


class Fault(Record, frozen=True):
    """What a rule yields: a place, what is wrong there, and what to do about it."""

    place: Place
    message: str
    cure: str = ""
    claim: str = ""
    key: str = ""
    notes: tuple[Place, ...] = ()


class Finding(Record, frozen=True):
    """A fault together with the name of the rule that found it."""

    rule: str
    fault: Fault


class Mark(Record, frozen=True):
    """A role that stands in a block at a place of its visible text: a citation, a claim name, another role.

    `at` is an offset in the block's visible text, `start` and `end` are offsets in the block's source.
    """

    role: str
    content: str
    at: int
    start: int
    end: int


class Block(Record, frozen=True):
    """A run of prose as its reader sees it, with the way back to the source.

    kind: paragraph, item, cell, quotation, heading, term, caption or footnote.
    text: the visible text; citations and claim names are cut out of it.
    pieces: pairs (offset in text, offset in source), ascending.
    lines: triples (offset in source, line, column), ascending.
    exempt: the block stands where no sentence is a claim (an editors' note, for instance).
    group: blocks of one number are one quotation, and so one claim.
    items: the half-open range of the page's blocks that make up the list that this paragraph leads into.
    """

    kind: str
    text: str
    marks: tuple[Mark, ...]
    pieces: tuple[tuple[int, int], ...]
    lines: tuple[tuple[int, int, int], ...]
    exempt: bool = False
    group: int = 0
    items: tuple[int, int] = (0, 0)

    def source_position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the source of the block."""
        start, line, column = self.lines[max(0, bisect_right(self.lines, (offset, 1 << 60, 0)) - 1)]
        return line, column + offset - start

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the visible text."""
        index = max(0, bisect_right(self.pieces, (offset, 1 << 60)) - 1)
        visible, source = self.pieces[index]
        return self.source_position(source + offset - visible)


class Citation(Record, frozen=True):
    """One citation key in a cite role at a place in a page; an empty key is one that could not be read."""

    key: str
    role: str
    place: Place


class ClaimName(Record, frozen=True):
    """A name given to a claim with the claim role."""

    name: str
    place: Place


class Renaming(Record, frozen=True):
    """A published claim name that was given up, and the one that took its place."""

    old: str
    new: str
    place: Place


class Claim(Record, frozen=True):
    """One sentence of a checked page that asserts something.

    carried: the claim leads into a list, and is sourced when each claim of the list is.
    """

    text: str
    place: Place
    citations: tuple[Citation, ...] = ()
    names: tuple[ClaimName, ...] = ()
    carried: tuple[Claim, ...] = ()

    @property
    def sourced(self) -> bool:
        """Whether the claim has a citation, of its own or by the items that it leads into."""
        return bool(self.citations) or (bool(self.carried) and all(c.sourced for c in self.carried))


class Waiver(Record, frozen=True):
    """A written exception to a rule; it holds for the lines from first to last."""

    rule: str
    reason: str
    place: Place
    first: int
    last: int


class Use(Record, frozen=True):
    """Something other than prose that a page makes use of, for the rules to judge.

    kind: what it is, such as directive, option, role, html, link, image, target, footnote, front-matter or lost.
    name: its name, where it has one; content: what it holds or leads to.
    """

    kind: str
    name: str
    content: str
    place: Place


class Page(Record, frozen=True):
    """One MyST file. A page that could not be read has its faults in `unread` and nothing else.

    notes: the sentences of editors' notes, which are no claims.
    astray: the citations that stand in a heading or a title.
    uses: all that the reader met besides prose, but for citations and claim names, which have records of their own.
    title: what the front matter or else the first heading calls the page.
    """

    path: str
    checked: bool = False
    article: str = ""
    claims: tuple[Claim, ...] = ()
    notes: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    astray: tuple[Citation, ...] = ()
    names: tuple[ClaimName, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    unread: tuple[Fault, ...] = ()
    malformed: tuple[Fault, ...] = ()
    uses: tuple[Use, ...] = ()
    title: str = ""


class Field(Record, frozen=True):
    """A field of an entry; `value` is as written, without its outer braces and with strings expanded."""

    name: str
    value: str
    line: int
    column: int


class Entry(Record, frozen=True):
    """One record of a bibliography. `place` runs from the @ to behind the closing brace."""

    key: str
    type: str
    fields: tuple[Field, ...]
    place: Place

    def get(self, name: str) -> str:
        """The value of the first field of that name, or an empty text."""
        return next((f.value for f in self.fields if f.name == name), "")

    def place_of(self, name: str) -> Place:
        """Where a field stands; where the entry begins, if it has no such field."""
        found = next((f for f in self.fields if f.name == name), None)
        return Place(self.place.path, found.line, found.column) if found else self.head

    @property
    def head(self) -> Place:
        """The line on which the entry begins."""
        return Place(self.place.path, self.place.line, self.place.column)


class Bibliography(Record, frozen=True):
    """One .bib file. `broken` are the keys, where they can be told, of entries that could not be read.

    uses: what stands in the file besides entries: stray text between them, and characters that nobody sees.
    """

    path: str
    entries: tuple[Entry, ...] = ()
    unread: tuple[Fault, ...] = ()
    broken: frozenset[str] = frozenset()
    waivers: tuple[Waiver, ...] = ()
    uses: tuple[Use, ...] = ()


class HeldCopy(Record, frozen=True):
    """The text of a source that is held privately, with the key of the entry that pins it."""

    key: str
    text: str


class Library(Record, frozen=True):
    """Pages and bibliographies as read, and what the first pass of the check adds to them.

    published: the claim names of the last release. renamed: those that have others now.
    idle: waivers that hold nothing back. dead: locators that the ledger of links knows to be dead.
    strays: files and links in the pages' folders that are not fit to stand there.
    """

    pages: tuple[Page, ...] = ()
    bibliographies: tuple[Bibliography, ...] = ()
    held: tuple[HeldCopy, ...] = ()
    published: tuple[ClaimName, ...] = ()
    idle: tuple[Waiver, ...] = ()
    strays: tuple[Use, ...] = ()
    renamed: tuple[Renaming, ...] = ()
    dead: tuple[Use, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, file by file, in their order."""
        return tuple(entry for bibliography in self.bibliographies for entry in bibliography.entries)

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """All waivers, of pages and of bibliographies."""
        of_pages = tuple(waiver for page in self.pages for waiver in page.waivers)
        return of_pages + tuple(waiver for bib in self.bibliographies for waiver in bib.waivers)

    @property
    def keys(self) -> frozenset[str]:
        """All citation keys that an entry has, also those of entries that could not be read."""
        readable = frozenset(entry.key for entry in self.entries)
        return readable.union(*(bibliography.broken for bibliography in self.bibliographies))


class Summary(Record, frozen=True):
    """The figures of a check, in the order in which they are printed."""

    pages: int = 0
    checked_pages: int = 0
    claims: int = 0
    cited: int = 0
    named: int = 0
    waived: int = 0
    public_claims: int = 0
    entries: int = 0
    public_entries: int = 0


class Report(Record, frozen=True):
    """What a check found: findings, waivers that held something back, how many a baseline knows, the figures."""

    findings: tuple[Finding, ...]
    waived: tuple[tuple[Waiver, Finding], ...] = ()
    known: int = 0
    summary: Summary = field(default_factory=lambda: Summary())
