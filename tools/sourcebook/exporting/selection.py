"""What is exported: works and claims of a library, picked by citation keys and claim names.

A claim is exported as a part of its page that can be cited, and the sources that it rests on stand before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from ..errors import UsageError
from ..model import Claim, Entry, Field, Library, Page, Place, Record
from ..names import Name
from ..nearest import nearest_keys
from .entrytext import tex_of, write_names
from .entrywork import Work, work_of


class About(Record, frozen=True):
    """What is to be said of the library as a whole.

    address: where its pages lie, such as `https://example.org/library`; empty if they have no address.
    folder: the folder of the pages, which their addresses do not have. released: the day of the release, in ISO 8601.
    """

    title: str = ""
    authors: tuple[Name, ...] = ()
    version: str = ""
    released: str = ""
    licence: str = ""
    keywords: tuple[str, ...] = ()
    message: str = "Cite the original source of a claim first, and this library after it."
    address: str = ""
    folder: str = "docs"

    @property
    def base(self) -> str:
        """The address, without a stroke at its end."""
        return self.address.rstrip("/")


class PlacedClaim(Record, frozen=True):
    """A claim with all that is needed to cite it; `name` and `permalink` are empty if it has no name.

    keys: the entries that it rests on, those of the items that it leads into included.
    page: the path of its page; article: the key of the article that the page restates, if it restates one.
    """

    name: str
    text: str
    keys: tuple[str, ...]
    page: str
    page_title: str
    article: str = ""
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """What an export writes: the works, originals first; the claims; and the sources that these rest on."""

    about: About
    works: tuple[Work, ...] = ()
    claims: tuple[PlacedClaim, ...] = ()
    sources: tuple[Work, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """The works and claims of a library, each made once."""

    library: Library
    about: About

    @cached_property
    def works(self) -> dict[str, Work]:
        """The works by their keys; an `xdata` is none. Of several with one key the first is taken."""
        entries: dict[str, Entry] = {}
        for entry in self.library.entries:
            entries.setdefault(entry.key, entry)
        return {key: work_of(entry, entries) for key, entry in entries.items() if entry.type != "xdata"}

    @cached_property
    def claims(self) -> tuple[PlacedClaim, ...]:
        """Every claim, page by page in their order; one that has two names stands twice."""
        return tuple(
            placed
            for page in self.library.pages
            for claim in page.claims
            for placed in _placed(claim, page, self.about)
        )

    @cached_property
    def named(self) -> dict[str, PlacedClaim]:
        """The claims that have a name, by it."""
        return {claim.name: claim for claim in reversed(self.claims) if claim.name}

    @cached_property
    def citing(self) -> dict[str, list[PlacedClaim]]:
        """For each key the claims that rest on it."""
        found: dict[str, list[PlacedClaim]] = {}
        for claim in self.claims:
            for key in claim.keys:
                found.setdefault(key, []).append(claim)
        return found

    def select(self, names: Iterable[str] = ()) -> Selection:
        """What the citation keys and claim names pick, in their order; all works and claims, if there are none.

        Raises UsageError for a name that is neither; one that is both is a citation key.
        """
        wanted = list(dict.fromkeys(names))
        if not wanted:
            return self._selection(self.works.values(), self.claims)
        works: list[Work] = []
        claims: list[PlacedClaim] = []
        for name in wanted:
            if name in self.works:
                works.append(self.works[name])
                claims += self.citing.get(name, [])
            elif name in self.named:
                works += self.of_claim(name).works
                claims.append(self.named[name])
            else:
                raise UsageError(self._unknown(name))
        return self._selection(works, claims)

    def of_work(self, key: str) -> Selection:
        """One work, and the claims that rest on it."""
        return self._selection([self.works[key]], self.citing.get(key, []))

    def of_claim(self, name: str) -> Selection:
        """One claim: the sources that it rests on, and behind them the claim itself as a part of its page."""
        claim = self.named[name]
        keys = sorted(claim.keys, key=lambda key: key == claim.article)  # what the article cites comes first
        cited = [self.works[key] for key in keys if key in self.works]
        return self._selection([*cited, claim_work(claim, self.about)], [claim])

    def _selection(self, works: Iterable[Work], claims: Iterable[PlacedClaim]) -> Selection:
        claims = tuple(dict.fromkeys(claims))
        keys = dict.fromkeys(key for claim in claims for key in claim.keys)
        sources = tuple(self.works[key] for key in keys if key in self.works)
        return Selection(self.about, tuple({work.key: work for work in works}.values()), claims, sources)

    def _unknown(self, name: str) -> str:
        known = frozenset(self.works) | frozenset(self.named)
        near = nearest_keys(name, known)
        hint = f"did you mean {' or '.join(near)}?" if near else "`sourcebook cite WORDS` finds both"
        return f"{name!r} is neither a citation key nor a claim name of this library: {hint}"


def _placed(claim: Claim, page: Page, about: About) -> Iterator[PlacedClaim]:
    keys = tuple(dict.fromkeys(_keys(claim)))
    for name in [name.name for name in claim.names] or [""]:
        link = permalink(name, page.path, about) if name else ""
        yield PlacedClaim(name, claim.text, keys, page.path, page.title, page.article, link)


def _keys(claim: Claim) -> Iterator[str]:
    yield from (citation.key for citation in claim.citations if citation.key)
    for item in claim.carried:
        yield from _keys(item)


def permalink(name: str, page: str, about: About) -> str:
    """The address of a claim that never changes; without an address of the library, where it stands on its page."""
    if about.base:
        return f"{about.base}/claims/{quote(name)}.html"
    inside = page.removeprefix(f"{about.folder}/") if about.folder else page
    return f"{quote(inside.rpartition('.')[0] or inside)}.html#claim-{quote(name)}"


def claim_work(claim: PlacedClaim, about: About) -> Work:
    """A claim as a work: a part of its page, which is an entry like any other. Its key is `claim-NAME`."""
    where = "" if about.base else f" ({claim.permalink})"
    note = tex_of(f"Claim {claim.name}{where}: “{claim.text}”")
    address = "" if where else claim.permalink
    return _own_work(f"claim-{claim.name}", claim.page_title, claim.page, address, about, note)


def page_work(title: str, path: str, address: str, about: About) -> Work:
    """A page of the library as a work. Its key is `page-` and the name of its file."""
    return _own_work(f"page-{path.rpartition('/')[2].partition('.')[0]}", title, path, address, about)


def _own_work(key: str, title: str, page: str, address: str, about: About, note: str = "") -> Work:
    fields = {
        "author": write_names(about.authors),
        "title": tex_of(title),
        "organization": tex_of(about.title),
        "version": tex_of(about.version),
        "date": about.released,
        "url": address,
        "note": note,
    }
    fields = {name: value for name, value in fields.items() if value}
    entry = Entry(key, "online", tuple(Field(*pair, 0, 0) for pair in fields.items()), Place(page))
    return Work(key, "online", fields, entry)
