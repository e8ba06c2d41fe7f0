"""The command `import`: sources of each kind, options, report, and the worksheet."""

from __future__ import annotations

import contextlib
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from sourcebook.cli import main

ESSAY = Path(__file__).parent / "articles" / "essay-with-footnotes" / "source.txt"
KEY = "examplendwhy"


def run(root: Path, *arguments: str) -> tuple[int, str, str]:
    out, talk = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(talk):
        code = main(["import", *arguments, "--root", str(root)])
    return code, out.getvalue(), talk.getvalue()


def files(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_a_dry_run_and_a_diff_write_nothing(option: str, tmp_path: Path) -> None:
    code, out, talk = run(tmp_path, str(ESSAY), option)
    assert code == 0
    assert files(tmp_path) == {}
    assert "would be written" in (talk if option == "--diff" else out)
    if option == "--diff":
        assert f"+++ docs/articles/{KEY}.md" in out
        assert "+@book{muster2014weight," in out
        assert "1 source" not in out


def test_the_report_for_programs_has_every_line_of_the_source(tmp_path: Path) -> None:
    code, out, _talk = run(tmp_path, str(ESSAY), "--format", "json")
    report = json.loads(out)
    assert (code, report["schema"], report["summary"]["actions"]) == (0, 1, {"new": 1})
    (one,) = report["imports"]
    assert one["metadata"]["authors"] == ["Ada Example"]
    assert [note["keys"] for note in one["notes"]] == [
        ["beispiel2021presses"],
        ["pilotsquarterly2021paper"],
        [],
        ["muster2014weight"],
    ]
    told = {
        n for part in (*one["parts"], *one["notes"]) for n in range(part["lines"][0], part["lines"][1] + 1)
    }
    told |= set(one["metadata_lines"]) | {drop["lines"][0] for drop in one["dropped"]}
    lines = ESSAY.read_text(encoding="utf-8").splitlines()
    assert told == {number for number, line in enumerate(lines, 1) if line.strip()}


def test_standard_input_is_a_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ESSAY.read_bytes()), encoding="utf-8"))
    code, out, _talk = run(tmp_path, "-")
    assert (code, out.partition(":")[0]) == (0, "-")
    assert "sha256" not in (tmp_path / "bib" / "library.bib").read_text()  # nobody holds a copy of it


def test_a_folder_is_read_but_for_hidden_and_other_files(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    (raw / "deep").mkdir(parents=True)
    (raw / ".hidden").mkdir()
    for name in ("deep/a.txt", ".hidden/b.txt", "c.doc"):
        (raw / name).write_bytes(ESSAY.read_bytes())
    (tmp_path / "library").mkdir()
    code, out, _talk = run(tmp_path / "library", str(raw), "--dry-run")
    assert code == 0
    assert "1 source: 1 new" in out


def test_one_that_is_no_article_is_refused_and_the_others_are_imported(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    code, out, _talk = run(tmp_path, str(tmp_path / "a.pdf"), str(ESSAY))
    assert code == 1
    assert "not imported" in out
    assert "1 refused, 1 new" in out


def test_what_is_not_there_is_misuse_and_nothing_is_written(tmp_path: Path) -> None:
    code, _out, talk = run(tmp_path, str(ESSAY), str(tmp_path / "none.txt"))
    assert code == 2
    assert "no such file or folder" in talk
    assert files(tmp_path) == {}
    (tmp_path / "empty").mkdir()
    assert run(tmp_path, str(tmp_path / "empty"))[0] == 2


def test_a_bibliography_that_is_not_utf8_is_misuse(tmp_path: Path) -> None:
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "a.bib").write_bytes(b"@misc{a, title={\xe9}}")
    assert run(tmp_path, str(ESSAY))[0] == 2


class Page(BaseHTTPRequestHandler):
    """Answers with the essay, as text."""

    def do_GET(self) -> None:
        body = ESSAY.read_bytes()
        found = self.path.startswith("/essay")
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_is_asked_and_what_it_answered_can_be_kept(address: str, tmp_path: Path) -> None:
    held = tmp_path / "held"
    code, out, talk = run(tmp_path, f"{address}/essay", "--allow-private", "--snapshot", str(held))
    assert (code, talk) == (0, ""), out
    (copy,) = held.iterdir()
    assert copy.read_bytes() == ESSAY.read_bytes()
    entry = (tmp_path / "bib" / "library.bib").read_text()
    assert f"sha256 = {{{copy.stem}}}" in entry
    assert run(tmp_path, f"{address}/none", "--allow-private")[:1] == (1,)
    assert run(tmp_path, f"{address}/essay")[0] == 1  # a private host is asked only if one says so


def test_a_worksheet_has_no_sentence_of_the_article(tmp_path: Path) -> None:
    code, _out, _talk = run(tmp_path, str(ESSAY), "--restate")
    page = (tmp_path / "docs" / "articles" / f"{KEY}.md").read_text()
    assert code == 0
    assert "⟦passage 1⟧" in page
    assert "{cite:p}`beispiel2021presses,examplendwhy` {claim}`" in page
    assert not any(
        words in page for words in ("tide tables of Sandmouth", "stop the presses", "switched off")
    )
    passages = (tmp_path / ".sourcebook" / "passages" / f"{KEY}.txt").read_text()
    assert "tide tables of Sandmouth" in passages
    assert (tmp_path / ".sourcebook" / ".gitignore").read_text() == "*\n"


def test_a_worksheet_is_refused_until_its_last_passage_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, str(ESSAY), "--restate")
    check = [
        "check",
        "--root",
        str(tmp_path),
        "--select",
        "worksheet-mark,duplicate-claim-name,uncited-claim",
    ]
    assert main(check) == 1
    assert "worksheet-mark: ⟦passage 1⟧ is not written yet" in capsys.readouterr().out
    page = tmp_path / "docs" / "articles" / f"{KEY}.md"
    text = page.read_text()
    for number in range(1, text.count("⟦") + 1):
        text = text.replace(f"⟦passage {number}⟧", f"We put number {number} in our own words")
    page.write_text(text)
    assert main(check) == 0


def test_a_worksheet_is_not_changed_by_a_second_run(tmp_path: Path) -> None:
    run(tmp_path, str(ESSAY), "--restate")
    before = files(tmp_path)
    assert "1 same" in run(tmp_path, str(ESSAY), "--restate")[1]
    assert files(tmp_path) == before
