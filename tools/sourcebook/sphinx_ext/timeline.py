"""The directive `timeline`: a list of dated events, drawn and in words.

Its body is Markdown: definition lists whose terms are dates with a label, and whatever stands between them. The page is
the only data; the drawing is made from the terms when the page is written.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .timeline_events import Event, day_in_words, long_date, months, read_term, short_date, summary

logger = logging.getLogger(__name__)
# What a builder can show, best first.
FORMS = {"image/svg+xml": "svg", "application/pdf": "pdf", "image/png": "png"}
# The most points that a drawing may fill on a page of paper.
PAPER = 590


class timeline_drawing(nodes.General, nodes.Element):  # noqa: N801  # docutils writes node classes small
    """The place of a drawing; `events` holds what is drawn."""


class Timeline(SphinxDirective):
    """:::{timeline} draws the definition lists of its body and prints them with dates in words."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Make the place of the drawing, and the body with its dates in words."""
        content = self.parse_content_to_nodes()
        lists = [node for node in content if isinstance(node, nodes.definition_list)]
        events = [event for node in lists for event in self.events_of(node)]
        if not lists:
            logger.warning(
                "a timeline has a definition list, each term a date and a label: `2021-06-16: Geneva summit`",
                location=self.get_location(),
                type="timeline",
                subtype="empty",
            )
        drawing = timeline_drawing("", events=events)
        self.set_source_info(drawing)
        return [nodes.container("", *([drawing] if events else []), *content, classes=["timeline"])]

    def events_of(self, node: nodes.definition_list) -> list[Event]:
        """Read the terms of a list, and print each with its date in words."""
        node["classes"].append("timeline-events")
        terms = [child for item in node.children for child in item.children if isinstance(child, nodes.term)]
        return [event for term in terms if (event := self.event_of(term)) is not None]

    def event_of(self, term: nodes.term) -> Event | None:
        """Read a term and rewrite it; a term that is no date is a warning."""
        found = read_term(term.astext())
        opening = next(iter(term.children), None)
        if found is None or not isinstance(opening, nodes.Text) or len(opening) < found[1]:
            logger.warning(
                "%r is no event: a term begins with a date, 2021-06-16, 2021-06-16/2021-06-18 or 2021-06,"
                " then a colon and a label",
                term.astext(),
                location=term,
                type="timeline",
                subtype="date",
            )
            return None
        event, start = found
        when = nodes.inline("", long_date(event, self.config.language), classes=["timeline-date"])
        term.replace(opening, [when, nodes.Text(": "), nodes.Text(str(opening)[start:])])
        self.give_anchor(term, event)
        return event

    def give_anchor(self, term: nodes.term, event: Event) -> None:
        """Give an event its anchor, which other pages and projects may name."""
        if event.anchor in self.state.document.ids:
            logger.warning(
                "the event %r stands here twice",
                event.anchor,
                location=term,
                type="timeline",
                subtype="twice",
            )
            return
        term["ids"].append(event.anchor)
        self.state.document.ids[event.anchor] = term
        standard = self.env.domains.standard_domain
        standard.note_hyperlink_target(event.anchor, self.env.docname, event.anchor, event.label)


def put_drawings(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Put pictures in the place of each drawing when a page is written; none where its builder shows none."""
    supported = app.builder.supported_image_types
    form = next((form for kind, form in FORMS.items() if kind in supported), None)
    # Only HTML has readers who read in the dark.
    themes = ("light", "dark") if app.builder.format == "html" else ("light",)
    for number, node in enumerate(list(document.findall(timeline_drawing)), 1):
        name = f"timeline-{docname.replace('/', '-')}-{number}"
        pictures = [picture(app, docname, node, name, theme, form) for theme in themes] if form else []
        node.replace_self(pictures)


def picture(
    app: Sphinx, docname: str, node: timeline_drawing, name: str, theme: str, form: str
) -> nodes.image:
    """Draw one variant, and keep the file where Sphinx keeps what it has read."""
    data, height = drawn(node["events"], app.config.language, theme, form)
    path = Path(app.doctreedir, "timelines", f"{name}-{theme}.{form}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    app.env.images.add_file(docname, str(path))
    image = nodes.image("", uri=str(path), candidates={"*": str(path)})
    image["alt"] = summary(node["events"], app.config.language)
    image["classes"] = ["timeline-drawing", f"only-{theme}"]
    if app.builder.format != "html":
        image["height"] = f"{min(PAPER, round(height))}pt"
    image.source, image.line = node.source, node.line
    return image


def drawn(events: list[Event], language: str, theme: str, form: str) -> tuple[bytes, float]:
    """Draw, with a library that is not loaded before there is something to draw; answers the height too."""
    try:
        from .timeline_drawing import Bar, draw
    except ModuleNotFoundError as error:
        raise ExtensionError("a timeline is drawn by matplotlib: install it") from error
    bars = [Bar(event.first, event.last, short_date(event, language), event.label) for event in events]
    ticks = []
    for number, day in enumerate(months(events)):
        year = "\n%Y" if number == 0 or day.month == 1 else ""
        ticks.append((day, day_in_words(day, f"%b{year}", language)))
    return draw(bars, ticks, theme, form)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive; called by Sphinx."""
    app.setup_extension("sourcebook.sphinx_ext")
    app.add_node(timeline_drawing)
    app.add_directive("timeline", Timeline)
    app.connect("doctree-resolved", put_drawings)
    app.add_css_file("timeline.css")
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
