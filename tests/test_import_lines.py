"""Every line of a dump is kept, moved to the metadata, or dropped with a reason; nothing else becomes of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.article import Article, Part
from sourcebook.errors import UsageError
from sourcebook.importers import read_article
from sourcebook.importers._furniture import reason_of
from sourcebook.importers.text import LONGEST_LINE, MOST_LINES, read_text

FOLDER = Path(__file__).parent / "articles"
DUMPS = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*/source.txt"))]
LINES = sorted({line for dump in DUMPS for line in dump.split("\n")})
ODD = [
    "  1. one", " 2. two", "    • deep", "- a", "- b", "a\tb", "c\td", "| x | y |", "> said", "[1] A note (2020) X.",
    "[2]: y", "¹ raised", "* starred", "Notes", "References", "12", "01:12", "1) a", "By Ada Example", "Opinion",
    "ISSN 1234-5679", "2 May 2020", "3-4 May", "5 May", "6 May", "https://example.org/x", "word[1] and word², word*",
    "Title: X", "Smith, A. (2020). A work. Outlet.", "co-", "operate", "\u00a0", "\u2022 bullet", "“Quote.”", "said:",
]  # fmt: skip
LINE = st.one_of(
    st.sampled_from(LINES),
    st.sampled_from(ODD),
    st.text(max_size=20),
    st.just(""),
    st.just("A long line. " * 20),
)
MIXED = st.lists(LINE, max_size=30).map("\n".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A dump of ours with some lines taken out, doubled, swapped or put in."""
    lines = draw(st.sampled_from(DUMPS)).split("\n")
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(lines) - 1)))
        change = draw(st.sampled_from("out double swap in".split()))
        if change == "out" and lines:
            del lines[at]
        elif change == "double" and lines:
            lines.insert(at, lines[at])
        elif change == "swap" and lines:
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        else:
            lines.insert(at, draw(LINE))
    return "\n".join(lines)


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


def text_of(part: Part) -> str:
    return "".join(
        run.text for run in (*part.runs, *(run for row in part.rows for cell in row for run in cell))
    )


def assert_all_lines_are_accounted_for(article: Article, text: str) -> None:
    """Each line with something on it has one fate, and its letters are where its fate says that they are."""
    kept: dict[int, str] = {}
    for part in article.parts:
        for number in range(part.first, part.last + 1):
            assert number not in kept, f"line {number} is in two blocks"
            kept[number] = text_of(part)
    notes = [(n.first, n.last, "".join(run.text for run in n.runs)) for n in article.notes]
    for first, last, words in [*notes, *((r.first, r.last, r.text) for r in article.references)]:
        for number in range(first, last + 1):
            assert number not in kept, f"line {number} is in two blocks"
            kept[number] = words
    dropped = {number: drop for drop in article.dropped for number in range(drop.first, drop.last + 1)}
    moved = set(article.metadata_lines)
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        fates = (number in kept) + (number in dropped) + (number in moved)
        assert fates == (1 if letters(line) or line.strip(" \t").isalnum() else fates), (number, line)
        assert fates <= 1
        if number in kept:
            assert letters(line) in letters(kept[number]) or letters(kept[number]) == "", (number, line)
        if number in dropped:
            assert dropped[number].reason
            assert letters(line) == letters(dropped[number].text)


@given(st.one_of(mutated(), MIXED))
@settings(max_examples=250, deadline=None)
def test_no_line_is_lost(text: str) -> None:
    assert_all_lines_are_accounted_for(read_text("x", text), text)


@pytest.mark.parametrize("folder", sorted(FOLDER.iterdir()), ids=lambda folder: folder.name)
def test_no_line_of_an_article_is_lost(folder: Path) -> None:
    for source in folder.glob("source.txt"):
        text = source.read_text(encoding="utf-8")
        assert_all_lines_are_accounted_for(read_text("x", text), text)


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_an_article_or_refused(data: bytes) -> None:
    try:
        article = read_article("x.txt", data)
    except UsageError:
        return
    assert article.parts


PLAIN = """
We use a boat. | Share prices fell. | Search parties went out. | Close the door, he said. | Home is far. | More books
Tweeting is for birds | We ate cookies and they were good. | Comments by the harbour master | No comment was made.
Reply to the pilots | More in sorrow than in anger | Print is not dead | Subscribers left | Related costs fell
10 commandments of the sea | Advertisement revenue fell | The menu of the ferry | Read more books | X marks the spot
It takes 5 minutes to read it.
"""
FURNITURE = """
ADVERTISEMENT | Share this: | Facebook Twitter LinkedIn | Leave a comment | No comments | 3 Comments | 5 min read
Accept all cookies | We use cookies to improve your experience on this site. | Skip to main content | * * *
Click to share on Facebook (Opens in new window) | Home » News » World | Tags: sea, tide | Share on Twitter
Your email address will not be published. | Sign up for our newsletter | Back to top | comm comm comm
Reading time: 4 minutes
"""


def items_of(text: str) -> list[str]:
    return [line.strip() for line in re.split(r"[|\n]", text) if line.strip()]


@pytest.mark.parametrize("line", items_of(PLAIN))
def test_a_sentence_is_no_furniture(line: str) -> None:
    assert reason_of(line) == ""


@pytest.mark.parametrize("line", items_of(FURNITURE))
def test_furniture_is_known(line: str) -> None:
    assert reason_of(line)


def test_a_dump_is_read_in_bounded_time_and_size() -> None:
    many = (
        "a",
        "[1] x",
        "[a] x",
        "• x",
        "| a | b |",
        "A heading\n",
        "3 May",
        "word-",
        "Notes",
        "Same line as before",
    )
    for text in ("a " * 200_000, "(" * 100_000, *(f"{line}\n" * 10_000 for line in many)):
        assert_all_lines_are_accounted_for(read_text("x", text), text)
    with pytest.raises(UsageError, match="lines"):
        read_text("x", "\n" * (MOST_LINES + 1))
    with pytest.raises(UsageError, match="line of more than"):
        read_text("x", "a" * (LONGEST_LINE + 1))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 x", "a PDF"), (b"PK\x03\x04xx", "zip"), (b"\x89PNG\r\n", "picture"), (b"", "empty"),
        (b" \n\n ", "empty"), (b"Advertisement\n\nLeave a Comment\n", "no text"), (b"\x1f\x8b\x08", "compressed"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_with_its_kind(data: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_article("x.txt", data)


def test_odd_characters_are_mended_and_told() -> None:
    article = read_article(
        "x.txt", "\ufeffTitle of it\r\n\r\nSome\u00a0\u00a0words\u200b here. \u00ad\r\n".encode()
    )
    assert (article.title, article.parts[0].text) == ("Title of it", "Some words here.")
    assert article.remarks
