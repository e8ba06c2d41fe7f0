"""`sourcebook add` against local servers that speak as doi.org, Open Library, arXiv and the web do."""

from __future__ import annotations

import datetime
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sourcebook.bibformat import format_text
from sourcebook.check import check
from sourcebook.cli import main
from sourcebook.read import read_library
from sourcebook.settings import read_settings

CASES = sorted((Path(__file__).parent / "finders").glob("*.bib"))
FORMS = {
    ".json": "application/vnd.citationstyles.csl+json; charset=utf-8",
    ".xml": "application/atom+xml; charset=UTF-8",
    ".html": "text/html",
}


@dataclass
class Server:
    """A server on the loopback that answers every question alike, and notes what it was asked."""

    body: bytes = b""
    form: str = "text/html"
    status: int = 200
    base: str = ""
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(f"{self.path} {self.headers['Accept']}")
            self.send_response(told.status)
            self.send_header("Content-Type", told.form)
            self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            self.wfile.write(told.body)

        def log_message(self, *_args: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        told.base = f"http://127.0.0.1:{running.server_port}"
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield told
        running.shutdown()
        thread.join()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "bib").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Seas\n")
    (tmp_path / "bib" / "seas.bib").write_text("")
    return tmp_path


Add = Callable[..., int]


@pytest.fixture
def add(server: Server, library: Path) -> Add:
    """Run the command in the library, with each service at the local server."""

    def run(*arguments: str) -> int:
        services = [f"--service={name}={server.base}" for name in ("doi", "isbn", "arxiv")]
        return main(["add", "--root", str(library), "--allow-private", *services, *arguments])

    return run


