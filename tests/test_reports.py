"""The reports: each says all findings, in a form that its readers accept."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sourcebook.check import check
from sourcebook.fingerprints import fingerprints
from sourcebook.model import Report
from sourcebook.read import read_library
from sourcebook.reports import writers
from sourcebook.rules import all_rules
from sourcebook.settings import read_settings

FAULTS = Path(__file__).parent / "libraries" / "faults"


@pytest.fixture(scope="module")
def report() -> Report:
    settings = read_settings(FAULTS)
    return check(
        read_library(FAULTS, settings, cached=False), settings.select, settings.ignore, settings.allow
    )


@pytest.mark.parametrize("name", writers())
def test_every_report_names_every_finding(name: str, report: Report) -> None:
    text = writers()[name](report)
    for finding in report.findings:
        assert finding.rule in text
        assert Path(finding.fault.place.path).name in text


def test_sarif_points_at_rules_and_places(report: Report) -> None:
    (run,) = json.loads(writers()["sarif"](report))["runs"]
    rules = run["tool"]["driver"]["rules"]
    live = [result for result in run["results"] if "suppressions" not in result]
    assert len(live) == len(report.findings)
    assert len(run["results"]) - len(live) == len(report.waived)
    for result, finding in zip(live, report.findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == (
            finding.fault.place.line,
            finding.fault.place.column,
        )
        assert not location["physicalLocation"]["artifactLocation"]["uri"].startswith("/")
    prints = [json.dumps(result["partialFingerprints"]) for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_a_moved_line_keeps_its_fingerprint(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "articles" / "page.md"
    page.parent.mkdir(parents=True)
    found = []
    for text in ("No source. None here.\n", "\n\nA question?\n\nNo source.\n\nNone here.\n"):
        page.write_text(text, encoding="utf-8")
        found.append(fingerprints(check(read_library(tmp_path, read_settings(tmp_path))).findings))
    assert found[0] == found[1]
    assert len(set(found[0])) == 2


def test_github_commands_are_one_line_each_and_escaped(report: Report) -> None:
    lines = writers()["github"](report).splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == len(report.findings) + len(report.waived)
    for command in commands:
        assert re.match(
            r"::(error|notice) file=[^,]+,line=\d+,col=\d+(,end\w+=\d+)*,title=[\w-]+::.", command
        )


def test_markdown_cells_stay_in_their_cells(report: Report) -> None:
    text = writers()["markdown"](report)
    rows = [line for line in text.splitlines() if line.startswith("| ") and ".md:" in line]
    assert rows
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)


@pytest.mark.parametrize("name", all_rules())
def test_every_rule_names_its_paragraph(name: str) -> None:
    paragraph = all_rules()[name].paragraph
    text = (Path(__file__).parent.parent / "docs" / "manual" / "specification.md").read_text(encoding="utf-8")
    assert paragraph
    assert f"\n{paragraph}. " in text
