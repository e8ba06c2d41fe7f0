"""`sourcebook cite`: words find entries and claims, and what is printed can be pasted."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.citations import citation_keys
from sourcebook.cli import main
from sourcebook.exporting.selection import PlacedClaim
from sourcebook.model import Bibliography, Claim, Entry, Field, Library, Page, Place
from sourcebook.paste import SYNTAXES, for_claim, for_work
from sourcebook.reftext import STYLES
from sourcebook.seek import find, nearest_words

BIB = r"""
@article{lund2020salt, author = {Lund, Åsa and van der Berg, Jan}, title = {Why is the sea salt?},
  journaltitle = {Northern Seas}, volume = {7}, number = {2}, date = {2020-03-09}, langid = {english},
  url = {https://example.org/salt}}
@online{kalin2021tides, author = {Kalın, İdil}, title = {The tides of the Bosphorus}, organization = {Strait Watch},
  date = {2021-05-01}, langid = {english}, url = {https://example.org/tides}}
@report{sea2019depth, author = {{Sea Office}}, title = {Depths and shoals}, date = {2019}, langid = {english},
  url = {https://example.org/depth}}
"""
PAGE = """---
article: kalin2021tides
---
# Tides

The northern sea holds 35 grams of salt a litre {cite:p}`kalin2021tides,lund2020salt` {claim}`salt-in-the-north`.
The Bosphorus flows both ways {cite:p}`kalin2021tides`.
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for name, text in (("bib/seas.bib", BIB), ("docs/articles/kalin2021tides.md", PAGE)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    settings = '[tool.sourcebook]\naddress = ["https://sea.example.org"]\n'
    (tmp_path / "pyproject.toml").write_text(settings)
    return tmp_path


def cite(library: Path, *arguments: str) -> int:
    return main(["cite", "--root", str(library), *arguments])


def best(library: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cite(library, "--format", "json", *words) == 0
    hit = json.loads(capsys.readouterr().out)["hits"][0]
    return str(hit["name"] or hit["text"])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("lund", "lund2020salt"),
        ("asa lund 2020", "lund2020salt"),
        ("Berg salt", "lund2020salt"),
        ("northen seas", "lund2020salt"),
        ("why sea salt", "lund2020salt"),
        ("KALIN", "kalin2021tides"),
        ("Kalın İdil", "kalin2021tides"),
        ("bosforus tides", "kalin2021tides"),
        ("strait wach", "kalin2021tides"),
        ("sea office", "sea2019depth"),
        ("sea2019depth", "sea2019depth"),
        ("35 gram litre", "salt-in-the-north"),
        ("salt-in-the-north", "salt-in-the-north"),
        ("flows both ways", "The Bosphorus flows both ways."),
    ],
)
def test_words_find_what_they_mean(
    words: str, name: str, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert best(library, capsys, *words.split()) == name


@pytest.mark.parametrize(
    ("form", "paste"),
    [
        ("myst", "{cite:p}`lund2020salt`"),
        ("latex", r"\autocite{lund2020salt}"),
        ("natbib", r"\citep{lund2020salt}"),
        ("typst", "@lund2020salt"),
        ("pandoc", "[@lund2020salt]"),
        ("rst", ":cite:p:`lund2020salt`"),
        (
            "apa",
            "Lund, Å., & Berg, J. van der. (2020). Why is the sea salt? Northern Seas, 7(2). https://example.org/salt",
        ),
        (
            "chicago",
            "Lund, Åsa, and Jan van der Berg. 2020. “Why Is the Sea Salt?” Northern Seas 7 (2). https://example.org/salt.",
        ),
        (
            "mla",
            "Lund, Åsa, and Jan van der Berg. “Why Is the Sea Salt?” Northern Seas, vol. 7, no. 2, Mar. 2020, "
            "https://example.org/salt.",
        ),
    ],
)
def test_a_form_prints_what_to_paste_and_nothing_else(
    form: str, paste: str, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cite(library, "lund2020salt", "--for", form) == 0
    assert capsys.readouterr().out == f"{paste}\n"


@pytest.mark.parametrize(
    ("arguments", "paste"),
    [
        (("--for=myst",), "{cite:p}`lund2020salt,kalin2021tides` {claim:ref}`salt-in-the-north`"),
        (
            ("--for=myst", "--inventory=sea"),
            "{cite:p}`lund2020salt,kalin2021tides` {external+sea:ref}`claim-salt-in-the-north`",
        ),
        (
            ("--for=rst", "--inventory=sea"),
            ":cite:p:`lund2020salt,kalin2021tides` :external+sea:ref:`claim-salt-in-the-north`",
        ),
        (("--for=latex",), r"\autocite{lund2020salt,kalin2021tides,claim-salt-in-the-north}"),
        (("--for=typst",), "@lund2020salt @kalin2021tides @claim-salt-in-the-north"),
        (("--for=pandoc",), "[@lund2020salt; @kalin2021tides; @claim-salt-in-the-north]"),
    ],
)
def test_a_claim_is_cited_by_its_original_first_and_by_itself_after_it(
    arguments: tuple[str, ...], paste: str, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cite(library, "salt-in-the-north", *arguments) == 0
    assert capsys.readouterr().out == f"{paste}\n"


def test_a_claim_in_plain_text_has_its_permalink_last(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cite(library, "salt-in-the-north", "--for", "word") == 0
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert [line.partition(" (")[0] for line in lines[:2]] == ["Lund, Å., & Berg, J. van der.", "Kalın, İ."]
    assert lines[2].endswith("https://sea.example.org/claims/salt-in-the-north.html")
    assert "sourcebook export ris salt-in-the-north --output cite.ris" in told.err


def test_without_a_form_the_best_hit_is_told_in_all_and_each_other_in_a_line(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cite(library, "salt") == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first.startswith("lund2020salt: Lund, Åsa")
    shown = [line for line in lines if line.startswith("  ")]
    assert len(shown) == len(SYNTAXES) + len(STYLES) + 1
    assert [line for line in lines if not line.startswith("  ")] == [
        "salt-in-the-north (claim): The northern sea holds 35 grams of salt a litre."
    ]


def test_all_shows_what_the_best_leave_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = [f"@misc{{sea{n}, title = {{Sea {n}}}, date = {{20{n:02}}}}}\n" for n in range(10, 18)]
    (tmp_path / "bib").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "bib" / "b.bib").write_text("".join(entries))
    (tmp_path / "docs" / "index.md").write_text("# Seas\n")
    assert cite(tmp_path, "sea", "--for", "typst") == 0
    told = capsys.readouterr()
    assert (len(told.out.splitlines()), told.err.count("also "), "3 more found" in told.err) == (1, 4, True)
    assert cite(tmp_path, "sea", "--for", "typst", "--all") == 0
    assert len(capsys.readouterr().out.splitlines()) == 8


def test_nothing_found_names_the_nearest_words(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cite(library, "bosphaaaarius") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "words that look like it: bosphorus" in told.err


def test_no_words_are_misuse(library: Path) -> None:
    assert cite(library, "...") == 2


def test_the_answer_for_machines_has_every_syntax(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cite(library, "bosphorus", "--format", "json") == 0
    document = json.loads(capsys.readouterr().out)
    assert [hit["kind"] for hit in document["hits"]] == ["entry", "claim"]
    entry, claim = document["hits"]
    assert list(entry["paste"]) == list(SYNTAXES)
    assert (claim["name"], claim["permalink"], claim["keys"]) == (None, None, ["kalin2021tides"])
    assert claim["paste"]["myst"] == "{cite:p}`kalin2021tides`"


KEYS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,20}", fullmatch=True)


@given(KEYS, KEYS)
def test_each_syntax_holds_the_keys_it_was_given(one: str, other: str) -> None:
    claim = PlacedClaim("", "Text.", (one, other), "p.md", "P")
    read = citation_keys(for_claim("myst", (one, other), claim).partition("`")[2][:-1])
    assert [key for key, _offset in read or ()] == [one, other]
    typst = for_work("typst", one)
    assert (typst == f"@{one}") is not one.endswith((".", ":", "-")) or typst == f"@{one}"
    assert re.fullmatch(r"@[\w:.-]*[\w-]|#cite\(label\(\"[\w:.-]+\"\)\)", typst)
    assert for_work("pandoc", one) in {f"[@{one}]", f"[@{{{one}}}]"}


NAMES = st.sampled_from(["Kalın", "Øster", "Straße", "O’Neil", "Łuk", "Müller-Lüd"])
TYPED = {
    "Kalın": "kalin",
    "Øster": "OSTER",
    "Straße": "strasse",
    "O’Neil": "oneil",
    "Łuk": "luk",
    "Müller-Lüd": "muller lud",
}


@given(st.lists(NAMES, min_size=1, max_size=6, unique=True), st.data())
def test_a_name_typed_plainly_finds_its_entry_first(names: list[str], data: st.DataObject) -> None:
    entries = [
        Entry(f"k{n}", "misc", (Field("author", name, 1, 1),), Place("b.bib")) for n, name in enumerate(names)
    ]
    library = Library(bibliographies=(Bibliography("b.bib", tuple(entries)),))
    wanted = data.draw(st.sampled_from(names))
    hit = find(library, TYPED[wanted])[0]
    assert hit.entry is not None
    assert hit.entry.get("author") == wanted


@given(st.text(max_size=30), st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_is_answered(query: str, title: str, sentence: str) -> None:
    entry = Entry("k", "misc", (Field("title", title, 1, 1),), Place("b.bib"))
    page = Page("p.md", True, claims=(Claim(sentence, Place("p.md")),))
    library = Library((page,), (Bibliography("b.bib", (entry,)),))
    scores = [hit.score for hit in find(library, query)]
    assert scores == sorted(scores, reverse=True)
    assert len(nearest_words(library, query)) <= 6
