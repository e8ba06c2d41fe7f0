"""Files of the bibliography that are not there, not readable or not what they seem: each is told, none is passed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sourcebook.check import check
from sourcebook.model import Report
from sourcebook.read import read_library, read_outline
from sourcebook.reports import text
from sourcebook.settings import Settings

BIB = (
    "@misc{smith2020sea,\n  title = {Das Meer, ä},\n  year = {2020},\n  url = {https://example.org/sea},\n}\n"
)
OURS = Settings(bibliography=("bib/all.bib",))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "inside" / "docs" / "articles").mkdir(parents=True)
    (tmp_path / "inside" / "bib").mkdir()
    (tmp_path / "inside" / "docs" / "articles" / "page.md").write_text(
        "Salt {cite:p}`smith2020sea`.\n", "utf-8"
    )
    return tmp_path / "inside"


def report_of(root: Path, settings: Settings = OURS) -> Report:
    """The report of the library, which is the same when it is read from the store."""
    whole = check(read_library(root, settings, cached=False))
    for _ in range(2):
        assert check(read_outline(root, settings)) == whole
    return whole


def told(root: Path, settings: Settings = OURS) -> list[tuple[str, str]]:
    return [(f.rule, f.fault.message) for f in report_of(root, settings).findings]


def test_a_file_that_is_named_and_missing_is_told(root: Path) -> None:
    assert ("unreadable-bibliography", "the file can't be read: No such file or directory") in told(root)


@pytest.mark.parametrize("settings", [OURS, Settings()])
def test_a_folder_with_the_name_of_a_file_is_told(root: Path, settings: Settings) -> None:
    (root / "bib" / "all.bib").mkdir()
    assert ("unreadable-bibliography", "the file can't be read: Is a directory") in told(root, settings)


def test_an_empty_file_has_no_entries_and_each_citation_says_so(root: Path) -> None:
    (root / "bib" / "all.bib").write_text("", "utf-8")
    assert [rule for rule, _ in told(root)] == ["unknown-key"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_told(root: Path) -> None:
    (root / "bib" / "all.bib").write_text(BIB, "utf-8")
    (root / "bib" / "all.bib").chmod(0)
    assert ("unreadable-bibliography", "the file can't be read: Permission denied") in told(root)


def test_a_link_out_of_the_library_is_told_and_not_followed(root: Path) -> None:
    (root.parent / "secret.bib").write_text(BIB, "utf-8")
    (root / "bib" / "all.bib").symlink_to("../../secret.bib")
    rules = told(root)
    assert (
        "unreadable-bibliography",
        "the file is a link to ../../secret.bib, which is not followed",
    ) in rules
    assert [rule for rule, _ in rules if rule == "unknown-key"]
    assert read_library(root, OURS, cached=False).entries == ()


def test_a_link_within_the_library_is_followed(root: Path) -> None:
    (root / "bib" / "real.bib").write_text(BIB, "utf-8")
    (root / "bib" / "all.bib").symlink_to("real.bib")
    assert told(root) == []


@pytest.mark.parametrize(
    ("encoding", "place", "names"),
    [
        ("iso-8859-1", (2, 22), "byte 41 (0xe4) is not UTF-8; in iso-8859-1 it is 'ä'"),
        ("utf-16", (1, 1), "UTF-16"),
        ("utf-16-be", (1, 1), "UTF-16BE"),
        ("utf-16-le", (1, 1), "UTF-16LE"),
        ("utf-32", (1, 1), "UTF-32"),
        ("cp1252", (2, 22), "byte 41"),
        ("cp1251", (2, 22), "byte 41"),
    ],
)
def test_another_encoding_is_one_finding_with_its_byte(
    root: Path, encoding: str, place: tuple[int, int], names: str
) -> None:
    bib = BIB if encoding != "cp1251" else BIB.replace("ä", "я")
    (root / "bib" / "all.bib").write_bytes(bib.encode(encoding))
    # The keys are known all the same, so that each citation is not one more finding.
    (found,) = report_of(root).findings
    assert found.rule == "unreadable-bibliography"
    assert (found.fault.place.line, found.fault.place.column) == place
    assert names in found.fault.message


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_any_line_ends_are_no_fault(root: Path, end: str) -> None:
    (root / "bib" / "all.bib").write_bytes(b"\xef\xbb\xbf" + BIB.replace("\n", end).encode())
    assert told(root) == []
    (entry,) = read_library(root, OURS, cached=False).entries
    assert [field.line for field in entry.fields] == [2, 3, 4]


def test_no_character_of_a_file_reaches_the_terminal_raw(root: Path) -> None:
    bad = "\x1b]0;x\x07\u202e\u200b"
    bib = BIB + "".join(
        f"@misc{{k{bad}{n},\n  {name}{bad} = {{a}},\n  title = {{{bad}<i>}},\n  {name} = {{{bad}}},\n}}\n{bad}stray\n"
        for n, name in enumerate(("url", "doi", "date", "author", "isbn", "langid", "crossref", "year"))
    )
    (root / "bib" / "all.bib").write_text(bib, "utf-8")
    report = report_of(root)
    assert {"control-character", "bad-key", "bad-address", "bad-doi", "bad-date"} <= {
        f.rule for f in report.findings
    }
    assert all(line.isprintable() for line in text.write(report).split("\n"))


def test_what_is_commented_out_with_at_comment_is_neither_read_nor_told(root: Path) -> None:
    (root / "bib" / "all.bib").write_text(
        BIB + "@comment{jabref-meta: databaseType:bibtex;}\n% Words.\n", "utf-8"
    )
    assert told(root) == []
