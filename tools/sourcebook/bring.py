"""From a raw article to a page and its entries: read, sourced, written, and never over a person's work."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from msgspec.structs import replace

from .article import Article
from .bibedit.bibinsert import insert_entry
from .bibtex import read_bibliography
from .errors import UsageError
from .importing.composing import compose
from .importing.imports import NAME, Import, base_of, digest_of, keep_base, read_imports, write_imports
from .importing.merging import merge
from .importing.namedworks import source
from .importing.shelf import Placed, Shelf
from .importing.sourcing import Sourced
from .model import Bibliography, Library, Page, Record
from .read import bibliography_paths, page_paths, read_library
from .settings import Settings
from .write import write_bytes, write_file

PASSAGES = ".sourcebook/passages"
_UNFIT = re.compile(r"[^a-z0-9]+")

# What became of a page; those in LEFT are for a person to decide.
NEW, SAME, UPDATED, MERGED, KEPT = "new", "same", "updated", "merged", "kept"
FOREIGN, CONFLICT, REFUSED = "foreign", "conflict", "refused"
WRITTEN = frozenset((NEW, UPDATED, MERGED))
LEFT = frozenset((FOREIGN, CONFLICT, REFUSED))


class Raw(Record, frozen=True):
    """A source as it was read. name: as it is told of; kept: it is a file, which the entry can pin by its digest."""

    name: str
    data: bytes
    address: str = ""
    declared: str = ""
    kept: bool = False

    @property
    def sha256(self) -> str:
        """The digest of what was read."""
        return hashlib.sha256(self.data).hexdigest()


class Brought(Record, frozen=True):
    """What became of one source: an action, the page and its text, the works that it cites, and what was found.

    why: of what is left to a person. before and after: the text of the page. pure: what the import alone would write.
    """

    source: str
    action: str
    why: str = ""
    path: str = ""
    before: str = ""
    after: str = ""
    pure: str = ""
    bib_path: str = ""
    bib_before: bytes = b""
    bib_after: bytes = b""
    article: Article = Article("")
    sourced: Sourced = Sourced("")
    passages: str = ""

    @property
    def new(self) -> tuple[Placed, ...]:
        """The works that got an entry."""
        return tuple(placed for placed in self.sourced.placed if placed.how == "new")


@dataclass(slots=True)
class Bringing:
    """One run of importing into a library: what is there, and what the run has added to it so far.

    urldate: the day on which addresses are read, in ISO 8601. restate: worksheets are written, not pages.
    """

    root: Path
    settings: Settings
    restate: bool = False
    urldate: str = ""
    shelf: Shelf = field(default_factory=Shelf)
    bib_path: str = ""
    bib: bytes = b""
    memory: dict[str, Import] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)  # the page that restates each article
    names: dict[str, frozenset[str]] = field(default_factory=dict)  # the claim names of each page
    written: dict[str, str] = field(
        default_factory=dict
    )  # the pages of this run: a dry run does not write them

    def read(self) -> None:
        """Read what an import must know of a library; raises UsageError if its bibliography can't be read."""
        paths = bibliography_paths(self.root, self.settings)
        self.bib_path = paths[0] if paths else _first_bib(self.settings)
        bibs = tuple(_read_bib(self.root, path) for path in paths)
        self.shelf = Shelf.of((e for bib in bibs for e in bib.entries), Library(bibliographies=bibs).keys)
        self.bib = (self.root / self.bib_path).read_bytes() if paths else b""
        self.memory = read_imports(self.memory_path)
        for page in self._pages():
            self.names[page.path] = frozenset(name.name for name in page.names)
            if page.article:
                self.pages.setdefault(page.article, page.path)

    @property
    def memory_path(self) -> Path:
        """Where the memory of imports is."""
        return (self.root / self.bib_path).parent / NAME

    def _pages(self) -> Iterator[Page]:
        if page_paths(self.root, self.settings):
            yield from read_library(self.root, self.settings).pages

    def bring(self, raw: Raw, article: Article) -> Brought:
        """What an article becomes here. Nothing is written, but the articles after it know of what it adds."""
        shelf = self.shelf.copy()
        sourcing = source(article, shelf, raw.sha256 if raw.kept else "", self.urldate)
        key = sourcing.key
        path = self.pages.get(key) or f"{page_folder(self.settings)}/{file_name(key)}.md"
        others = frozenset(name for other, names in self.names.items() if other != path for name in names)
        composed = compose(sourcing, frozenset(self.settings.myst_extensions), others, self.restate)
        before = self._before(path)
        action, why, after = self._decide(path, before, composed.text)
        if action in {NEW, UPDATED} and (other := self._another(path, raw, composed.sourced)):
            action, why = CONFLICT, other
        out = Brought(
            raw.name, action, why, path, before or "", after, composed.text, self.bib_path, self.bib, self.bib,
            article, composed.sourced, composed.passages,
        )  # fmt: skip
        if action in LEFT or action == KEPT:
            return out
        for placed in out.new:
            self.bib, _line = insert_entry(self.bib_path, self.bib, placed.text)
        self.shelf = shelf
        self.pages[key] = path
        self.written[path] = after
        self.names[path] = self.names.get(path, frozenset()) | composed.names
        # A page that was moved is remembered where it is now.
        self.memory = {other: last for other, last in self.memory.items() if last.article != key}
        self.memory[path] = Import(key, _told(raw), raw.sha256, digest_of(composed.text))
        return replace(out, bib_after=self.bib)

    def _before(self, path: str) -> str | None:
        """The text of a page, of this run or on the disk; one that can't be read is like no import."""
        if path in self.written:
            return self.written[path]
        file = self.root / path
        if not (file.exists() or file.is_symlink()):
            return None
        try:
            return file.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return "\0"

    def _decide(self, path: str, before: str | None, pure: str) -> tuple[str, str, str]:
        """The action, why a page is left alone, and the text that is to stand there."""
        last = self.memory.get(path)
        if before is None:
            return NEW, "", pure
        now = digest_of(before)
        if now == digest_of(pure):
            return SAME, "", before
        if last is None:
            return FOREIGN, f"{path} is there, and no import made it", pure
        if now == last.page:
            return UPDATED, "", pure
        if digest_of(pure) == last.page:
            return KEPT, "", before
        base = base_of(last.page)
        merged = None if base is None else merge(base, before.replace("\r\n", "\n"), pure)
        if merged is None:
            why = (
                "the text of the last import is not at hand"
                if base is None
                else "both changed the same lines"
            )
            return CONFLICT, f"{path} was changed by hand since its last import, and {why}", pure
        return MERGED, "", merged

    def _another(self, path: str, raw: Raw, sourced: Sourced) -> str:
        """Why a page that an import would change is not that of this source; empty if it may well be."""
        last = self.memory.get(path)
        by_title = any(placed.key == sourced.key and placed.how == "title" for placed in sourced.placed)
        if last is None or not by_title or last.source == _told(raw):
            return ""
        return (
            f"{path} was imported from {last.source}, and only the title says that this is the same article"
        )

    def write(self, brought: Brought) -> None:
        """Write what an import changes: first the entries, then the page, then the memory of it.

        If it is killed in between, each file is the old or the new one, and the same import does the rest.
        """
        if brought.action in LEFT or brought.action == KEPT:
            return
        if brought.passages:
            self._write_passages(brought)
        self._write(brought.bib_path, brought.bib_before, brought.bib_after)
        if brought.action in WRITTEN:
            self._write(brought.path, b"", brought.after.encode("utf-8"))
        keep_base(brought.pure)
        if self.memory != read_imports(self.memory_path):
            make_folder(self.memory_path.parent)
            write_imports(self.memory_path, self.memory)

    def _write(self, path: str, before: bytes, after: bytes) -> None:
        file = self.root / path
        if before != after:
            make_folder(file.parent)
            write_bytes(file, after)

    def _write_passages(self, brought: Brought) -> None:
        """The passages lie in a folder that Git passes over, by a file in it."""
        folder = self.root / PASSAGES
        make_folder(folder)
        if not (folder.parent / ".gitignore").exists():
            write_file(folder.parent / ".gitignore", "*\n")
        file = folder / f"{file_name(brought.sourced.key)}.txt"
        if not file.is_file() or file.read_text(encoding="utf-8") != brought.passages:
            write_file(file, brought.passages)


def page_folder(settings: Settings) -> str:
    """The folder that pages are imported into: that of the first pattern of checked pages."""
    pattern = settings.checked[0] if settings.checked else ""
    folder = pattern.partition("*")[0].rpartition("/")[0] if "*" in pattern else ""
    return folder or "docs/articles"


def file_name(key: str) -> str:
    """A key as the name of a file: small letters, digits and hyphens."""
    return _UNFIT.sub("-", key.lower()).strip("-") or "article"


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it; raises UsageError if that can't be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} can't be made: {error.strerror}") from error


def _first_bib(settings: Settings) -> str:
    return settings.bibliography[0].replace("**/", "").replace("*", "library")


def _read_bib(root: Path, path: str) -> Bibliography:
    try:
        return read_bibliography(path, (root / path).read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8 first") from error
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from error


def _told(raw: Raw) -> str:
    """The source as the memory has it: an address without what follows `?`, or the bare name of a file."""
    if raw.address:
        parts = urlsplit(raw.address)
        return f"{parts.scheme}://{parts.netloc}{parts.path}"
    return raw.name.replace("\\", "/").rpartition("/")[2]
