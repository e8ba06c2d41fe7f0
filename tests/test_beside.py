"""Files that lie beside the pages: each is a page, or brought in, or fit to stand there, or it is named."""

from __future__ import annotations

import os
import struct
from io import StringIO
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sourcebook.check import check
from sourcebook.read import read_library
from sourcebook.settings import Settings

BIB = "@misc{key, title = {Key}, year = {2020}, url = {https://example.org/key}}\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "articles").mkdir(parents=True)
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "all.bib").write_text(BIB, encoding="utf-8")
    (folder / "articles" / "page.md").write_text("A “sentence” -- it's {cite}`key`.\n", encoding="utf-8")
    return folder


def found(docs: Path, settings: Settings | None = None) -> list[tuple[str, str]]:
    report = check(read_library(docs.parent, settings or Settings(), cached=False))
    return [(finding.rule, finding.fault.place.path) for finding in report.findings]


NAMES = [
    *(
        "a\nb.md",
        "a\x1bb.md",
        "a<b.md",
        "a>b.png",
        "a#b.md",
        "a?b.md",
        "a%2eb.md",
        "a .md ",
        " a.md",
        "a.md.",
        "a\\b.md",
    ),
    *(
        "con.md",
        "CON",
        "Aux.md",
        "lpt1.txt",
        "nul.png.txt",
        "a\u202eb.md",
        "a" * 210 + ".md",
        "a:b.md",
        'a"b.md',
        "a*b.md",
    ),
    *("other.markdown", "other.MD", "other.mdx", "other.rst", "other.mkd", "Other.Md", "b\x85.md"),
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_bad_name_is_named(docs: Path, name: str) -> None:
    (docs / name).write_text("A {cite}`key`.\n", encoding="utf-8")
    assert ("bad-file-name", f"docs/{name}") in found(docs)


@pytest.mark.parametrize(("one", "two"), [("a.md", "A.md"), ("\u00e9.md", "e\u0301.md"), ("i.txt", "I.TXT")])
def test_names_that_some_systems_take_for_one_are_named(docs: Path, one: str, two: str) -> None:
    for name in (one, two):
        (docs / name).write_text("A {cite}`key`.\n", encoding="utf-8")
    assert [rule for rule, _path in found(docs)] == ["bad-file-name"]


def test_a_bad_name_of_a_folder_is_named(docs: Path) -> None:
    (docs / "a#b").mkdir()
    (docs / "a#b" / "page.md").write_text("A {cite}`key`.\n", encoding="utf-8")
    assert found(docs) == [("bad-file-name", "docs/a#b/page.md")]


@pytest.mark.parametrize("name", ["conf.py", "Page-2.md", "a_b.md", "图.md", "style.css", "a.b.md"])
def test_a_good_name_passes(docs: Path, name: str) -> None:
    (docs / name).write_text("A {cite}`key`.\n", encoding="utf-8")
    assert found(docs) == []


def test_every_file_like_a_page_is_read_or_named(docs: Path) -> None:
    names = ["a.md", "b.markdown", "c.MD", "sub/d.md", "sub/e.mdx", "sub/f.rst", "g.txt"]
    (docs / "sub").mkdir()
    for name in names:
        (docs / name).write_text("A {cite}`key`.\n", encoding="utf-8")
    library = read_library(docs.parent, Settings(), cached=False)
    known = {page.path for page in library.pages} | {use.place.path for use in library.strays}
    assert {f"docs/{name}" for name in names} - known == {"docs/g.txt"}


@pytest.mark.parametrize(
    "target", ["/etc/passwd", "/etc", "../articles", "nowhere", "itself.md", "../../../secret.md"]
)
def test_a_link_out_is_named_and_not_followed(docs: Path, target: str) -> None:
    (docs.parent.parent / "secret.md").write_text("Secret words.\n", encoding="utf-8")
    (docs / "articles" / "itself.md").symlink_to(target)
    assert ("symlink-outside", "docs/articles/itself.md") in found(docs)
    library = read_library(docs.parent, Settings(), cached=False)
    assert "Secret" not in repr(library)


def test_a_link_to_a_file_of_the_library_passes(docs: Path) -> None:
    (docs / "other.md").symlink_to("articles/page.md")
    assert found(docs) == []


def test_a_pipe_is_no_page(docs: Path) -> None:
    os.mkfifo(docs / "pipe.md")
    assert found(docs) == [("bad-file-name", "docs/pipe.md")]


PICTURES = {
    "empty.png": b"",
    "text.png": b"<html>",
    "text.jpg": b"\x89PNG\r\n\x1a\n",
    "huge.png": PNG + struct.pack(">II", 50_000, 50_000),
    "script.svg": b"<svg><script>alert(1)</script></svg>",
    "on.svg": b"<svg onload='alert(1)'/>",
    "link.svg": b"<svg><a xlink:href='javascript:x'/></svg>",
    "out.svg": b"<svg><image href='https://a.org/a.png'/></svg>",
    "entity.svg": b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>",
    "style.svg": b"<svg><style>@import '//a.org'</style></svg>",
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_is_more_or_less_than_one_is_named(docs: Path, name: str) -> None:
    (docs / name).write_bytes(PICTURES[name])
    assert found(docs) == [("bad-picture", f"docs/{name}")]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.png", PNG + struct.pack(">II", 500, 500)), ("a.svg", b"<svg><path d='M0 0' fill='url(#g)'/></svg>")],
)
def test_a_picture_passes(docs: Path, name: str, data: bytes) -> None:
    (docs / name).write_bytes(data)
    assert found(docs) == []


def test_what_a_checked_page_includes_is_checked(docs: Path) -> None:
    (docs / "parts").mkdir()
    (docs / "parts" / "part.md").write_text("Not cited.\n", encoding="utf-8")
    assert found(docs) == []
    with (docs / "articles" / "page.md").open("a", encoding="utf-8") as page:
        page.write("\n```{include} ../parts/part.md\n```\n")
    assert found(docs) == [("uncited-claim", "docs/parts/part.md")]


def test_the_settings_add_to_the_lists(docs: Path) -> None:
    with (docs / "articles" / "page.md").open("a", encoding="utf-8") as page:
        page.write("A {bdg}`b` {cite}`key`.\n\n```{mermaid}\na\n```\n")
    assert [rule for rule, _path in found(docs)] == ["unknown-role", "unknown-directive"]
    assert found(docs, Settings(directives=("mermaid",), roles=("bdg",))) == []


def test_a_quotation_is_printed_as_it_was_checked(docs: Path) -> None:
    (docs / "conf.py").write_text('extensions = ["sourcebook.sphinx_ext"]\nhtml_theme = "basic"\n')
    (docs / "index.md").write_text(
        "# Sea\n\n```{toctree}\narticles/page\n```\n\n```{bibliography}\n```\n", encoding="utf-8"
    )
    with patch_docutils(), docutils_namespace():
        out = docs.parent / "out"
        app = Sphinx(docs, docs, out, docs.parent / "trees", "html", status=None, warning=StringIO())
        app.build()
    assert "A “sentence” -- it's" in (out / "articles" / "page.html").read_text(encoding="utf-8")
