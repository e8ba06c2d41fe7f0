"""The drawing of a timeline: time runs down an axis, with the labels spread out beside it.

A month is as long as its labels need: at one scale for all, a year with a crisis at its end is a blank and a knot.
This module imports matplotlib, and is itself imported only when there is something to draw. Text is drawn as paths of
the font that comes with matplotlib, so that no reader needs a font, and the same events give the same bytes.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

# All lengths are points. A phone shows the whole width, at nearly the size of its own text.
WIDTH = 312.0
AXIS, LABELS = 42.0, 78.0
MARGIN = 8.0
LINE, GAP = 12.0, 5.0
MONTH = 26.0  # the least length of a month
SIZE = 9.5
# What the files would say of the day and the program that made them.
UNDATED: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}


@dataclass(frozen=True)
class Palette:
    """The colours of one variant; the ground is that of the page."""

    ink: str
    quiet: str
    line: str
    mark: str


PALETTES = {
    "light": Palette(ink="#1a1c1e", quiet="#5a5c63", line="#b9bcc2", mark="#0a4b8f"),
    "dark": Palette(ink="#dcdddf", quiet="#a4a6ad", line="#565a61", mark="#7cb8ff"),
}


@dataclass(frozen=True)
class Bar:
    """An event as it is drawn: from when to when, its date in short, its label."""

    first: date
    last: date
    when: str
    label: str


@dataclass(frozen=True)
class _Label:
    bar: Bar
    when_width: float
    lines: list[str]

    @property
    def height(self) -> float:
        return LINE * len(self.lines) + GAP


def spread(wanted: list[float], heights: list[float], length: float) -> list[float]:
    """Move labels of these heights as little as can be from where they are wanted, until none overlaps.

    They are wanted in ascending order and stay in it. This is isotonic regression, by pooling neighbours that clash.
    """
    offsets = [0.0]
    for above, below in pairwise(heights):
        offsets.append(offsets[-1] + (above + below) / 2)
    pools: list[tuple[float, int]] = []  # the mean of neighbours that move together, and their number
    for want, offset in zip(wanted, offsets, strict=True):
        mean, count = want - offset, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    least, most = heights[0] / 2, length - heights[-1] / 2 - offsets[-1]
    places = [max(least, min(most, mean)) for mean, count in pools for _ in range(count)]
    return [place + offset for place, offset in zip(places, offsets, strict=True)]


def draw(bars: list[Bar], ticks: list[tuple[date, str]], theme: str, form: str) -> tuple[bytes, float]:
    """Draw events, and the months that the ticks name, in a palette and as svg, pdf or png; answers the height too.

    The last tick ends the axis and is not named.
    """
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["svg.fonttype"] = "path"
        mpl.rcParams["svg.hashsalt"] = "sourcebook"
        canvas = _Canvas(bars, ticks, PALETTES[theme])
        canvas.draw_axis(ticks)
        canvas.draw_labels()
        stream = io.BytesIO()
        canvas.figure.savefig(stream, format=form, transparent=True, dpi=200, metadata=UNDATED[form])
    return stream.getvalue(), canvas.height


class _Canvas:
    """One drawing while it is made: a figure whose units are points, with y downwards."""

    def __init__(self, bars: list[Bar], ticks: list[tuple[date, str]], palette: Palette) -> None:
        fonts = Path(mpl.get_data_path(), "fonts", "ttf")
        self.plain = FontProperties(fname=str(fonts / "DejaVuSans.ttf"), size=SIZE)
        self.bold = FontProperties(fname=str(fonts / "DejaVuSans-Bold.ttf"), size=SIZE - 1)
        self.palette = palette
        self.labels = sorted(map(self.label, bars), key=lambda label: _middle(label.bar))
        self.days = [day.toordinal() for day, _name in ticks]
        self.ends = self.month_ends()
        self.length = self.ends[-1]
        self.height = self.length + 2 * MARGIN
        self.figure = Figure(figsize=(WIDTH / 72, self.height / 72))
        FigureCanvasAgg(self.figure)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(self.height, 0)

    def label(self, bar: Bar) -> _Label:
        """Break a label into lines; the date stands in the first."""
        when = self.width(bar.when, self.bold) + 5
        lines: list[str] = []
        for word in bar.label.split():
            room = WIDTH - LABELS - (when if len(lines) < 2 else 0)
            if lines and self.width(f"{lines[-1]} {word}", self.plain) <= room:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return _Label(bar, when, lines)

    def width(self, text: str, font: FontProperties) -> float:
        """The width of a line of text."""
        return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])

    def month_ends(self) -> list[float]:
        """Where each month begins on the axis, and where the last one ends."""
        ends = [0.0]
        for first, following in pairwise(self.days):
            needed = sum(label.height for label in self.labels if first <= _middle(label.bar) < following)
            ends.append(ends[-1] + max(MONTH, 1.04 * needed))
        return ends

    def place(self, day: float) -> float:
        """How far down the axis a day lies."""
        month = max(0, min(bisect_right(self.days, day), len(self.days) - 1) - 1)
        first, following = self.days[month : month + 2]
        start, end = self.ends[month : month + 2]
        return start + (end - start) * (day - first) / (following - first)

    def text(self, x: float, y: float, text: str, font: FontProperties, colour: str, align: str) -> None:
        """Write a line with its middle at y."""
        shift = 0.36 * SIZE  # half the height of a capital
        self.axes.text(
            x, y + shift, text, fontproperties=font, color=colour, ha=align, va="baseline", parse_math=False
        )

    def line(self, xs: list[float], ys: list[float], colour: str, width: float) -> None:
        """Draw a line through points."""
        self.axes.plot(xs, ys, color=colour, linewidth=width, solid_capstyle="round", clip_on=False)

    def draw_axis(self, ticks: list[tuple[date, str]]) -> None:
        """Draw the axis and name the months, each in the middle of its stretch."""
        self.line([AXIS, AXIS], [MARGIN, MARGIN + self.length], self.palette.quiet, 1.2)
        for end in self.ends:
            self.line([AXIS - 5, AXIS], [MARGIN + end] * 2, self.palette.quiet, 0.8)
        for (_day, name), (start, end) in zip(ticks, pairwise(self.ends), strict=False):
            lines = name.split("\n")
            for number, text in enumerate(lines):
                y = MARGIN + (start + end) / 2 + LINE * (number - (len(lines) - 1) / 2)
                self.text(AXIS - 8, y, text, self.plain, self.palette.quiet, "right")

    def draw_labels(self) -> None:
        """Draw each event on the axis, its label, and the line from one to the other."""
        wanted = [self.place(_middle(label.bar)) for label in self.labels]
        places = spread(wanted, [label.height for label in self.labels], self.length)
        for label, want, place in zip(self.labels, wanted, places, strict=True):
            self.draw_mark(label.bar)
            top = MARGIN + place - LINE * (len(label.lines) - 1) / 2
            self.line([AXIS + 5, LABELS - 12, LABELS - 4], [want + MARGIN, top, top], self.palette.line, 0.7)
            self.text(LABELS, top, label.bar.when, self.bold, self.palette.mark, "left")
            for number, line in enumerate(label.lines):
                x = LABELS + (label.when_width if number == 0 else 0)
                self.text(x, top + LINE * number, line, self.plain, self.palette.ink, "left")

    def draw_mark(self, bar: Bar) -> None:
        """Draw a dot for a day, a bar for more."""
        first, last = (MARGIN + self.place(day.toordinal() + 0.5) for day in (bar.first, bar.last))
        if bar.first == bar.last:
            self.axes.plot([AXIS], [first], marker="o", markersize=4.4, color=self.palette.mark, zorder=3)
        else:
            self.line([AXIS + 4, AXIS + 4], [first, last], self.palette.mark, 2.4)


def _middle(bar: Bar) -> float:
    return (bar.first.toordinal() + bar.last.toordinal() + 1) / 2
