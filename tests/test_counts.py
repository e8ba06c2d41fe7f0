"""A citation is a link to its entry wherever it may stand: as many in the pages as on the web and in print."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from bisect import bisect_left
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject

from sourcebook.check import check
from sourcebook.claims import read_page
from sourcebook.model import Library, Page
from sourcebook.myst import read_text
from sourcebook.read import read_library
from sourcebook.settings import DEFAULT_EXTENSIONS, read_settings

HERE = Path(__file__).parent
CONF = 'project = "Sea"\nextensions = ["sourcebook.sphinx_ext"]\nhtml_theme = "basic"\n'
INDEX = "# Sea\n\n```{toctree}\npage\nsources\n```\n"
SOURCES = "# Sources\n\n```{bibliography}\n```\n"
ENTRY = "@misc{{{0},\n  author = {{{0}, Ann}},\n  title = {{On {0}}},\n  year = {{2020}},\n  {1}\n}}\n"

# Where citations may stand, each with keys of its own: the place that loses one is named.
PLACES = """\
A paragraph {cite:p}`paragraph` {claim}`a-paragraph`. Two keys {cite:p}`two-a,two-b`, or
three {cite:p}`three-a, three-b,three-c`. Twice {cite:p}`twice` the same {cite:p}`twice`. Behind. {cite:p}`behind`
A page {cite:p}`{see}located{p. 4}`. As {cite:t}`textual` says. By {cite:author}`author` in {cite:year}`year`.
*In emphasis {cite:p}`emphasis`*, **strong {cite:ps}`strong`**, {cite}`plain`, {cite:label}`label`,
{cite:authorpar}`authorpar`, {cite:labelpar}`labelpar`, {cite:yearpar}`yearpar`, {cite:ct}`ct`.

- An item {cite:p}`item`.
  - A nested item {cite:p}`nested`.

    Its second paragraph {cite:p}`loose`.

1. A numbered item {cite:p}`numbered`.

Term
: A definition {cite:p}`definition`.

% allow uncited-claim: the name of a field says nothing
:Field: A field {cite:p}`field`.

| Head | Head |
|---|---|
| A cell {cite:p}`cell-a` | Another {cite:p}`cell-b` |

> A quotation {cite:p}`quotation`.

A footnote {cite:p}`noted`[^n], in the margin {footcite:p}`foot-a`, again {footcite:p}`foot-a,foot-b`.

[^n]: Its text {cite:p}`footnote`.

::::{note}
A note {cite:p}`note`.

:::{tip} A tip {cite:p}`nested-tip`.
:::
::::

:::{admonition} Own title
Its body {cite:p}`admonition`.
:::

:::{figure} mole.png
:alt: A mole.

Caption {cite:p}`caption`.

Legend {cite:p}`legend`.
:::

:::{table} Caption of a table {cite:p}`table-caption`.
| Head |
|---|
| A cell {cite:p}`table-cell` |
:::

:::{list-table} Caption of a list table {cite:p}`list-table-caption`.
:header-rows: 1

* - Head
* - A cell {cite:p}`list-table`
:::

:::{csv-table} Caption of a csv table {cite:p}`csv-caption`.
:header-rows: 1

"One", "Two"
"A cell {cite:p}`csv-a`", "Another {cite:p}`csv-b`"
:::

:::{editorial}
Our own voice {cite:p}`editorial`.
:::

:::{epigraph}
Words of old {cite:p}`epigraph`

-- A pilot {cite:p}`attribution`
:::

:::{sidebar} Aside
A sidebar {cite:p}`sidebar`.
:::

:::{include} part.txt
:::

