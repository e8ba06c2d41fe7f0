"""A timeline is drawn from its own list, is the same on every day, and can be read without the drawing."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.inventory import InventoryFile

from sourcebook.check import check
from sourcebook.read import read_library
from sourcebook.settings import read_settings
from sourcebook.sphinx_ext.timeline_drawing import Bar, draw, spread
from sourcebook.sphinx_ext.timeline_events import long_date, months, read_term, short_date, summary

# MyST-Parser asks Sphinx for an attribute that goes in Sphinx 11; it pins Sphinx below.
pytestmark = pytest.mark.filterwarnings("ignore:'myst_parser")

CONF = 'project = "Sea"\nextensions = ["sourcebook.sphinx_ext", "sourcebook.sphinx_ext.timeline"]\n'
PAGE = """# Sea

::::{timeline}

2021-06-16: A *salty* summit
: They meet.

:::{editorial}
Nobody saw it.
:::

2021-12-30/2022-01-02: Storm, “25,000 waves”
: It blows.

2021-07: Calm
: It does not.

::::
"""
TICKS = [(date(2021, 6, 1), "Jun\n2021"), (date(2021, 7, 1), "Jul"), (date(2021, 8, 1), "Aug")]


def build(root: Path, builder: str = "html", page: str = PAGE, name: str = "out") -> tuple[Path, str]:
    docs = root / "docs"
    docs.mkdir(exist_ok=True)
    (docs / "conf.py").write_text(CONF, encoding="utf-8")
    (docs / "index.md").write_text(page, encoding="utf-8")
    warnings = StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(docs, docs, root / name, root / f"{name}-doctrees", builder, {}, None, warnings)
        app.build()
    return root / name, re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue())


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("term", "long", "short"),
    [
        ("2021-06-16: A summit", "16 June 2021", "16 Jun"),
        ("2021-07: Calm", "July 2021", "Jul"),
        ("2021-12-07/2021-12-09: Storm", "7 to 9 December 2021", "7–9 Dec"),
        ("2021-11-30/2021-12-02: Storm", "30 November to 2 December 2021", "30 Nov–2 Dec"),
        ("2021-12-30/2022-01-02: Storm", "30 December 2021 to 2 January 2022", "30 Dec–2 Jan"),
    ],
)
def test_dates_are_printed_for_people(term: str, long: str, short: str) -> None:
    found = read_term(term)
    assert found is not None
    assert (long_date(found[0], "en"), short_date(found[0], "en")) == (long, short)


@pytest.mark.parametrize(
    "term",
    ["A summit", "2021: A year", "2021-13: No month", "2021-02-30: No day", "2021-06-16", "2021-06-16: ",
     "2021-06-16 A summit", "2021-06-18/2021-06-16: Backwards", "2021-06/2021-07: Two months"],
)  # fmt: skip
def test_what_is_no_date_is_no_event(term: str) -> None:
    assert read_term(term) is None


def test_html_has_two_drawings_and_the_list_in_words(tmp_path: Path) -> None:
    out, warnings = build(tmp_path)
    html = read(out / "index.html")
    assert warnings == ""
    alt = "Timeline of 3 events from 16 June 2021 to 2 January 2022; the list below has them in words."
    pictures = re.findall(r"<img[^>]*>", html)
    assert [re.search(r'class="([^"]*)"', picture)[1] for picture in pictures] == [  # type: ignore[index]
        "timeline-drawing only-light",
        "timeline-drawing only-dark",
    ]
    assert all(f'alt="{alt}"' in picture for picture in pictures)
    for source in re.findall(r'src="(_images/[^"]*\.svg)"', html):
        assert read(out / source).startswith("<?xml")
    assert '<span class="timeline-date">16 June 2021</span>: A <em>salty</em> summit' in html
    assert html.index("They meet.") < html.index("Nobody saw it.") < html.index("It blows.")


def test_every_event_has_an_anchor_that_other_projects_know(tmp_path: Path) -> None:
    out, _warnings = build(tmp_path)
    anchors = {
        "event-2021-06-16-a-salty-summit",
        "event-2021-12-30-2022-01-02-storm-25000-waves",
        "event-2021-07-calm",
    }
    assert anchors <= set(re.findall(r'<dt id="([^"]*)"', read(out / "index.html")))
    inventory = InventoryFile.loads((out / "objects.inv").read_bytes(), uri="").data["std:label"]
    assert anchors <= set(inventory)


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (build(tmp_path, name=name)[0] / "_images" for name in ("one", "two"))
    names = sorted(path.name for path in first.iterdir())
    assert names == ["timeline-index-1-dark.svg", "timeline-index-1-light.svg"]
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()
        assert "<dc:date>" not in read(first / name)
        assert "<text" not in read(first / name)


@pytest.mark.parametrize("form", ["pdf", "png"])
def test_other_forms_too_have_no_date(form: str) -> None:
    bars = [Bar(date(2021, 6, 16), date(2021, 6, 16), "16 Jun", "A summit")]
    once, height = draw(bars, TICKS, "light", form)
    assert (once, height) == draw(bars, TICKS, "light", form)


def test_pdf_has_the_light_drawing_with_its_text(tmp_path: Path) -> None:
    out, warnings = build(tmp_path, "typst")
    assert warnings == ""
    source = read(out / "sea.typ")
    assert re.findall(r'image\("([^"]*)"', source) == ["/_images/timeline-index-1-light.svg"]
    assert 'alt: "Timeline of 3 events from 16 June 2021 to 2 January 2022; the list below' in source
    text = "".join(page.extract_text() for page in PdfReader(out / "sea.pdf").pages)
    assert "30 December 2021 to 2 January 2022: Storm" in text


def test_builder_without_pictures_has_the_list(tmp_path: Path) -> None:
    out, warnings = build(tmp_path, "text")
    assert warnings == ""
    assert "July 2021: Calm" in read(out / "index.txt")


def test_term_that_is_no_date_warns_where_it_stands(tmp_path: Path) -> None:
    out, warnings = build(tmp_path, page=PAGE.replace("2021-07: Calm", "Some day: Calm"))
    assert re.search(r"index\.md:15: WARNING: 'Some day: Calm' is no event: .*\[timeline\.date\]", warnings)
    assert "Some day: Calm" in read(out / "index.html")


def test_event_that_stands_twice_is_a_warning(tmp_path: Path) -> None:
    _out, warnings = build(tmp_path, page=PAGE.replace("\n::::\n", "\n2021-07: Calm\n: Twice.\n\n::::\n"))
    assert re.search(r"index\.md:\d+: WARNING: the event 'event-2021-07-calm' stands here twice", warnings)


def test_timeline_without_a_list_is_a_warning(tmp_path: Path) -> None:
    _out, warnings = build(tmp_path, page="# Sea\n\n:::{timeline}\nNothing.\n:::\n")
    assert "index.md:3: WARNING: a timeline has a definition list" in warnings
    assert "[timeline.empty]" in warnings


def test_definitions_are_claims_and_terms_are_not(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.sourcebook]\nchecked = ["docs/*.md"]\n', encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(PAGE, encoding="utf-8")
    settings = read_settings(tmp_path)
    report = check(read_library(tmp_path, settings), ("uncited-claim",), ())
    assert [finding.fault.place.line for finding in report.findings] == [6, 13, 16]


def test_one_event_is_summed_up_as_one() -> None:
    found = read_term("2021-07: Calm")
    assert found is not None
    assert summary([found[0]], "en") == "Timeline of one event, July 2021; the list below has it in words."
    assert months([found[0]]) == [date(2021, 7, 1), date(2021, 8, 1)]


def test_drawing_library_is_not_loaded_before_there_is_something_to_draw() -> None:
    code = "import sys, sourcebook.sphinx_ext.timeline; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(5, 30)), min_size=1, max_size=40))
def test_no_label_overlaps_and_none_leaves_the_axis(labels: list[tuple[float, float]]) -> None:
    wanted = sorted(place for place, _height in labels)
    heights = [height for _place, height in labels]
    length = sum(heights) + 10
    places = spread(wanted, heights, length)
    edges = [(place - height / 2, place + height / 2) for place, height in zip(places, heights, strict=True)]
    assert edges[0][0] >= -1e-6
    assert edges[-1][1] <= length + 1e-6
    assert all(upper[1] <= lower[0] + 1e-6 for upper, lower in pairwise(edges))


def test_labels_with_room_stay_where_they_are_wanted() -> None:
    assert spread([20.0, 60.0, 90.0], [10.0, 10.0, 10.0], 100.0) == [20.0, 60.0, 90.0]


def test_the_first_day_is_not_said_where_only_its_month_is_known() -> None:
    events = [found[0] for term in ("2021-07: Calm", "2021-08-09: Storm") if (found := read_term(term))]
    assert summary(events, "en").startswith("Timeline of 2 events from July 2021 to 9 August 2021;")
