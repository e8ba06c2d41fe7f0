"""The head of a web page: its tags, its links, and its JSON-LD, as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from ..answers import Answer
from ..linking.webpage import MOST_BYTES, decode
from ._plain import plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONG_TAG = re.compile(r"<[^<>]{20000,}>?")
_DECLARED = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")  # lxml takes no text that names a character set
_MOST_NODES = 2000  # of JSON-LD, which a page may nest without end
_DEEPEST = 8
# Of the kinds of things that JSON-LD tells of, those that a page is, the closest first.
_WORKS = (
    "ScholarlyArticle",
    "NewsArticle",
    "Article",
    "BlogPosting",
    "Report",
    "Thesis",
    "Book",
    "Chapter",
    "Dataset",
)
_LESS = (
    "CreativeWork",
    "SocialMediaPosting",
    "LiveBlogPosting",
    "VideoObject",
    "PodcastEpisode",
    "AboutPage",
    "WebPage",
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself.

    tags: the contents of its meta tags, by their names in small letters. canonical: the address that it gives itself.
    work: the JSON-LD object of the work that the page is; kind: that object's type.
    """

    tree: HtmlElement
    tags: dict[str, list[str]] = field(default_factory=dict)
    canonical: str = ""
    lang: str = ""
    kind: str = ""
    work: dict[str, Any] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first tag of these names that says something, as plain text."""
        return next((text for name in names for text in map(plain, self.tags.get(name, ())) if text), "")

    def every(self, *names: str) -> list[str]:
        """All that the first of these names that is there says, as plain text."""
        for name in names:
            if texts := [text for text in map(plain, self.tags.get(name, ())) if text]:
                return texts
        return []


def read_head(answer: Answer) -> Head | None:
    """Read the head of a page; None if the answer holds no page."""
    from lxml import etree, html  # loaded only when there is a page to read

    text = page_text(answer)
    try:
        tree = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    tags: dict[str, list[str]] = {}
    canonical, nodes = "", []
    for element in tree.iter("meta", "link", "script"):
        if element.tag == "meta":
            name = element.get("name") or element.get("property") or element.get("itemprop") or ""
            tags.setdefault(name.strip().lower(), []).append(element.get("content") or "")
        elif element.tag == "link":
            if (element.get("rel") or "").lower() == "canonical" and not canonical:
                canonical = (element.get("href") or "").strip()
        elif (element.get("type") or "").strip().lower() == "application/ld+json":
            nodes += list(_nodes(element.text or ""))
    kind, work = _work_among(nodes[:_MOST_NODES])
    return Head(tree, tags, canonical, tree.get("lang") or "", kind, work)


def page_text(answer: Answer) -> str:
    """The text of a page, as much of it as is read, without tags that take the parser too long."""
    text = decode(answer.body[:MOST_BYTES], answer.header("content-type")).replace("\0", "")
    return _DECLARED.sub("", _LONG_TAG.sub(" ", text))


def _nodes(script: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD script, outer ones first."""
    try:
        waiting = [(msgspec.json.decode(script.strip().rstrip(";")), 0)]
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return
    for value, depth in waiting:  # which grows as it is walked
        if isinstance(value, dict):
            yield value
        if depth < _DEEPEST and len(waiting) < _MOST_NODES:
            inner = value if isinstance(value, list) else _inner(value)
            waiting += [(item, depth + 1) for item in inner if isinstance(item, dict | list)]


def _inner(value: Any) -> list[Any]:
    return (
        [value.get(name) for name in ("@graph", "mainEntity", "mainEntityOfPage")]
        if isinstance(value, dict)
        else []
    )


def _work_among(nodes: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    ranked = []
    for number, node in enumerate(nodes):
        given = node.get("@type")
        for kind in [given] if isinstance(given, str) else given if isinstance(given, list) else []:
            if isinstance(kind, str):
                name = kind.rpartition("/")[2]
                name = "NewsArticle" if name.endswith("NewsArticle") else name
                if name in _WORKS or name in _LESS:
                    ranked.append(((*_WORKS, *_LESS).index(name), number, name, node))
    if not ranked:
        return "", {}
    _rank, _number, name, node = min(ranked, key=lambda item: item[:2])
    return name, node
