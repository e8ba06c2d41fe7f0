"""The citation domain: the same pages as sphinxcontrib-bibtex makes, and after a change the same as a clean build."""

import os
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.inventory import InventoryFile

STOCK = ["sphinxcontrib.bibtex"]
OURS = ["sourcebook.sphinx_ext.citations.extension"]
BIB = """@article{harris2021massive, author = {Harris, Shane and Sonne, Paul}, title = {Massive},
  journal = {The Post}, year = 2021}
@book{lukin1999book, author = {Lukin, Artyom}, title = {A Book}, publisher = {House}, year = 1999}
@misc{anon2003thing, author = {Bad, Ann}, title = {Thing}, year = 2003, url = {https://example.org/}}
@misc{uncited2004, author = {Never, Mind}, title = {Uncited}, year = 2004}
"""
INDEX = "Index\n=====\n\n.. toctree::\n\n   one\n   two\n   foot\n   all\n"
PAGES = {
    "index": INDEX,
    "one": "One\n===\n\nA :cite:p:`harris2021massive` and :cite:t:`{see}anon2003thing{p. 3},lukin1999book`.\n\n"
    ".. bibliography::\n   :filter: docname in docnames\n\nAgain :cite:author:`harris2021massive`.\n",
    "two": "Two\n===\n\nB :cite:`lukin1999book` :cite:year:`anon2003thing` :any:`harris2021massive`.\n",
    "foot": "Foot\n====\n\n:footcite:p:`anon2003thing`, :footcite:t:`lukin1999book`.\n\n.. footbibliography::\n",
    "all": "All\n===\n\n.. bibliography::\n\n"
    ".. bibliography::\n   :filter: not cited or title % 'thing'\n   :list: bullet\n\n"
    ".. bibliography::\n   :list: enumerated\n   :keyprefix: x-\n\n   harris2021massive\n",
}


def write_project(root: Path, bib: str = BIB, **pages: str) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    for name, text in (PAGES | pages).items():
        (root / f"{name}.rst").write_text(text, "utf-8")
    write_bib(root, bib)
    return root


def write_bib(root: Path, bib: str) -> None:
    (root / "r.bib").write_text(bib, "utf-8")


def build(
    root: Path, extensions: list[str], out: str, parallel: int = 1, builder: str = "html", **settings: Any
) -> str:
    """Build, and give the warnings back without colours."""
    settings = {
        "extensions": extensions,
        "bibtex_bibfiles": ["r.bib"],
        "html_theme": "basic",
        "html_last_updated_fmt": None,
        "suppress_warnings": ["app", "bibtex.duplicate_citation", "bibtex.duplicate_label"],
        "exclude_patterns": ["out*", "clean*"],
    } | settings
    warnings = StringIO()
    target = root / out
    doctrees = root / f"{out.partition('.')[0]}-doctrees"
    with patch_docutils(), docutils_namespace():
        app = Sphinx(root, None, target, doctrees, builder, settings, StringIO(), warnings, parallel=parallel)
        app.build()
    return re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue())


def pages_of(out: Path) -> dict[str, str]:
    """What a reader gets: all files of the build but Sphinx's own records."""
    files = [path for path in out.rglob("*") if path.is_file()]
    text = {str(path.relative_to(out)): path.read_bytes().decode("latin-1") for path in files}
    text.pop(".buildinfo", None)
    text.pop("objects.inv", None)  # compressed; has a test of its own
    # the order in which Sphinx meets pages in an incremental build
    text.pop("searchindex.js", None)
    return text


def bodies_of(pages: dict[str, str]) -> dict[str, str]:
    return {
        name: page.split('<div class="body"')[-1].split('<div class="clearer"')[0]
        for name, page in pages.items()
    }


def styles(default: str, reference: str, cite_id: str = "", **settings: Any) -> dict[str, Any]:
    names = {"bibtex_default_style": default, "bibtex_reference_style": reference, "bibtex_cite_id": cite_id}
    return names | {f"bibtex_{name}": value for name, value in settings.items()}


STYLES = [
    styles("plain", "label"),
    styles("alpha", "author_year"),
    styles("unsrt", "super", "b{bibliography_count}-{key}"),
    styles(
        "plain", "label", "c{bibliography_count}-{key}", tooltips_style="unsrt", bibliography_header="Head"
    ),
    styles("plain", "label", tooltips=False),
]


