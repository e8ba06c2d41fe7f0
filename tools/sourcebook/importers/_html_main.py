"""Which blocks of a page are the article: trafilatura says what the main text is, and its known losses are mended."""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import html

from ..references.days import days_in
from ._furniture import _OTHERS, reason_of
from ._html_frames import Frames
from ._html_runs import Block

# Scripts without blanks between words have a word a letter here, which is as good for comparing.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af\uff66-\uff9f]|"
    r"\w+?(?=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af\uff66-\uff9f]|\b)"
)
_SIZE = 4  # words of a shingle
_META = re.compile(
    r"(?:^|[\s_-])(?:byline|author|authors|dateline|timestamp|published|pubdate|post-date|entry-date|entry-meta|post-meta|"
    r"article-meta|meta|posted-on|time|date|credits?)(?:$|[\s_-])",
    re.I,
)
_DECK = re.compile(
    r"(?:^|[\s_-])(?:standfirst|subtitle|sub-title|subhead(?:line)?|dek|deck|kicker-sub|summary|lede|intro|strapline|lead)(?:$|[\s_-])",
    re.I,
)

_BY = re.compile(r"(?:by|written by|von|par|por)\s+[^\W\d_]", re.I)


@dataclass
class Chosen:
    """The blocks of the article, those that are not, each with the reason, and what the article lost."""

    kept: list[Block] = field(default_factory=list)
    left: list[tuple[str, Block]] = field(default_factory=list)
    about: list[Block] = field(default_factory=list)
    decks: list[Block] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)


def main_text(text: str, address: str) -> str:
    """The main text of a page as trafilatura reads it."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.extract(
        text,
        url=address or None,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        fast=False,
    )
    return found or ""


def choose(blocks: list[Block], main: str, tree: html.HtmlElement) -> Chosen:
    """Part the blocks of a page into the article and the rest."""
    shingles, lines = _shingles(main), {_key(line) for line in main.splitlines()}
    is_main = [block.kind != "rule" and _is_in(block, shingles, lines) for block in blocks]
    chosen = Chosen()
    if not any(is_main):
        chosen.unsure.append("no main text was told from the rest of the page: look through what was taken")
        is_main = [block.kind in {"paragraph", "item", "quotation"} for block in blocks]
    holder = _holder([block for block, yes in zip(blocks, is_main, strict=True) if yes])
    frames = Frames(holder)
    solid = [
        n
        for n, yes in enumerate(is_main)
        if yes and _is_solid(blocks[n], holder) and not frames.of(blocks[n].where)
    ]
    solid = solid or [n for n, yes in enumerate(is_main) if yes]
    if not solid:
        return chosen
    site = _Site(
        holder,
        frames,
        {above for n in solid for above in blocks[n].where.iterancestors()},
        solid[0],
        solid[-1],
    )
    for number, block in enumerate(blocks):
        _place(chosen, block, site.reason(block, number, is_main[number]))
    _leave_other_pages(chosen)
    while chosen.kept and chosen.kept[-1].kind in {"heading", "rule"}:
        chosen.left.append(("heading of a part that is not kept", chosen.kept.pop()))
    return chosen


def _leave_other_pages(chosen: Chosen) -> None:
    """A line such as `Read next` goes, with the links under it."""
    kept: list[Block] = []
    under = False
    for block in chosen.kept:
        if _OTHERS.fullmatch(block.text) and block.kind in {"heading", "paragraph"}:
            under = True
        elif not (under and block.linked > 0.7):
            under = False
        if under:
            chosen.left.append(("list of other pages", block))
        else:
            kept.append(block)
    chosen.kept = kept


def _place(chosen: Chosen, block: Block, reason: str) -> None:
    if reason == "about":
        chosen.about.append(block)
    elif reason == "deck":
        chosen.decks.append(block)
    elif reason:
        chosen.left.append((reason, block))
    else:
        chosen.kept.append(block)


@dataclass
class _Site:
    """Where the main text stands in the page: what holds it, what is round its blocks, its first and last."""

    holder: html.HtmlElement | None
    frames: Frames
    above: set[html.HtmlElement]
    first: int
    last: int

    def reason(self, block: Block, number: int, is_main: bool) -> str:
        """Why a block is no part of the article; empty if it is one."""
        text = block.text
        inside = self.first <= number <= self.last
        if block.kind == "rule" or not text:
            return "" if inside else "outside of the main text"
        if len(text) < 500 and block.kind != "table" and (reason := reason_of(text)):
            return reason
        frame = self.frames.of(block.where)
        if frame in {"comments", "cookie notice"} or (frame and not (is_main and inside)):
            return frame
        if number <= self.first and _is_named(block.where, _DECK) and self._is_near(block.where):
            return "deck"
        if is_main:
            return ""
        if number < self.first:
            return self._reason_before(block)
        if self._is_about(block):
            return "about"
        beside = self._stands_beside(block.where)
        if block.linked > 0.7 and (not beside or block.kind == "item"):
            return "links to other pages"
        if not self._is_held(block.where):
            return "outside of the main text"
        if beside:
            return "" if inside or block.linked < 0.5 else "links to other pages"
        return "" if _is_prose(block) else "outside of the main text"

    def _stands_beside(self, element: html.HtmlElement) -> bool:
        """Whether an element is a sibling of the main text's blocks, and not in a box of its own among them."""
        root = element
        while (parent := root.getparent()) is not None and parent not in self.above:
            root = parent
        return root is element or root.tag in {"ul", "ol", "dl", "figure", "table", "blockquote", "pre"}

    def _reason_before(self, block: Block) -> str:
        """What stands above the first paragraph: the title, lines about the article, a lead picture's caption."""
        if block.kind == "heading" and (block.level == 1 or self._is_held(block.where)):
            return ""
        if self._is_about(block):
            return "about"
        near = self._is_near(block.where)
        solid = block.kind == "caption" or (self._stands_beside(block.where) and len(_words(block.text)) > 7)
        if near and block.linked < 0.5 and (solid or _is_prose(block)):
            return ""
        return "outside of the main text"

    def _is_about(self, block: Block) -> bool:
        """Whether a block is a byline or a date line."""
        text = block.text
        if len(text) > 200:
            return False
        timed = block.where.tag in {"time", "address"} or block.where.find(".//time") is not None
        if timed or _is_named(block.where, _META) or (_BY.match(text) and len(text) < 120):
            return True
        return (
            block.kind == "paragraph"
            and len(_words(text)) < 12
            and any(True for _ in days_in(text))
            and not text.endswith(".")
        )

    def _is_held(self, element: html.HtmlElement) -> bool:
        return self.holder is not None and any(parent is self.holder for parent in element.iterancestors())

    def _is_near(self, element: html.HtmlElement) -> bool:
        """Whether an element stands in the same article, or beside what holds the text."""
        if self.holder is None or self._is_held(element):
            return True
        outer = next(self.holder.iterancestors("article", "main"), self.holder.getparent())
        return outer is not None and any(parent is outer for parent in element.iterancestors())


