"""What a web page shows: its titles, its text, its anchors, and where it sends its readers.

This is read to compare a page with what an entry says, not to keep it: a bounded stretch of the page is enough.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ..answers import Answer
from ..model import Record

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 2_000_000  # of the page that are read
LONGEST_TITLE = 500  # characters
MOST_TITLES = 10
# libxml2 takes quadratic time for the attributes of one tag; no tag of a page that people read is so long.
_LONG_TAG = re.compile(r"<[^<>]{20000,}>?")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.I)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]+)", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# By the WHATWG's Encoding Standard these labels stand for wider sets than their names say.
_WIDER = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-11": "cp874", "tis-620": "cp874", "big5": "big5hkscs",
}  # fmt: skip
_REFRESH = re.compile(r"\s*(\d{1,4})(?:\.\d*)?\s*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.I)
# What of a tag's inside no reader sees.
_UNSEEN = frozenset(("script", "style", "template", "noscript", "svg", "iframe", "object", "select", "head"))
_TITLES = frozenset(("og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "headline"))
_SPACES = re.compile(r"\s+")


class Webpage(Record, frozen=True):
    """A page as its reader sees it.

    titles: title, the like in its metadata, and the first headings, in this order and each once. canonical: its own
    address, as it says. refresh: where it sends its readers within ten seconds. anchors: what a fragment may name.
    unscripted: what it says to who has no JavaScript. scripts: how many it has. password: whether it asks for one.
    """

    titles: tuple[str, ...] = ()
    text: str = ""
    canonical: str = ""
    refresh: str = ""
    anchors: frozenset[str] = frozenset()
    unscripted: str = ""
    scripts: int = 0
    password: bool = False
    whole: bool = True

    @property
    def title(self) -> str:
        """Its first title, or an empty text."""
        return self.titles[0] if self.titles else ""


def is_html(answer: Answer) -> bool:
    """Whether an answer is a web page: it says so, or says nothing and looks like one."""
    kind = answer.header("content-type").partition(";")[0].strip().lower()
    if kind in {"text/html", "application/xhtml+xml"}:
        return not answer.body.startswith((b"%PDF-", b"\x89PNG", b"PK\x03\x04", b"\xff\xd8\xff", b"GIF8"))
    head = answer.body[:512].lstrip().lower()
    return not kind and head.startswith(
        (b"<!doctype html", b"<html", b"<head", b"<title", b"<meta", b"<body")
    )


def read_webpage(answer: Answer) -> Webpage:
    """Read the page that came back. Nothing that it holds raises: a page of noise is an empty page."""
    whole = answer.whole and len(answer.body) <= MOST_BYTES
    text = decode(answer.body[:MOST_BYTES], answer.header("content-type")).replace("\0", "")
    text = _LONG_TAG.sub(" ", text)
    if not text.strip():
        return Webpage(whole=whole)
    from lxml import etree  # loaded only when there is a page to read

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return Webpage(whole=whole)
    return Webpage(whole=whole) if root is None else _page(root, answer.final or answer.url, whole)


def decode(body: bytes, content_type: str = "") -> str:
    """Decode a page: by its byte order mark, as UTF-8 if it is that, by its header, by its meta tag, as Windows-1252.

    That UTF-8 goes before the labels is our own: a wrong label is common, text that is UTF-8 by chance is not.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":  # cut within a character
            return body[: error.start].decode("utf-8")
    header = _HEADER_CHARSET.search(content_type)
    meta = _META_CHARSET.search(body, 0, 4096)
    for label in (header[1] if header else "", meta[1].decode("ascii") if meta else ""):
        if name := _codec(label):
            return body.decode(name, "replace")
    return body.decode("cp1252", "replace")


def _codec(label: str) -> str:
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    is_text = getattr(found, "_is_text_encoding", True)  # and not base64 or zip
    if not is_text or found.name in {
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "utf-7",
        "undefined",
    }:
        return ""
    return _WIDER.get(found.name, found.name)


@dataclass(slots=True)
class _Collected:
    """What the elements of a page say, as far as they were looked at."""

    base: str
    titles: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    unscripted: list[str] = field(default_factory=list)
    canonical: str = ""
    refresh: str = ""
    scripts: int = 0
    password: bool = False

    def take(self, element: _Element, tag: str) -> None:
        self.anchors.update(filter(None, (element.get("id"), element.get("name") if tag == "a" else None)))
        if tag == "title" and not (self.titles or _is_inside_svg(element)):
            self.titles.append(_joined(element))
        elif tag == "meta":
            self._take_meta(element)
        elif tag == "link" and "canonical" in (element.get("rel") or "").lower().split():
            self.canonical = self.canonical or _joined_address(self.base, element.get("href") or "")
        elif tag in {"h1", "h2"} and len(self.headings) < MOST_TITLES:
            self.headings.append(_joined(element))
        elif tag == "noscript":
            self.unscripted.append(_joined(element))
        elif tag == "script":
            self.scripts += 1
        elif tag == "input":
            self.password = self.password or (element.get("type") or "").lower() == "password"

    def _take_meta(self, element: _Element) -> None:
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = element.get("content") or ""
        if name in _TITLES and len(self.titles) < MOST_TITLES:
            self.titles.append(_clean(content)[:LONGEST_TITLE])
        elif (element.get("http-equiv") or "").lower() == "refresh":
            self.refresh = self.refresh or _refresh(content, self.base)


def _page(root: _Element, base: str, whole: bool) -> Webpage:
    found = _Collected(base)
    for element in root.iter():
        if isinstance(element.tag, str):
            found.take(element, element.tag)
    titles = tuple(dict.fromkeys(title for title in (*found.titles, *found.headings) if title))
    unscripted = _clean(" ".join(found.unscripted))
    return Webpage(
        titles, _visible(root), found.canonical, found.refresh, frozenset(found.anchors), unscripted, found.scripts,
        found.password, whole,
    )  # fmt: skip


def _is_inside_svg(element: _Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "svg"


def _visible(root: _Element) -> str:
    return _clean(" ".join(_texts(root)))


def _texts(root: _Element) -> Iterator[str]:
    """The texts that a reader sees, in their order; without recursion, since pages nest as deep as they like."""
    stack: list[tuple[_Element, bool]] = [(root, False)]
    while stack:
        element, done = stack.pop()
        if done:
            if element.tail:
                yield element.tail
            continue
        stack.append((element, True))
        if isinstance(element.tag, str) and element.tag not in _UNSEEN and element.get("hidden") is None:
            if element.text:
                yield element.text
            stack.extend((child, False) for child in reversed(element))


def _joined(element: _Element) -> str:
    return _clean("".join(map(str, element.itertext())))[:LONGEST_TITLE]


def _clean(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _refresh(content: str, base: str) -> str:
    match = _REFRESH.match(content)
    return (
        _joined_address(base, match[2].strip()) if match and match[2].strip() and int(match[1]) <= 10 else ""
    )


def _joined_address(base: str, target: str) -> str:
    try:
        return urljoin(base, target.strip())[:2000] if target.strip() else ""
    except ValueError:
        return ""