@pytest.mark.parametrize("settings", STYLES, ids=range(len(STYLES)))
def test_pages_are_those_of_sphinxcontrib_bibtex(tmp_path: Path, settings: dict[str, Any]) -> None:
    root = write_project(tmp_path)
    assert build(root, OURS, "out-ours", **settings) == build(root, STOCK, "out-stock", **settings)
    assert pages_of(root / "out-ours") == pages_of(root / "out-stock")


def cite_more(root: Path) -> None:
    (root / "two.rst").write_text(PAGES["two"] + "\nC :cite:p:`uncited2004`.\n", "utf-8")


def cite_less(root: Path) -> None:
    (root / "two.rst").write_text("Two\n===\n\nNothing.\n", "utf-8")


def delete_entry(root: Path) -> None:
    write_project(
        root, "".join(re.split(r"(?=@)", BIB)[:3]) + "@misc{uncited2004, title = {Uncited}, year = 2004}\n"
    )


def add_entry(root: Path) -> None:
    write_bib(root, BIB + "@misc{new2021, author = {Harris, Shane}, title = {Aha}, year = 2021}\n")


def change_year(root: Path) -> None:
    write_bib(root, BIB.replace("2003}", "2010}").replace("year = 2003", "year = 2010"))


def change_footnote(root: Path) -> None:
    write_bib(root, BIB.replace("A Book", "Another Book"))


def change_keeping_the_time(root: Path) -> None:
    bib = root / "r.bib"
    times = bib.stat()
    bib.write_text(BIB.replace("Massive", "Passive").replace("Harris", "Norris"), "utf-8")
    os.utime(bib, ns=(times.st_atime_ns, times.st_mtime_ns))


def restore_an_older_file(root: Path) -> None:
    bib = root / "r.bib"
    bib.write_text(BIB + "@misc{old2000, author = {Old, A}, title = {Old}, year = 2000}\n", "utf-8")
    os.utime(bib, (1_000_000_000, 1_000_000_000))


def remove_a_page(root: Path) -> None:
    (root / "two.rst").unlink()
    (root / "index.rst").write_text(INDEX.replace("   two\n", ""), "utf-8")


def reorder_pages(root: Path) -> None:
    (root / "index.rst").write_text(
        "Index\n=====\n\n.. toctree::\n\n   foot\n   two\n   one\n   all\n", "utf-8"
    )


EDITS: list[Callable[[Path], None]] = [
    cite_more, cite_less, delete_entry, add_entry, change_year, change_footnote, change_keeping_the_time,
    restore_an_older_file, remove_a_page, reorder_pages,
]  # fmt: skip
KEPT_FRESH: list[dict[str, Any]] = [{}, STYLES[0], STYLES[1], STYLES[3]]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
@pytest.mark.parametrize("settings", KEPT_FRESH, ids=["ours", "plain", "alpha", "stable-ids"])
def test_a_build_after_a_change_equals_a_clean_one(
    tmp_path: Path, edit: Callable[[Path], None], settings: dict[str, Any]
) -> None:
    root = write_project(tmp_path)
    build(root, OURS, "out", **settings)
    edit(root)
    said = build(root, OURS, "out", **settings)
    assert build(root, OURS, "clean", **settings) == said
    if edit is remove_a_page:  # Sphinx leaves what it wrote of it
        (root / "out/_sources/two.rst.txt").unlink()
        (root / "out/two.html").unlink()
    fresh, clean = pages_of(root / "out"), pages_of(root / "clean")
    if edit in (remove_a_page, reorder_pages):  # nor does it renew the links to the pages before and behind
        fresh, clean = bodies_of(fresh), bodies_of(clean)
    assert fresh == clean


