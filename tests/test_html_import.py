"""HTML to articles: small pages with their expected text form, bounds, and what is no article."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from html_text import article_text
from sourcebook.errors import UsageError
from sourcebook.importers._html_page import read_page
from sourcebook.importers._html_tree import parse
from sourcebook.importers.html import read_html
from sourcebook.importing.bounded import bounded
from sourcebook.importing.encodings import decode

PAGES = sorted((Path(__file__).parent / "html").glob("*.html"))
ADDRESS = "https://times.example/news/sea"
TEXT = "<p>The level of the sea at the harbour of Northport has risen by three millimetres a year, the office said.</p>"
TAGS = ["a href='#x'", "p id='x'", "span hidden"]
TAGS += "p div ul li table tr td b sup a blockquote h2 del br".split()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_becomes_the_article_that_its_reader_sees(path: Path) -> None:
    article = read_page(path.stem, decode(path.read_bytes()).text, ADDRESS)
    assert article_text(article) == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_each_mark_of_a_note_has_its_note() -> None:
    for path in PAGES:
        article = read_page(path.stem, decode(path.read_bytes()).text, ADDRESS)
        marks = {run.text for part in article.parts for run in part.runs if run.kind == "note"}
        assert marks == {note.mark for note in article.notes}, path


def test_a_page_is_read_in_a_process_of_its_own() -> None:
    page = f'<html lang="en"><meta charset="iso-8859-1"><h1>The sea</h1>{TEXT * 4}<p>Caf\xe9 \x93so\x94.</p></html>'
    article = read_html("sea.html", page.encode("latin-1"), ADDRESS)
    assert article.title == "The sea"
    assert article.parts[-1].text == "Café “so”."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7 <x>", "is not HTML"),
        (b"\x89PNG\r\n\x1a\n", "is not HTML"),
        (b"only words", "is not HTML"),
        (b"<html><body></body></html>", "has no text of an article"),
        (
            b"<title>Log in</title><h1>Sign in to continue</h1><form><input></form>",
            "asks the reader to log in",
        ),
        (b"<p>Before you continue to the site, accept all cookies.</p>", "asks for consent to cookies"),
        (
            b"<p>Checking your browser before you go on. Are you a robot?</p>",
            "asks whether the reader is a person",
        ),
        (b"<noscript>You need to enable JavaScript to run this app.</noscript><div></div>", "needs scripts"),
        (b"<h1>404 Not Found</h1><p>The requested URL was not found here.</p>", "tells of an error"),
        (b"<div>" * 250 + b"x" + b"</div>" * 250, "nested deeper than 200"),
        (b"<p " + b"a=1 " * 10_001 + b">x</p>", "more than 10,000 attributes"),
        (b"<p>" + b"x" * 20_000_000, "are the most that are read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_article_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=words) as raised:
        read_html("page.html", data)
    assert str(raised.value).startswith("page.html ")


def endless(_text: str) -> str:
    while True:
        pass


def swollen(_text: str) -> int:
    return len(bytearray(2_000_000_000))


def misused(_text: str) -> str:
    raise UsageError("that was wrong")


def broken(_text: str) -> str:
    raise KeyError("a bug")


def test_work_without_end_is_ended() -> None:
    with pytest.raises(UsageError, match=r"longer than 0\.2 seconds"):
        bounded(endless, str, "x", seconds=0.2)


def test_work_that_swells_is_ended() -> None:
    with pytest.raises(UsageError, match="more than 100 megabytes"):
        bounded(swollen, int, "x", megabytes=100)


def test_misuse_and_bugs_come_through_from_the_other_process() -> None:
    with pytest.raises(UsageError, match="that was wrong"):
        bounded(misused, str, "x")
    with pytest.raises(RuntimeError, match="KeyError: 'a bug'"):
        bounded(broken, str, "x")


def test_a_page_with_a_million_columns_is_read() -> None:
    cells = "<td colspan=1000000 rowspan=1000000>x</td>" * 20
    article = read_page(
        "x", f"<h1>T</h1>{TEXT * 4}<table><tr>{cells}</tr><tr><td>y</td><td>z</td></tr></table>", ""
    )
    assert sum(len(row) for part in article.parts for row in part.rows) < 200_000


@given(
    st.lists(
        st.one_of(
            st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
            st.from_regex(r"[a-z]{1,8} [0-9\[\]&;<\"']{0,3}", fullmatch=True),
        ),
        max_size=40,
    )
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_word_of_a_page_is_kept_or_told(pieces: list[str]) -> None:
    page = f"<h1>The sea</h1>{TEXT * 4}{''.join(pieces)}"
    article = read_page("x", page, "")
    told = article_text(article)
    words = " ".join(parse(page).itertext()).split()
    squeezed = "".join(told.split())
    assert [word for word in words if word not in squeezed] == []
