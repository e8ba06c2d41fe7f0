"""What a page says about itself: title, authors, date, outlet, volume and issue, in tags and visible lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from ..locators import is_issn
from ..model import Record
from ..references.days import days_in
from ._html_names import BY, names_in

_ARTICLE_TYPES = re.compile(
    r"(?:Article|BlogPosting|NewsArticle|Report|Review|WebPage|CreativeWork|Thesis|Chapter)$"
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"'<>?#]+", re.I)
_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_DEPTH = 6


class About(Record, frozen=True):
    """What is known about a page; what is not is empty. unsure: what was inferred."""

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
    unsure: tuple[str, ...] = ()


class _Tags:
    """The meta tags of a page by their names, and the first of its JSON-LD records that is about an article."""

    def __init__(self, tree: html.HtmlElement) -> None:
        self.tags: dict[str, list[str]] = {}
        for element in tree.iter("meta"):
            content = " ".join((element.get("content") or "").split())
            for key in ("name", "property", "itemprop"):
                if content and (name := (element.get(key) or "").strip().casefold()):
                    self.tags.setdefault(name, []).append(content)
        self.record = next(_records(tree), {})

    def first(self, *names: str) -> str:
        """The first content of the first of some names that has any."""
        return next((self.tags[name][0] for name in names if name in self.tags), "")

    def all(self, *names: str) -> list[str]:
        """All contents of the first of some names that has any."""
        return next((self.tags[name] for name in names if name in self.tags), [])

    def ld(self, *path: str) -> str:
        """A text of the JSON-LD record, down a path of keys."""
        found: Any = self.record
        for key in path:
            found = found[0] if isinstance(found, list) and found else found
            found = found.get(key) if isinstance(found, dict) else None
        found = found[0] if isinstance(found, list) and found else found
        return (
            " ".join(str(found).split())
            if isinstance(found, (str, int)) and not isinstance(found, bool)
            else ""
        )


def main_heading(tree: html.HtmlElement, headings: list[str]) -> str:
    """The heading of a page that its tags name as the title; else the first."""
    tags = _Tags(tree)
    told = tags.first("citation_title", "og:title", "twitter:title") or tags.ld("headline")
    element = next(tree.iter("title"), None)
    told = _folded(told or (element.text_content() if element is not None else ""))
    named = [heading for heading in headings if _folded(heading) and _folded(heading) in told]
    return max(named, key=len, default=headings[0] if headings else "")


def about(tree: html.HtmlElement, address: str, lines: list[str], heading: str) -> About:
    """Gather what a page says about itself. lines: visible lines about the article; heading: its main heading."""
    tags = _Tags(tree)
    outlet = _outlet(tags)
    date = _date(tags, tree, lines)
    doi = _DOI.search(
        tags.first(
            "citation_doi", "dc.identifier", "dc.identifier.doi", "prism.doi", "bepress_citation_doi", "doi"
        )
        or tags.ld("identifier", "value")
        or tags.ld("sameAs")
    )
    issn = tags.first("citation_issn", "prism.issn", "issn") or tags.ld("isPartOf", "issn")
    pages = "–".join(filter(None, (tags.first("citation_firstpage"), tags.first("citation_lastpage"))))
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return About(
        title=_title(tags, tree, heading, outlet),
        authors=_authors(tags, tree, lines, outlet),
        date=date,
        outlet=outlet,
        volume=tags.first("citation_volume", "prism.volume")
        or tags.ld("isPartOf", "isPartOf", "volumeNumber"),
        issue=tags.first("citation_issue", "prism.number") or tags.ld("isPartOf", "issueNumber"),
        issn=issn if is_issn(issn) else "",
        pages=pages,
        doi=doi[0].rstrip(".,;") if doi else "",
        url=address,
        language=(language or tags.first("citation_language", "dc.language") or tags.ld("inLanguage"))[
            :12
        ].strip(),
    )


def _records(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > 1_000_000:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles(data, 0)


def _articles(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(data, list):
        for one in data[:200]:
            yield from _articles(one, depth + 1)
    elif isinstance(data, dict):
        types = data.get("@type")
        types = types if isinstance(types, list) else [types]
        if any(isinstance(one, str) and _ARTICLE_TYPES.search(one) for one in types) and (
            data.get("headline") or data.get("author") or data.get("datePublished")
        ):
            yield data
        yield from _articles(data.get("@graph", []), depth + 1)
        yield from _articles(data.get("mainEntity", []), depth + 1)


def _outlet(tags: _Tags) -> str:
    return (
        tags.first(
            "citation_journal_title", "citation_magazine_title", "prism.publicationname", "citation_publisher"
        )
        or tags.first("og:site_name")
        or tags.ld("isPartOf", "isPartOf", "name")
        or tags.ld("publisher", "name")
        or tags.first("citation_technical_report_institution", "dc.publisher", "application-name")
    )


def _title(tags: _Tags, tree: html.HtmlElement, heading: str, outlet: str) -> str:
    """The title: the visible heading where a tag says the same, else the tag, without the outlet behind it."""
    told = tags.first("citation_title", "dc.title", "bepress_citation_title") or tags.ld("headline")
    told = told or tags.first("og:title", "twitter:title", "headline")
    element = next(tree.iter("title"), None)
    of_page = " ".join(element.text_content().split()) if element is not None else ""
    told = _less_outlet(told or ("" if heading else of_page), outlet)
    if heading and (not told or len(heading) > 0.6 * len(told)):
        return heading
    return told


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def _less_outlet(title: str, outlet: str) -> str:
    """A title without ` - Outlet` or ` | Outlet` at its end."""
    head, mark, tail = next(
        (
            parts
            for sign in (" | ", " – ", " — ", " - ", " :: ", " » ")
            if (parts := title.rpartition(sign))[1]
        ),
        ("", "", ""),
    )
    name, behind = _folded(outlet), _folded(tail)
    return head if mark and name and behind and (behind in name or name in behind) else title


def _authors(tags: _Tags, tree: html.HtmlElement, lines: list[str], outlet: str) -> tuple[str, ...]:
    found = tags.all(
        "citation_author", "dc.creator", "bepress_citation_author", "citation_authors"
    ) or _ld_authors(tags)
    found = found or [
        one
        for one in tags.all("author", "article:author", "parsely-author", "sailthru.author")
        if "/" not in one
    ]
    if not found:
        found = [
            " ".join(element.text_content().split())
            for element in tree.xpath("//*[@rel='author' or @itemprop='author']")
        ]
    names = names_in(found, outlet)
    if not names:
        names = names_in([line for line in lines if BY.match(line)], outlet)
    return names


def _ld_authors(tags: _Tags) -> list[str]:
    authors = tags.record.get("author") or tags.record.get("creator") or []
    authors = authors if isinstance(authors, list) else [authors]
    names = [author.get("name") if isinstance(author, dict) else author for author in authors[:50]]
    return [
        name for one in names for name in (one if isinstance(one, list) else [one]) if isinstance(name, str)
    ]


def _date(tags: _Tags, tree: html.HtmlElement, lines: list[str]) -> str:
    """The day of publication in ISO 8601, as exact as it is told."""
    told = (
        tags.first(
            "citation_publication_date", "citation_date", "citation_online_date", "prism.publicationdate"
        )
        or tags.ld("datePublished")
        or tags.first(
            "article:published_time",
            "og:published_time",
            "datepublished",
            "dc.date.issued",
            "dc.date",
            "dcterms.created",
        )
        or tags.first(
            "date",
            "pubdate",
            "publishdate",
            "publish_date",
            "parsely-pub-date",
            "sailthru.date",
            "dcterms.date",
        )
    )
    found = iso_of(told)
    if not found:
        times = [
            element.get("datetime") or ""
            for element in tree.iter("time")
            if element.get("pubdate") is not None
        ]
        times += [
            element.get("datetime") or ""
            for element in tree.iter("time")
            if "publi" in f"{element.get('class')} {element.get('itemprop')}"
        ]
        found = next(filter(None, map(iso_of, times)), "")
    if not found:
        found = next((day.iso for line in lines for day in days_in(line)), "")
    return found


def iso_of(text: str) -> str:
    """A date of a tag as ISO 8601, without its hour; empty if it is none."""
    match = _ISO.match(text.strip())
    if match:
        year, month, day = match.groups()
        if (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
            return ""
        return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
    return next((day.iso for day in days_in(text)), "")
