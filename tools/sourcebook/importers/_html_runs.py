"""Blocks of a page and the runs of text in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import html

from ..article import Run


@dataclass
class Block:
    """A block of the page. where: the element that holds it; note: the element of the note that it belongs to."""

    kind: str
    where: html.HtmlElement
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    ordered: bool = False
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    first: int = 0
    last: int = 0
    number: int = 0
    anchored: int = 0

    @property
    def text(self) -> str:
        """Its words, those of the cells of a table with a blank between."""
        if self.rows:
            return " ".join("".join(run.text for run in cell) for row in self.rows for cell in row).strip()
        return "".join(
            run.text if run.kind != "break" else " " for run in self.runs if run.kind != "note"
        ).strip()

    @property
    def linked(self) -> float:
        """The share of its text that stands in links, also in those that lead nowhere."""
        return min(1.0, self.anchored / len(self.text)) if self.text else 0.0


def trimmed(runs: list[Run], keep: bool = False) -> list[Run]:
    """Runs without blanks at the ends of lines and doubled between runs; in code all blanks are kept."""
    if keep:
        text = "".join(run.text for run in runs)
        return [Run(text.strip("\n"), "text")] if text.strip() else []
    found: list[Run] = []
    for run in runs:
        text = run.text
        if run.kind not in {"break", "note"}:
            at_start = (
                not found
                or found[-1].kind == "break"
                or (found[-1].kind != "note" and found[-1].text.endswith(" "))
            )
            text = text.lstrip(" ") if at_start else text
            if not text:
                continue
        if run.kind == "break":
            _strip_last(found)
            if not found:
                continue
        found.append(Run(text, run.kind, run.target))
    _strip_last(found)
    while found and found[-1].kind == "break":
        found.pop()
        _strip_last(found)
    return _blanks_out(found)


def _blanks_out(runs: list[Run]) -> list[Run]:
    """Runs whose blanks at the ends stand in plain text: emphasis and links begin and end with a letter."""
    found: list[Run] = []
    for run in runs:
        bare = run.text.strip(" ")
        if run.kind in {"text", "note", "break"} or bare == run.text:
            parts = [run]
        elif not bare:
            parts = [Run(run.text)]
        else:
            left, _, right = run.text.partition(bare)
            parts = [Run(left), Run(bare, run.kind, run.target), Run(right)]
        for part in parts:
            if part.kind == "text" and found and found[-1].kind == "text":
                found[-1] = Run(found[-1].text + part.text)
            elif part.text:
                found.append(part)
    return found


def _strip_last(runs: list[Run]) -> None:
    while runs and runs[-1].kind not in {"break", "note"}:
        text = runs[-1].text.rstrip(" ")
        if text:
            runs[-1] = Run(text, runs[-1].kind, runs[-1].target)
            return
        runs.pop()
