"""What was read before: the same answer, cold and warm, whatever has become of the store."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from sourcebook.model import Library
from sourcebook.read import read_library
from sourcebook.settings import Settings, read_settings
from sourcebook.store import load, mark_of, store_path

CASES = sorted(path.parent for path in (Path(__file__).parent / "libraries").glob("*/expected.txt"))
BIB = "@misc{smith2020sea, title = {The sea}, year = {2020}, url = {https://example.org/sea}}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "articles").mkdir(parents=True)
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "all.bib").write_text(BIB, encoding="utf-8")
    for number in range(5):
        text = f"# Page {number}\n\nThe sea is salt {{cite:p}}`smith2020sea` {{claim}}`sea-{number}`.\n"
        (tmp_path / "docs" / "articles" / f"p{number}.md").write_text(text, encoding="utf-8")
    return tmp_path


def fresh(root: Path) -> Library:
    return read_library(root, Settings(), cached=False)


@pytest.mark.parametrize("root", CASES, ids=lambda path: path.name)
def test_cold_warm_and_in_two_processes_are_the_same(root: Path) -> None:
    settings = read_settings(root)
    alone = read_library(root, settings, cached=False)
    assert read_library(root, settings, jobs=2, cached=False) == alone
    assert read_library(root, settings) == alone
    assert read_library(root, settings) == alone


@pytest.mark.parametrize("age", [0, 3600])
def test_a_change_is_seen_even_if_the_time_and_the_size_stay(
    root: Path, age: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = root / "docs" / "articles" / "p1.md"
    now = time.time_ns()
    # An hour later, the file counts as settled, and is not read again while the system knows of no change.
    monkeypatch.setattr(time, "time_ns", lambda: now + age * 1_000_000_000)
    read_library(root, Settings())
    before = page.stat()
    page.write_text(page.read_text(encoding="utf-8").replace("salt", "deep"), encoding="utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_library(root, Settings()) == fresh(root)


def test_a_settled_file_is_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = root / "docs" / "articles" / "p1.md"
    first = mark_of(str(page), None)
    assert first
    assert first.state == ()
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 3_600_000_000_000)
    settled = mark_of(str(page), first)
    assert settled
    assert settled.digest == first.digest
    assert mark_of(str(page), settled) is settled


def test_other_settings_read_anew(root: Path) -> None:
    read_library(root, Settings())
    other = Settings(checked=())
    assert not any(page.checked for page in read_library(root, other).pages)


def test_a_damaged_store_is_as_good_as_none(root: Path) -> None:
    read_library(root, Settings())
    path = store_path(root, "library")
    whole = path.read_bytes()
    assert load(path, Settings())
    for position in range(0, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        assert load(path, Settings()) == {}
        path.write_bytes(whole[:position])
        assert load(path, Settings()) == {}
    assert read_library(root, Settings()) == fresh(root)
    assert load(path, Settings())


def test_the_store_lies_outside_the_checkout_and_a_read_only_place_is_no_fault(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert root not in store_path(root, "library").parents
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    assert read_library(root, Settings()) == fresh(root)
