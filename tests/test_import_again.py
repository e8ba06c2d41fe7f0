"""Importing again: a page that a person has changed is never written over, and a second run does nothing."""

from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.cli import main
from sourcebook.importing import imports
from sourcebook.importing.merging import merge

TEXT = """The gauge and the clock

By Ada Example

3 May 2021

A gauge knows the height of the water. It does not know the time.

A clock knows the time. It has never seen the water.[1]

The two have to be read together, or not at all.

[1] Beispiel, Berta (2019) Clocks at sea, Quayside Press. https://press.example.org/clocks
"""
PAGE = "docs/articles/example2021gauge.md"


def run(root: Path, text: str | None = None, *options: str, name: str = "gauge.txt") -> tuple[int, str]:
    source = root / "raw" / name
    source.parent.mkdir(exist_ok=True)
    if text is not None:
        source.write_text(text, encoding="utf-8")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(["import", str(source), "--root", str(root), *options])
    return code, out.getvalue()


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file() and "raw" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_a_page_that_nobody_changed_follows_its_source(tmp_path: Path) -> None:
    run(tmp_path, TEXT)
    code, report = run(tmp_path, TEXT.replace("never seen", "rarely seen"))
    assert code == 0
    assert "updated" in report
    assert "rarely seen" in (tmp_path / PAGE).read_text()


def test_what_a_person_changed_is_kept_beside_what_the_source_changed(tmp_path: Path) -> None:
    run(tmp_path, TEXT)
    page = tmp_path / PAGE
    page.write_text(page.read_text().replace("A gauge knows the height", "Gauges tell the height"))
    code, report = run(tmp_path, TEXT.replace("never seen", "rarely seen"))
    assert code == 0
    assert "1 merged" in report
    assert "Gauges tell the height" in page.read_text()
    assert "rarely seen" in page.read_text()
    before = files(tmp_path)
    assert run(tmp_path)[0] == 0
    assert files(tmp_path) == before


def test_where_both_changed_a_line_the_page_is_left_alone(tmp_path: Path) -> None:
    run(tmp_path, TEXT)
    page = tmp_path / PAGE
    page.write_text(page.read_text().replace("never seen", "never once seen"))
    before = files(tmp_path)
    code, report = run(tmp_path, TEXT.replace("never seen", "rarely seen"))
    assert code == 1
    assert "both changed the same lines" in report
    assert files(tmp_path) == before


def test_without_the_text_of_the_last_import_a_changed_page_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, TEXT)
    page = tmp_path / PAGE
    page.write_text(page.read_text() + "\nMore of it {cite:p}`example2021gauge`.\n")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))  # as after a clone
    before = files(tmp_path)
    assert run(tmp_path)[0] == 0  # the source has not changed, so there is nothing to decide
    code, report = run(tmp_path, TEXT.replace("never seen", "rarely seen"))
    assert code == 1
    assert "not at hand" in report
    assert {name: data for name, data in files(tmp_path).items() if "another" not in name} == before


def test_a_page_that_no_import_made_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / PAGE
    page.parent.mkdir(parents=True)
    page.write_text("# Mine\n")
    code, report = run(tmp_path, TEXT)
    assert code == 1
    assert "no import made it" in report
    assert files(tmp_path) == {PAGE: b"# Mine\n"}


def test_a_page_that_was_moved_is_followed(tmp_path: Path) -> None:
    run(tmp_path, TEXT)
    moved = tmp_path / "docs/articles/moved.md"
    (tmp_path / PAGE).rename(moved)
    assert "1 same" in run(tmp_path)[1]
    assert run(tmp_path, TEXT.replace("never seen", "rarely seen"))[0] == 0
    assert "rarely seen" in moved.read_text()
    assert not (tmp_path / PAGE).exists()
    assert list(json.loads((tmp_path / "bib" / imports.NAME).read_text())["imports"]) == [
        "docs/articles/moved.md"
    ]


def test_another_text_of_the_same_title_does_not_take_its_page(tmp_path: Path) -> None:
    run(tmp_path, TEXT)
    before = files(tmp_path)
    code, report = run(tmp_path, TEXT.replace("A gauge knows", "No gauge knows"), name="other.txt")
    assert code == 1
    assert "only the title says" in report
    assert files(tmp_path) == before


