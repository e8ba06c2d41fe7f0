"""The examples of each rule are run against it: a bad one breaks it, a good one breaks none."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from sourcebook.check import check
from sourcebook.linking.ledger import ledger_bytes
from sourcebook.linkrecords import Link
from sourcebook.model import ClaimName, HeldCopy, Library, Page, Place
from sourcebook.read import read_library
from sourcebook.rules import Example, all_rules
from sourcebook.settings import Settings

BIB = "@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}\n"


def rules_broken_by(example: Example, root: Path) -> set[str]:
    """Lay an example out as a library. What it does not show is made up: a page that cites, an entry."""
    texts = dict(example)
    keys = [
        line.partition("{")[2].partition(",")[0]
        for line in texts.get("bib", BIB).splitlines()
        if line[:1] == "@"
    ]
    page = "".join(f"A sentence {{cite:p}}`{key}`.\n" for key in keys)
    (root / "docs" / "articles").mkdir(parents=True)
    (root / "bib").mkdir()
    (root / "docs" / "articles" / "page.md").write_text(texts.get("md", page), encoding="utf-8")
    (root / "bib" / "all.bib").write_text(texts.get("bib", BIB), encoding="utf-8")
    for line in texts.get("files", "").splitlines():
        name, _, rest = line.partition(" ")
        place = root / "docs" / "articles" / name
        if rest.startswith("-> "):
            place.symlink_to(rest.removeprefix("-> "))
        else:  # (1000001 bytes)
            place.write_bytes(b"a" * int(rest.strip("( bytes)") or 0))
    if "dead" in texts:
        links = {address: Link("dead", "not found", 404) for address in texts["dead"].split()}
        (root / "bib" / "links.json").write_bytes(ledger_bytes(links))
    library = read_library(root, Settings())
    if "names" in texts:
        names = tuple(ClaimName(name, Place("names.txt")) for name in texts["names"].split())
        library = replace(library, published=names)
    if "held" in texts:
        library = replace(library, held=(HeldCopy("smith2020sea", texts["held"]),))
    report = check(library)
    return {finding.rule for finding in report.findings}


@pytest.mark.parametrize("name", all_rules())
def test_the_bad_example_breaks_the_rule(name: str, tmp_path: Path) -> None:
    broken = rules_broken_by(all_rules()[name].bad, tmp_path)
    # A waiver without a reason does not hold, so the fault below it is told too; no other example breaks two rules.
    assert broken == ({name, "uncited-claim"} if name == "reasonless-waiver" else {name})


@pytest.mark.parametrize("name", all_rules())
def test_the_good_example_breaks_no_rule(name: str, tmp_path: Path) -> None:
    assert rules_broken_by(all_rules()[name].good, tmp_path) == set()


@pytest.mark.parametrize("name", all_rules())
def test_a_rule_says_its_law_in_one_sentence(name: str) -> None:
    assert all_rules()[name].law.endswith(".")
    assert all_rules()[name].bad
    assert all_rules()[name].good


def test_a_title_is_no_copied_run_however_long(tmp_path: Path) -> None:
    title = "How the salt came into the sea and why it stays there"
    bib = f"@misc{{smith2020sea, title = {{{title}}}, year = {{2020}}, url = {{https://example.org/sea}}}}\n"
    page = f"Smith wrote {title} long ago {{cite:p}}`smith2020sea`.\n"
    assert rules_broken_by((("bib", bib), ("md", page), ("held", f"{title}. And more.")), tmp_path) == set()


def test_a_claim_that_was_renamed_is_found_under_its_new_name(tmp_path: Path) -> None:
    rule = all_rules()["vanished-claim-name"]
    for names, hint in (("sea-salt", "is it 'sea-is-salt' now?"), ("quite-different", "any more")):
        published = (ClaimName(names, Place("names.txt")),)
        claim = ClaimName("sea-is-salt", Place("p.md"))
        (fault,) = rule.check(Library(pages=(Page("p.md", names=(claim,)),), published=published))
        assert fault.message.rstrip(")").endswith(hint)
