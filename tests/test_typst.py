"""The book: what stands in the pages stands in the PDF, and what cannot be set stops the build."""

from __future__ import annotations

import io
import json
import re
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sphinx.testing.util import SphinxTestApp

import typst
from sourcebook.sphinx_ext.typst import builder
from sourcebook.sphinx_ext.typst.builder import TypstBuildError
from sourcebook.sphinx_ext.typst.text import printed, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# MyST-Parser asks Sphinx for an attribute that goes in Sphinx 11; it pins Sphinx below.
pytestmark = pytest.mark.filterwarnings("ignore:'myst_parser")

SAMPLE = Path(__file__).parent / "typst"
CONF = 'project = "Book"\nextensions = ["myst_parser", "sourcebook.sphinx_ext.typst.builder"]\n'
PREFACE = "# Title\n\n"


class Strange(nodes.General, nodes.Element):
    """A node that no writer knows."""


class claim_anchor(nodes.Inline, nodes.Element):  # noqa: N801 - a node is named as the writer calls it
    """Stands for the node of that name in the library."""


@dataclass(frozen=True)
class Built:
    """What a build left."""

    pdf: bytes
    source: str
    warnings: str
    words: frozenset[str]

    @property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.pdf))

    @property
    def text(self) -> str:
        return "\n".join(page.extract_text() for page in self.reader.pages)


def build(folder: Path, change: Callable[[nodes.document], None] | None = None, **values: Any) -> Built:
    app = SphinxTestApp(
        "typst",
        srcdir=folder,
        builddir=folder / "out",
        freshenv=True,
        confoverrides=values,
        warningiserror=False,
    )
    try:
        if change is not None:
            app.connect("doctree-resolved", lambda app, doctree, docname: change(doctree))
        app.build()
        out = Path(app.outdir)
        name = app.config.typst_filename
        words = frozenset(
            word for docname in app.env.found_docs for word in words_of(app.env.get_doctree(docname))
        )
        source = (out / f"{name}.typ").read_text(encoding="utf-8")
        return Built((out / f"{name}.pdf").read_bytes(), source, app.warning.getvalue(), words)
    finally:
        app.cleanup()