def test_a_deleted_entry_is_told_of_where_it_is_cited(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    build(root, OURS, "out")
    delete_entry(root)
    said = build(root, OURS, "out")
    assert 'two.rst:4: WARNING: could not find bibtex key "anon2003thing" [bibtex.key_not_found]' in said


@pytest.mark.parametrize("settings", KEPT_FRESH, ids=["ours", "plain", "alpha", "stable-ids"])
def test_a_build_in_which_nothing_changed_writes_nothing_and_warns_again(
    tmp_path: Path, settings: dict[str, Any]
) -> None:
    root = write_project(tmp_path)
    settings = settings | {"suppress_warnings": ["app"]}
    first = duplicates(build(root, OURS, "out", **settings))
    times = written_at(root / "out")
    assert duplicates(build(root, OURS, "out", **settings)) == first != []
    assert written_at(root / "out") == times


def test_a_touched_file_changes_nothing(tmp_path: Path) -> None:
    root = write_project(tmp_path, foot="Foot\n====\n")
    build(root, OURS, "out")
    times = written_at(root / "out")
    os.utime(root / "r.bib")
    build(root, OURS, "out")
    assert written_at(root / "out") == times


def duplicates(said: str) -> list[str]:
    return [line for line in said.splitlines() if "duplicate citation" in line]


def written_at(out: Path) -> dict[str, int]:
    """When each page and the environment were written; two pages Sphinx writes always."""
    paths = [*out.glob("*.html"), out.with_name(f"{out.name}-doctrees") / "environment.pickle"]
    return {path.stem: path.stat().st_mtime_ns for path in paths if path.stem not in ("search", "genindex")}


def test_a_builder_that_ran_in_between_hides_no_change(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    build(root, OURS, "out")
    change_year(root)
    build(root, OURS, "out.text", builder="text")  # of the same environment
    build(root, OURS, "out")
    build(root, OURS, "clean")
    assert pages_of(root / "out") == pages_of(root / "clean")


def test_a_build_that_was_stopped_hides_no_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_project(tmp_path)
    build(root, OURS, "out")
    change_year(root)
    with monkeypatch.context() as patch:
        patch.setattr(StandaloneHTMLBuilder, "write_documents", stop)
        with pytest.raises(KeyboardInterrupt):
            build(root, OURS, "out")
    build(root, OURS, "out")
    build(root, OURS, "clean")
    assert pages_of(root / "out") == pages_of(root / "clean")


def stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_two_processes_make_the_same_pages_as_one(tmp_path: Path) -> None:
    root = write_project(tmp_path, **{f"p{n}": PAGES["one"].replace("One", f"P{n:02}") for n in range(12)})
    said = build(root, OURS, "out")
    assert sorted(build(root, OURS, "out-two", parallel=2).splitlines()) == sorted(said.splitlines())
    assert pages_of(root / "out") == pages_of(root / "out-two")


def test_each_entry_stands_once_in_the_inventory_with_its_label(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    build(root, OURS, "out")
    inventory = InventoryFile.loads((root / "out/objects.inv").read_bytes(), uri="").data["cite:citation"]
    assert set(inventory) == {"harris2021massive", "lukin1999book", "anon2003thing"}
    item = inventory["harris2021massive"]
    assert (item.display_name, item.uri) == ("Harris and Sonne 2021", "all.html#cite-harris2021massive")
    assert 'id="cite-harris2021massive"' in (root / "out/all.html").read_text("utf-8")


def test_without_stable_ids_nothing_is_promised_to_other_projects(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    build(root, OURS, "out", bibtex_cite_id="")
    assert "cite:citation" not in InventoryFile.loads((root / "out/objects.inv").read_bytes(), uri="").data


def test_two_lists_on_a_page_need_no_prefix(tmp_path: Path) -> None:
    lists = "All\n===\n\n.. bibliography::\n   :filter: type == 'book'\n\n.. bibliography::\n   :all:\n"
    root = write_project(tmp_path, all=lists)
    assert "duplicate_id" not in build(root, OURS, "out")
    ids = re.findall(r'id="([^"]+)"', (root / "out/all.html").read_text("utf-8"))
    assert len(ids) == len(set(ids))
    assert {"cite-lukin1999book", "cite-anon2003thing", "cite-uncited2004"} <= set(ids)


def test_labels_in_the_text_are_those_of_the_list(tmp_path: Path) -> None:
    twins = "".join(
        f"@online{{opinio{n}, title = {{T{n}}}, organization = {{Opinio Juris}}, date = {{2021-0{n}}}}}\n"
        for n in (1, 2)
    )
    root = write_project(tmp_path, twins, one="One\n===\n\n:cite:p:`opinio2` :cite:t:`opinio1`\n", two="Two\n===\n",
                         foot="Foot\n====\n", all="All\n===\n\n.. bibliography::\n")  # fmt: skip
    build(root, OURS, "out")
    text = re.sub(r"<[^>]+>", "", (root / "out/one.html").read_text("utf-8"))
    assert "(Opinio Juris 2021b) Opinio Juris (2021a)" in text
    listed = (root / "out/all.html").read_text("utf-8")
    assert listed.index("Opinio Juris 2021a") < listed.index("Opinio Juris 2021b")
