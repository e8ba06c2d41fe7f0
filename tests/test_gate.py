"""The gate in Sphinx says what the command line says, at the same places, before it reads a page."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sourcebook.check import check
from sourcebook.read import read_library
from sourcebook.rules import all_rules
from sourcebook.settings import read_settings
from sourcebook.sphinx_ext.gate import BuildStopped

GOOD = "# The sea\n\nThe sea is salt {cite:p}`smith2020sea` {claim}`sea-salt`.\n"
BIB = "@misc{smith2020sea,\n  title = {The sea},\n  year = {2020},\n  url = {https://example.org/sea},\n}\n"
CONF = 'project = "Sea"\nextensions = ["sourcebook.sphinx_ext"]\nhtml_theme = "basic"\n'
INDEX = "# Sea\n\n```{toctree}\narticles/page\n```\n\n```{bibliography}\n```\n"

# Each case: what is put in the place of the page and of the bibliography.
FAULTS = {
    "uncited": (GOOD + "\nIt is deep.\n", BIB),
    "unknown key": (GOOD.replace("smith2020sea", "smiht2020sea"), BIB),
    "malformed role": (GOOD.replace("smith2020sea", "smith2020sea p. 5"), BIB),
    "no entry": (GOOD, ""),
    "no locator": (GOOD, re.sub("  url.*\n", "", BIB)),
    "no year": (GOOD, re.sub("  year.*\n", "", BIB)),
    "broken brace": (GOOD, BIB.replace("{The sea}", "{The sea")),
    "entry twice": (GOOD, BIB + "\n" + BIB),
    "claims alike": (GOOD + "\nIt is deep {cite:p}`smith2020sea` {claim}`sea-salt`.\n", BIB),
}


def lay_out(root: Path, page: str = GOOD, bib: str = BIB, conf: str = CONF) -> Path:
    (root / "docs" / "articles").mkdir(parents=True)
    (root / "bib").mkdir()
    (root / "docs" / "articles" / "page.md").write_text(page, encoding="utf-8")
    (root / "docs" / "index.md").write_text(INDEX, encoding="utf-8")
    (root / "docs" / "conf.py").write_text(conf, encoding="utf-8")
    (root / "bib" / "all.bib").write_text(bib, encoding="utf-8")
    return root


def build(root: Path) -> tuple[Path, str]:
    warnings = StringIO()
    out = root / "out"
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            root / "docs", root / "docs", out, root / "doctrees", "html", status=None, warning=warnings
        )
        app.build()
    return out, warnings.getvalue()


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("name", FAULTS)
def test_the_gate_says_what_the_command_line_says(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    page, bib = FAULTS[name]
    root = lay_out(tmp_path, page, bib)
    report = check(read_library(root, read_settings(root)))
    expected = [
        f"{root / f.fault.place.path}:{f.fault.place.line}:{f.fault.place.column}: WARNING: {f.rule}: "
        f"{f.fault.message} ({f.fault.cure}) [§{all_rules()[f.rule].paragraph}] [sourcebook.{f.rule}]"
        for f in report.findings
    ]
    assert expected
    warnings = StringIO()
    with patch_docutils(), docutils_namespace(), pytest.raises(BuildStopped):
        Sphinx(
            root / "docs", root / "docs", root / "out", root / "trees", "html", status=None, warning=warnings
        )
    told = plain(warnings.getvalue()).splitlines()
    assert told[:-1] == expected
    assert "the build is stopped" in told[-1]
    assert not list((root / "out").glob("*.html"))


def test_a_clean_library_is_built_without_a_warning(tmp_path: Path) -> None:
    out, warnings = build(lay_out(tmp_path))
    assert warnings == ""
    html = (out / "articles" / "page.html").read_text(encoding="utf-8")
    assert 'id="claim-sea-salt"' in html
    assert 'href="../claims/sea-salt.html"' in html


def test_several_keys_are_printed_in_the_order_in_which_they_are_written(tmp_path: Path) -> None:
    other = BIB.replace("smith2020sea", "adams2021sky").replace("/sea", "/sky")
    other = other.replace("  title", "  author = {Adams, Ann},\n  title")
    page = GOOD.replace("smith2020sea", "smith2020sea,adams2021sky")
    out, warnings = build(lay_out(tmp_path, page, BIB + other))
    assert warnings == ""
    html = (out / "articles" / "page.html").read_text(encoding="utf-8")
    assert html.index("#cite-smith2020sea") < html.index("#cite-adams2021sky")


def test_the_gate_can_be_told_to_warn(tmp_path: Path) -> None:
    root = lay_out(tmp_path, *FAULTS["uncited"], conf=CONF + 'sourcebook_gate = "warn"\n')
    out, warnings = build(root)
    assert "uncited-claim" in warnings
    assert (out / "articles" / "page.html").is_file()


def test_a_claim_can_be_linked_and_stands_in_the_inventory(tmp_path: Path) -> None:
    from sphinx.util.inventory import InventoryFile

    root = lay_out(tmp_path, GOOD + "\n## See\n\nIs {claim:ref}`this <sea-salt>` so?\n")
    out, warnings = build(root)
    assert warnings == ""
    html = (out / "articles" / "page.html").read_text(encoding="utf-8")
    assert 'href="#claim-sea-salt" title="The sea is salt."' in html
    inventory = InventoryFile.loads((out / "objects.inv").read_bytes(), uri="").data
    assert inventory["claim:claim"]["sea-salt"].uri == "articles/page.html#claim-sea-salt"
    assert inventory["std:label"]["claim-sea-salt"].uri == "articles/page.html#claim-sea-salt"
    assert inventory["std:label"]["cite-smith2020sea"].uri == "index.html#cite-smith2020sea"


def test_another_project_links_to_claims_and_entries_with_intersphinx_alone(tmp_path: Path) -> None:
    out, _ = build(lay_out(tmp_path / "ours"))
    theirs = tmp_path / "theirs"
    page = "# B\n\n[](inv:ours:claim#sea-salt), {external+ours:ref}`claim-sea-salt`.\n"
    page += "And {external+ours:ref}`cite-smith2020sea`.\n"
    conf = 'extensions = ["myst_parser", "sphinx.ext.intersphinx"]\nnitpicky = True\n'
    conf += f'intersphinx_mapping = {{"ours": ("https://example.org/", {str(out / "objects.inv")!r})}}\n'
    (theirs / "docs").mkdir(parents=True)
    (theirs / "docs" / "index.md").write_text(page, encoding="utf-8")
    (theirs / "docs" / "conf.py").write_text(conf, encoding="utf-8")
    built, warnings = build(theirs)
    assert warnings == ""
    html = (built / "index.html").read_text(encoding="utf-8")
    assert html.count('href="https://example.org/articles/page.html#claim-sea-salt"') == 2
    assert 'href="https://example.org/index.html#cite-smith2020sea"' in html
    assert ">The sea is salt.<" in html


def test_only_the_gap_before_the_anchor_is_closed(tmp_path: Path) -> None:
    page = "# The sea\n\nThe *sea* {cite:p}`smith2020sea` {claim}`sea`. It is {cite:p}`smith2020sea` {claim}`is`.\n"
    out, _ = build(lay_out(tmp_path, page))
    html = re.sub(r"<[^>]+>", "", (out / "articles" / "page.html").read_text(encoding="utf-8"))
    assert "The sea (The sea 2020)#. It is (The sea 2020)#." in html


def test_a_link_to_a_claim_that_is_not_there_is_a_warning(tmp_path: Path) -> None:
    root = lay_out(
        tmp_path, GOOD + "\n## See\n\nIs {claim:ref}`no-such` so?\n", conf=CONF + "nitpicky = True\n"
    )
    assert "no-such" in build(root)[1]
