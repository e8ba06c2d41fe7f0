"""Whole libraries as cases: a folder each, and beside its pages what the check says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sourcebook.check import check
from sourcebook.read import read_library
from sourcebook.reports.text import write
from sourcebook.settings import read_settings

CASES = sorted(path.parent for path in (Path(__file__).parent / "libraries").glob("*/expected.txt"))


@pytest.mark.parametrize("root", CASES, ids=lambda path: path.name)
def test_the_check_says_what_the_case_expects(root: Path) -> None:
    settings = read_settings(root)
    report = check(read_library(root, settings), settings.select, settings.ignore)
    assert write(report) == (root / "expected.txt").read_text(encoding="utf-8")


def test_there_are_cases() -> None:
    assert CASES