def bib(library: Path) -> str:
    return (library / "bib" / "seas.bib").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_an_answer_becomes_an_entry(
    case: Path, server: Server, library: Path, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    body = next(path for path in case.parent.glob(f"{case.stem}.*") if path.suffix in FORMS)
    server.form = FORMS[body.suffix]
    server.body = body.read_bytes().replace(b"{base}", server.base.encode())
    today = datetime.datetime.now().astimezone().date().isoformat()
    wanted = case.read_text(encoding="utf-8").replace("{base}", server.base).replace("{day}", today)
    told = re.findall(r"^% (\w+): (.*)\n", wanted, re.M)
    assert add(dict(told)["locator"]) == int(dict(told).get("code", "0"))
    assert bib(library) == re.sub(r"^%.*\n", "", wanted, flags=re.M)
    talk = capsys.readouterr().err
    assert [text for what, text in told if what == "says" and text not in talk] == []
    assert [text for what, text in told if what == "asks"] in ([], server.asked)


def entry_of(case: Path) -> str:
    """The entry of a case, as it stands in a library."""
    text = re.sub(r"^%.*\n", "", case.read_text(encoding="utf-8"), flags=re.M)
    return text.replace("{base}", "https://example.org").replace("{day}", "2022-01-02")


COMPLETE = [case for case in CASES if "% code: 1" not in case.read_text(encoding="utf-8")]


@pytest.mark.parametrize("case", COMPLETE, ids=lambda path: path.stem)
def test_what_is_complete_passes_the_check_once_it_is_cited(case: Path, library: Path) -> None:
    (library / "bib" / "seas.bib").write_text(entry_of(case), encoding="utf-8")
    key = entry_of(case).partition("{")[2].partition(",")[0]
    (library / "docs" / "index.md").write_text(f"# Seas\n\nThe sea is salt {{cite:p}}`{key}`.\n")
    assert check(read_library(library, read_settings(library))).findings == ()


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_an_entry_is_in_the_form_that_the_formatter_gives(case: Path) -> None:
    assert format_text("seas.bib", entry_of(case)) == entry_of(case)


def test_what_is_there_already_is_refused_and_named(
    server: Server, library: Path, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = "@article{lund2020salt,\n  title = {Salt},\n  doi = {10.5555/NS.7},\n  url = {http://www.example.org/a/?utm_source=x},\n}\n"
    (library / "bib" / "seas.bib").write_text(entry)
    for locator in ("https://doi.org/10.5555/ns.7", "https://example.org/a#b"):
        assert add(locator) == 1
        assert "it is there already, as lund2020salt (bib/seas.bib:1)" in capsys.readouterr().err
    assert server.asked == []
    assert bib(library) == entry


def test_a_page_that_turns_out_to_be_known_by_its_doi_is_refused(
    server: Server, library: Path, add: Add
) -> None:
    entry = "@article{lund2020salt,\n  title = {Salt},\n  doi = {10.5555/NS.7},\n}\n"
    (library / "bib" / "seas.bib").write_text(entry)
    server.body = (Path(__file__).parent / "finders" / "page-highwire.html").read_bytes()
    assert add(f"{server.base}/articles/salt") == 1
    assert bib(library) == entry


def test_a_title_that_is_nearly_there_is_told_of_and_written(
    server: Server, library: Path, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    (library / "bib" / "seas.bib").write_text("@book{old2021, title = {Salt of the Sea}, year = 2021}\n")
    server.body = b'{"title": "The salt of the sea", "type": "book", "issued": {"date-parts": [[2021]]}}'
    assert add("10.5555/1") == 0
    assert "nearly the title of old2021" in capsys.readouterr().err
    assert "doi = {10.5555/1}" in bib(library)


def test_an_answer_is_recorded_and_asked_for_again_only_when_it_is_old(
    server: Server, library: Path, add: Add
) -> None:
    server.body = b'{"title": "The sea", "type": "book", "issued": {"date-parts": [[2021]]}}'
    assert add("10.5555/1", "--dry-run") == 0
    assert add("10.5555/1", "--diff") == 0
    assert len(server.asked) == 1
    assert add("10.5555/1", "--dry-run", "--no-cache") == 0
    assert add("10.5555/1", "--dry-run", "--max-age=0") == 0
    assert len(server.asked) == 3
    assert bib(library) == ""


def test_the_day_of_a_recorded_page_is_the_day_on_which_it_was_asked(
    server: Server, library: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = datetime.datetime.now().astimezone() - datetime.timedelta(days=3)
    server.body = (Path(__file__).parent / "finders" / "page-opengraph.html").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("sourcebook.finding.recorded._now", lambda: then)
        assert add(f"{server.base}/tides", "--dry-run") == 0
    assert add(f"{server.base}/tides") == 0
    assert len(server.asked) == 1
    assert f"urldate = {{{then.date().isoformat()}}}" in bib(library)
    (library / "bib" / "seas.bib").write_text("")
    assert add(f"{server.base}/tides", "--max-age", "2") == 0
    assert len(server.asked) == 2


def test_a_recorded_answer_that_is_damaged_is_asked_for_again(
    server: Server, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sourcebook.finding.recorded import answers_folder

    server.body = b'{"title": "The sea", "type": "book", "issued": {"date-parts": [[2021]]}}'
    add("10.5555/1", "--dry-run")
    (kept,) = answers_folder().glob("*.answer")
    data = bytearray(kept.read_bytes())
    data[-20] ^= 1
    kept.write_bytes(data)
    add("10.5555/1", "--dry-run")
    assert len(server.asked) == 2


def test_overrides_win_and_stand_in_for_an_answer_that_fails(
    server: Server, library: Path, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    overrides = """
https://doi.org/10.5555/1:
  title: The {NATO} sea
  publisher:
  date: 2020-03
10.5555/2: {type: book, key: own2001key, title: Ours, date: 2001}
"""
    (library / "bib" / "overrides.yaml").write_text(overrides)
    server.body = (
        b'{"title": "Wrong", "publisher": "Nobody", "type": "book", "issued": {"date-parts": [[2021]]}}'
    )
    assert add("10.5555/1") == 0
    assert bib(library) == "@book{nobody2020nato,\n".replace("nobody", "anon") + (
        "  title = {The {NATO} sea},\n  date = {2020-03},\n  doi = {10.5555/1},\n}\n"
    )
    server.status, server.body = 403, b"not you"
    assert add("10.5555/2") == 0
    assert "unchecked, from overrides alone" in capsys.readouterr().err
    assert "@book{own2001key,\n  title = {Ours},\n  date = {2001},\n  doi = {10.5555/2},\n}\n" in bib(library)


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("sea: {title: x}", "is no DOI"),
        ("10.5555/1: x", "needs fields"),
        ("10.5555/1: {title: '{'}", "unbalanced braces"),
        ("10.5555/1: {Title: x}", "no name of a field"),
        ("- a", "write a locator"),
        ("a: [", "can't be read"),
    ],
)
def test_an_override_that_can_not_be_read_is_misuse(
    text: str, cure: str, library: Path, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    (library / "bib" / "overrides.yaml").write_text(text)
    assert add("10.5555/1") == 2
    assert cure in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("the sea",), "is no DOI, ISBN, arXiv identifier or address"),
        (("978-0-00-000000-3",), "check digit"),
        (("10.5555/1", "--key", "a b"), "no citation key"),
        (("10.5555/1", "10.5555/2", "--key", "a"), "one locator"),
        (("10.5555/1", "--to", "other.bib"), "no .bib file of the library"),
        (("10.5555/1", "--service", "page=x"), "NAME=ADDRESS"),
        (("10.5555/1", "--max-age", "-1"), "number of days"),
    ],
)
def test_misuse_is_told_with_its_cure(
    arguments: tuple[str, ...], why: str, server: Server, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    server.body = b'{"title": "The sea", "type": "book"}'
    assert add(*arguments) == 2
    assert why in capsys.readouterr().err


def test_a_new_library_gets_its_first_file(server: Server, tmp_path: Path, add: Add) -> None:
    (tmp_path / "bib" / "seas.bib").unlink()
    server.body = b'{"title": "The sea", "type": "book", "issued": {"date-parts": [[2021]]}}'
    assert add("10.5555/1", "--key", "mine") == 0
    assert (tmp_path / "bib" / "library.bib").read_text().startswith("@book{mine,")
