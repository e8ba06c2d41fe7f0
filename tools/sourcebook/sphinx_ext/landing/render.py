"""The HTML of landing pages and of the box "Cite this page": templates filled with what a shelf holds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader
from sphinx.util.osutil import relative_uri

from ...dates import date_text
from ...exporting.entrywork import Work
from ...exporting.selection import PlacedClaim
from ...linking.weblocators import addresses_of
from ...locators import locators_of
from ..style.kinds import genre_of
from .head import head_of_claim, head_of_work
from .shelf import Shelf, quoted

_SHOWN = {
    "url": "Address",
    "archiveurl": "Archived copy",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "eprint": "arXiv",
    "sha256": "Held copy, not published; its SHA-256",
}


@cache
def _templates() -> Environment:
    # Everything is escaped but for references, which come from the bibliography's own style.
    loader = PackageLoader("sourcebook.sphinx_ext.landing")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _fill(template: str, here: str, shelf: Shelf, **values: Any) -> str:
    frame = {
        "library": shelf.about.title,
        "home": relative_uri(here, "index.html"),
        "static": relative_uri(here, "_static"),
    }
    return _templates().get_template(f"{template}.html").render(**frame, **values) + "\n"


def source_page(work: Work, here: str, language: str, shelf: Shelf) -> str:
    """The page of an entry: how it is cited, where it is, and what rests on it."""
    reference = shelf.reference(work.key, here)
    restated = [path for path, key in shelf.articles.items() if key == work.key]
    titles = {page.path: page.title for page in shelf.library.pages}
    return _fill(
        "source",
        here,
        shelf,
        language=language,
        title=work.title or work.key,
        kind=genre_of(work.type, work.text("type")),
        head=_safe(head_of_work(work, shelf, here, reference.files)),
        reference=reference,
        locators=list(_locators(work, shelf)),
        access=work.text("urldate"),
        restated=[(titles[path], relative_uri(here, shelf.page_uri(path))) for path in restated],
        claims=list(_claims(work.key, here, shelf)),
    )


def _locators(work: Work, shelf: Shelf) -> Iterator[tuple[str, str, str, str]]:
    """The name, the text, the address and the state of each locator."""
    asked = {field: address for field, address, _ask, _kind in addresses_of(work.entry)}
    for name in locators_of(work.entry):
        value = work.doi if name == "doi" else work.text(name)
        address = {
            "url": value,
            "archiveurl": value,
            "doi": f"https://doi.org/{value}",
            "eprint": f"https://arxiv.org/abs/{value.lower().removeprefix('arxiv:')}",
        }.get(name, "")
        shown = f"{_SHOWN[name]}, {work.text('archivedate')}" if name == "archiveurl" else _SHOWN[name]
        yield (
            shown.rstrip(", "),
            value,
            address,
            "" if name == "sha256" else _state(shelf, asked.get(name, "")),
        )


def _state(shelf: Shelf, address: str) -> str:
    """What the ledger of links knows of an address."""
    link = shelf.links.get(address)
    if link is None or not link.time:
        return "unchecked"
    return f"{link.verdict}, {date_text(link.time[:10])}"


def _claims(key: str, here: str, shelf: Shelf) -> Iterator[tuple[str, list[dict[str, str]]]]:
    found = shelf.catalogue.citing.get(key, [])
    for path, group in groupby(found, key=lambda claim: claim.page):
        page = relative_uri(here, shelf.page_uri(path))
        claims = [
            {
                "name": claim.name,
                "text": claim.text,
                "address": shelf.place_of(claim, here) if claim.name else "",
                "page_address": page,
                "page": claim.page_title,
            }
            for claim in group
        ]
        yield claims[0]["page"] or path, claims


def claim_page(claim: PlacedClaim, here: str, language: str, shelf: Shelf) -> str:
    """The page of a claim: the original sources first, then how it is cited itself."""
    files = shelf.claim_files(claim.name, here)
    return _fill(
        "claim",
        here,
        shelf,
        language=language,
        title=f"Claim {claim.name}",
        text=claim.text,
        name=claim.name,
        page=claim.page_title or claim.page,
        place=shelf.place_of(claim, here),
        head=_safe(head_of_claim(claim, shelf, here, files)),
        references=[shelf.reference(work.key, here) for work in shelf.originals(claim)],
        why="a written waiver allows it, or the items that it leads into have them",
        ours=f"{ours(shelf, claim.page_title)} Claim {claim.name}: “{claim.text}” {claim.permalink}",
        entry=shelf.claim_markup(claim),
        files_here=files,
    )


def moved_page(old: str, new: str, here: str, language: str, shelf: Shelf) -> str:
    """The page of a claim name that was given up: it leads on to the name that took its place."""
    address = relative_uri(here, quoted(f"claims/{new}.html"))
    refresh = _templates().from_string('<meta http-equiv="refresh" content="0; url={{ address }}">')
    head = refresh.render(address=address)
    if canonical := shelf.absolute(f"claims/{new}.html"):
        head += (
            _templates()
            .from_string('\n<link rel="canonical" href="{{ address }}">')
            .render(address=canonical)
        )
    return _fill(
        "moved",
        here,
        shelf,
        language=language,
        title=f"Claim {old}",
        head=_safe(head),
        name=new,
        address=address,
    )


def cite_box(title: str, path: str, here: str, shelf: Shelf) -> str:
    """The box at the end of a page: the article that it restates first, then the page itself."""
    key = shelf.articles.get(path, "")
    known = key in shelf.catalogue.works
    reference = shelf.reference(key, here) if known else None
    text = f"{ours(shelf, title)} {shelf.absolute(here)}".strip()
    entry = shelf.page_markup(title, path, shelf.absolute(here))
    return _fill("page", here, shelf, reference=reference, ours=text, entry=entry)


def ours(shelf: Shelf, title: str) -> str:
    """A page of ours as a reference in words."""
    when = f", {shelf.about.released}" if shelf.about.released else ""
    version = f", version {shelf.about.version}" if shelf.about.version else ""
    end = "" if title.endswith((".", "?", "!", "…")) else "."
    return f"{shelf.authors}. “{title}{end}” {shelf.about.title}{version}{when}."


def _safe(html: str) -> Any:
    from markupsafe import Markup

    return Markup(html)  # every value in it was escaped where the head was made