def project(folder: Path, text: str, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.md").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (folder / f"{name}.md").write_text(content, encoding="utf-8")
    return folder


def words_of(node: nodes.Node) -> Iterator[str]:
    """Give the words that a reader of the page sees."""
    if isinstance(node, nodes.comment | nodes.raw | nodes.math | nodes.math_block | nodes.label):
        return
    if type(node).__name__ in {"pending_xref", "index", "only", "toctree"}:
        return
    if isinstance(node, nodes.Text):
        yield from node.astext().split()
    for child in node.children:
        yield from words_of(child)


def lines_of(name: str) -> list[str]:
    return (SAMPLE / name).read_text(encoding="utf-8").splitlines()


def squeezed(text: str) -> str:
    """Leave out what line breaking adds and takes."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("book") / "sample"
    shutil.copytree(SAMPLE, folder)
    return build(folder)


def outline_of(reader: PdfReader) -> list[str]:
    def titles(items: list[Any]) -> Iterator[str]:
        for item in items:
            if isinstance(item, list):
                yield from titles(item)
            else:
                yield item.title

    return list(titles(reader.outline))


def links_of(reader: PdfReader) -> tuple[list[str], int]:
    """Give the addresses outside, and the number of links inside."""
    outside: list[str] = []
    inside = 0
    for page in reader.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get_object().get("/A", {})
            if "/URI" in action:
                outside.append(str(action["/URI"]))
            else:
                inside += 1
    return outside, inside


def test_sample_builds_without_a_warning(book: Built) -> None:
    assert book.warnings == ""


def test_every_word_of_the_sample_is_in_the_book(book: Built) -> None:
    text = squeezed(book.text)
    assert len(book.words) > 200
    assert [word for word in sorted(book.words) if squeezed(word) not in text] == []


@pytest.mark.parametrize("words", lines_of("said.txt"))
def test_book_says(book: Built, words: str) -> None:
    assert squeezed(words) in squeezed(book.text)


@pytest.mark.parametrize("words", lines_of("unsaid.txt"))
def test_book_does_not_say(book: Built, words: str) -> None:
    assert squeezed(words) not in squeezed(book.text)


def test_outline_has_every_heading_in_order(book: Built) -> None:
    assert outline_of(book.reader) == [
        "The Straits Reader",
        "Why the straits matter [Beta, 1936]",
        "Toll rates",
        "A third level",
        "A fourth level",
        "Figures",
        "Blocks of every kind",
        "Glossary",
        "Bibliography",
        "Index",
    ]


def test_links_lead_into_the_book_and_out_of_it(book: Built) -> None:
    outside, inside = links_of(book.reader)
    assert set(outside) == {"https://example.org/a?b=c#d", "https://example.org/montreux"}
    assert inside >= 30


def test_footnote_stands_on_the_page_of_its_mark(book: Built) -> None:
    page = next(page for page in book.reader.pages if "same note" in page.extract_text())
    assert "A footnote of two paragraphs" in page.extract_text()
    assert book.source.count("A footnote of two paragraphs") == 1


def test_index_names_pages(book: Built) -> None:
    last = book.reader.pages[-1].extract_text()
    assert re.search(r"toll, 9\s*rate, 4\s*Sound, 4\s*transit, 9", last)


def test_pdf_says_what_it_is(book: Built) -> None:
    reader = book.reader
    assert reader.metadata is not None
    assert reader.metadata.title == "The Straits Reader"
    assert reader.metadata.author == "Ada Editor"
    assert str(reader.metadata["/Keywords"]) == "straits, shipping"
    root = reader.root_object
    assert str(root["/Lang"]) == "en"
    assert "'/Marked': True" in str(root["/MarkInfo"])
    assert "pdfuaid" in str(reader.xmp_metadata.stream.get_data()) if reader.xmp_metadata else False


def test_same_pages_make_the_same_bytes(book: Built, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "sample")
    assert build(tmp_path / "sample").pdf == book.pdf


def test_source_date_epoch_dates_the_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    built = build(project(tmp_path, PREFACE + "Text."))
    assert built.reader.metadata is not None
    assert str(built.reader.metadata["/CreationDate"]).startswith("D:19700102")
    assert "Jan 02, 1970" in built.text


def test_book_without_a_date_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    metadata = build(project(tmp_path, PREFACE + "Text.")).reader.metadata
    assert metadata is not None
    assert "/CreationDate" not in metadata


def test_unknown_node_warns_and_is_printed(tmp_path: Path) -> None:
    def add(doctree: nodes.document) -> None:
        doctree.append(Strange("", nodes.paragraph("", "strange words")))

    built = build(project(tmp_path, PREFACE + "Text."), add)
    assert "unknown node 'Strange'" in built.warnings
    assert "[typst.unknown_node]" in built.warnings
    assert "strange words" in built.text


def test_claim_anchor_is_a_place_to_link_to(tmp_path: Path) -> None:
    def add(doctree: nodes.document) -> None:
        paragraph = next(iter(doctree.findall(nodes.paragraph)))
        paragraph.insert(0, claim_anchor("", ids=["claim-x"], name="x"))
        paragraph.append(nodes.reference("", "to the claim", refuri="#claim-x"))

    built = build(project(tmp_path, PREFACE + "A sentence."), add)
    assert built.warnings == ""
    assert '#at("index#claim-x")' in built.source
    assert '#go("index#claim-x")' in built.source
    assert links_of(built.reader)[1] >= 1


def test_same_name_in_two_pages_leads_to_two_places(tmp_path: Path) -> None:
    page = "# {0}\n\n## Same\n\nWords of {0}, [see below](#same).\n"
    toctree = "```{toctree}\na\nb\n```\n"
    built = build(project(tmp_path, PREFACE + toctree, a=page.format("a"), b=page.format("b")))
    assert '#label("a#same")' in built.source
    assert '#label("b#same")' in built.source
    assert '#go("a#same")' in built.source


def test_missing_character_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(TypstBuildError) as error:
        build(project(tmp_path, PREFACE + "Fine.\n\nA ship: 🚢."))
    assert "“🚢” (U+1F6A2)" in str(error.value)
    assert "index.md:5" in str(error.value)


def test_picture_without_alternative_text_is_an_error(tmp_path: Path) -> None:
    shutil.copyfile(SAMPLE / "images/square.png", tmp_path / "square.png")
    with pytest.raises(TypstBuildError, match=r"index\.md:3: picture square\.png has no alternative text"):
        build(project(tmp_path, PREFACE + "![](square.png)"))


def test_decorative_picture_needs_no_alternative_text(tmp_path: Path) -> None:
    shutil.copyfile(SAMPLE / "images/square.png", tmp_path / "square.png")
    text = PREFACE + "```{image} square.png\n:class: decorative\n```\n"
    assert "pdf.artifact(image(" in build(project(tmp_path, text)).source


def test_skipped_heading_level_is_closed(tmp_path: Path) -> None:
    built = build(
        project(tmp_path, PREFACE + "## Two\n\n### Three\n\n##### Five\n"), suppress_warnings=["myst.header"]
    )
    assert 'heading(level: 3, supplement: [#"Five"])' in built.source


def test_lost_link_warns_and_is_printed(tmp_path: Path) -> None:
    def add(doctree: nodes.document) -> None:
        doctree.append(nodes.paragraph("", "", nodes.reference("", "nowhere", refid="gone")))

    built = build(project(tmp_path, PREFACE), add)
    assert "link to 'index#gone'" in built.warnings
    assert "nowhere" in built.text


def test_raw_text_for_other_writers_is_never_silently_lost(tmp_path: Path) -> None:
    text = PREFACE + "<div>lost</div>\n\nText.\n\n```{raw} typst\n#strong[kept]\n```\n"
    built = build(project(tmp_path, text))
    assert "raw 'html' is not printed" in built.warnings
    assert "kept" in built.text


def test_root_with_nothing_but_a_title_makes_no_chapter(tmp_path: Path) -> None:
    text = PREFACE + "```{toctree}\n:hidden:\na\n```\n"
    assert outline_of(build(project(tmp_path, text, a="# First\n\nWords.")).reader) == ["First"]


def test_sections_of_the_root_lead_chapters_of_their_own(tmp_path: Path) -> None:
    text = (
        PREFACE
        + "Words.\n\n```{toctree}\n:hidden:\nb\n```\n\n## Use\n\n## Part\n\n```{toctree}\na\n```\n\n## After\n"
    )
    built = build(project(tmp_path, text, a="# First\n\n## Inner\n", b="# Last"), typst_paper="a5")
    levels = re.findall(r'#heading\(level: (\d), supplement: \[#"(\w+)"', built.source)
    assert levels == [
        ("1", "Title"),
        ("2", "Use"),
        ("1", "Part"),
        ("2", "First"),
        ("3", "Inner"),
        ("1", "After"),
        ("1", "Last"),
    ]


def test_caption_of_a_toctree_stands_in_the_contents(book: Built) -> None:
    contents = book.reader.pages[1].extract_text()
    assert re.search(
        r"articles\s*why the straits matter.*reference\s*glossary", contents, re.DOTALL | re.IGNORECASE
    )


def test_formula_that_cannot_be_set_warns_and_is_printed(tmp_path: Path) -> None:
    built = build(project(tmp_path, PREFACE + "```{math}\n\\left( a\n```\n"))
    assert "formula cannot be set" in built.warnings
    assert "\\left( a" in built.text


def test_long_table_repeats_its_head(tmp_path: Path) -> None:
    rows = "\n".join(f"| line {number} | value |" for number in range(120))
    built = build(project(tmp_path, f"{PREFACE}| Heading | Other |\n|---|---|\n{rows}\n"))
    pages = [page.extract_text() for page in built.reader.pages]
    assert sum("Heading" in page for page in pages) == sum("line" in page for page in pages) > 1


def test_config_values_are_documented_by_type() -> None:
    assert all(name.startswith("typst_") and types for name, _default, types in builder.CONFIG)


SIGNS = st.sampled_from(
    [*"#$*_`<>@=-+/~\\\"'[](){};:.,\n\r\t \u00a0\u200b\u2028", "//", "/*", "*/", "\\u{41}", "https://a.b"]
)
TEXTS = st.lists(SIGNS | st.characters(exclude_categories=["Cs"]), max_size=12).map("".join)


@settings(max_examples=10, deadline=None)
@given(texts=st.lists(TEXTS, min_size=100, max_size=200))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    literals = ", ".join(quoted(text) for text in texts)
    markup = "\n".join(f'#metadata(plain[#"a"{printed(text)}#strong[b]])<m>' for text in texts)
    path = tmp_path_factory.mktemp("texts") / "texts.typ"
    plain = (SAMPLE / "plain.typ").read_text(encoding="utf-8")
    path.write_text(f"{plain}#metadata(({literals},))<s>\n{markup}", encoding="utf-8")
    compiler = typst.Compiler(str(path))
    assert json.loads(compiler.query("<s>", field="value", one=True)) == texts
    flat = [re.sub(r"[ \t\r\n\f\v]+", " ", text) for text in texts]
    assert json.loads(compiler.query("<m>", field="value")) == [f"a{text}b" for text in flat]
