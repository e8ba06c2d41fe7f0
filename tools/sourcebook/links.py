"""Where a link may lead, and which file a picture may be: closed lists, since a build copies what is linked."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from .model import Library, Record, Use
from .uses import includes_of

_ACTIVE = re.compile(r"\s*(?:javascript|data|vbscript|file)\s*:", re.IGNORECASE)
_SCHEME = re.compile(r"^\s*([a-z][a-z0-9+.\x00-\x20-]*):", re.IGNORECASE)
_WEB = re.compile(r"^https?://[\w\[][\w.:\]-]*(?:[/?#]\S*)?$", re.IGNORECASE)
_MAIL = re.compile(r"^mailto:[\w.%+-]+@[\w.-]+(?:\?[\w=&%.-]*)?$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg)$", re.IGNORECASE)
_ENTITY = re.compile(r"&#?\w+;")


def is_plain(use: Use) -> bool:
    """Whether a use is a link to an ordinary web or mail address, which is safe wherever it stands."""
    return use.kind != "image" and bool(_WEB.match(use.content) or _MAIL.match(use.content))


class Links(Record, frozen=True):
    """What links may lead to: the pages, the labels, and from which folders a page's links are followed."""

    pages: frozenset[str]
    labels: frozenset[str]
    folders: dict[str, frozenset[str]]

    @classmethod
    def of(cls, library: Library) -> Links:
        """Collect the pages and labels of a library. What is included is linked from where it is included, too."""
        labels = {u.name for page in library.pages for u in page.uses if u.kind == "target"}
        folders = {page.path: {posixpath.dirname(page.path)} for page in library.pages}
        including = [(page, [path for path, _use in includes_of(page)]) for page in library.pages]
        for _round in range(8):  # as deep as includes may stand in each other
            for page, paths in ((page, paths) for page, paths in including if paths):
                for path in paths:
                    folders.get(path, set()).update(folders[page.path])
        frozen = {path: frozenset(found) for path, found in folders.items()}
        return cls(frozenset(folders), frozenset(labels), frozen)

    @property
    def top(self) -> str:
        """The first folder that all pages have in common, above which nothing is published."""
        folders = [posixpath.dirname(page) for page in self.pages]
        return posixpath.commonpath(folders).partition("/")[0] if folders else ""

    def fault(self, page: str, use: Use) -> str:
        """What is wrong with where a link or picture leads; empty if nothing is."""
        faults = (self._fault(page, folder, use) for folder in sorted(self.folders[page]))
        return next(filter(None, faults), "")

    def _fault(self, page: str, folder: str, use: Use) -> str:
        href = use.content
        if use.kind != "image" and href in self.labels and not _ACTIVE.match(href):
            return ""  # a label may have a colon, as a scheme has
        if scheme := _SCHEME.match(href):
            return _scheme_fault(scheme[1], href, use.kind == "image")
        path = unquote(href.partition("#")[0].partition("?")[0])
        if use.kind != "image" and (href.startswith("#") or path in self.labels):
            return ""
        if not path or path.startswith(("/", "~")) or set(path) & set("\\%") or _ENTITY.search(path):
            return "does not lead to a page" if use.kind != "image" else "does not lead to a picture"
        parts = path.split("/")
        if any(part.startswith(".") and part not in {".", ".."} for part in parts):
            return "leads to a hidden file"
        target = posixpath.normpath(posixpath.join(folder, path))
        if use.kind == "image":
            return self._picture_fault(target)
        known = target in self.pages or f"{target}.md" in self.pages
        return "" if known else "leads to no page of the library"

    def _picture_fault(self, target: str) -> str:
        top = self.top
        if target.startswith("..") or (top and not target.startswith(f"{top}/")):
            return "leads out of the pages' folders"
        return "" if _PICTURE.search(target) else "is of no kind that may be shown"


def _scheme_fault(scheme: str, href: str, is_picture: bool) -> str:
    if is_picture:
        return "is fetched from elsewhere" if _WEB.match(href) else f"has the scheme {scheme!r}"
    if _WEB.match(href) or _MAIL.match(href):
        return ""
    return (
        "is not well formed"
        if scheme.lower() in {"http", "https", "mailto"}
        else f"has the scheme {scheme!r}"
    )
