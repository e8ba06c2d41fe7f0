"""The bibliography style: cases as pairs of files in tests/style, every type, and no text lost."""

import html
import io
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sourcebook.dates import date_text
from sourcebook.sphinx_ext.style.entry_style import Style, open_library, register
from sourcebook.tex import address_of, is_linkable, text_of

CASES = sorted((Path(__file__).parent / "style").glob("*.bib"))
TYPE_NAMES = (
    "article book mvbook inbook bookinbook suppbook booklet collection mvcollection incollection "
    "suppcollection dataset manual misc online electronic www patent periodical suppperiodical "
    "proceedings mvproceedings inproceedings conference reference mvreference inreference report "
    "techreport set software thesis mastersthesis phdthesis unpublished artwork audio bibnote commentary "
    "image jurisdiction legislation legal letter movie music performance review standard video xdata "
    "newspaper customa quite-unknown"
)
TYPES = TYPE_NAMES.split()
PRINTED_FIELDS = (
    "title subtitle titleaddon journaltitle booktitle maintitle volume number issue pages series edition "
    "publisher organization institution school location translator origtitle version note addendum "
    "howpublished doi isbn issn eprint url eventtitle chapter part type language"
)
PRINTED = PRINTED_FIELDS.split()


def printed(bib: str) -> str:
    """One paragraph an entry: its label, then the reference as HTML."""
    library = parse_string(bib, "bibtex").entries
    open_library(library)
    style = Style()
    entries = style.sort(library.values())
    formatted = [
        style.format_entry(label, entry)
        for label, entry in zip(style.format_labels(entries), entries, strict=True)
    ]
    return "\n\n".join(f"[{entry.label}]\n{entry.text.render_as('html')}" for entry in formatted) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_entries_are_printed_as_the_pair_says(case: Path) -> None:
    assert printed(case.read_text("utf-8")) == case.with_suffix(".txt").read_text("utf-8")


def test_every_type_renders_in_html_without_a_warning(tmp_path: Path) -> None:
    fields = "author = {{Family{0}, Given}}, title = {{The TiTLE{0} iN full}}, date = {{2021}}"
    bib = "".join(f"@{name}{{k{n}, {fields.format(n)}}}\n" for n, name in enumerate(TYPES))
    (tmp_path / "all.bib").write_text(bib + "".join(f"@{name}{{bare{name}}}\n" for name in TYPES), "utf-8")
    (tmp_path / "index.rst").write_text(
        "T\n=\n\n"
        + " ".join(f":cite:p:`k{number}`" for number in range(len(TYPES)))
        + "\n\n.. bibliography::\n   :all:\n"
    )
    register()
    warnings = io.StringIO()
    settings = {"extensions": ["sphinxcontrib.bibtex"], "bibtex_bibfiles": ["all.bib"], "html_theme": "basic"}
    settings |= {f"bibtex_{name}_style": "sourcebook" for name in ("default", "reference")}
    out = tmp_path / "out"
    with patch_docutils(), docutils_namespace():
        Sphinx(tmp_path, None, out, out, "html", settings, status=io.StringIO(), warning=warnings).build()
    page = (out / "index.html").read_text("utf-8")
    assert warnings.getvalue() == ""
    assert all(f"The TiTLE{number} iN full" in page and "(<a" in page for number in range(len(TYPES)))


@given(
    name=st.sampled_from(PRINTED),
    entry_type=st.sampled_from(TYPES),
    text=st.from_regex(r"[A-Za-z0-9]{1,30}", fullmatch=True),
)
def test_no_text_of_letters_and_digits_is_lost(name: str, entry_type: str, text: str) -> None:
    entry = Entry(entry_type, {name: text})
    entry.key = "key"
    shown = str(Style().format_entry("label", entry).text)
    assert text.casefold().lstrip("0") in re.sub(r"\W", "", shown).casefold()


CASED = st.lists(
    st.one_of(
        st.sampled_from(
            ["iPhone", "NASA", "McDonald", "of the", "ÉTÉ", "straße", "ßs", "ǅ", "{LaTeX}ed", "{\\'E}tat"]
        ),
        st.text(st.characters(categories=("Lu", "Ll", "Lt", "Lo")), min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=8,
).map(" ".join)


@given(
    name=st.sampled_from(
        "title subtitle booktitle maintitle journaltitle series publisher institution".split()
    ),
    entry_type=st.sampled_from(TYPES),
    text=CASED,
)
def test_capitals_and_small_letters_are_printed_as_written(name: str, entry_type: str, text: str) -> None:
    fields = {"author": "Smith, Ann", "title": "The SEA of sALT", "date": "2021"} | {name: text}
    entry = Entry(entry_type, fields)
    entry.key = "key"
    shown = html.unescape(re.sub(r"<[^>]*>", "", Style().format_entry("label", entry).text.render_as("html")))
    assert text_of(fields["title"]) in shown
    assert text_of(text) in shown


@example("₀")  # a digit that int() does not read
@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=80))
def test_no_field_whatever_it_holds_stops_the_style(text: str) -> None:
    fields = dict.fromkeys(
        [*PRINTED, "date", "month", "urldate", "archiveurl", "archivedate", "sha256"], text
    )
    entry = Entry("article", fields)
    entry.key = "key"
    Style().format_entry("label", entry)
    list(Style().format_labels(Style().sort([entry])))


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\\{}$"), max_size=80))
def test_letters_and_digits_of_a_field_survive_decoding(text: str) -> None:
    def kept(value: str) -> str:
        return "".join(char for char in value if char.isalnum())

    assert kept(text_of(text)) == kept(text)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="\\{}<>$"), max_size=60))
def test_addresses_are_kept_byte_for_byte_and_their_escapes_undone(text: str) -> None:
    assert address_of(text) == text
    assert address_of(re.sub(r"([%_&#~])", r"\\\1", text)) == text


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
     "//x.org", "\x01javascript:alert(1)", "java\tscript:alert(1)", "https://exa mple.org", "http:",
     'https://x.org/"onclick=']
)  # fmt: skip
def test_only_web_addresses_become_links(address: str) -> None:
    assert not is_linkable(address)


@given(st.dates())
def test_every_day_is_written_with_its_month_in_words(day: date) -> None:
    year, _, number = str(day).split("-")
    written = date_text(str(day))
    assert written.startswith(f"{int(number)} ")
    assert written.endswith(f" {int(year)}")
    assert re.search(r" [A-Z][a-z]+ ", written)
