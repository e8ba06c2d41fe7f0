"""What is told of the links: the same facts as text, as JSON and for an issue, and what fails."""

from __future__ import annotations

import json
import re

from sourcebook.bibtex import read_bibliography
from sourcebook.linking.deadlinks import dead_without_archive
from sourcebook.linking.linkreport import LinkReport, Row, rows_of, write_json, write_markdown, write_text
from sourcebook.linkrecords import Copy, Link, Locator
from sourcebook.model import Place

Links = dict[str, Link]


def report_of(links: Links) -> LinkReport:
    locators = [Locator(a, a, "url", (Place("bib/a.bib", n, 3),), (f"k{n}",)) for n, a in enumerate(links, 1)]
    return LinkReport(rows_of(locators, links, set()))


NASTY = "](javascript:alert(1)) <img src=x onerror=y> @everyone #1 `x` | y \x1b[31m https://evil.example.org"


def test_texts_from_the_network_stay_texts_in_an_issue() -> None:
    links = {f"https://example.org/`{n}|": Link("drifted", NASTY, title=NASTY) for n in range(200)}
    text = write_markdown(report_of(links))
    assert "drifted (200)" in text
    assert "and 100 more." in text
    row = next(line for line in text.splitlines() if line.startswith("| bib/a.bib:1 "))
    assert row.count("|") - row.count("\\|") == 4
    assert not re.search(r"(?<![\\&])[<>\[\]#`]", row.split("|", 3)[3])
    assert "@everyone" not in row
    assert "https://evil" not in row
    assert "\x1b" not in write_text(report_of(links)) + text


def test_a_report_has_what_asks_for_work_first() -> None:
    links = {
        "https://example.org/a": Link("alive"),
        "https://example.org/b": Link("blocked", "HTTP 403"),
        "https://example.org/c": Link("dead", "HTTP 404"),
        "https://example.org/d": Link(
            "archived", "HTTP 404", copy=Copy("https://web.archive.org/web/1", "2021-12-01", "alive")
        ),
    }
    lines = write_text(report_of(links)).splitlines()
    assert [line.split(": ")[1] for line in lines[:-1]] == ["dead", "archived", "blocked"]
    assert lines[0] == "bib/a.bib:3:3: dead: https://example.org/c (HTTP 404)"
    assert lines[-1].endswith("1 dead, 1 archived, 1 blocked, 1 alive; 1 dead without an archive copy")
    data = json.loads(write_json(report_of(links)))
    assert data["summary"]["dead_without_copy"] == 1
    assert [row["failing"] for row in data["links"]] == [True, False, False, False]
    assert data["links"][1]["copy"]["address"] == "https://web.archive.org/web/1"


def test_a_dead_link_fails_unless_an_archive_has_it() -> None:
    def fails(copy: str, verdict: str) -> int:
        locators = [
            Locator("https://a.org", "https://a.org", "url", (Place("a.bib"),), ("k",)),
            Locator(copy, copy, "archiveurl", (Place("a.bib"),), ("k",)),
        ]
        rows: tuple[Row, ...] = rows_of(locators, {"https://a.org": Link("dead"), copy: Link(verdict)}, set())
        return LinkReport(rows).failing

    assert fails("https://web.archive.org/web/1", "alive") == 0
    assert fails("https://web.archive.org/web/1", "unchecked") == 0
    assert fails("https://web.archive.org/web/1", "drifted") == 1
    assert fails("https://web.archive.org/web/1", "dead") == 2


def test_a_dead_locator_of_an_entry_is_found_at_its_field_unless_there_is_a_copy() -> None:
    copy = "https://web.archive.org/web/20211201101112/https://a.org/x"
    text = """@online{k1, title = {T}, doi = {10.5555/ABC}, url = {https://a.org/x\\_y}}
    @online{k2, title = {T}, url = {https://a.org/x}, archiveurl = {COPY}}""".replace("COPY", copy)
    one, two = read_bibliography("a.bib", text).entries
    links = {
        "https://a.org/x_y": Link("dead"),
        "doi:10.5555/abc": Link("dead"),
        "https://a.org/x": Link("dead"),
    }
    assert [(field, address) for field, address, _link in dead_without_archive(links, one)] == [
        ("url", "https://a.org/x_y"), ("doi", "doi:10.5555/abc"),
    ]  # fmt: skip
    assert list(dead_without_archive(links, two)) == []
    for verdict, count in [("alive", 0), ("unchecked", 0), ("blocked", 0), ("drifted", 1), ("dead", 2)]:
        assert len(list(dead_without_archive({**links, copy: Link(verdict)}, two))) == count
    assert list(dead_without_archive({"https://a.org/x_y": Link("archived")}, one)) == []
    assert list(dead_without_archive({}, one)) == []
