"""The command `links`: a library in, a ledger and a report out, and the .bib only when asked for."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from network.server import Network, network_in_a_thread
from sourcebook.cli import main
from sourcebook.linking.journal import held_ledger, journal_path
from sourcebook.linking.ledger import ledger_bytes, read_ledger
from sourcebook.linking.verdicts import text_of_time
from sourcebook.linkrecords import Copy, Failing, Link

ROOT = Path(__file__).parent.parent
GENTLE = ("--allow-private", "--spacing", "0", "--seconds", "5")
YESTERDAY = text_of_time(datetime.now(UTC) - timedelta(hours=30))
ONCE = Link(
    "unchecked",
    "HTTP 404",
    404,
    time=YESTERDAY,
    failing=Failing(YESTERDAY, YESTERDAY, 1, YESTERDAY, YESTERDAY, 1),
)
COPY = Copy(
    "https://web.archive.org/web/20211201101112/https://a.org/x", "2021-12-01", "alive", time=YESTERDAY
)

Library = Callable[..., Path]


@pytest.fixture(scope="module")
def net() -> Iterator[Network]:
    with network_in_a_thread(hosts=3) as running:
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Write a library whose entries have these addresses, one each, and whose page has these links."""

    def write(*urls: str, links: tuple[str, ...] = ()) -> Path:
        (tmp_path / "docs").mkdir()
        (tmp_path / "bib").mkdir()
        (tmp_path / "docs" / "index.md").write_text(
            "# A\n\n" + " ".join(f"[x]({url})" for url in links) + "\n"
        )
        entries = [
            f"@online{{k{n},\n  title = {{Good}},\n  url = {{{url}}},\n}}\n" for n, url in enumerate(urls)
        ]
        (tmp_path / "bib" / "a.bib").write_text("\n".join(entries))
        return tmp_path

    return write


def links(root: Path, *options: str) -> int:
    return main(["links", "--root", str(root), *GENTLE, *options])


def ledger_of(root: Path) -> Path:
    return root / "bib" / "links.json"


