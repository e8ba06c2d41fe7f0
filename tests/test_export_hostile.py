"""What goes in comes out: titles and names with the marks of every format, read back by readers that are not ours."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
import rispy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

import typst
from sourcebook.bibtex import read_bibliography
from sourcebook.exporters import exporters
from sourcebook.exporting.entrytext import tex_of, typeset, write_entry, write_names
from sourcebook.exporting.selection import About, Catalogue, Selection
from sourcebook.exporting.yamltext import write_yaml
from sourcebook.model import Claim, ClaimName, Entry, Field, Library, Page, Place
from sourcebook.names import Name, read_names
from sourcebook.tex import text_of

STYLE = Path(__file__).parent / "clients" / "fields.csl"
_NASTY = (
    r"{ } {{ }} \ \\ \{ \} \" ' \" ` `` '' -- --- ~ ^ # & % $ _ $a_b$ \input{x} \emph{a} \'e , and and"
    " @book{x, = =cmd()|' + - @ </script> <i> &amp; # : : , [ ] * ! ? | > %YAML --- ... 2021-12-03 1e3 no null ~"
).split(" ")
_BREAKS = ["\n", "\r\n", "\nER  - \nTY  - JOUR\n", "\n@book{x,\n", "\u2028", "\t", "\u00a0", " "]
_LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=6)
hostile = st.lists(st.sampled_from(_NASTY + _BREAKS) | _LETTERS, min_size=1, max_size=7).map("".join)


def plain(text: str) -> str:
    return " ".join(text.split())


def selection_of(title: str, names: str = "") -> Selection:
    """A library with one work of that title, and one claim of it as its sentence."""
    texts = {"title": tex_of(title), "author": names, "note": tex_of(title), "url": "https://example.org/a"}
    fields = tuple(Field(name, value, 1, 1) for name, value in texts.items() if value)
    bib = read_bibliography("a.bib", write_entry("article", "a", [(f.name, f.value) for f in fields]))
    assert [entry.fields for entry in bib.entries] == [bib.entries[0].fields]
    place = Place("docs/articles/a.md")
    claim = Claim(plain(title), place, names=(ClaimName("a-claim", place),))
    page = Page("docs/articles/a.md", True, claims=(claim,), title=plain(title))
    return Catalogue(Library((page,), (bib,)), About(title="Works")).select()


def from_csl(text: str) -> list[str]:
    return [item["title"] for item in json.loads(text)]


def from_yaml(text: str) -> list[str]:
    return [re.sub(r"\\([\\{}$])", r"\1", item["title"]["value"]) for item in yaml.safe_load(text).values()]


def from_cff(text: str) -> list[str]:
    return [item["title"] for item in yaml.safe_load(text)["references"]]


def from_ris(text: str) -> list[str]:
    return [record["title"] for record in rispy.loads(text)]


def from_pybtex(text: str) -> list[str]:
    return [text_of(entry.fields["title"]) for entry in parse_string(text, "bibtex").entries.values()]


def from_claims(text: str) -> list[str]:
    return [claim["sentence"] for claim in json.loads(text)["claims"]]


READERS: dict[str, Callable[[str], list[str]]] = {
    "csl-json": from_csl,
    "hayagriva": from_yaml,
    "citation-cff": from_cff,
    "ris": from_ris,
    "biblatex": from_pybtex,
    "bibtex": from_pybtex,
    "claims-json": from_claims,
}


@settings(max_examples=100, deadline=None)
@given(hostile.filter(lambda text: plain(text) != ""))
def test_a_hostile_title_arrives_as_it_is_in_every_format(title: str) -> None:
    selection = selection_of(title)
    for name, read in READERS.items():
        assert [plain(found) for found in read(exporters()[name].write(selection))] == [plain(title)], name


@settings(max_examples=100, deadline=None)
@given(hostile.filter(lambda text: plain(text) != ""))
def test_no_cell_of_the_table_is_a_formula_and_each_can_be_read_back(sentence: str) -> None:
    rows = list(csv.reader(io.StringIO(exporters()["claims-csv"].write(selection_of(sentence)))))
    assert len(rows) == 2
    cell = rows[1][1]
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert plain(cell) in {plain(sentence), "'" + plain(sentence)}


def test_a_formula_gets_an_apostrophe() -> None:
    rows = list(csv.reader(io.StringIO(exporters()["claims-csv"].write(selection_of('=HYPERLINK("x")')))))
    assert rows[1][1] == '\'=HYPERLINK("x")'


@settings(max_examples=100, deadline=None)
@given(hostile)
def test_plain_text_written_as_tex_decodes_to_itself(text: str) -> None:
    assert plain(text_of(tex_of(text))) == plain(text)
    assert tex_of(text).count("{") == tex_of(text).count("}")
    assert typeset(tex_of(text)) == tex_of(text)


@settings(max_examples=20, deadline=None)
@given(hostile.filter(lambda text: plain(text) != ""), hostile.map(plain).filter(bool))
def test_typst_prints_whatever_stands_in_a_title(title: str, name: str) -> None:
    text = exporters()["hayagriva"].write(selection_of(title, write_names([Name(name, whole=True)])))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.yaml").write_text(text, encoding="utf-8")
        shutil.copy(STYLE, folder)
        source = f'#bibliography("a.yaml", full: true, style: "{STYLE.name}", title: none)'
        (Path(folder) / "a.typ").write_text(source, encoding="utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            page = typst.compile(Path(folder) / "a.typ", format="html").decode()
    (line,) = re.findall(r"<li>(.*?)</li>", page, re.DOTALL)
    printed = folded(html.unescape(re.sub("<[^>]+>", "", line)))
    assert folded(title) in printed
    assert folded(name) in printed


def folded(text: str) -> str:
    """The letters and marks of a text, less those that typographers turn: blanks, quotes, dashes and their like."""
    return re.sub(r"[\W_]", "", text)


@settings(max_examples=100, deadline=None)
@given(hostile)
def test_making_a_field_fit_for_tex_changes_no_word_of_it(value: str) -> None:
    assert plain(text_of(typeset(value))) == plain(text_of(value))
    assert typeset(typeset(value)) == typeset(value)


_PART = _LETTERS.map(plain).filter(bool)
_NAMES = st.lists(
    st.builds(Name, _PART, _PART, st.sampled_from(["", "von der", "de"]), st.sampled_from(["", "Jr", "III"]))
    | st.builds(
        Name, hostile.map(plain).filter(lambda text: text not in {"", "others"}), whole=st.just(True)
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=100, deadline=None)
@given(_NAMES)
def test_names_are_written_so_that_they_are_read_again(names: list[Name]) -> None:
    read = read_names(write_names(names))
    assert [plain(name.shown) for name in read] == [plain(name.shown) for name in names]
    assert len(read_names(write_names(read))) == len(names)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        hostile, hostile | st.lists(hostile, max_size=2) | st.integers() | st.booleans(), max_size=4
    )
)
def test_yaml_is_read_back_as_it_was_meant(mapping: dict[str, str | list[str] | int | bool]) -> None:
    mapping |= {"no": "yes", "on": "1e3", "null": "2021-12-03"}
    assert yaml.safe_load(write_yaml(mapping)) == mapping  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url", ["https://a.example:99999/", "https://xn--a.example/", "http://1.2.3.999/", "x y", "/a"]
)
def test_an_address_that_typst_refuses_does_not_cost_the_whole_file(url: str, tmp_path: Path) -> None:
    entry = Entry("a", "misc", (Field("title", "A", 1, 1), Field("url", url, 1, 1)), Place("a.bib"))
    bib = read_bibliography("a.bib", write_entry("misc", "a", [(f.name, f.value) for f in entry.fields]))
    text = exporters()["hayagriva"].write(Catalogue(Library((), (bib,)), About()).select())
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "a.typ").write_text('#bibliography("a.yaml", full: true)', encoding="utf-8")
    typst.compile(tmp_path / "a.typ")
    assert url in text
