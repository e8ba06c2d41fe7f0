"""The open lines of a dump as blocks: paragraphs, headings, items, quotations, captions and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from ._sheet import KEPT, Line, Sheet

_BULLET = re.compile(r"(?P<mark>[•‣▪▫◦●○∙·⁃➢✓])\s*(?P<rest>\S.*)")
_DASH = re.compile(r"(?P<mark>[-–—*+o])\s+(?P<rest>\S.*)")
_NUMBER = re.compile(r"(?P<mark>\d{1,3})[.)]\s+(?P<rest>\S.*)")
_CAPTION = re.compile(
    r"(?:(?:illustration|photo(?:graph)?s?|image|picture|foto|credits?|graphic|source)\b[^:.]{0,30}:\s*\S"
    r"|(?:figure|fig\.|table|tab\.|box|abbildung|abb\.)\s*\d+[.:]?\s).*",
    re.I,
)
_CREDITED = re.compile(
    r".*\((?:photo|image|credits?|picture|source|foto)\b[^()]*(?:\([^()]*\))?[^()]*\)\W*", re.I
)
_END = re.compile(r"[.!?…。！？:;,][\"'”’»)\]]*(?:\s?\[\w{1,4}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,2})*\Z")
_OPEN_QUOTE = re.compile(r"[\"“„«]")
_CLOSED = re.compile(r"[\"”“»][.,]?(?:\s?\[\w{1,4}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*\s*\Z")
_PIPES = re.compile(r"\|?.*[^\\]\|.*")
_PIPE_RULE = re.compile(r"\|?[\s:|-]*-{2,}[\s:|-]*\|?")
_DIVIDED = re.compile(r"(?P<word>[^\W\d_]+)-\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")
_MOST_DEEP = 4
LONGEST_HEADING = 110


@dataclass(slots=True)
class Draft:
    """A block before its marks and links are read. cells: rows of a table, each a list of texts."""

    kind: str
    text: str
    first: int
    last: int
    level: int = 0
    ordered: bool = False
    cells: list[list[str]] = field(default_factory=list)


def is_wrapped(lines: list[Line]) -> bool:
    """Whether the dump breaks its lines at a width, so that a paragraph runs over several of them."""
    long = [len(line.text) + line.indent for line in lines]
    if len(long) < 4 or max(long) > 110:
        return False
    width = max(long)
    pairs = [(a, b) for a, b in pairwise(lines) if b.number == a.number + 1]
    full = [a for a, b in pairs if len(a.text) + a.indent + len(b.text.split()[0]) >= width - 6]
    return width >= 40 and len(full) >= 3 and len(full) * 2 >= len(pairs)


@dataclass(slots=True)
class Words:
    """The words of a dump, by which it is told whether a hyphen at a line's end is the typesetter's."""

    known: frozenset[str]
    remarks: list[str]

    def join(self, above: str, below: str) -> str:
        """Two lines of one paragraph. A hyphen at the break goes only if the dump has the whole word elsewhere."""
        match = _DIVIDED.search(above)
        if not match or not below[:1].islower():
            return f"{above} {below}"
        second = _FIRST_WORD.match(below)
        rest = second[0] if second else ""
        self.remarks.append(f"a word was divided at a line's end: {match['word']}-{rest}")
        return (above[:-1] if f"{match['word']}{rest}".casefold() in self.known else above) + below


def words_of(lines: list[Line]) -> frozenset[str]:
    """The words of some lines, in small letters; one that is divided at a line's end is none."""
    return frozenset(word.casefold() for line in lines for word in _WORDS.findall(line.text))


def read_blocks(sheet: Sheet, words: Words) -> list[Draft]:
    """All open lines as blocks, in their order; each line is kept."""
    wrapped = is_wrapped(sheet.open())
    drafts: list[Draft] = []
    for group in sheet.groups():
        drafts += _table(group) or _quotation(group) or _group(group, wrapped, words)
        for line in group:
            line.fate = KEPT
    _mark_lists(drafts)
    _mark_headings(drafts)
    _mark_quotations(drafts)
    return drafts


def _group(group: list[Line], wrapped: bool, words: Words) -> list[Draft]:
    """The blocks of lines that no blank line parts."""
    out: list[Draft] = []
    dashes = sum(bool(_DASH.match(line.text)) for line in group) > 1
    indent = 0
    for line in group:
        match = _BULLET.fullmatch(line.text) or (_DASH.fullmatch(line.text) if dashes else None)
        number = None if match else _NUMBER.fullmatch(line.text)
        if match:
            out.append(Draft("item", match["rest"], line.number, line.number, line.indent))
        elif number:
            out.append(Draft("number", line.text, line.number, line.number, line.indent, True))
        elif out and (wrapped or line.indent > indent) and _goes_on(out[-1], wrapped):
            out[-1].text = words.join(out[-1].text, line.text)
            out[-1].last = line.number
            continue
        else:
            kind = (
                "caption" if _CAPTION.fullmatch(line.text) or _CREDITED.fullmatch(line.text) else "paragraph"
            )
            out.append(Draft(kind, line.text, line.number, line.number))
        indent = line.indent
    return out


