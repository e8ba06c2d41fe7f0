"""A reference while it is read: its text, and which stretches of it have been understood so far."""

from __future__ import annotations

import re
from collections.abc import Iterator

HOLE = "\ue000"  # stands in the view for each character that was understood; no sentence has it
QUOTED = "\ue001"  # stands in the guarded view for each character of a title in quotation marks
_PRIVATE = re.compile("[\ue000-\ue002]")


class Board:
    """The text of one reference. What is understood is taken off it, what is left over is the rest.

    text: as given, with white space made single blanks. view: the same length, with holes where text was taken.
    """

    def __init__(self, text: str) -> None:
        self.text = _PRIVATE.sub("\ufffd", " ".join(text.split()))
        self.view = self.text
        self.guard: tuple[int, int] = (0, 0)
        self.fields: dict[str, str] = {}
        self.unsure: list[str] = []
        self.aside: list[str] = []

    @property
    def guarded(self) -> str:
        """The view with the quoted title blotted out, so that no number or date is read out of a title."""
        start, end = self.guard
        return self.view[:start] + QUOTED * (end - start) + self.view[end:]

    def take(self, start: int, end: int) -> str:
        """Take a stretch off the board and give its text."""
        self.view = self.view[:start] + HOLE * (end - start) + self.view[end:]
        return self.text[start:end]

    def lay_aside(self, start: int, end: int) -> None:
        """Take off the board what is no part of the reference; it is told with the rest."""
        self.aside.append(self.take(start, end).strip(" ,:;"))

    def put(self, name: str, value: str) -> None:
        """Fill a field, if it is empty and there is a value."""
        if value and name not in self.fields:
            self.fields[name] = value

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Find a pattern in what is left outside of the quoted title."""
        return pattern.search(self.guarded)

    def all(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Find a pattern everywhere in what is left outside of the quoted title."""
        return pattern.finditer(self.guarded)

    def stretches(self, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """What is left between two offsets: half-open ranges without holes, trimmed of blanks."""
        found = []
        for match in re.finditer(f"[^{HOLE}]+", self.view[start:end]):
            text = match[0]
            left = len(text) - len(text.lstrip())
            if text.strip():
                found.append((start + match.start() + left, start + match.start() + len(text.rstrip())))
        return found
