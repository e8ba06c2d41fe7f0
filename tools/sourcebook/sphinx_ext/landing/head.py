"""What stands in the head of a page, by which Zotero, Scholar and crawlers know what it is and how it is cited.

Highwire Press tags (`citation_*`), as Zotero and Google Scholar read them; JSON-LD in the words of schema.org;
Signposting links (`cite-as`, `describedby`, `license`, RFC 8574 and 6892). A tag without a value is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from ...exporting.entrywork import Work
from ...exporting.selection import PlacedClaim
from ...names import OTHERS, Name
from .shelf import Shelf

_KINDS = {
    "article": "Article",
    "book": "Book",
    "inbook": "Chapter",
    "incollection": "Chapter",
    "report": "Report",
    "techreport": "Report",
    "thesis": "Thesis",
    "phdthesis": "Thesis",
    "dataset": "Dataset",
    "software": "SoftwareSourceCode",
    "online": "WebPage",
}
# The media types of the files beside a page, by what they are called there.
_MEDIA = {
    "BibTeX": "application/x-bibtex",
    "RIS": "application/x-research-info-systems",
    "CSL-JSON": "application/vnd.citationstyles.csl+json",
}
_LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def head_of_work(work: Work, shelf: Shelf, address: str, files: Iterable[tuple[str, str]]) -> str:
    """The head of the page of an entry: it describes the original, so that who saves the page saves that."""
    original = f"https://doi.org/{work.doi}" if work.doi else work.address
    links = [("canonical", shelf.absolute(address), ""), ("cite-as", original, "")]
    return "\n".join([*_tags(_of_work(work)), *_links([*links, *_described(files)]), _data(_data_of(work))])


def head_of_claim(claim: PlacedClaim, shelf: Shelf, address: str, files: Iterable[tuple[str, str]]) -> str:
    """The head of the page of a claim."""
    here = shelf.absolute(address)
    tags = [("citation_title", f"{claim.page_title}: claim {claim.name}"), *_of_library(shelf, here)]
    tags += [("citation_reference", _reference(work)) for work in shelf.originals(claim)]
    data = {
        "@type": "Claim",
        "name": claim.name,
        "text": claim.text,
        "url": here,
        "isPartOf": {"@type": "WebPage", "name": claim.page_title},
        "citation": [_data_of(work) for work in shelf.originals(claim)],
    }
    links = [("canonical", here, ""), ("cite-as", here, ""), ("license", _licence(shelf), "")]
    return "\n".join([*_tags(tags), *_links([*links, *_described(files)]), _data(data)])


def head_of_page(title: str, path: str, language: str, shelf: Shelf, address: str) -> str:
    """The head of a page of the library: one that cites, or restates an article."""
    here = shelf.absolute(address)
    works = shelf.catalogue.works
    article = works.get(shelf.articles.get(path, ""))
    cited = [works[key] for key in shelf.cited.get(path, ()) if article is None or key != article.key]
    tags = [("citation_title", title), *_of_library(shelf, here), ("citation_language", language)]
    tags += [("citation_reference", _reference(work)) for work in ([article] if article else []) + cited]
    data = {
        "@type": "Article",
        "headline": title,
        "url": here,
        "inLanguage": language,
        "author": [_person(name) for name in shelf.about.authors],
        "isPartOf": {"@type": "WebSite", "name": shelf.about.title, "url": shelf.absolute("")},
        "license": _licence(shelf),
        "isBasedOn": _data_of(article) if article else None,
        "citation": [_data_of(work) for work in cited],
    }
    links = [("cite-as", here, ""), ("license", _licence(shelf), "")]
    return "\n".join([*_tags(tags), *_links(links), _data(data)])


def _of_library(shelf: Shelf, here: str) -> Iterator[tuple[str, str]]:
    yield from (("citation_author", name.shown) for name in shelf.about.authors)
    yield "citation_publication_date", shelf.about.released.replace("-", "/")
    # Zotero makes a report of it, which has a place for the name of the library
    yield "citation_technical_report_institution", shelf.about.title
    yield "citation_public_url", here


def _of_work(work: Work) -> Iterator[tuple[str, str]]:
    yield "citation_title", work.title
    yield from (
        ("citation_author", _inverted(name)) for name in work.people("author") if name.family != OTHERS
    )
    yield "citation_publication_date", _slashed(work)
    is_report = work.type in {"report", "techreport"}
    yield ("citation_technical_report_institution" if is_report else "citation_publisher"), work.house
    yield (
        ("citation_inbook_title" if work.type in {"inbook", "incollection"} else "citation_journal_title"),
        work.container,
    )
    yield "citation_volume", work.text("volume")
    yield "citation_issue", work.text("number", "issue")
    first, _, last = work.text("pages").replace("–", "-").partition("-")
    yield "citation_firstpage", first.strip()
    yield "citation_lastpage", last.strip("- ")
    yield "citation_doi", work.doi
    yield "citation_isbn", work.text("isbn")
    yield "citation_issn", work.text("issn")
    yield "citation_language", work.language
    yield "citation_public_url", work.address


def _reference(work: Work) -> str:
    """A cited work in one tag, as Highwire Press has it: its own tags with semicolons between."""
    wanted = {
        "citation_title",
        "citation_author",
        "citation_publication_date",
        "citation_journal_title",
        "citation_doi",
    }
    parts = [(name, value) for name, value in _of_work(work) if value and name in wanted]
    return "; ".join(f"{name}={value.replace(';', ',')}" for name, value in parts)


def _data_of(work: Work) -> dict[str, Any]:
    issued = work.issued
    return {
        "@type": _KINDS.get(work.type, "CreativeWork"),
        "@id": f"https://doi.org/{work.doi}" if work.doi else None,
        "name": work.title,
        "author": [_person(name) for name in work.people("author") if name.family != OTHERS],
        "datePublished": issued.iso if issued and issued.first else None,
        "isPartOf": {"@type": "CreativeWork", "name": work.container} if work.container else None,
        "publisher": {"@type": "Organization", "name": work.house} if work.house else None,
        "inLanguage": work.language,
        "url": work.address,
    }


def _person(name: Name) -> dict[str, str]:
    return {"@type": "Organization" if name.whole else "Person", "name": name.shown}


def _inverted(name: Name) -> str:
    given = " ".join(part for part in (name.given, name.particle) if part)
    family = f"{name.family} {name.suffix}".strip()
    return f"{family}, {given}" if given else family


def _slashed(work: Work) -> str:
    return work.issued.iso.replace("-", "/") if work.issued and work.issued.first else ""


def _licence(shelf: Shelf) -> str:
    return _LICENCES.get(shelf.about.licence, "")


def _described(files: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    return (("describedby", address, _MEDIA[name]) for name, address in files if name in _MEDIA)


def _tags(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [f'<meta name="{name}" content="{escape(value)}">' for name, value in pairs if value]


def _links(links: Iterable[tuple[str, str, str]]) -> list[str]:
    return [
        f'<link rel="{rel}" href="{escape(address)}"' + (f' type="{media}">' if media else ">")
        for rel, address, media in links
        if address
    ]


def _data(data: dict[str, Any]) -> str:
    text = json.dumps({"@context": "https://schema.org", **_filled(data)}, ensure_ascii=False)
    # No text may close the script, or open a comment in it.
    return '<script type="application/ld+json">' + text.replace("<", "\\u003c") + "</script>"


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _filled(item) for name, item in value.items() if item not in (None, "", [], {})}
    return [_filled(item) for item in value] if isinstance(value, list) else value
