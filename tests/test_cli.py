"""The command line: what it prints where, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sourcebook.cli import main

BIB = "@misc{smith2020sea,\n  title = {The sea},\n  year = {2020},\n  url = {https://example.org/sea},\n}\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "articles").mkdir(parents=True)
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "all.bib").write_text(BIB, encoding="utf-8")
    write(tmp_path, "# The sea\n\nThe sea is salt {cite:p}`smith2020sea` {claim}`sea-salt`.\n")
    return tmp_path


def write(root: Path, text: str, name: str = "page.md") -> None:
    (root / "docs" / "articles" / name).write_text(text, encoding="utf-8")


def test_a_clean_library_is_0_and_counts_itself(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(library)]) == 0
    out = capsys.readouterr()
    assert out.out.splitlines()[-1] == "The library complies with Sourced pages 1.0."
    assert out.out.splitlines()[-2].startswith(
        "1 page (1 checked), 1 claim: 1 cited, 1 named, 0 waived, 1 publicly"
    )
    assert out.err == ""


def test_a_finding_is_1_and_names_file_line_column_and_cure(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(library, "# The sea\n\nThe sea is salt {cite:p}`smith2020sea`. It is deep.\n")
    assert main(["check", "--root", str(library)]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    wanted = (
        "docs/articles/page.md:3:41: uncited-claim: "
        'no citation in "It is deep." (cite an entry, or say why not) [§3.1]'
    )
    assert first == wanted


def test_json_has_the_findings_and_the_figures(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(library, "The sea is salt {cite:p}`smiht2020sea`.\n")
    assert main(["check", "--root", str(library), "--format", "json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["schema"] == 1
    (finding,) = answer["findings"]
    assert {**finding, "message": "", "cure": "", "fingerprint": ""} == {
        "rule": "unknown-key",
        "paragraph": "4.1",
        "fingerprint": "",
        "path": "docs/articles/page.md",
        "line": 1,
        "column": 17,
        "end_line": 1,
        "end_column": 39,
        "message": "",
        "cure": "",
        "claim": None,
        "key": "smiht2020sea",
        "related": [],
    }
    assert "smith2020sea" in finding["cure"]
    assert answer["summary"]["claims"] == 1
    assert answer["summary"]["public_entries"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--select", "no-such-rule"], "no rule"),
        (["no-such-page.md"], "no page or bibliography"),
    ],
)
def test_misuse_is_2(
    library: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--root", str(library), *arguments]) == 2
    assert words in capsys.readouterr().err


def test_no_page_to_check_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(tmp_path)]) == 2
    assert "no page to check" in capsys.readouterr().err


def test_an_unknown_setting_is_2_and_the_nearest_is_named(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (library / "pyproject.toml").write_text('[tool.sourcebook]\nbibliografy = ["x.bib"]\n', encoding="utf-8")
    assert main(["check", "--root", str(library)]) == 2
    assert "did you mean bibliography?" in capsys.readouterr().err


def test_settings_name_other_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = '[tool.sourcebook]\npages = ["**/*.md"]\nchecked = ["**/*.md"]\nbibliography = ["*.bib"]\n'
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "a.md").write_text("The sea is salt {cite}`smith2020sea`.\n", encoding="utf-8")
    assert main(["check", "--root", str(tmp_path)]) == 0


def test_a_page_named_is_the_only_one_told_of(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(library, "No source.\n", "other.md")
    page = library / "docs" / "articles" / "page.md"
    assert main(["check", "--root", str(library), str(page)]) == 0
    assert main(["check", "--root", str(library), str(library / "docs")]) == 1


def test_a_waiver_is_counted_and_printed(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(library, "The sea {cite}`smith2020sea`.\n\n% allow uncited-claim: a definition\nA sea is a sea.\n")
    assert main(["check", "--root", str(library)]) == 0
    out = capsys.readouterr().out
    assert "docs/articles/page.md:4: waived uncited-claim: a definition" in out
    assert "1 waived" in out


def test_a_report_is_written_to_a_file(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = library / "report.json"
    assert main(["check", "--root", str(library), "--format", "json", "--output", str(target)]) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["findings"] == []
    assert capsys.readouterr().out == ""
    assert main(["check", "--root", str(library), "--output", str(library / "no" / "such.txt")]) == 2


def test_bytes_that_are_not_utf_8_are_one_finding_at_their_place(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = library / "docs" / "articles" / "latin.md"
    path.write_bytes("Good line.\nCaf\xe9 here.\n".encode("latin-1"))
    assert main(["check", "--root", str(library)]) == 1
    assert (
        "docs/articles/latin.md:2:4: unreadable-page: byte 14 (0xe9) is not UTF-8" in capsys.readouterr().out
    )


def test_rules_are_listed_and_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert "uncited-claim" in capsys.readouterr().out
    assert main(["rules", "uncited-claim"]) == 0
    assert "Bad:" in capsys.readouterr().out
    assert main(["rules", "no-such-rule"]) == 2


def test_a_baseline_holds_what_is_known_and_only_shrinks(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = library / "known.json"
    write(library, "No source.\n\nNone here {cite}`smith2020sea`. Nor here.\n")
    command = ["check", "--root", str(library), "--baseline", str(known)]
    assert main(command) == 0
    assert "2 known" in capsys.readouterr().err

    write(library, "A line more {cite}`smith2020sea`.\n\nNo source.\n\nA new one.\n")
    assert main(command) == 1
    out = capsys.readouterr()
    assert [line.partition(" (")[0] for line in out.out.splitlines() if "uncited" in line] == [
        'docs/articles/page.md:5:1: uncited-claim: no citation in "A new one."'
    ]
    assert "1 known, 1 mended and taken out" in out.err

    write(library, "No source. Nor here {cite}`smith2020sea`.\n\nNor here.\n")
    assert main(command) == 1, "what was mended can't come back"


def test_a_file_that_is_no_baseline_is_misuse(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("{}", "[]", "not json", '{"schema": 99, "findings": []}'):
        (library / "known.json").write_text(text, encoding="utf-8")
        assert main(["check", "--root", str(library), "--baseline", str(library / "known.json")]) == 2
        assert "known.json" in capsys.readouterr().err


def test_an_exception_for_whole_files_has_a_reason_and_is_counted(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(library, "Old text. {cite}`smith2020sea`\n\nNo source.\n")
    settings = library / "pyproject.toml"
    settings.write_text(
        '[tool.sourcebook]\nallow = ["uncited-claim in docs/**/*.md: taken over"]\n', encoding="utf-8"
    )
    assert main(["check", "--root", str(library)]) == 0
    assert "page.md:3: waived uncited-claim: taken over" in capsys.readouterr().out
    write(library, "All is sourced {cite}`smith2020sea`.\n")
    assert main(["check", "--root", str(library)]) == 1
    assert "pyproject.toml:1:1: idle-waiver" in capsys.readouterr().out
    settings.write_text('[tool.sourcebook]\nallow = ["uncited-claim: no pattern"]\n', encoding="utf-8")
    assert main(["check", "--root", str(library)]) == 2


def test_at_a_terminal_the_place_is_underlined(library: Path) -> None:
    from sourcebook.check import check
    from sourcebook.read import read_library
    from sourcebook.reports.text import write_in_colour
    from sourcebook.settings import Settings

    write(library, "The sea {cite}`smith2020sea`. It is\ndeep, \x1b and wide.\n")
    report = check(read_library(library, Settings()), select=("uncited-claim",))
    page = (library / "docs" / "articles" / "page.md").read_text(encoding="utf-8").splitlines()
    text = write_in_colour(report, lambda _path: page)
    assert "    The sea {cite}`smith2020sea`. \x1b[4mIt is\x1b[0m\n" in text
    assert "    \x1b[4mdeep, \ufffd and wide.\x1b[0m\n" in text


def test_an_uncited_claim_is_known_by_its_name_or_else_by_its_words(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(library, "All {cite}`smith2020sea`. The sea is deep {claim}`sea-deep`. It is wide.\n")
    assert main(["check", "--root", str(library), "--format", "json"]) == 1
    claims = [finding["claim"] for finding in json.loads(capsys.readouterr().out)["findings"]]
    assert claims == ["sea-deep", "It is wide."]