:::{footbibliography}
:::
"""
PART = "A page that is brought in {cite:p}`included`.\n"
APART = [
    "## Heading {}\n",
    "Heading {}\n---\n",
    "| Head {} |\n|---|\n| x |\n",
    "Term {}\n: Body\n",
    ":::{{admonition}} Title {}\nBody\n:::\n",
    ":::{{sidebar}} Title {}\nBody\n:::\n",
    ":::{{rubric}} Title {}\n:::\n",
    ":::{{list-table}}\n:header-rows: 1\n\n* - Head {}\n* - Body\n:::\n",
    ':::{{csv-table}}\n:header-rows: 1\n\n"Head {}"\n"Body"\n:::\n',
    ':::{{csv-table}}\n:header: Head {}\n\n"Body"\n:::\n',
    "[link {}](https://example.org/)\n",
    "![words for a picture {}](a.png)\n",
    ":::{{figure}} a.png\n:alt: words for a picture {}\n\nCaption\n:::\n",
    ":::{{image}} a.png\n:alt: words for a picture {}\n:::\n",
]


class Built:
    """A small library and what the build made of it."""

    def __init__(self, root: Path) -> None:
        docs = root / "docs"
        docs.mkdir()
        (root / "bib").mkdir()
        shutil.copy(HERE / "corpus" / "mole.png", docs)
        texts = {"conf.py": CONF, "index.md": INDEX, "sources.md": SOURCES, "part.txt": PART}
        for name, text in {**texts, "page.md": f"---\narticle: paragraph\n---\n# Sea\n\n{PLACES}"}.items():
            (docs / name).write_text(text, encoding="utf-8")
        entries = [ENTRY.format(key, f"url = {{{address_of(key)}}},") for key in keys_in(PLACES + PART)]
        (root / "bib" / "all.bib").write_text("\n".join(entries), encoding="utf-8")
        command = [sys.executable, "-m", "sourcebook", "build", "--root", str(root), "--docs", str(docs)]
        done = subprocess.run([*command, "--output", str(root / "out")], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        self.pages = read_library(root, read_settings(root)).pages
        self.html = (root / "out" / "html" / "page.html").read_text(encoding="utf-8")
        self.sources = (root / "out" / "html" / "sources.html").read_text(encoding="utf-8")
        self.pdf = PdfReader(next((root / "out" / "pdf").glob("*.pdf")))


def keys_in(text: str) -> list[str]:
    contents = re.findall(r"\{(?:foot)?cite[:a-z]*\}`([^`]+)`", text)
    keys = {re.sub(r"\{.*?\}", "", key).strip() for content in contents for key in content.split(",")}
    return sorted(keys)


def address_of(key: str) -> str:
    return f"https://example.org/{key}"


def counted(pages: tuple[Page, ...], foot: bool) -> Counter[str]:
    """How often the checker sees each key cited, in the text or in the margin."""
    cited = (citation for page in pages for citation in page.citations)
    return Counter(one.key for one in cited if one.role.startswith("footcite") == foot)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("library"))


def notes_of(pdf: PdfReader) -> list[tuple[int, Any]]:
    return [
        (number, note.get_object())
        for number, page in enumerate(pdf.pages)
        for note in page.get("/Annots", ())
    ]


def targets_of(pdf: PdfReader) -> list[tuple[int, float, str]]:
    """Where the links inside a PDF lead: page, distance from its foot with a minus, and the link's own description."""
    numbers = {
        page.indirect_reference.idnum: n for n, page in enumerate(pdf.pages) if page.indirect_reference
    }
    dests = [(note["/Dest"], str(note.get("/Contents", ""))) for _, note in notes_of(pdf) if "/Dest" in note]
    return [
        (numbers[to[0].idnum], -float(to[3]), words) for to, words in dests if isinstance(to, ArrayObject)
    ]


def addresses_of(pdf: PdfReader) -> list[tuple[int, float, str]]:
    """Where the addresses of entries stand, in the order of reading, and the keys of those entries."""
    notes = [(number, note, str(note.get("/A", {}).get("/URI", ""))) for number, note in notes_of(pdf)]
    return sorted(
        (number, -float(note["/Rect"][3]), address.removeprefix(address_of("")))
        for number, note, address in notes
        if address.startswith(address_of(""))
    )


def led_to(pdf: PdfReader) -> tuple[Counter[str], Counter[str]]:
    """How many links lead to each entry of the bibliography, and of those in the margin.

    A link leads to where the entry begins, whose address is the next one on the way down.
    """
    sources = pdf.get_destination_page_number(pdf.named_destinations["sources#sources"]) or len(pdf.pages)
    addresses = addresses_of(pdf)
    text, margin = Counter[str](), Counter[str]()
    for number, top, words in targets_of(pdf):
        at = bisect_left(addresses, (number, top - 1))
        if number >= sources:
            text[addresses[at][2]] += 1
        elif words.startswith("Footnote") and abs(addresses[at][1] - top) < 9:
            margin[addresses[at][2]] += 1
    return text, margin


def test_every_citation_is_a_link_to_its_entry_on_the_web(built: Built) -> None:
    links = Counter(re.findall(r'href="sources\.html#cite-([^"]+)"', built.html))
    assert links == counted(built.pages, foot=False)
    assert [key for key in links if f'id="cite-{key}"' not in built.sources] == []


def test_every_citation_in_the_margin_is_a_link_to_its_note_on_the_web(built: Built) -> None:
    assert Counter(re.findall(r'href="#footcite-([^"]+)"', built.html)) == counted(built.pages, foot=True)


def test_every_citation_is_a_link_to_its_entry_in_print(built: Built) -> None:
    assert led_to(built.pdf) == (counted(built.pages, foot=False), counted(built.pages, foot=True))


def test_every_citation_that_is_written_is_counted(built: Built) -> None:
    written = re.findall(r"cite[:a-z]*\}`([^`]+)`", PLACES + PART)
    assert sum(len(str(keys).split(",")) for keys in written) == sum(
        len(page.citations) for page in built.pages
    )
    assert {one.key for page in built.pages for one in page.citations} == set(keys_in(PLACES + PART))


@pytest.mark.parametrize("text", APART)
def test_a_citation_apart_from_all_sentences_is_a_finding(text: str) -> None:
    for cited, rules in (("", set()), ("{cite:p}`a`", {"misplaced-citation"})):
        found = check(library_of("Sea {cite:p}`a`.\n\n" + text.format(cited))).findings
        assert {one.rule for one in found if one.rule == "misplaced-citation"} == rules


def library_of(text: str) -> Library:
    extensions = frozenset(DEFAULT_EXTENSIONS)
    return Library((read_page("docs/p.md", read_text("docs/p.md", text, extensions), checked=True),))
