"""From files to a Library: the only flow that reads the disk."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from .beside import leads_outside, strays, with_included
from .entrytypes import is_child
from .errors import UsageError
from .linkrecords import Link, ledger_path
from .marks import alike_entries
from .model import Bibliography, ClaimName, Fault, Library, Page, Place, Renaming, Use
from .outline import BibliographyOutline, Outline, PageOutline, outline_of_bibliography, outline_of_page
from .patterns import fits
from .settings import Settings
from .store import Item, Items, Mark, load, mark_of, save, store_path

# A process is worth its start when it has as many pages as this to read.
PAGES_A_JOB = 300

Watch = Callable[[Iterable[str], int], Iterable[str]]


def _unwatched(paths: Iterable[str], _count: int) -> Iterable[str]:
    return paths


def read_library(
    root: Path, settings: Settings, jobs: int = 0, cached: bool = True, watch: Watch = _unwatched
) -> Library:
    """Read all pages and bibliographies of the library at `root`; raises UsageError if it has no page.

    jobs: processes to read in; 0 means as many as are worth it. cached: take what was read before from the store.
    watch: is given the paths as they are read, and their number, to show the progress.
    """
    with _Reading.at(store_path(root, "library"), root, settings, cached) as reading:
        pages = reading.read(Page, _read_page, _some_pages(root, settings), jobs, watch)
        bibs = reading.read(Bibliography, _read_bibliography, _named_bibliographies(root, settings))
    pages = with_included(root, pages, lambda path, checked: _read_page(root, settings, path, checked))
    published, renamed = published_names(root, settings)
    dead = _dead(_dead_links(root, settings), bibs)
    stray = strays(root, settings, pages)
    return Library(tuple(pages), tuple(bibs), (), published, (), stray, renamed, dead)


def read_outline(
    root: Path, settings: Settings, jobs: int = 0, cached: bool = True, watch: Watch = _unwatched
) -> Outline:
    """Read what a check needs of the library at `root`; as `read_library`, and keeps a store of its own."""
    with _Reading.at(store_path(root, "outline"), root, settings, cached) as reading:
        outlines = reading.read(PageOutline, _outline_page, _some_pages(root, settings), jobs, watch)
        bibs = reading.read(
            BibliographyOutline, _outline_bibliography, _named_bibliographies(root, settings), jobs
        )
    by_path = {outline.page.path: outline for outline in outlines}

    def read_again(path: str, checked: bool) -> Page:
        by_path[path] = _outline_page(root, settings, path, checked)
        return by_path[path].page

    pages = with_included(root, [outline.page for outline in outlines], read_again)
    reduced = tuple(outline.bibliography for outline in bibs)
    entries = [entry for bib in reduced for entry in bib.entries]
    links = _dead_links(root, settings)
    if links or any(map(is_child, entries)) or alike_entries(entries):  # of which all fields matter
        reduced = tuple(_read_bibliography(root, settings, bib.path) for bib in reduced)
    published, renamed = published_names(root, settings)
    dead = _dead(links, reduced)
    library = Library((), reduced, (), published, (), strays(root, settings, pages), renamed, dead)
    keys = library.keys
    found = (page if _is_known(page, keys) else _read_page(root, settings, page.path) for page in pages)
    return Outline(
        tuple(by_path[page.path] for page in pages), tuple(bibs), replace(library, pages=tuple(found))
    )


def _is_known(page: Page, keys: frozenset[str]) -> bool:
    return all(citation.key in keys for citation in page.citations if citation.key)


def _dead_links(root: Path, settings: Settings) -> dict[str, Link]:
    """The ledger of links, if it knows of a dead one: the rest of it is not for the check."""
    path = ledger_path(root, bibliography_paths(root, settings))
    try:
        if b'"dead"' not in path.read_bytes():
            return {}
    except OSError:
        return {}
    from .linking.ledger import read_ledger  # loaded only when there is something in it

    return read_ledger(path)


def _dead(links: dict[str, Link], bibliographies: Iterable[Bibliography]) -> tuple[Use, ...]:
    if not links:
        return ()
    from .linking.deadlinks import dead_uses

    return tuple(dead_uses(links, (entry for bib in bibliographies for entry in bib.entries)))


def _some_pages(root: Path, settings: Settings) -> list[str]:
    if paths := page_paths(root, settings):
        return paths
    wanted = f"{', '.join(settings.pages)} (`pages` in [tool.sourcebook])"
    raise UsageError(f"no page to check: nothing in {root} matches {wanted}")


def published_names(root: Path, settings: Settings) -> tuple[tuple[ClaimName, ...], tuple[Renaming, ...]]:
    """The names of the last release, a line each; `old -> new` is one that has another name now."""
    names: list[ClaimName] = []
    renamed: list[Renaming] = []
    for path in _matching(root, settings.published, settings.exclude):
        lines = (root / path).read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, 1):
            old, arrow, new = (part.strip() for part in line.partition("->"))
            if arrow:
                renamed.append(Renaming(old, new, Place(path, number, 1)))
            elif old:
                names.append(ClaimName(old, Place(path, number, 1)))
    return tuple(names), tuple(renamed)


Kind = TypeVar("Kind", Page, Bibliography, PageOutline, BibliographyOutline)


class _Reading:
    """One run of reading: where, by which settings, what the store had before, and what it is to keep."""

    def __init__(self, root: Path, settings: Settings, before: Items) -> None:
        self.root, self.settings, self.before = root, settings, before
        self.kept: Items = {}

    @classmethod
    @contextmanager
    def at(cls, store: Path, root: Path, settings: Settings, cached: bool) -> Iterator[_Reading]:
        """Read with a store, which is written again in the end if it is not the same any more."""
        reading = cls(root, settings, load(store, settings) if cached else {})
        yield reading
        if cached and reading.kept != reading.before:
            save(store, settings, reading.kept)

    def read(
        self,
        kind: type[Kind],
        read: Callable[[Path, Settings, str], Kind],
        paths: list[str],
        jobs: int = 1,
        watch: Watch = _unwatched,
    ) -> list[Kind]:
        """Take from the store what it has of these files, and read the rest."""
        decoder = msgspec.msgpack.Decoder(kind)
        found: dict[str, Kind] = {}
        marks: dict[str, Mark | None] = {}
        for path in paths:
            held = self.before.get(path)
            mark = marks[path] = mark_of(f"{self.root}/{path}", held.mark if held else None)
            if mark and held and held.mark.digest == mark.digest:
                self.kept[path] = Item(mark, held.body)
                found[path] = decoder.decode(held.body)
        missing = [path for path in paths if path not in found]
        records = _spread(functools.partial(read, self.root, self.settings), missing, jobs)
        for path, record in zip(watch(missing, len(missing)), records, strict=True):
            found[path] = record
            if mark := marks[path]:  # what can't be read, or depends on other files, is read anew each time
                self.kept[path] = Item(mark, msgspec.msgpack.encode(record))
        return [found[path] for path in paths]


def _spread(read: Callable[[str], Kind], paths: list[str], jobs: int) -> Iterator[Kind]:
    """Read in this process, or in several if there is enough to do."""
    jobs = jobs or min(os.cpu_count() or 1, len(paths) // PAGES_A_JOB)
    if jobs < 2 or len(paths) < 2:
        yield from map(read, paths)
        return
    from concurrent.futures import ProcessPoolExecutor  # loaded only for a large library

    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(read, paths, chunksize=max(1, len(paths) // (jobs * 8)))


def page_paths(root: Path, settings: Settings) -> list[str]:
    """The pages of the library, relative to its root and sorted."""
    if not root.is_dir():
        raise UsageError(f"no such folder: {root}")
    return _matching(root, settings.pages, settings.exclude)


def bibliography_paths(root: Path, settings: Settings) -> list[str]:
    """The .bib files of the library, relative to its root and sorted."""
    return _matching(root, settings.bibliography, settings.exclude)


def _named_bibliographies(root: Path, settings: Settings) -> list[str]:
    """The .bib files, and what the settings name as one and is none: a missing file, a folder."""
    patterns = [pattern for pattern in settings.bibliography if "**" not in pattern]
    folders = (path for pattern in patterns for path in root.glob(pattern) if path.is_dir())
    named = {path.relative_to(root).as_posix() for path in folders if path.suffix == ".bib"}
    named.update(pattern for pattern in patterns if not any(sign in pattern for sign in "*?["))
    return sorted(named.union(bibliography_paths(root, settings)))


def _matching(root: Path, patterns: Iterable[str], exclude: Iterable[str]) -> list[str]:
    try:
        found = {str(path) for pattern in patterns for path in root.glob(pattern)}
    except (ValueError, NotImplementedError) as error:
        raise UsageError(
            f"pyproject.toml: [tool.sourcebook] has a pattern that can't be used: {error}"
        ) from error
    start = len(os.path.join(root, "")) if root != Path() else 0
    names = (path[start:].replace(os.sep, "/") for path in found if os.path.isfile(path))
    return sorted(name for name in names if not any(fits(name, pattern) for pattern in exclude))


def _decode(root: Path, path: str) -> str | Fault:
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        cure = (
            "see to its permissions"
            if isinstance(error, PermissionError)
            else "put a file there, or mend its name"
        )
        return Fault(Place(path), f"the file can't be read: {error.strerror}", cure)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8", "replace")
        line, column = good.count("\n") + 1, len(good) - (good.rfind("\n") + 1) + 1
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
        return Fault(Place(path, line, column), message, "save the file as UTF-8")


def _outline_page(root: Path, settings: Settings, path: str, checked: bool = False) -> PageOutline:
    return outline_of_page(_read_page(root, settings, path, checked))


def _outline_bibliography(root: Path, settings: Settings, path: str) -> BibliographyOutline:
    return outline_of_bibliography(_read_bibliography(root, settings, path))


def _read_page(root: Path, settings: Settings, path: str, checked: bool = False) -> Page:
    from .claims import read_page  # the parser is loaded only when there is something to read
    from .myst import read_text

    if leads_outside(root, path):  # which is told as a stray
        return Page(path)
    source = _decode(root, path)
    if isinstance(source, Fault):
        return Page(path, unread=(source,))
    cite_roles = frozenset(settings.cite_roles)
    text = read_text(path, source, frozenset(settings.myst_extensions), cite_roles)
    checked = checked or "article" in text.front_matter or any(fits(path, p) for p in settings.checked)
    page = read_page(path, text, checked, cite_roles)
    wider = {"directive": settings.directives, "role": settings.roles}
    return replace(page, uses=tuple(use for use in page.uses if use.name not in wider.get(use.kind, ())))


def _read_bibliography(root: Path, _settings: Settings, path: str) -> Bibliography:
    from .bibtex import read_bibliography

    if leads_outside(root, path):
        message = f"the file is a link to {os.readlink(root / path)}, which is not followed"
        return Bibliography(path, unread=(Fault(Place(path), message, "put the file itself there"),))
    source = _decode(root, path)
    if isinstance(source, Fault):
        return _misencoded(root, path) or Bibliography(path, unread=(source,))
    is_wide = (
        source.count("\x00") > len(source) // 4
    )  # UTF-16 without a mark, in which every other byte is one
    return (_misencoded(root, path) if is_wide else None) or read_bibliography(path, source)


def _misencoded(root: Path, path: str) -> Bibliography | None:
    """A bibliography in another encoding: one fault. Its keys are known, so that its citations are no faults too."""
    from .bibformat.encoding import decoded, wide_encoding
    from .bibtex import read_bibliography

    try:
        data = (root / path).read_bytes()
    except OSError:
        return None
    fault = decoded(path, data)
    guessed = read_bibliography(path, data.decode(wide_encoding(data) or "utf-8", "replace"))
    keys = guessed.broken.union(entry.key for entry in guessed.entries)
    return Bibliography(path, unread=(fault,), broken=keys) if isinstance(fault, Fault) else None