def test_the_rest_of_a_bibliography_is_not_touched(tmp_path: Path) -> None:
    bib = tmp_path / "bib" / "all.bib"
    bib.parent.mkdir()
    before = (
        "% our sources\r\n\r\n@misc{aaa2000a, title={A},\r\n   year = 2000 , url={https://example.org/a} }\r\n\r\n"
        "% above z\r\n@misc{zzz2000z,title = {Z}, year=2000, url={https://example.org/z}}\r\n"
    )
    bib.write_bytes(before.encode())
    run(tmp_path, TEXT)
    after = bib.read_bytes().decode()
    assert after.index("aaa2000a") < after.index("{beispiel2019clocks") < after.index("{example2021gauge")
    assert after.index("{example2021gauge") < after.index("% above z\r\n@misc{zzz2000z,title = {Z}")
    left = after.splitlines(keepends=True)
    assert all(line in left for line in before.splitlines(keepends=True))
    assert "\n" not in after.replace("\r\n", "")


def test_an_entry_that_is_there_is_cited_and_not_made_again(tmp_path: Path) -> None:
    bib = tmp_path / "bib" / "all.bib"
    bib.parent.mkdir()
    bib.write_text("@book{clocks, title = {Clocks at sea}, author = {Beispiel, Berta}, date = {2019},\n"
                   "  url = {http://www.press.example.org/clocks/}}\n")  # fmt: skip
    run(tmp_path, TEXT)
    assert "{cite:p}`clocks,example2021gauge`" in (tmp_path / PAGE).read_text()
    assert bib.read_text().count("Clocks at sea") == 1


class KilledError(Exception):
    """Stands for a process that is killed before a write."""


def test_killed_at_any_write_it_leaves_old_or_new_and_the_next_run_does_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    run(whole, TEXT)
    wanted = files(whole)
    replace = os.replace
    for kill in range(1, 5):
        root = tmp_path / str(kill)
        root.mkdir()
        count = 0

        def dying(source: str, target: str) -> None:
            nonlocal count
            count += 1
            if count == kill:  # noqa: B023 - it is called within its own turn
                raise KilledError
            replace(source, target)

        with monkeypatch.context() as patch:
            patch.setattr("sourcebook.write.os.replace", dying)
            with pytest.raises(KilledError):
                run(root, TEXT)
        left = {name: data for name, data in files(root).items() if not name.endswith(".tmp")}
        assert all(wanted[name] == data for name, data in left.items())
        run(root)
        assert {n: d for n, d in files(root).items() if not n.endswith(".tmp")} == wanted


def test_the_memory_has_digests_and_no_word_of_the_article(tmp_path: Path) -> None:
    run(tmp_path, TEXT)
    memory = json.loads((tmp_path / "bib" / imports.NAME).read_text())
    (page,) = memory["imports"]
    assert page == PAGE
    assert memory["imports"][page]["source"] == "gauge.txt"
    assert str(tmp_path) not in json.dumps(memory)
    (tmp_path / "bib" / imports.NAME).write_text("{")
    assert run(tmp_path)[0] == 2


LINES = st.lists(st.sampled_from("a b c d e".split()), max_size=8).map("\n".join)


@given(LINES, LINES)
def test_a_merge_takes_what_only_one_side_changed(base: str, other: str) -> None:
    assert merge(base, base, other) == other
    assert merge(base, other, base) == other
    assert merge(base, other, other) == other


@given(LINES, LINES, LINES)
def test_a_merge_does_not_depend_on_whose_change_is_whose(base: str, ours: str, theirs: str) -> None:
    assert merge(base, ours, theirs) == merge(base, theirs, ours)


def test_changes_apart_are_both_taken_and_changes_side_by_side_are_not() -> None:
    assert merge("a\nb\nc\nd", "A\nb\nc\nd", "a\nb\nc\nD") == "A\nb\nc\nD"
    assert merge("a\nb\nc\nd", "a\nB\nc\nd", "a\nb\nC\nd") is None
