"""An HTML page to an article. This runs in a child process: see `bounded`."""

from __future__ import annotations

import re
from collections import Counter

from lxml import html

from ..article import Article, Dropped, Note, Part, Run
from ._html_about import About, about, main_heading
from ._html_blocks import Walker
from ._html_kind import hold_article
from ._html_links import Links
from ._html_main import Chosen, choose, main_text
from ._html_notes import Noted, free_name, linked_notes
from ._html_plain_notes import HEADING, marked, note_of, reference_of, split_list
from ._html_runs import Block, trimmed
from ._html_tree import drop_unseen, lines_of, parse, words_by_another_reader

_LOST = 0.02
_WORD = re.compile(r"\w+")


def prepare() -> None:
    """Load what takes long before the clock starts."""
    import trafilatura  # noqa: F401


def read_page(source: str, text: str, address: str) -> Article:
    """Read a page. Raises UsageError for one that is no article, or that no article is as deep or as rich as."""
    tree = parse(text)
    unsure = _lost_by_parser(text, tree)
    links = Links(tree, address)
    said = " ".join(
        tree.itertext("title", "body", "p", "h1", "h2", "div", "span", "a", "button", "label", "noscript")
    )
    told = _Told(tree)
    dropped = list(drop_unseen(tree))
    noted = linked_notes(tree, links)
    walker = Walker(links, noted.marks, set(noted.notes.values()))
    blocks = walker.walk(_body(tree))
    notes = [_note(name, element, noted, links) for name, element in noted.notes.items()]
    chosen = choose(blocks, main_text(text, address or links.page), tree)
    hold_article(source, sum(len(_WORD.findall(block.text)) for block in chosen.kept), said)
    return _article(source, told, chosen, notes, _Rest(dropped, unsure + chosen.unsure, walker.told, links))


class _Told:
    """The untouched tree's word about the page, kept until the visible lines are known."""

    def __init__(self, tree: html.HtmlElement) -> None:
        from copy import deepcopy

        self.tree = deepcopy(tree)


class _Rest:
    """What was gathered besides the text."""

    def __init__(self, dropped: list[Dropped], unsure: list[str], mended: list[str], links: Links) -> None:
        self.dropped, self.unsure, self.mended, self.links = dropped, unsure, mended, links


def _body(tree: html.HtmlElement) -> html.HtmlElement:
    body = tree.find(".//body")
    return tree if body is None else body


def _lost_by_parser(text: str, tree: html.HtmlElement) -> list[str]:
    """Words that another reader of HTML finds and our parser does not."""
    if len(text) > 5_000_000:
        return ["the page is too large to compare two readers of it"]
    other = Counter(words_by_another_reader(text))
    ours = Counter(word for part in _body(tree).itertext() for word in part.split())
    head = tree.find(".//head")
    if head is not None:
        ours.update(word for part in head.itertext() for word in part.split())
    lost = other - ours
    number = sum(lost.values())
    if number <= max(3, _LOST * sum(other.values())):
        return []
    sample = " ".join(list(lost)[:40])
    return [f"{number} words of the page were lost in parsing it: {sample}"]


def _note(name: str, element: html.HtmlElement, noted: Noted, links: Links) -> Note:
    """The text of a note, without the links back and its own number."""
    walker = Walker(links, noted.marks, noted.back | {n for n in noted.notes.values() if n is not element})
    runs: list[Run] = []
    for block in walker.walk(element):
        runs += [Run("\n", "break"), *block.runs] if runs else block.runs
    runs = trimmed(runs)
    label = (
        re.match(rf"\s*[\[(]?{re.escape(name.partition('-')[0])}[\])]?[.:)]?\s+(?=\S)", runs[0].text + " x")
        if runs
        else None
    )
    if label and runs[0].kind in {"text", "sup", "strong"}:
        runs = trimmed([Run(runs[0].text[label.end() :], runs[0].kind, runs[0].target), *runs[1:]])
    if runs and runs[0].kind == "text" and re.match(r"[.:)\]]\s", runs[0].text):
        runs = trimmed([Run(runs[0].text[1:], "text"), *runs[1:]])
    while runs and runs[-1].kind == "text" and re.fullmatch(r"[\s\[\]()|]*", runs[-1].text):
        runs.pop()
    return Note(name, tuple(runs), *lines_of(element))


