"""A check of the outline says what a check of the whole library says, whatever is wrong and however it was read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sourcebook.check import check
from sourcebook.linking.ledger import ledger_bytes
from sourcebook.linkrecords import Link
from sourcebook.outline import outline_of_page
from sourcebook.read import read_library, read_outline
from sourcebook.settings import Settings, read_settings

ROOT = Path(__file__).parent.parent
LIBRARIES = [*sorted(path for path in (ROOT / "tests" / "libraries").iterdir() if path.is_dir()), ROOT]
PARENTS = """@inbook{{smith2020sea, title = {{The sea}}, crossref = {{book}}, url = {{https://example.org/sea}}}}
@book{{book, {fields}url = {{https://example.org/book}}}}
"""


@pytest.mark.parametrize("root", LIBRARIES, ids=lambda path: path.name)
def test_the_outline_of_a_library_gives_the_report_of_the_whole(root: Path) -> None:
    settings = read_settings(root)
    whole = check(read_library(root, settings, cached=False), allow=settings.allow)
    assert check(read_outline(root, settings, cached=False), allow=settings.allow) == whole
    for jobs in (0, 2, 0):  # written to the store, or taken from it
        assert check(read_outline(root, settings, jobs), allow=settings.allow) == whole


def test_a_change_in_one_file_changes_what_is_found_in_the_others(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("_build"))
    shutil.copytree(ROOT / "bib", tmp_path / "bib")
    settings = read_settings(ROOT)
    assert not check(read_outline(tmp_path, settings)).findings
    bib = next((tmp_path / "bib").glob("*.bib"))
    bib.write_text(bib.read_text("utf-8").replace("@online{anon2022high,", "@online{anon2022low,"), "utf-8")
    found = check(read_outline(tmp_path, settings))
    assert len([f for f in found.findings if f.fault.key == "anon2022high"]) > 10
    assert found == check(read_library(tmp_path, settings))


@pytest.mark.parametrize(("fields", "missing"), [("", 2), ("author = {Smith, Ann}, date = {2020}, ", 0)])
def test_what_a_parent_has_is_known_from_the_store_too(tmp_path: Path, fields: str, missing: int) -> None:
    (tmp_path / "docs" / "articles").mkdir(parents=True)
    (tmp_path / "bib").mkdir()
    (tmp_path / "docs" / "articles" / "page.md").write_text("Salt {cite:p}`smith2020sea,book`.\n")
    parent = PARENTS.format(fields=fields).replace(
        "url = {https://example.org/book}", "title = {Seas}, url = {https://example.org/book}"
    )
    (tmp_path / "bib" / "all.bib").write_text(parent)
    for _ in range(2):
        report = check(read_outline(tmp_path, Settings()), select=["missing-field"])
        assert len({f.fault.message for f in report.findings if f.fault.key == "smith2020sea"}) == missing


def test_a_dead_locator_is_known_to_both(tmp_path: Path) -> None:
    (tmp_path / "docs" / "articles").mkdir(parents=True)
    (tmp_path / "bib").mkdir()
    (tmp_path / "docs" / "articles" / "page.md").write_text("Salt {cite:p}`smith2020sea`.\n")
    (tmp_path / "bib" / "all.bib").write_text(PARENTS.format(fields="").replace("crossref = {book}, ", ""))
    for verdict, count in (("unchecked", 0), ("dead", 1), ("blocked", 0)):
        links = {"https://example.org/sea": Link(verdict, "not found", 404)}
        (tmp_path / "bib" / "links.json").write_bytes(ledger_bytes(links))
        found = check(read_outline(tmp_path, Settings()), select=["dead-link"])
        assert len(found.findings) == count
        assert found == check(read_library(tmp_path, Settings()), select=["dead-link"])


def test_an_outline_holds_no_sentence_that_is_sourced() -> None:
    library = read_library(ROOT, read_settings(ROOT))
    for page in library.pages:
        assert all(not claim.sourced for claim in outline_of_page(page).page.claims)
