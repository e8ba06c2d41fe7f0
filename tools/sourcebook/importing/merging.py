"""Three texts made one: what was imported, what a person made of it, and what a new import gives."""

from __future__ import annotations

from difflib import SequenceMatcher

MOST_LINES = 20_000

Change = tuple[
    int, int, list[str]
]  # first and last line of the base (half-open), and what stands there instead


def merge(base: str, ours: str, theirs: str) -> str | None:
    """The base with the changes of both sides; None where they touch the same or neighbouring lines differently."""
    lines = base.split("\n")
    if max(text.count("\n") for text in (base, ours, theirs)) > MOST_LINES:
        return None
    out: list[str] = []
    position = 0
    changes = sorted(
        [(change, 0) for change in _changes(lines, ours.split("\n"))]
        + [(change, 1) for change in _changes(lines, theirs.split("\n"))],
        key=lambda item: (item[0][0], item[0][1], item[1]),
    )
    last: tuple[Change, int] | None = None
    for change, side in changes:
        if last is not None and last[0] == change and last[1] != side:
            continue  # both did the same
        if last is not None and last[1] != side and change[0] <= last[0][1]:
            return None
        if change[0] < position:
            return None
        out += lines[position : change[0]] + change[2]
        position = change[1]
        last = (change, side)
    return "\n".join(out + lines[position:])


def _changes(base: list[str], text: list[str]) -> list[Change]:
    matcher = SequenceMatcher(None, base, text, autojunk=False)
    return [(i, j, text[k:m]) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