def _article(source: str, told: _Told, chosen: Chosen, notes: list[Note], rest: _Rest) -> Article:
    """Put the article together: title, parts, notes, references, and what became of the rest."""
    heading = _main_heading(told.tree, chosen.kept)
    lines = [block.text for block in chosen.about]
    facts = about(told.tree, rest.links.page, lines, heading.text if heading else "")
    kept = [block for block in chosen.kept if block is not heading]
    text, labelled, listed, list_heading = split_list(kept)
    linked = {note.mark for note in notes}
    names = {name: free_name(name, linked) for name, _block in labelled}
    if labelled:
        notes = [*notes, *(note_of(names[name], block) for name, block in labelled)]
    for block in text:
        block.runs = trimmed(marked(block.runs, names), block.kind == "code") if names else block.runs
        block.rows = tuple(tuple(tuple(marked(list(cell), names)) for cell in row) for row in block.rows)
    references = tuple(reference_of(name, block) for name, block in listed)
    dropped = [*rest.dropped, *(_dropped(reason, block) for reason, block in chosen.left if block.text)]
    if list_heading is not None:
        dropped.append(_dropped("heading of the notes or references", list_heading))
    text, more = _without_note_headings(text)
    twice = [
        block
        for block in text
        if block.kind in {"paragraph", "heading"} and _folded(block.text) == _folded(facts.title)
    ]
    text = [block for block in text if not any(block is one for one in twice)]
    dropped += [_dropped("title printed twice", block) for block in twice]
    used = {
        line
        for block in ([heading] if heading else []) + chosen.about
        for line in range(block.first, block.last + 1)
    }
    return Article(
        source=source,
        title=facts.title,
        subtitle=" ".join(block.text for block in chosen.decks),
        authors=facts.authors,
        date=facts.date,
        outlet=facts.outlet,
        volume=facts.volume,
        issue=facts.issue,
        issn=facts.issn,
        pages=facts.pages,
        doi=facts.doi,
        url=facts.url,
        language=facts.language,
        parts=tuple(_part(block) for block in text),
        notes=tuple(notes),
        references=references,
        dropped=tuple(sorted((*dropped, *more), key=lambda one: (one.first, one.last))),
        metadata_lines=tuple(sorted(used)),
        unsure=(*rest.unsure, *_unsure(chosen, text, notes, facts)),
        remarks=(*dict.fromkeys(rest.mended), *rest.links.remarks()),
    )


def _folded(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _main_heading(tree: html.HtmlElement, blocks: list[Block]) -> Block | None:
    """The page's title among its blocks: an h1 that its tags name, else its first h1 or a leading h2."""
    first = [block for block in blocks if block.kind == "heading" and block.level == 1]
    if first:
        text = main_heading(tree, [block.text for block in first])
        return next(block for block in first if block.text == text)
    return blocks[0] if blocks and blocks[0].kind == "heading" and blocks[0].level == 2 else None


def _part(block: Block) -> Part:
    return Part(
        block.kind,
        tuple(block.runs),
        block.level,
        block.ordered,
        block.rows,
        block.first,
        max(block.first, block.last),
    )


def _dropped(reason: str, block: Block) -> Dropped:
    return Dropped(reason, block.text, block.first, max(block.first, block.last))


def _without_note_headings(blocks: list[Block]) -> tuple[list[Block], list[Dropped]]:
    """A last heading `Notes` whose notes were linked from the text heads nothing any more."""
    dropped = []
    while blocks and (
        blocks[-1].kind == "rule" or (blocks[-1].kind == "heading" and HEADING.fullmatch(blocks[-1].text))
    ):
        block = blocks.pop()
        if block.kind == "heading":
            dropped.append(_dropped("heading of the notes or references", block))
    return blocks, dropped


def _unsure(chosen: Chosen, text: list[Block], notes: list[Note], facts: About) -> list[str]:
    """What a person must decide: text that may be lost, notes that nothing cites, facts that are not told."""
    said = list(facts.unsure)
    size = sum(len(_WORD.findall(block.text)) for block in text) or 1
    lost = [
        block for reason, block in chosen.left if reason == "outside of the main text" and block.linked < 0.5
    ]
    words = sum(len(_WORD.findall(block.text)) for block in lost)
    if words > _LOST * size:
        said.append(f"{words} words stand outside of the main text and were left out; see what was dropped")
    used = {
        run.text
        for block in text
        for run in (*block.runs, *(r for row in block.rows for c in row for r in c))
        if run.kind == "note"
    }
    used |= {run.text for note in notes for run in note.runs if run.kind == "note"}
    return [*said, *(f"note {note.mark} has no mark in the text" for note in notes if note.mark not in used)]
