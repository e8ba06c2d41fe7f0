"""Notes that no link ties to their marks: `[3]` or a raised 3 in the text, and a numbered list at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..article import Note, Reference, Run
from ._html_runs import Block, trimmed

HEADING = re.compile(
    r"(?:(?P<notes>(?:foot|end)?notes?(?: and (?:references|sources))?|anmerkungen|fu(?:ß|ss)noten|"
    r"endnoten|примечания|сноски|"
    r"dipnotlar|notlar|notas(?: al pie)?|notes de bas de page|note)|"
    r"(?P<list>references?(?: cited| list)?|bibliograph(?:y|ie)|works cited|literature(?: cited)?|"
    r"literatur(?:verzeichnis)?|"
    r"quellen(?:verzeichnis)?|sources?(?: cited)?|citations?|further reading|kaynak(?:ça|lar)|литература|источники|"
    r"список литературы|références|referencias|bibliografía|bibliografia|riferimenti|bronnen|kilder))\s*:?",
    re.I,
)
_LABEL = re.compile(
    r"\s*(?:\[(?P<a>\d{1,3})\]|\((?P<b>\d{1,3})\)|(?P<c>\d{1,3})[.):]|(?P<d>\d{1,3})(?=\s+[^\W\d]))\s*"
)
_STRONG_LABEL = re.compile(r"\s*(?:\[(?P<a>\d{1,3})\]|(?P<s>[*†‡§])(?=\s*\w))\s*")
_BRACKETS = re.compile(r"\s?\[(\d{1,3}(?:\s?[,;]\s?\d{1,3}){0,8})\]")
_RAISED = re.compile(r"[\s\[]*(\d{1,3}(?:\s?[,;]\s?\d{1,3}){0,8}|[*†‡§]{1,2})[\s\]]*$")


def split_list(
    blocks: list[Block],
) -> tuple[list[Block], list[tuple[str, Block]], list[tuple[str, Block]], Block | None]:
    """Part the blocks of a page from a list of notes or references at its end.

    Gives the text, the numbered notes, the references and the heading that the list had, if any.
    """
    at = next((n for n in range(len(blocks) - 1, -1, -1) if _is_heading(blocks[n])), -1)
    if at >= 0:
        end = next((n for n in range(at + 1, len(blocks)) if blocks[n].kind == "heading"), len(blocks))
        listed = [block for block in blocks[at + 1 : end] if block.kind not in {"rule"}]
        labelled = _labelled(listed)
        is_notes = bool(HEADING.fullmatch(blocks[at].text) and HEADING.fullmatch(blocks[at].text)["notes"])  # type: ignore[index]
        if (
            labelled
            and all(name for name, _block in labelled)
            and (is_notes or _are_cited(labelled, blocks[:at]))
        ):
            return blocks[:at] + blocks[end:], labelled, [], blocks[at]
        if listed and not is_notes and all(block.kind in {"item", "paragraph"} for block in listed):
            return blocks[:at] + blocks[end:], [], labelled, blocks[at]
    start = len(blocks)
    while start and _STRONG_LABEL.match(_plain(blocks[start - 1])) and blocks[start - 1].kind == "paragraph":
        start -= 1
    labelled = _labelled(blocks[start:])
    if labelled and _are_cited(labelled, blocks[:start]):
        rest = blocks[:start]
        return (rest[:-1] if rest and rest[-1].kind == "rule" else rest), labelled, [], None
    return blocks, [], [], None


def _is_heading(block: Block) -> bool:
    if block.kind == "heading":
        return bool(HEADING.fullmatch(block.text))
    bold = bool(block.runs) and all(run.kind == "strong" for run in block.runs)
    return (
        block.kind == "paragraph"
        and bool(HEADING.fullmatch(block.text))
        and (bold or block.text.endswith(":"))
    )


def _plain(block: Block) -> str:
    return "".join(run.text for run in block.runs)


def _labelled(blocks: list[Block]) -> list[tuple[str, Block]]:
    """Each block with its number: of an ordered list, or what it begins with; what has none goes to the one before."""
    found: list[tuple[str, Block]] = []
    for block in blocks:
        text = _plain(block)
        match = _STRONG_LABEL.match(text) or _LABEL.match(text)
        if block.kind == "item" and block.ordered and not match:
            found.append((str(block.number), block))
        elif match:
            found.append((next(filter(None, match.groups())), _without(block, match.end())))
        elif found and found[-1][0] and block.kind == "paragraph":
            before = found[-1][1]
            before.runs = [*before.runs, Run("\n", "break"), *block.runs]
            before.last = block.last
        else:
            found.append(("", block))
    return found


def _without(block: Block, count: int) -> Block:
    """A block without its first letters, which are its number."""
    runs: list[Run] = []
    for run in block.runs:
        cut = min(count, len(run.text))
        count -= cut
        if run.text[cut:]:
            runs.append(Run(run.text[cut:], run.kind, run.target))
    return Block(
        block.kind, block.where, trimmed(runs), block.level, block.ordered, (), block.first, block.last
    )


def _are_cited(labelled: list[tuple[str, Block]], blocks: list[Block]) -> bool:
    """Whether at least half of the notes have a mark in the text."""
    marks = {mark for block in blocks for run in _all_runs(block) for mark in marks_in(run)}
    return bool(labelled) and sum(name in marks for name, _block in labelled) * 2 >= len(labelled)


def _all_runs(block: Block) -> Iterable[Run]:
    yield from block.runs
    for row in block.rows:
        for cell in row:
            yield from cell


def marks_in(run: Run) -> list[str]:
    """The names of the marks of notes that a run may hold."""
    if run.kind == "sup" and (match := _RAISED.match(run.text)):
        return re.split(r"\s?[,;]\s?", match[1])
    if run.kind in {"text", "emphasis", "strong"}:
        return [mark for match in _BRACKETS.finditer(run.text) for mark in re.split(r"\s?[,;]\s?", match[1])]
    return []


def marked(runs: list[Run], names: dict[str, str]) -> list[Run]:
    """Runs in which each mark that has a note is a run of its own. names: of the notes, by what their marks say."""
    found: list[Run] = []
    for run in runs:
        if run.kind == "sup" and (match := _RAISED.match(run.text)):
            marks = re.split(r"\s?[,;]\s?", match[1])
            if all(mark in names for mark in marks):
                found += [Run(names[mark], "note") for mark in marks]
                continue
        if run.kind not in {"text", "emphasis", "strong"}:
            found.append(run)
            continue
        at = 0
        for match in _BRACKETS.finditer(run.text):
            marks = re.split(r"\s?[,;]\s?", match[1])
            if not all(mark in names for mark in marks):
                continue
            found += [Run(run.text[at : match.start()], run.kind)] if run.text[at : match.start()] else []
            found += [Run(names[mark], "note") for mark in marks]
            at = match.end()
        if run.text[at:]:
            found.append(Run(run.text[at:], run.kind, run.target))
    return found


def note_of(name: str, block: Block) -> Note:
    """A block as a note."""
    return Note(name, tuple(block.runs), block.first, block.last)


def reference_of(name: str, block: Block) -> Reference:
    """A block as an item of a reference list; its links are written out, where the text does not have them."""
    text = ""
    for run in block.runs:
        text += " " if run.kind == "break" else run.text
        if (
            run.kind == "link"
            and run.target not in text
            and run.text.strip().lower() not in run.target.lower()
        ):
            text += f" {run.target}"
    return Reference(" ".join(text.split()), name, block.first, block.last)
