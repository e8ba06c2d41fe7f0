"""Each entry and each named claim has a page of its own, and every page says how it is cited."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.inventory import InventoryFile

HOSTILE = r"The </script><script>alert(1)</script> ''sea'' \& {{ 7 }} <b>salt</b>"
BIB = f"""@article{{smith2020sea, author = {{Smith, Ann and {{World Bank}}}}, title = {{{HOSTILE}}},
  journaltitle = {{Journal of Salt}}, volume = 3, pages = {{7--9}}, date = {{2020-03}}, doi = {{10.5555/12345678}}}}
@online{{jones2021sky:a, author = {{Jones, Bo}}, title = {{The sky}}, date = {{2021-02-03}}, url = {{https://example.org/sky}}}}
"""
PAGE = """---
article: jones2021sky:a
---
# The sea

The sea is "salt" & \\<deep> {cite:p}`smith2020sea` {claim}`sea-salt`.
The sky is high {cite:p}`jones2021sky:a` {claim}`sky-high`.
"""
CONF = 'project = "Seas"\nauthor = "The writers"\nversion = release = "2"\nextensions = ["sourcebook.sphinx_ext"]\n'
# The rules have something to say of a title like that; it is built all the same.
CONF += 'sourcebook_gate = "warn"\nhtml_theme = "basic"\n'


class Page(HTMLParser):
    """What a page links to, says of itself, and has as data."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.tags: list[tuple[str, str]] = []
        self.rels: list[tuple[str, str]] = []
        self.scripts: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids.add(values.get("id", ""))
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "meta" and "name" in values:
            self.tags.append((values["name"], values["content"]))
        elif tag == "link":
            self.rels.append((values["rel"], values["href"]))
        elif tag == "script":
            self._inside = values.get("type", "code" if "src" not in values else "")
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._inside = ""

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(next(text for text in self.scripts if "schema.org" in text))
        return found


def build(root: Path, conf: str = "", address: str = "", names: str = "") -> Path:
    docs = root / "docs"
    (docs / "articles").mkdir(parents=True, exist_ok=True)
    (root / "bib").mkdir(exist_ok=True)
    (root / "bib" / "all.bib").write_text(BIB, encoding="utf-8")
    (root / "bib" / "claim-names.txt").write_text(names, encoding="utf-8")
    (docs / "articles" / "sea.md").write_text(PAGE, encoding="utf-8")
    index = "# Seas\n\n```{toctree}\narticles/sea\n```\n\n```{bibliography}\n:all:\n```\n"
    (docs / "index.md").write_text(index, encoding="utf-8")
    (docs / "conf.py").write_text(CONF + conf, encoding="utf-8")
    settings = f'address = ["{address}"]\n' if address else ""
    (root / "pyproject.toml").write_text(
        f'[tool.sourcebook]\nignore = ["html-in-field", "unsafe-tex", "bad-key"]\n{settings}',
        encoding="utf-8",
    )
    with patch_docutils(), docutils_namespace():
        args = (docs, docs, root / "out", root / "doctrees", "html")
        Sphinx(*args, status=None, warning=StringIO()).build()
    return root / "out"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("landing"), names="salt-of-the-sea -> sea-salt\nsky-high\n")


def broken_links(out: Path) -> Iterator[str]:
    pages = {path: Page(path.read_text("utf-8")) for path in out.rglob("*.html")}
    for path, page in pages.items():
        for link in [*page.links, *(href for _rel, href in page.rels)]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.exists():
                yield f"{path.relative_to(out)}: {link}"
            elif parts.fragment and target in pages and parts.fragment not in pages[target].ids:
                yield f"{path.relative_to(out)}: {link} (no such place)"


def test_every_link_of_every_page_leads_somewhere(out: Path) -> None:
    assert list(broken_links(out)) == []


def test_the_page_of_an_entry_describes_the_original(out: Path) -> None:
    page = Page((out / "sources" / "smith2020sea.html").read_text("utf-8"))
    title = "The </script><script>alert(1)</script> ”sea” & 7 <b>salt</b>"
    assert " ".join(dict(page.tags)["citation_title"].split()) == title
    assert [v for k, v in page.tags if k == "citation_author"] == ["Smith, Ann", "World Bank"]
    tags = dict(page.tags)
    assert (tags["citation_publication_date"], tags["citation_doi"]) == ("2020/03", "10.5555/12345678")
    assert (tags["citation_journal_title"], tags["citation_firstpage"], tags["citation_lastpage"]) == (
        "Journal of Salt",
        "7",
        "9",
    )
    assert ("cite-as", "https://doi.org/10.5555/12345678") in page.rels
    assert page.data["name"] == tags["citation_title"]
    assert page.data["author"][1] == {"@type": "Organization", "name": "World Bank"}


def test_no_text_of_an_entry_becomes_a_program(out: Path) -> None:
    for path in out.rglob("*.html"):
        assert not [
            text for text in Page(path.read_text("utf-8")).scripts if "alert" in text and "schema" not in text
        ]


def test_the_page_of_a_claim_names_the_original_first(out: Path) -> None:
    text = (out / "claims" / "sea-salt.html").read_text("utf-8")
    assert text.index("Cite the original first") < text.index("smith2020sea") < text.index("Then this claim")
    data = Page(text).data
    assert data["text"] == 'The sea is "salt" & <deep>.'
    assert data["citation"][0]["@id"] == "https://doi.org/10.5555/12345678"
    assert "url" not in data  # the library has no address, so none is made up


def test_a_page_is_citable_as_itself_and_says_what_it_restates(out: Path) -> None:
    page = Page((out / "articles" / "sea.html").read_text("utf-8"))
    tags = dict(page.tags)
    assert (tags["citation_title"], tags["citation_author"]) == ("The sea", "The writers")
    assert len([value for name, value in page.tags if name == "citation_reference"]) == 2
    assert page.data["isBasedOn"]["name"] == "The sky"
    assert "cite-this-page" in page.ids
    assert "../claims/sea-salt.html" in page.links
    assert "citation_title" not in dict(Page((out / "index.html").read_text("utf-8")).tags)


def test_each_entry_of_a_list_leads_to_its_page(out: Path) -> None:
    page = Page((out / "index.html").read_text("utf-8"))
    assert {"sources/smith2020sea.html", "sources/jones2021sky%253Aa.html"} <= set(page.links)


def test_a_name_that_was_given_up_leads_to_the_new_one(out: Path) -> None:
    text = (out / "claims" / "salt-of-the-sea.html").read_text("utf-8")
    assert 'content="0; url=sea-salt.html"' in text
    inventory = InventoryFile.loads((out / "objects.inv").read_bytes(), uri="").data
    assert inventory["claim:claim"]["salt-of-the-sea"].uri.endswith("sea.html#claim-sea-salt")
    assert inventory["std:label"]["claim-salt-of-the-sea"].uri.endswith("sea.html#claim-sea-salt")


def test_with_an_address_all_permalinks_are_whole(tmp_path: Path) -> None:
    out = build(tmp_path, address="https://example.org/seas/")
    claim = (out / "claims" / "sea-salt.html").read_text("utf-8")
    assert ("canonical", "https://example.org/seas/claims/sea-salt.html") in Page(claim).rels
    page = Page((out / "articles" / "sea.html").read_text("utf-8"))
    assert ("canonical", "https://example.org/seas/articles/sea.html") in page.rels
    assert dict(page.tags)["citation_public_url"] == "https://example.org/seas/articles/sea.html"
    assert "https://example.org/seas/claims/sea-salt.html" in (out / "claims" / "sea-salt.bib").read_text(
        "utf-8"
    )
    assert re.search(r"https://example.org/seas/claims/sea-salt\.html", claim)


def test_a_second_build_leaves_the_pages_alone(tmp_path: Path) -> None:
    out = build(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (*out.glob("claims/*"), *out.glob("sources/*"))}
    assert before
    build(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in before} == before
