"""Lines and columns of the offsets in a text, each asked for near the one before."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Place


@dataclass(slots=True)
class Offsets:
    """A file's text and its path. Lines and columns count from 1.

    What was asked last is kept: its offset, its line, and the offset at which that line begins.
    """

    path: str
    text: str
    at: int = 0
    line: int = 1
    start: int = 0

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        if offset >= self.at:
            if lines := self.text.count("\n", self.at, offset):
                self.line += lines
                self.start = self.text.rfind("\n", self.at, offset) + 1
        elif offset < self.start:
            self.line -= self.text.count("\n", offset, self.at)
            self.start = self.text.rfind("\n", 0, offset) + 1
        self.at = offset
        return self.line, offset - self.start + 1

    def place(self, start: int, end: int) -> Place:
        """The stretch from one offset to another."""
        return Place(self.path, *self.position(start), *self.position(end))