def test_what_was_asked_is_in_the_ledger_and_not_asked_again(
    net: Network, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    urls = [net.url("good/c1"), net.url("moved/301/good/c2"), net.url("status-403/c", 1)]
    root = library(*urls, links=(net.url("good/c3", 2),))
    assert links(root) == 0
    told = capsys.readouterr()
    assert "bib/a.bib:8:3: moved: " in told.out
    assert "4 locators on 3 hosts, 4 asked in this run: 1 moved, 1 blocked, 2 alive\n" in told.out
    assert {url: link.verdict for url, link in read_ledger(ledger_of(root)).items()} == {
        urls[0]: "alive", urls[1]: "moved", urls[2]: "blocked", net.url("good/c3", 2): "alive",
    }  # fmt: skip
    before = ledger_of(root).read_bytes()
    assert links(root) == 0
    assert "0 asked in this run: 1 moved, 1 blocked, 2 alive" in capsys.readouterr().out
    assert (ledger_of(root).read_bytes(), net.asked("good/c1")) == (before, 1)
    assert links(root, "--max-age", "0", "--only", "K0") == 0
    assert (net.asked("good/c1"), net.asked("good/c3")) == (2, 1)
    assert [file.name for file in (root / "bib").iterdir() if file.name.startswith(".")] == []


def test_dead_without_a_copy_fails_and_with_one_it_does_not(
    net: Network, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    url, other = net.url("status-404/d"), net.url("status-410/d", 1)
    root = library(url, other)
    assert links(root, "--format", "json") == 0  # one day is not enough
    ledger_of(root).write_bytes(ledger_bytes({url: ONCE, other: ONCE}))
    capsys.readouterr()
    assert links(root, "--format", "json", "--only", url) == 1
    data = json.loads(capsys.readouterr().out)
    assert [(row["verdict"], row["failing"], row["keys"]) for row in data["links"]] == [
        ("dead", True, ["k0"])
    ]
    assert read_ledger(ledger_of(root))[other] == ONCE
    ledger_of(root).write_bytes(
        ledger_bytes({url: Link("archived", time=YESTERDAY, copy=COPY), other: Link("alive", time=YESTERDAY)})
    )
    assert links(root) == 0


def test_fix_shows_its_diff_and_writes_these_lines_alone(
    net: Network, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    gone, moved = net.url("status-404/f"), net.url("moved/308/good/f")
    root = library(gone, moved)
    now = text_of_time(datetime.now(UTC))
    known = {
        gone: Link("archived", time=now, copy=COPY),
        moved: Link("moved", time=now, final=net.url("good/f")),
    }
    ledger_of(root).write_bytes(ledger_bytes(known))
    bib = root / "bib" / "a.bib"
    before = bib.read_text()
    assert links(root, "--diff", "--fix") == 0
    diff = capsys.readouterr().out
    assert bib.read_text() == before
    assert [line[1:] for line in diff.splitlines() if line.startswith("+  ")] == [
        f"  archiveurl = {{{COPY.address}}},", "  archivedate = {2021-12-01},", "  urlstatus = {dead},",
    ]  # fmt: skip
    applied = subprocess.run(
        ["git", "apply", "--check", "-"], input=diff, text=True, cwd=root, capture_output=True, check=False
    )
    assert applied.returncode == 0, applied.stderr
    assert links(root, "--fix") == 0
    assert [line for line in bib.read_text().splitlines() if line not in before.splitlines()] == [
        f"  archiveurl = {{{COPY.address}}},", "  archivedate = {2021-12-01},", "  urlstatus = {dead},",
    ]  # fmt: skip
    assert moved in bib.read_text()
    assert links(root, "--fix", "moved", "--only", "k1") == 0
    assert moved not in bib.read_text()
    assert f"  url = {{{net.url('good/f')}}},\n" in bib.read_text()


def test_a_dry_run_asks_nothing(net: Network, library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    root = library(net.url("good/e"))
    assert links(root, "--dry-run") == 0
    assert capsys.readouterr().out == net.url("good/e") + "\n"
    assert net.asked("good/e") == 0
    assert not ledger_of(root).exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--per-host", "0"), "--per-host takes a number from 1"),
        (("--spacing", "-1"), "--spacing and --max-age 0 or more"),
        (("--max-age", "nan"), "--max-age 0 or more"),
        (("--only", "nobody2020"), "no entry or address fits 'nobody2020'"),
        (("--save",), "SOURCEBOOK_ARCHIVE_KEY"),
    ],
)
def test_misuse_is_told(
    net: Network, library: Library, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], message: str
) -> None:
    assert links(library(net.url("good/m")), *options) == 2
    assert message in capsys.readouterr().err


def test_a_library_without_locators_has_nothing_to_ask(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    assert links(library()) == 2
    assert "nothing to ask: no locators" in capsys.readouterr().err


def test_a_second_run_at_once_is_told_by_whom_the_ledger_is_held(
    net: Network, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    root = library(net.url("good/h"))
    with held_ledger(ledger_of(root), "sourcebook links"):
        assert links(root) == 2
    assert f"the ledger is held by process {os.getpid()} (`sourcebook links`" in capsys.readouterr().err
    assert net.asked("good/h") == 0


def test_a_record_from_the_future_is_told_and_asked_anew(
    net: Network, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    url = net.url("good/z")
    root = library(url)
    ledger_of(root).write_bytes(ledger_bytes({url: Link("dead", time="2999-01-01T00:00:00Z")}))
    assert links(root) == 0
    assert "1 records are from the future" in capsys.readouterr().err
    assert read_ledger(ledger_of(root))[url].verdict == "alive"


def test_a_killed_run_is_gone_on_with(
    net: Network, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    urls = [*(net.url(f"good/killed{n}", n % 2) for n in range(6)), net.url("silent/killed", 2)]
    root = library(*urls)
    command = [sys.executable, "-m", "sourcebook", "links", "--root", str(root), *GENTLE, "--seconds", "60"]
    child = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(ROOT / "tools")}, stderr=subprocess.PIPE
    )
    for _moment in range(400):
        time.sleep(0.02)
        journal = journal_path(ledger_of(root))
        if journal.exists() and journal.read_bytes().count(b'"address"') == 6:
            break
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert not ledger_of(root).exists()
    assert links(root, "--seconds", "0.3") == 0
    assert "6 answers of a run that was cut off are taken over" in capsys.readouterr().err
    assert [net.asked(f"good/killed{n}") for n in range(6)] == [1] * 6
    assert net.asked("silent/killed") == 2


def test_an_interrupted_run_keeps_what_it_knows(net: Network, library: Library) -> None:
    root = library(net.url("good/interrupted"), net.url("silent/interrupted", 1))
    command = [sys.executable, "-m", "sourcebook", "links", "--root", str(root), *GENTLE, "--seconds", "60"]
    child = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(ROOT / "tools")}, stderr=subprocess.PIPE
    )
    for _moment in range(400):
        time.sleep(0.02)
        journal = journal_path(ledger_of(root))
        if journal.exists() and b'"address"' in journal.read_bytes():
            break
    child.send_signal(signal.SIGINT)
    _out, talk = child.communicate(timeout=20)
    assert child.returncode == 130, talk
    assert list(read_ledger(ledger_of(root))) == [net.url("good/interrupted")]


def test_what_was_due_and_got_no_answer_is_unchecked_and_the_ledger_stays(
    net: Network, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"http://{net.hosts[0]}:{net.ports['closed']}/a"
    root = library(url)
    before = ledger_bytes({url: Link("alive", time="2020-01-01T00:00:00Z")})
    ledger_of(root).write_bytes(before)
    assert links(root, "--format", "json", "--seconds", "0.5") == 0
    told = capsys.readouterr()
    assert "there seems to be no network" in told.err
    data = json.loads(told.out)
    assert [(row["verdict"], row["reason"]) for row in data["links"]] == [
        ("unchecked", "nothing answered in this run; it was alive on 2020-01-01")
    ]
    assert (data["summary"]["online"], data["summary"]["old"]) == (False, 1)
    assert ledger_of(root).read_bytes() == before


def test_the_report_goes_into_a_file(
    net: Network, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    root = library(net.url("status-403/o"))
    assert links(root, "--format", "markdown", "--output", str(root / "links.md")) == 0
    assert (
        (root / "links.md")
        .read_text()
        .startswith("## Links\n\n1 locators on 1 hosts, 1 asked in this run: 1 blocked.")
    )
    assert capsys.readouterr().out == ""
