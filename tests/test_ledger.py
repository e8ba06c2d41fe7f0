"""The ledger of links: nothing that was learned is lost, and nothing damaged is believed."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.errors import UsageError
from sourcebook.linking.journal import held_ledger
from sourcebook.linking.ledger import ledger_bytes, read_ledger
from sourcebook.linkrecords import VERDICTS, Change, Copy, Failing, Link, ledger_path

NOON = "2026-01-03T12:00:00Z"
TOOLS = str(Path(__file__).parent.parent / "tools")

texts = st.text(st.characters(codec="utf-8"), max_size=20)
changes = st.builds(Change, texts, st.sampled_from(VERDICTS), st.integers(0, 999))
records = st.builds(
    Link,
    verdict=st.sampled_from(VERDICTS),
    reason=texts,
    code=st.integers(0, 999),
    time=texts,
    title=texts,
    copy=st.none() | st.builds(Copy, texts, texts),
    failing=st.none() | st.builds(Failing, texts, texts, st.integers(0, 9)),
    history=st.lists(changes, max_size=3).map(tuple),
)


@given(st.dictionaries(texts, records, max_size=4))
def test_what_is_written_is_read_and_written_again_the_same(links: dict[str, Link]) -> None:
    data = ledger_bytes(links)
    path = Path(os.environ["XDG_CACHE_HOME"], "links.json")
    path.write_bytes(data)
    assert read_ledger(path) == links
    assert ledger_bytes(read_ledger(path)) == data


def test_a_change_of_one_locator_changes_its_lines_only(tmp_path: Path) -> None:
    links = {f"https://example.org/{n}": Link("alive", code=200, time=NOON) for n in range(50)}
    before = ledger_bytes(links).splitlines()
    links["https://example.org/7"] = Link("alive", code=200, time="2026-02-03T12:00:00Z")
    after = ledger_bytes(links).splitlines()
    assert sum(one != two for one, two in zip(before, after, strict=True)) == 2  # the time and the sum


def test_each_damaged_byte_is_found_or_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    links = {
        "https://example.org/a": Link("dead", "gone", 404, time=NOON, history=(Change(NOON, "dead", 404),)),
        "https://example.org/ü": Link("alive", code=200, time=NOON, title="Größe"),
    }
    whole = ledger_bytes(links)
    told = []
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1, 0x20, 0x80)[at % 3]]) + whole[at + 1 :])
        try:
            assert read_ledger(path) == links, at
        except UsageError as error:
            told.append(str(path) in str(error))
    assert all(told)
    assert len(told) > len(whole) * 0.8  # the others are blanks
    for cut in range(1, len(whole) - 1, 3):
        path.write_bytes(whole[:cut])
        with pytest.raises(UsageError, match=r"damaged at line|not UTF-8"):
            read_ledger(path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('"version": 1', '"version": 2'), "update Sourcebook"),
        (('"version": 1', '"version": true'), "its version is True"),
        (('"version": 1', '"version": "1"'), "its version is '1'"),
        (("sourcebook links", "sourcebook"), "no ledger of links"),
        (('"links"', '"link"'), "must have form, version and links"),
        (('"code": 200', '"code": 404'), "does not fit its sum"),
        ((' "links": {', '<<<<<<< ours\n "links": {'), "unfinished merge"),
        (("\n }\n}", ',\n  "https://a.org": {}\n }\n}'), "stands twice"),
        (("{", "[" * 100_000), "too deep|damaged"),
    ],
)
def test_what_is_no_whole_ledger_is_refused(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    path = tmp_path / "links.json"
    text = ledger_bytes({"https://a.org": Link("alive", code=200, time=NOON)}).decode()
    assert change[0] in text
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_ledger(path)
    before = path.read_bytes()
    with pytest.raises(UsageError, match=message), held_ledger(path, "test"):
        pass
    assert path.read_bytes() == before


def test_names_in_another_order_and_other_line_ends_are_the_same_ledger(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    links = {f"https://example.org/{n}": Link("alive", code=200, time=NOON) for n in range(3)}
    data = json.loads(ledger_bytes(links))
    path.write_text(json.dumps(data, sort_keys=True, indent=4), newline="\r\n")
    assert read_ledger(path) == links
    path.write_text(json.dumps(data) + ",")
    with pytest.raises(UsageError, match="more behind the end"):
        read_ledger(path)


def test_a_record_from_another_branch_is_merged_line_by_line(tmp_path: Path) -> None:
    """Two branches that asked different locators: git's merge of the lines is a whole ledger again."""
    base = {f"https://example.org/{n}": Link("alive", code=200, time=NOON) for n in range(9)}
    ours = base | {"https://example.org/1": Link("moved", code=200, time=NOON)}
    theirs = base | {"https://example.org/7": Link("blocked", code=403, time=NOON)}
    names = []
    for name, links in (("ours", ours), ("base", base), ("theirs", theirs)):
        (tmp_path / name).write_bytes(ledger_bytes(links))
        names.append(name)
    merged = subprocess.run(
        ["git", "merge-file", "-p", *names], cwd=tmp_path, capture_output=True, check=True
    )
    path = tmp_path / "links.json"
    path.write_bytes(merged.stdout)
    assert read_ledger(path) == ours | theirs | {"https://example.org/1": ours["https://example.org/1"]}


def test_the_ledger_lies_beside_the_first_bibliography() -> None:
    assert ledger_path(Path("lib"), ["bib/b.bib", "bib/a.bib"]) == Path("lib/bib/links.json")
    assert ledger_path(Path("lib"), []) == Path("lib/links.json")


def test_the_form_is_the_one_that_the_manual_shows() -> None:
    link = Link(
        "dead", "HTTP 404: there is no such page", 404, time=NOON, history=(Change(NOON, "dead", 404),)
    )
    data = json.loads(ledger_bytes({"https://example.org/a": link}))
    record = data["links"]["https://example.org/a"]
    assert sorted(record) == ["code", "history", "reason", "sum", "time", "verdict"]
    assert (data["form"], data["version"]) == ("sourcebook links", 1)
