"""The tree of an HTML page as a reader sees it: bounds are kept, what is hidden or deleted is taken out and told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from lxml import html
from lxml.etree import LxmlError

from ..article import Dropped
from ..errors import UsageError

DEPTH = 200
ATTRIBUTES = 10_000
_TAG = re.compile(rb"<[A-Za-z][^>]*")
_SILENT = frozenset(
    "script style head link meta iframe object embed svg canvas audio video map source track".split()
)
_TOLD = {
    "template": "a template, not shown",
    "noscript": "shown without scripts only",
    "button": "a control of the page",
    "select": "a control of the page",
    "textarea": "a control of the page",
    "option": "a control of the page",
    "del": "deleted text",
    "s": "deleted text",
    "strike": "deleted text",
    "rp": "brackets round a reading aid",
}
_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?(?![.\d])|"
    r"font-size\s*:\s*0(?![.\d])|"
    r"(?:left|top|text-indent|margin-left)\s*:\s*-\d{4,}|clip\s*:\s*rect\(\s*[01]|"
    r"clip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.I,
)
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text)?|screenreader|hidden-visually|"
    r"assistive-text|offscreen|"
    r"is-hidden|d-none|u-hidden|katex-mathml|MJX_Assistive_MathML|mw-editsection|mw-empty-elt|hide-text|"
    r"invisible)(?:\s|$)"
)
_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"(?:[a-z]+)?([.#])([\w-]+)$")
_PERMALINK = re.compile(
    r"(?:^|\s)(?:headerlink|anchorjs-link|heading-anchor|header-anchor|permalink-icon)(?:\s|$)"
)


def parse(text: str) -> html.HtmlElement:
    """Parse a page. Raises UsageError if it is nested deeper, or a tag has more attributes, than an article has."""
    data = text.encode("utf-8", "replace")
    for match in _TAG.finditer(data):
        if match.end() - match.start() > 2 * ATTRIBUTES and len(match[0].split()) > ATTRIBUTES:
            raise UsageError(f"a tag has more than {ATTRIBUTES:,} attributes")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (LxmlError, ValueError) as error:
        raise UsageError(f"it can't be parsed as HTML: {error}") from error
    _hold_depth(tree)
    return tree


def _hold_depth(tree: html.HtmlElement) -> None:
    level = [tree]
    for _depth in range(DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    raise UsageError(f"it is nested deeper than {DEPTH} elements")


def lines_of(element: html.HtmlElement) -> tuple[int, int]:
    """The lines of the source on which an element begins, and on which its last child does."""
    first = element.sourceline or 0
    last = max((child.sourceline or 0 for child in element.iter()), default=first)
    return first, max(first, last)


def text_in(element: html.HtmlElement) -> str:
    """The words of an element with a blank wherever a tag stands."""
    return " ".join(" ".join(element.itertext()).split())


def drop(element: html.HtmlElement) -> None:
    """Take an element out; the text behind it stays."""
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()


def drop_unseen(tree: html.HtmlElement) -> Iterator[Dropped]:
    """Take out what no reader sees, and tell of each piece that has words."""
    hidden = _hidden_names(tree)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        reason = _reason(element, hidden)
        if reason is None:
            continue
        if not any(parent is tree for parent in (element, *element.iterancestors())):
            continue  # it went with its parent
        words = text_in(element) if reason else ""
        if words:
            yield Dropped(reason, words, *lines_of(element))
        drop(element)


def _reason(element: html.HtmlElement, hidden: set[str]) -> str | None:
    """Why an element is not seen; empty if it has no words anyway, None if it is seen."""
    tag, class_ = element.tag.lower(), element.get("class") or ""
    if tag in _SILENT:
        return "" if tag != "head" else None
    if tag in _TOLD:
        return _TOLD[tag]
    if tag == "input" or tag == "wbr":
        return ""
    if tag == "dialog" and element.get("open") is None:
        return "hidden text"
    if element.get("hidden") is not None or _STYLE.search(element.get("style") or ""):
        return "hidden text"
    if _UNSEEN.search(class_) or _PERMALINK.search(class_):
        return "hidden text"
    names = {f".{name}" for name in class_.split()} | {f"#{element.get('id')}"}
    return "hidden text" if hidden & names else None


def _hidden_names(tree: html.HtmlElement) -> set[str]:
    """The classes and ids that the page's own style sheets hide, outside of rules for other media."""
    found: set[str] = set()
    for style in tree.iter("style"):
        sheet = re.sub(r"/\*.{0,5000}?\*/", " ", style.text or "", flags=re.S)[:500_000]
        if "@media" in sheet or "@supports" in sheet:
            sheet = sheet.partition("@media")[0].partition("@supports")[0]
        for match in _RULE.finditer(sheet):
            if not _STYLE.search(match[2]):
                continue
            for selector in match[1].split(","):
                if simple := _SIMPLE.match(selector.strip()):
                    found.add(simple[1] + simple[2])
    return found


class _Words(HTMLParser):
    """A second reader, that shares nothing with the first: it takes every text that is not code."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.silent and tag in {"script", "style", "svg", "iframe", "noscript", "template", "title"}:
            self.silent = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words += data.split()


def words_by_another_reader(text: str) -> list[str]:
    """The words of a page as the standard library reads it, to see what the first reader lost."""
    reader = _Words()
    reader.feed(text)
    return reader.words