def _is_solid(block: Block, holder: html.HtmlElement | None) -> bool:
    inside = holder is None or any(one is holder for one in (block.where, *block.where.iterancestors()))
    return inside and len(_words(block.text)) > 5


def _is_prose(block: Block) -> bool:
    """Whether a block in a box of its own reads as a part of the article: sentences, or what can't stand elsewhere."""
    if block.kind in {"table", "quotation", "code", "caption"}:
        return True
    words = len(_words(block.text))
    return block.linked < 0.5 and words > 7 and block.text.rstrip('"”’»)]')[-1:] in set(".!?…:;。？！")


def _is_named(element: html.HtmlElement, pattern: re.Pattern[str]) -> bool:
    """Whether an element or one of the two round it has a class, id or property of some kind."""
    for one in (element, *list(element.iterancestors())[:2]):
        if pattern.search(f"{one.get('class') or ''} {one.get('id') or ''} {one.get('itemprop') or ''}"):
            return True
    return False


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _key(text: str) -> str:
    return " ".join(_words(text))


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[at : at + _SIZE]) for at in range(len(words) - _SIZE + 1)}


def _is_in(block: Block, shingles: set[tuple[str, ...]], lines: set[str]) -> bool:
    """Whether a block is in the main text: half of its shingles are, or all of a short one is a line there."""
    words = _words(block.text)
    if len(words) < _SIZE + 2:
        return bool(words) and " ".join(words) in lines
    own = [tuple(words[at : at + _SIZE]) for at in range(len(words) - _SIZE + 1)]
    return sum(shingle in shingles for shingle in own) * 2 >= len(own)


def _holder(blocks: list[Block]) -> html.HtmlElement | None:
    """The innermost element that holds four fifths of the words of the blocks."""
    counts: Counter[html.HtmlElement] = Counter()
    depths: dict[html.HtmlElement, int] = {}
    total = 0
    for block in blocks:
        size = len(_words(block.text))
        total += size
        above = [block.where, *block.where.iterancestors()]
        for depth, element in enumerate(reversed(above)):
            counts[element] += size
            depths[element] = depth
    most = [element for element, count in counts.items() if count >= 0.8 * total]
    return max(most, key=lambda element: depths[element], default=None)
