"""Pages that show something of the whole library: who is named where, and how many there are of what."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sourcebook.sphinx_ext.mentions import LONGEST, shortened
from sourcebook.sphinx_ext.tally import answer, share

# MyST-Parser asks Sphinx for an attribute that goes in Sphinx 11; it pins Sphinx below.
pytestmark = pytest.mark.filterwarnings("ignore:'myst_parser")

CONF = 'project = "Sea"\nextensions = ["sourcebook.sphinx_ext"]\nhtml_theme = "basic"\n'
BIB = "@misc{smith2020sea,\n  title = {The sea},\n  year = {2020},\n  url = {https://example.org/sea},\n}\n"
HELD = "@misc{held2020,\n  title = {Kept},\n  year = {2020},\n  sha256 = {" + "a" * 64 + "},\n}\n"
INDEX = "# Sea\n\n```{toctree}\narticles/two\narticles/one\npeople\n```\n\n```{bibliography}\n:all:\n```\n"
PEOPLE = "# People\n\n## Ann\n\n:::{mentions} Ann\n:::\n"
KALIN = "Kalın spoke", "Kal’s boat sank", "Kalınov slept"


def claims(name: str, sentences: tuple[str, ...]) -> str:
    lines = (
        f"{text} {{cite:p}}`smith2020sea` {{claim}}`{name}-{number}`."
        for number, text in enumerate(sentences)
    )
    return f"# Page {name}\n\n" + "\n".join(lines) + "\n"


def lay_out(root: Path, people: str = PEOPLE, one: tuple[str, ...] = (), two: tuple[str, ...] = ()) -> Path:
    (root / "docs" / "articles").mkdir(parents=True)
    (root / "bib").mkdir()
    files = {
        "docs/conf.py": CONF,
        "docs/index.md": INDEX,
        "docs/people.md": people,
        "docs/articles/one.md": claims("one", one or ("Ann saw it", "Annie did not", "Nobody came")),
        "docs/articles/two.md": claims("two", two or ("They asked Ann’s mother",)),
        "bib/all.bib": BIB,
    }
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def build(root: Path, builder: str = "html", parallel: int = 0, out: str = "out") -> str:
    warnings = io.StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            root / "docs",
            root / "docs",
            root / out / builder,
            root / "trees",
            builder,
            status=None,
            warning=warnings,
            parallel=parallel,
        )
        app.build()
    return re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue())


def people(root: Path, out: str = "out") -> str:
    return (root / out / "html" / "people.html").read_text(encoding="utf-8")


def links(html: str) -> list[str]:
    return re.findall(r'href="(articles/\w+\.html#claim-[\w-]+)"', html)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_claims_stand_in_the_order_of_the_toctree(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    assert build(root) == ""
    html = people(root)
    assert "2 claims on 2 pages" in html
    assert links(html) == ["articles/two.html#claim-two-0", "articles/one.html#claim-one-0"]
    assert html.index(">Page two</p>") < html.index(">They asked Ann’s mother.</a>")


@pytest.mark.parametrize(
    ("names", "found"), [("Kalın", [0]), ("Kal", [1]), ("Kal, Kalın", [0, 1]), ("İ Kal,  Kal", [1])]
)
def test_a_name_is_a_whole_word(names: str, found: list[int], tmp_path: Path) -> None:
    root = lay_out(tmp_path, f"# People\n\n:::{{mentions}} {names}\n:::\n", KALIN)
    build(root)
    assert links(people(root)) == [f"articles/one.html#claim-one-{number}" for number in found]


def test_many_claims_are_folded_and_reachable_without_a_script(tmp_path: Path) -> None:
    root = lay_out(tmp_path, one=tuple(f"Ann went to sea in {year}" for year in range(1990, 1997)))
    assert build(root) == ""
    html = people(root)
    folded = re.search(r'<details class="mentions">(.*?)</details>', html, re.S)
    assert folded
    assert "<summary>8 claims on 2 pages</summary>" in folded[1]
    assert len(links(folded[1])) == 8


def test_a_long_sentence_is_cut_at_a_word() -> None:
    cut = shortened("The sea, " * 40)
    assert cut.endswith("sea\u00a0…")
    assert len(cut) <= LONGEST + 2
    assert shortened("x" * 300) == "x" * LONGEST + "\u00a0…"
    assert shortened("Short.") == "Short."


def test_a_name_that_nobody_mentions_is_a_warning_with_its_place(tmp_path: Path) -> None:
    root = lay_out(tmp_path, PEOPLE.replace("} Ann", "} Ann, Zoë"))
    (warning,) = build(root).splitlines()
    place = root / "docs" / "people.md"
    assert warning.startswith(f"{place}:5: WARNING: mentions: no named claim of another page names 'Zoë'")
    assert warning.endswith("[sourcebook.mentions]")
    assert "Zoë" in build(root), "said in each build, not only when the page is read"


def test_claims_of_the_page_itself_are_not_repeated(tmp_path: Path) -> None:
    own = "---\narticle: smith2020sea\n---\n" + PEOPLE
    own += "\nAnn was a sailor {cite:p}`smith2020sea` {claim}`who-ann`.\n"
    root = lay_out(tmp_path, own)
    edit(root / "docs" / "conf.py", "html_theme", "nitpicky = True\nhtml_theme")
    (root / "pyproject.toml").write_text(
        '[tool.sourcebook]\nchecked = ["docs/people.md", "docs/articles/*.md"]\n', encoding="utf-8"
    )
    assert build(root) == ""
    assert "who-ann" not in "".join(re.findall(r'(?s)<div class="mentions.*?</div>', people(root)))
    assert "2 claims on 2 pages" in people(root)


@pytest.mark.parametrize("parallel", [0, 2])
def test_a_page_is_written_again_when_a_claim_has_changed(parallel: int, tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    for number in range(6):  # Sphinx reads few pages in one process whatever it is told
        (root / "docs" / "articles" / f"more{number}.md").write_text(
            f"---\norphan: true\n---\n# More {number}\n", encoding="utf-8"
        )
    assert build(root, parallel=parallel) == ""
    edit(root / "docs" / "articles" / "one.md", "Nobody came", "Ann came")
    assert build(root, parallel=parallel) == ""
    assert "3 claims on 2 pages" in people(root)
    edit(root / "docs" / "articles" / "two.md", "# Page two", "# Second page")
    assert build(root, parallel=parallel) == ""
    assert ">Second page</p>" in people(root)


def test_a_page_is_written_again_in_each_folder_that_shows_it(tmp_path: Path) -> None:
    root = lay_out(tmp_path, PEOPLE + "\n## Claims\n\nThere are {tally}`claims`\n")
    for out in ("out", "other"):
        assert build(root, out=out) == ""
    edit(
        root / "docs" / "articles" / "one.md",
        "\nNobody",
        "\nAnn came {cite:p}`smith2020sea` {claim}`x`.\nNobody",
    )
    for out in ("out", "other"):
        assert build(root, out=out) == ""
        assert "3 claims on 2 pages" in people(root, out)
        assert "There are 5" in people(root, out)


def test_an_unchanged_library_is_not_written_again(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    build(root)
    before = (root / "out" / "html" / "people.html").stat().st_mtime_ns
    build(root)
    assert (root / "out" / "html" / "people.html").stat().st_mtime_ns == before


def test_the_book_prints_pages(tmp_path: Path) -> None:
    root = lay_out(tmp_path, PEOPLE + "\n{tally}`claims`\n")
    assert build(root, "typst") == ""
    (pdf,) = (root / "out" / "typst").glob("*.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert re.search(r"2 claims: p\.\s\d+, \d+", text)


@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_other_builders_print_the_claims(builder: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    assert not [line for line in build(root, builder).splitlines() if "epub" not in line and "node" in line]


def test_tallies_are_those_of_the_check(tmp_path: Path) -> None:
    wishes = "claims cited entries public-claims public-entries named checked-pages waived held".split()
    text = "".join(f"- {name} {{tally}}`{name}`\n" for name in wishes)
    root = lay_out(tmp_path, f"# People\n\n{text}- part {{tally}}`public-entries %`\n")
    with (root / "bib" / "all.bib").open("a", encoding="utf-8") as file:
        file.write("\n" + HELD)
    edit(root / "docs" / "articles" / "one.md", "{cite:p}`smith2020sea` {claim}`one-0`", "{cite:p}`held2020`")
    assert build(root) == ""
    found = dict(re.findall(r"<li><p>([\w-]+) ([\d.%]+)</p></li>", people(root)))
    expected = {"claims": "4", "cited": "4", "entries": "2", "public-claims": "3", "public-entries": "1"}
    expected |= {"named": "3", "checked-pages": "2", "waived": "0", "held": "1", "part": "50%"}
    assert found == expected


def test_a_tally_that_nobody_keeps_is_a_warning_that_lists_the_known_ones(tmp_path: Path) -> None:
    root = lay_out(tmp_path, PEOPLE + "\n{tally}`clams`\n")
    warning = build(root)
    assert (
        f"{root / 'docs' / 'people.md'}:8: WARNING: no tally 'clams'; known are pages, checked-pages"
        in warning
    )
    assert "public-claims %" in warning
    assert "[sourcebook.tally]" in warning


def test_a_share_is_never_rounded_up() -> None:
    assert share(999, 1000) == "99.9%"
    assert share(9999, 10000) == "99.9%"
    assert share(10, 10) == "100%"
    assert share(0, 0) == "0%"
    assert answer({"claims": 4}, "claims %") == ""
    assert answer({"claims": 4, "cited": 1}, "cited%") == "25%"


def test_the_tallies_are_new_after_a_change_in_the_bibliography(tmp_path: Path) -> None:
    root = lay_out(tmp_path, PEOPLE + "\n## Entries: {tally}`entries`\n")
    assert build(root) == ""
    with (root / "bib" / "all.bib").open("a", encoding="utf-8") as file:
        file.write(
            "\n" + HELD.replace("sha256", "note = {n},\n  url = {https://example.org/held},\n  sha256")
        )
    edit(root / "docs" / "articles" / "two.md", "smith2020sea", "smith2020sea,held2020")
    assert build(root) == ""
    assert "Entries: 2" in people(root)