def _goes_on(draft: Draft, wrapped: bool) -> bool:
    """Whether the next line may belong to a block: to an item further in, and in a wrapped dump to any."""
    if draft.kind in {"item", "number"}:
        return True
    return wrapped and not (draft.kind == "caption" and _CREDITED.fullmatch(draft.text))


def _table(group: list[Line]) -> list[Draft]:
    """Lines with bars, or with tabs or wide gaps at the same number of places, are the rows of a table."""
    if len(group) < 2:
        return []
    if all(_PIPES.fullmatch(line.text) for line in group):
        rows = [
            [cell.strip() for cell in line.text.strip("|").split("|")]
            for line in group
            if not _PIPE_RULE.fullmatch(line.text)
        ]
    else:
        parts = [[c.strip() for c in re.split(r"\t+|\s{3,}", line.raw.strip())] for line in group]
        tabbed = all("\t" in line.raw.strip() for line in group)
        rows = parts if tabbed or len(group) > 2 else []
    width = {len(row) for row in rows}
    if len(rows) < 2 or len(width) != 1 or width.pop() < 2 or max(len(c) for row in rows for c in row) > 200:
        return []
    return [Draft("table", "", group[0].number, group[-1].number, cells=rows)]


def _quotation(group: list[Line]) -> list[Draft]:
    """Lines that each begin with > are a quotation, as in letters."""
    if not all(line.text.startswith(">") for line in group):
        return []
    text = " ".join(line.text.lstrip("> ") for line in group).strip()
    return [Draft("quotation", text, group[0].number, group[-1].number)] if text else []


def _mark_lists(drafts: list[Draft]) -> None:
    """Give items their depth; numbers are a list where they count from 1, and else stay in the text."""
    number = 0
    while number < len(drafts):
        if drafts[number].kind not in {"item", "number"}:
            number += 1
            continue
        end = number
        while end < len(drafts) and drafts[end].kind in {"item", "number"}:
            end += 1
        run = drafts[number:end]
        _number(run)
        indents = sorted({draft.level for draft in run})
        for draft in run:
            draft.level = min(indents.index(draft.level) + 1, _MOST_DEEP) if draft.kind == "item" else 0
        _close_gaps(run)
        number = end


def _number(run: list[Draft]) -> None:
    numbered = [draft for draft in run if draft.kind == "number"]
    counted = [_NUMBER.fullmatch(draft.text) for draft in numbered]
    values = [int(match["mark"]) for match in counted if match]
    is_list = len(values) > 1 and values == list(range(1, len(values) + 1))
    for draft, match in zip(numbered, counted, strict=True):
        if is_list and match and len({d.level for d in numbered}) == 1:
            draft.kind, draft.text = "item", match["rest"]
        else:
            draft.kind, draft.ordered = "paragraph", False


def _close_gaps(run: list[Draft]) -> None:
    """No item is deeper than one below the item before it."""
    depth = 0
    for draft in run:
        if draft.kind == "item":
            draft.level = min(draft.level, depth + 1)
        depth = draft.level


def is_heading(text: str) -> bool:
    """Whether a line by itself may be a heading: short, no sentence, and it begins like one."""
    if len(text) > LONGEST_HEADING or not re.search(r"[^\W\d_]", text) or text[0].islower():
        return False
    if _END.search(text) and not text.endswith(("?", "!")):
        return False
    if not (text[0].isalnum() or text[0] in '"“‘„«¿¡'):
        return False
    return text[0].isalnum() or not _CLOSED.search(text)


def _mark_headings(drafts: list[Draft]) -> None:
    """A short line before a longer block is a heading; one in a row of short lines, or the last one, is not."""
    ends = _ends_of_short_lines(drafts)
    for number, draft in enumerate(drafts[:-1]):
        if draft.kind != "paragraph" or draft.first != draft.last or ends[number] == number:
            continue
        following = drafts[number + 1]
        apart = (
            number == 0 or drafts[number - 1].last + 1 < draft.first or _END.search(drafts[number - 1].text)
        )
        if following.kind == "caption" and following.first == draft.last + 1:
            draft.kind = "caption"
        elif apart and ends[number] - number <= 2 and ends[number] < len(drafts):
            draft.kind, draft.level = "heading", 2


def _ends_of_short_lines(drafts: list[Draft]) -> list[int]:
    """For each block, where the row of lines ends that may be headings; its own number if it may be none."""
    ends = list(range(len(drafts)))
    for number in range(len(drafts) - 1, -1, -1):
        if drafts[number].kind == "paragraph" and is_heading(drafts[number].text):
            last = number + 1
            ends[number] = ends[last] if last < len(drafts) and ends[last] > last else last
    return ends


def _mark_quotations(drafts: list[Draft]) -> None:
    """What stands in quotation marks by itself, below a line that leads in with a colon, is a block quotation."""
    for before, draft in pairwise(drafts):
        if draft.kind == "paragraph" and before.text.endswith(":") and _OPEN_QUOTE.match(draft.text):
            inner = draft.text[1:]
            if _CLOSED.search(draft.text) and not re.search(r"[”»]\s", inner):
                draft.kind = "quotation"
