"""From the blocks of a page to its claims: which sentence asserts something, and what it rests on.

The law is docs/manual/specification.md; this module follows it paragraph by paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from .citations import citation_keys
from .inline import STAND_IN, TEXTUAL, is_citing
from .model import Block, Citation, Claim, ClaimName, Fault, Mark, Page, Place, Use
from .myst import Text
from .sentences import sentence_spans
from .spelling import AT, BRACES, MISSPELT

NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
_NOT_CLAIMS = frozenset(("heading", "term"))
_QUESTION = re.compile(r"[?？؟\u037e][!！]*[\s\"'“”‘’«»‹›)\]」』）]*\Z")
_LEAD_IN = re.compile(r"[:：]\s*\Z")
_LETTER = re.compile(r"\w")


def read_page(path: str, text: Text, checked: bool, cite_roles: frozenset[str] = frozenset()) -> Page:
    """Make a page of what was read. On a page that is not checked, no sentence is a claim."""
    citations: list[Citation] = []
    astray: list[Citation] = []
    names: list[ClaimName] = []
    malformed: list[Fault] = []
    uses = list(text.uses)
    marks: list[dict[int, tuple[list[Citation], list[ClaimName]]]] = []
    for block in text.blocks:
        of_block: dict[int, tuple[list[Citation], list[ClaimName]]] = {}
        for index, mark in enumerate(block.marks):
            of_block[index] = _read_mark(path, block, mark, cite_roles, malformed, uses)
            citations += of_block[index][0]
            astray += of_block[index][0] if block.kind in _NOT_CLAIMS else []
            names += of_block[index][1]
        marks.append(of_block)
    article = text.front_matter.get("article")
    lang = str(text.front_matter.get("lang", "en"))
    return Page(
        path=path,
        checked=checked,
        article=str(article) if article else "",
        claims=tuple(_claims(path, text.blocks, marks, lang)) if checked else (),
        notes=tuple(_notes(path, text.blocks, lang)) if checked else (),
        citations=tuple(citations),
        astray=tuple(astray),
        names=tuple(names),
        waivers=text.waivers,
        unread=text.unread,
        malformed=tuple(malformed),
        uses=tuple(uses),
        title=_title(text),
    )


def _title(text: Text) -> str:
    given = text.front_matter.get("title")
    heading = next(
        (_shown(block, 0, len(block.text)) for block in text.blocks if block.kind == "heading"), ""
    )
    return str(given) if given else heading


def _read_mark(
    path: str,
    block: Block,
    mark: Mark,
    cite_roles: frozenset[str],
    malformed: list[Fault],
    uses: list[Use],
) -> tuple[list[Citation], list[ClaimName]]:
    """The citations or the claim name in one role; one that is malformed goes to `malformed`, others to `uses`."""
    line, column = block.source_position(mark.start)
    place = Place(path, line, column, *block.source_position(mark.end))
    if mark.role == "claim":
        if NAME.match(mark.content):
            return [], [ClaimName(mark.content, place)]
        cure = "a claim name is a small letter, then small letters, digits and hyphens: us-175k-forecast"
        malformed.append(Fault(place, f"{mark.content!r} is no claim name", cure))
        return [], []
    if not is_citing(mark.role, cite_roles):
        # What seems to be meant for a citation is told once, as misspelt, and not as missing too.
        kinds = {MISSPELT: "spelling", AT: "handle", BRACES: "substitution"}
        uses.append(Use(kinds.get(mark.role, "role"), mark.role, mark.content, place))
        return ([Citation("", mark.role, place)] if mark.role == MISSPELT else []), []
    keys = citation_keys(mark.content)
    if keys is None:
        cure = f"write {{{mark.role}}}`key` or {{{mark.role}}}`key1,key2`, a page as `key{{p. 4}}`"
        malformed.append(Fault(place, f"{mark.content!r} can't be read as citation keys", cure))
        return [Citation("", mark.role, place)], []
    return [Citation(key, mark.role, place) for key, _offset in keys], []


Marks = dict[int, tuple[list[Citation], list[ClaimName]]]


def _claims(path: str, blocks: tuple[Block, ...], marks: list[Marks], lang: str) -> Iterator[Claim]:
    by_block: list[list[Claim]] = []
    for group, run in groupby(enumerate(blocks), key=lambda item: item[1].group):
        numbers = [number for number, _block in run]
        if group:
            by_block += _quotation(path, [(blocks[n], marks[n]) for n in numbers])
        else:
            by_block += [_block_claims(path, blocks[n], marks[n], lang) for n in numbers]
    for number, block in enumerate(blocks):
        found = by_block[number]
        if block.items != (0, 0) and found and _LEAD_IN.search(block.text):
            items = [claim for claims in by_block[slice(*block.items)] for claim in claims]
            found = [*found[:-1], replace(found[-1], carried=tuple(items))]
        yield from found


def _notes(path: str, blocks: tuple[Block, ...], lang: str) -> Iterator[Claim]:
    for block in blocks:
        if block.exempt:
            for start, end in sentence_spans(block.text, lang):
                place = _place(path, block.position(start), block.position(end - 1))
                yield Claim(_shown(block, start, end), place)


def _quotation(path: str, parts: list[tuple[Block, Marks]]) -> list[list[Claim]]:
    """A block quotation is one claim, which begins where its first block begins."""
    out: list[list[Claim]] = [[] for _ in parts]
    text = " ".join(block.text for block, _ in parts).strip()
    if parts[0][0].exempt or not _LETTER.search(text):
        return out
    first, last = parts[0][0], parts[-1][0]
    place = _place(path, first.position(0), last.position(max(0, len(last.text.rstrip()) - 1)))
    every = [pair for _, marks in parts for pair in marks.values()]
    citations = tuple(c for pair in every for c in pair[0])
    names = tuple(n for pair in every for n in pair[1])
    whole = " ".join(_shown(block, 0, len(block.text)) for block, _ in parts).strip()
    out[0] = [Claim(whole, place, citations, names)]
    return out


def _block_claims(path: str, block: Block, marks: Marks, lang: str) -> list[Claim]:
    if block.exempt or block.kind in _NOT_CLAIMS or not _LETTER.search(block.text):
        return []
    spans = sentence_spans(block.text, lang)
    spans = [span for span in spans if not _is_stand_in(block, span)] or spans
    owned = _owners(block, spans)
    out = []
    for number, (start, end) in enumerate(spans):
        sentence = block.text[start:end]
        if _QUESTION.search(sentence) or not _LETTER.search(sentence):
            continue
        mine = [marks[index] for index, owner in owned.items() if owner == number]
        place = _place(path, block.position(start), block.position(end - 1))
        citations = tuple(c for pair in mine for c in pair[0])
        names = tuple(n for pair in mine for n in pair[1])
        out.append(Claim(_shown(block, start, end), place, citations, names))
    return out


def _is_stand_in(block: Block, span: tuple[int, int]) -> bool:
    """Whether a "sentence" is nothing but a textual citation that stands behind a full stop."""
    return any(
        mark.role in TEXTUAL and mark.at == span[0] and span[1] - span[0] <= len("Author.")
        for mark in block.marks
    )


def _owners(block: Block, spans: list[tuple[int, int]]) -> dict[int, int]:
    """For each mark of a block, the sentence that it belongs to: the last one that begins before it.

    A mark that shows no text and stands between two sentences so belongs to the one before; one that stands for
    words has its place in the text.
    """
    out = {}
    for index, mark in enumerate(block.marks):
        reach = mark.at + 1 if mark.role in TEXTUAL else mark.at
        owner = sum(1 for start, _ in spans if start < reach) - 1
        out[index] = max(0, owner)
    return out


def _shown(block: Block, start: int, end: int) -> str:
    """A sentence on one line, without the gap that a citation before its full stop leaves.

    A citation that stands for words shows its keys.
    """
    text = block.text[start:end]
    for mark in reversed(block.marks):
        if mark.role in TEXTUAL and start <= mark.at < end:
            keys = ", ".join(key for key, _offset in citation_keys(mark.content) or ())
            text = f"{text[: mark.at - start]}[{keys}]{text[mark.at - start + len(STAND_IN) :]}"
    text = re.sub(
        r"(?<=\w\.)\s+\.(?!\s*\.)", "", " ".join(text.split())
    )  # "Inc. {cite}`a`." has two full stops
    return re.sub(r"\s+(?=[.,;:!?…])", "", text)


def _place(path: str, first: tuple[int, int], last: tuple[int, int]) -> Place:
    """From the line and column of the first character to behind those of the last."""
    return Place(path, *first, last[0], last[1] + 1)
