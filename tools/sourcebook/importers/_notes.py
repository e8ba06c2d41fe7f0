"""Footnotes, endnotes and reference lists of a dump, and the marks in the text that lead to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..article import Reference, Run
from ._blocks import Words, is_wrapped
from ._sheet import KEPT, Line, Sheet

_HEADING = re.compile(
    r"(?:\d+\.?\s+)?(?P<notes>(?:foot|end)?notes?(?: and references)?|anmerkungen|fußnoten|notas|note|примечания)|"
    r"(?P<references>references?(?: and notes)?(?: list)?|bibliography|works cited|literature(?: cited)?|sources?|"
    r"(?:selected )?bibliography|further reading|literatur(?:verzeichnis)?|quellen|références|bibliographie|"
    r"referencias|"
    r"bibliografía|riferimenti|bibliografia|литература|источники|список литературы|kaynakça|kaynaklar)",
    re.I,
)
_BRACKETED = re.compile(
    r"\[\s?(?P<label>\^?\d{1,3}|[a-z]|\*{1,3}|[ivxlc]{1,6})\s?\]\s*[:.]?\s*(?P<rest>\S.*)"
)
_RAISED = re.compile(r"(?P<label>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*(?P<rest>\S.*)")
_PLAIN = re.compile(r"\^?\(?(?P<label>\d{1,3})(?:[.)]\s*|\s+)(?P<rest>\S.*)")
_STARRED = re.compile(r"(?P<label>\*{1,3}|[†‡§]{1,2})\s*(?P<rest>\S.*)")
_SHAPES = {"bracketed": _BRACKETED, "raised": _RAISED, "plain": _PLAIN, "starred": _STARRED}
_FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK_LIST = re.compile(r"\[\s?(?P<list>\^?[\w*]{1,6}(?:\s?[,;–-]\s?\^?[\w*]{1,6}){0,20})\s?\]")
_RAISED_MARK = re.compile(r"(?<=\S)[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,⁻–-][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
_PLAIN_MARK = re.compile(
    r"(?<=[^\W\d_.,;:!?”’\"»)]|[.,;:!?”’\"»)])(?<!\d)(?<!\d[.,])(?P<label>\d{1,3})(?=[\s.,;:)\]]|\Z)"
)
_STAR_MARK = re.compile(r"(?<=[^\s*†‡§])(?:\*{1,3}|[†‡§]{1,2})(?!\w)")


@dataclass(slots=True)
class Notes:
    """The notes by their labels, and the items of reference lists. shape: how the notes are labelled."""

    texts: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    shape: str = ""
    unsure: list[str] = field(default_factory=list)

    @property
    def labels(self) -> set[str]:
        """All that a mark may name."""
        return set(self.texts) | {ref.label for ref in self.references if ref.label}


def take_notes(sheet: Sheet, words: Words) -> Notes:
    """Take notes and reference lists off the sheet."""
    notes = Notes()
    wrapped = is_wrapped(sheet.open())
    lines = sheet.open()
    for number, line in enumerate(lines):
        if line.fate:
            continue
        match = _HEADING.fullmatch(line.text.strip(" :#"))
        if match and number > 1:
            _take_section(notes, sheet, lines, number, bool(match["references"]), wrapped, words)
    if not notes.texts:
        _take_loose(notes, sheet, wrapped, words)
    return notes


def _take_section(
    notes: Notes, sheet: Sheet, lines: list[Line], number: int, is_list: bool, wrapped: bool, words: Words
) -> None:
    """What stands below a heading such as Notes or References, as long as it goes on like that."""
    below = [line for line in lines[number + 1 :] if not line.fate]
    shape = next(
        (name for name, pattern in _SHAPES.items() if below and pattern.fullmatch(below[0].text)), ""
    )
    if shape:
        found = _labelled(below, 0, _SHAPES[shape], wrapped, words)
    elif is_list and below and number > len(lines) // 3:  # without numbers, only in the last two thirds
        found = _unlabelled(below, wrapped, words)
    else:
        return
    if not found:
        return
    sheet.drop("heading of notes, which stand at their marks", lines[number])
    for label, text, used in found:
        for line in used:
            line.fate = KEPT
        if is_list:
            notes.references.append(Reference(text, label, used[0].number, used[-1].number))
        elif label in notes.texts:
            notes.unsure.append(f"line {used[0].number}: there are two notes {label}")
            notes.references.append(Reference(text, "", used[0].number, used[-1].number))
        else:
            notes.texts[label] = (text, used[0].number, used[-1].number)
    notes.shape = notes.shape or shape


Found = list[tuple[str, str, list[Line]]]


def _labelled(lines: list[Line], start: int, pattern: re.Pattern[str], wrapped: bool, words: Words) -> Found:
    """Notes whose labels count upwards; they end where a line goes on with neither a label nor a note."""
    found: Found = []
    seen: list[str] = []
    for number in range(start, len(lines)):
        line = lines[number]
        match = pattern.fullmatch(line.text)
        label = match["label"].translate(_FIGURES).strip("^ ") if match else ""
        if match and _follows(label, seen):
            found.append((label, match["rest"], [line]))
            seen = [label] if label.isdigit() else seen
        elif (
            found
            and line.number == found[-1][2][-1].number + 1
            and (wrapped or line.indent > found[-1][2][0].indent)
        ):
            found[-1] = (found[-1][0], words.join(found[-1][1], line.text), [*found[-1][2], line])
        else:
            break
    return found


def _follows(label: str, before: list[str]) -> bool:
    """Whether a label may come next; before: the last number, if there was one."""
    if not label.isdigit():
        return True
    last = int(before[0]) if before else None
    return int(label) <= 1000 and (last is None or 0 < int(label) - last <= 3)


def _unlabelled(lines: list[Line], wrapped: bool, words: Words) -> Found:
    """The works of a list: a line each; in a wrapped dump a run of lines, or lines up to the next one further out."""
    found: Found = []
    indented = wrapped and any(line.indent for line in lines)
    for line in lines:
        close = bool(found) and line.number == found[-1][2][-1].number + 1
        if close and wrapped and (line.indent > found[-1][2][0].indent if indented else True):
            found[-1] = ("", words.join(found[-1][1], line.text), [*found[-1][2], line])
        elif _is_work(line.text):
            found.append(("", line.text, [line]))
        else:
            break
    return found


def _is_work(text: str) -> bool:
    """Whether a line may be the reference to a work: it has a year or an address, or says that it has no date."""
    return bool(
        re.search(r"\b(?:1[4-9]|20)\d\d[a-z]?\b|https?://|\bdoi\b|\bn\.\s?d\.|\bo\.\s?J\.", text, re.I)
    )


def _take_loose(notes: Notes, sheet: Sheet, wrapped: bool, words: Words) -> None:
    """Notes without a heading: lines that begin with labels which marks in the text above name."""
    for shape in ("bracketed", "raised", "starred"):
        lines = sheet.open()
        marked = _first_marks(lines, shape)
        start = 0
        while start < len(lines):
            if not _SHAPES[shape].fullmatch(lines[start].text):
                start += 1
                continue
            found = _labelled(lines, start, _SHAPES[shape], wrapped, words)
            named = [label for label, _text, _used in found if marked.get(label, start) < start]
            if named and (len(named) == len(found) or len(found) > 1):
                _take_found(notes, found)
            start += max(1, sum(len(used) for _label, _text, used in found))
        if notes.texts:
            notes.shape = shape
            return


def _take_found(notes: Notes, found: Found) -> None:
    for label, text, used in found:
        if label not in notes.texts:
            notes.texts[label] = (text, used[0].number, used[-1].number)
            for line in used:
                line.fate = KEPT


def _first_marks(lines: list[Line], shape: str) -> dict[str, int]:
    """On which of the lines each label is first named by a mark."""
    first: dict[str, int] = {}
    for number, line in enumerate(lines):
        text = line.text
        if shape == "bracketed":
            found = [label for match in _MARK_LIST.finditer(text, 1) for label in _expand(match["list"])]
        elif shape == "raised":
            found = [
                label for m in _RAISED_MARK.finditer(text) for label in _expand(m[0].translate(_FIGURES))
            ]
        else:
            found = [match[0] for match in _STAR_MARK.finditer(text)]
        for label in found:
            first.setdefault(label, number)
    return first


def _expand(text: str) -> list[str]:
    """The labels that a mark names: 1, 2 and 5 to 7 of `1,2,5-7`."""
    out: list[str] = []
    for part in re.split(r"\s?[,;]\s?", text.replace("^", "").replace("⁻", "-")):
        ends = re.split(r"\s?[–-]\s?", part)
        if len(ends) == 2 and all(end.isdigit() for end in ends) and 0 < int(ends[1]) - int(ends[0]) < 30:
            out += map(str, range(int(ends[0]), int(ends[1]) + 1))
        else:
            out.append(part)
    return out


def marks_in(text: str, notes: Notes, plain: bool) -> list[tuple[int, int, list[str]]]:
    """The marks in a text that name notes: start, end and the labels. plain: figures set close behind a word count."""
    found: list[tuple[int, int, list[str]]] = []
    labels = notes.labels
    if not labels:
        return found
    for match in _MARK_LIST.finditer(text):
        names = _expand(match["list"])
        if all(name in labels for name in names):
            found.append((match.start(), match.end(), names))
    if notes.shape in {"raised", "plain"}:
        for match in _RAISED_MARK.finditer(text):
            names = _expand(match[0].translate(_FIGURES))
            if all(name in labels for name in names):
                found.append((match.start(), match.end(), names))
    if notes.shape == "starred":
        found += [(m.start(), m.end(), [m[0]]) for m in _STAR_MARK.finditer(text) if m[0] in labels]
    if plain:
        found += [
            (m.start(), m.end(), [m["label"]]) for m in _PLAIN_MARK.finditer(text) if m["label"] in labels
        ]
    return sorted(found)


def has_plain_marks(texts: list[str], notes: Notes) -> bool:
    """Whether figures close behind words are the marks: they count from the first note to the last, in their order."""
    labelled = [ref.label for ref in notes.references if ref.label.isdigit()]
    wanted = [label for label in notes.texts if label.isdigit()] or labelled
    if notes.shape not in {"plain", "raised"} or not wanted or any(marks_in(t, notes, False) for t in texts):
        return False
    found = [m["label"] for text in texts for m in _PLAIN_MARK.finditer(text) if m["label"] in set(wanted)]
    return found == wanted


def runs_of(text: str, marks: list[tuple[int, int, list[str]]]) -> tuple[Run, ...]:
    """A text as runs: its addresses are links, its marks notes."""
    runs: list[Run] = []
    position = 0
    for start, end, labels in marks:
        if start < position:
            continue
        runs += _links(text[position:start])
        runs += [Run(label, "note") for label in labels]
        position = end
    runs += _links(text[position:])
    return tuple(run for run in runs if run.text)


_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?'’\])}]")


def _links(text: str) -> list[Run]:
    runs, position = [], 0
    for match in _ADDRESS.finditer(text):
        runs += [Run(text[position : match.start()]), Run(match[0], "link", match[0])]
        position = match.end()
    return [*runs, Run(text[position:])]
