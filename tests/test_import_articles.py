"""Raw articles of each structure: a folder each, with the page, the entries and the report that must come out."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from pathlib import Path

import pytest

from sourcebook.check import check
from sourcebook.cli import main
from sourcebook.read import read_library
from sourcebook.settings import Settings

FOLDER = Path(__file__).parent / "articles"
ARTICLES = sorted(path.parent for path in FOLDER.glob("*/source.*"))
# What only a person can find out: a date that the article does not print, an address that it does not give.
FOR_A_PERSON = {"missing-field", "unlocated-entry"}


def run(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(["import", *arguments])
    return code, out.getvalue()


def source_of(folder: Path) -> Path:
    return next(folder.glob("source.*"))


@pytest.mark.parametrize("folder", ARTICLES, ids=lambda folder: folder.name)
def test_an_article_becomes_its_page_and_entries(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    code, report = run(source_of(folder).name, "--root", str(tmp_path))
    assert code == 0
    (page,) = tmp_path.glob("docs/articles/*.md")
    found = {
        "page.md": page.read_text(),
        "library.bib": (tmp_path / "bib/library.bib").read_text(),
        "report.txt": report,
    }
    if os.environ.get("SOURCEBOOK_RENEW"):  # writes the folders anew, for a person to look at with git diff
        for name, text in found.items():
            (folder / name).write_text(text, encoding="utf-8")
    assert found == {name: (folder / name).read_text(encoding="utf-8") for name in found}


@pytest.mark.parametrize("folder", ARTICLES, ids=lambda folder: folder.name)
def test_the_gate_passes_it_or_says_what_a_person_must_find_out(folder: Path, tmp_path: Path) -> None:
    run(str(source_of(folder)), "--root", str(tmp_path))
    library = read_library(tmp_path, Settings(), cached=False)
    assert library.pages[0].claims
    assert all(claim.sourced for claim in library.pages[0].claims)
    assert {finding.rule for finding in check(library).findings} <= FOR_A_PERSON


def test_a_second_run_does_nothing(tmp_path: Path) -> None:
    names = [str(source_of(folder)) for folder in ARTICLES]
    assert run(*names, "--root", str(tmp_path))[0] == 0
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*") if path.is_file()
    }
    code, report = run(*names, "--root", str(tmp_path), "--jobs", "2")
    assert code == 0
    assert f"{len(names)} sources: {len(names)} same; 0 new entries" in report
    after = {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*") if path.is_file()
    }
    assert after == before


@pytest.mark.parametrize("worksheet", [False, True], ids=["pages", "worksheets"])
def test_what_is_imported_builds_without_a_warning(worksheet: bool, tmp_path: Path) -> None:
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    names = [str(source_of(folder)) for folder in ARTICLES]
    assert run(*names, "--root", str(tmp_path), *(["--restate"] if worksheet else []))[0] == 0
    docs = tmp_path / "docs"
    (docs / "conf.py").write_text('extensions = ["sourcebook.sphinx_ext"]\nsourcebook_gate = "warn"\n')
    (docs / "index.md").write_text(
        "# X\n\n```{toctree}\n:glob:\n\narticles/*\n```\n\n```{bibliography}\n:all:\n```\n"
    )
    warnings = io.StringIO()
    settings = {"suppress_warnings": ["sourcebook"], "nitpicky": True}
    with patch_docutils(), docutils_namespace():
        app = Sphinx(docs, docs, tmp_path / "out", tmp_path / "tree", "dummy", settings, None, warnings)
        app.build()

    assert app.statuscode == 0
    assert warnings.getvalue() == ""


def test_a_copy_under_another_name_is_the_same_article(tmp_path: Path) -> None:
    source, copy = source_of(ARTICLES[0]), tmp_path / "again.txt"
    shutil.copy(source, copy)
    code, report = run(str(source), str(copy), "--root", str(tmp_path))
    assert code == 0
    assert "1 new, 1 same" in report
