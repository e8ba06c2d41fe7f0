"""From files to a Library: the only flow that reads the disk."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from .beside import leads_outside, strays, with_included
from .bibtex import read_bibliography
from .claims import read_page
from .errors import UsageError
from .model import Bibliography, ClaimName, Fault, Library, Page, Place
from .myst import read_text
from .patterns import fits
from .settings import Settings
from .store import Items, digest, load, save, store_path

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
    paths = page_paths(root, settings)
    if not paths:
        wanted = f"{', '.join(settings.pages)} (`pages` in [tool.sourcebook])"
        raise UsageError(f"no page to check: nothing in {root} matches {wanted}")
    reading = _Reading(root, settings, load(store_path(root)) if cached else {})
    pages = reading.read(Page, _read_page, paths, jobs, watch)
    bibs = reading.read(Bibliography, _read_bibliography, bibliography_paths(root, settings))
    if cached and reading.kept != reading.before:
        save(store_path(root), reading.kept)
    pages = with_included(root, pages, lambda path, checked: _read_page(root, settings, path, checked))
    published = tuple(_published(root, settings))
    return Library(tuple(pages), tuple(bibs), published=published, strays=strays(root, settings, pages))


def _published(root: Path, settings: Settings) -> Iterator[ClaimName]:
    for path in _matching(root, settings.published, settings.exclude):
        for number, line in enumerate(
            (root / path).read_text(encoding="utf-8", errors="replace").splitlines(), 1
        ):
            if name := line.strip():
                yield ClaimName(name, Place(path, number, 1))


Record = TypeVar("Record", Page, Bibliography)


@dataclass(slots=True)
class _Reading:
    """One run of reading: where, by which settings, what the store had before, and what it is to keep."""

    root: Path
    settings: Settings
    before: Items
    kept: Items = field(default_factory=dict)

    def read(
        self,
        kind: type[Record],
        read: Callable[[Path, Settings, str], Record],
        paths: list[str],
        jobs: int = 1,
        watch: Watch = _unwatched,
    ) -> list[Record]:
        """Take from the store what it has of these files, and read the rest."""
        decoder = msgspec.msgpack.Decoder(kind)
        marks = {path: _mark(self.root, path, self.settings) for path in paths}
        found: dict[str, Record] = {}
        for path, mark in marks.items():
            held = self.before.get(path)
            if mark and held and held[0] == mark:
                self.kept[path] = held
                found[path] = decoder.decode(held[1])
        missing = [path for path in paths if path not in found]
        records = _spread(functools.partial(read, self.root, self.settings), missing, jobs)
        for path, record in zip(watch(missing, len(missing)), records, strict=True):
            found[path] = record
            if marks[path]:  # what could not be read, or depends on other files, is read anew the next time
                self.kept[path] = (marks[path], msgspec.msgpack.encode(record))
        return [found[path] for path in paths]


def _mark(root: Path, path: str, settings: Settings) -> bytes:
    """The digest of a file's content; empty if it can't be kept: it is not readable, or it includes others."""
    try:
        content = (root / path).read_bytes()
    except OSError:
        return b""
    return b"" if b"{include}" in content else digest(content, settings)


def _spread(read: Callable[[str], Record], paths: list[str], jobs: int) -> Iterator[Record]:
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


def _matching(root: Path, patterns: Iterable[str], exclude: Iterable[str]) -> list[str]:
    try:
        found = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    except (ValueError, NotImplementedError) as error:
        raise UsageError(
            f"pyproject.toml: [tool.sourcebook] has a pattern that can't be used: {error}"
        ) from error
    names = (path.relative_to(root).as_posix() for path in found)
    return sorted(name for name in names if not any(fits(name, pattern) for pattern in exclude))


def _decode(root: Path, path: str) -> str | Fault:
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        return Fault(Place(path), f"the file can't be read: {error.strerror}", "see to its permissions")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8", "replace")
        line, column = good.count("\n") + 1, len(good) - (good.rfind("\n") + 1) + 1
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
        return Fault(Place(path, line, column), message, "save the file as UTF-8")


def _read_page(root: Path, settings: Settings, path: str, checked: bool = False) -> Page:
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
    source = _decode(root, path)
    if isinstance(source, Fault):
        return Bibliography(path, unread=(source,))
    return read_bibliography(path, source)
