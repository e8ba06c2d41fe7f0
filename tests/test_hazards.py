"""What could harm a reader or a build, or lose text: each is a finding at its place, and none is printed in silence.

The cases stand in tests/hazards, one a line; \\n there is the end of a line.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docutils.parsers.rst import directives, roles

from sourcebook.bibtex import read_bibliography
from sourcebook.check import check
from sourcebook.claims import read_page
from sourcebook.directives import JUDGED, KNOWN, KNOWN_ROLES
from sourcebook.model import Finding, Library
from sourcebook.myst import read_text
from sourcebook.settings import DEFAULT_EXTENSIONS

PATH = "docs/articles/page.md"
CITED = " {cite:p}`gooda`."
BIB = "".join(
    f"@misc{{{key}, title = {{T}}, year = {{2020}}, url = {{https://example.org/{key}}}}}\n"
    for key in ("gooda", "goodb")
)
EXTENSIONS = frozenset(DEFAULT_EXTENSIONS)


def cases(name: str) -> list[str]:
    text = (Path(__file__).parent / "hazards" / f"{name}.txt").read_text(encoding="utf-8")
    escapes = {"\\\\": "\\", "\\n": "\n", "\\t": "\t"}
    return [re.sub(r"\\[\\nt]", lambda match: escapes[match[0]], line) for line in text.splitlines()]


def library_of(text: str, extensions: frozenset[str] = EXTENSIONS, path: str = PATH) -> Library:
    page = read_page(path, read_text(path, text, extensions), checked=True)
    return Library((page,), (read_bibliography("bib/all.bib", BIB),))


def findings(text: str, extensions: frozenset[str] = EXTENSIONS) -> list[Finding]:
    return [f for f in check(library_of(text, extensions)).findings if f.rule != "uncited-entry"]


def rules_of(text: str, extensions: frozenset[str] = EXTENSIONS) -> set[str]:
    return {finding.rule for finding in findings(text, extensions)}


WRONG = [*cases("citations-wrong"), "{cite\u200b}`gooda`", "{cit\u00ade}`gooda`"]


@pytest.mark.parametrize("spelling", cases("citations-right"))
def test_a_right_spelling_cites(spelling: str) -> None:
    assert findings(f"The sea is salt {spelling}.\n") == []


@pytest.mark.parametrize("spelling", WRONG)
def test_a_wrong_spelling_is_a_finding_even_beside_a_right_one(spelling: str) -> None:
    found = findings(f"The sea {spelling} is salt{CITED}\n")
    assert found
    assert all(finding.fault.place.line in {1, 2} for finding in found)


@pytest.mark.parametrize("spelling", WRONG)
def test_a_wrong_spelling_is_found_where_it_stands(spelling: str) -> None:
    found = findings(
        f"First{CITED}\n\n- > The *sea* {spelling} is salt{CITED}\n".replace("\n`gooda`", "\n  > `gooda`")
    )
    assert any(finding.fault.place.line == 3 and 5 < finding.fault.place.column < 50 for finding in found)


def test_a_role_that_a_bar_breaks_is_a_finding() -> None:
    assert "misspelt-citation" in rules_of("| a | b |\n|---|---|\n| c {cite}`gooda | goodb` d |\n")


@pytest.mark.parametrize(
    "text", ["He wrote to a@b.org", "As @POTUS wrote", "The court cites: “x”", "They cite (and do)"]
)
def test_what_only_looks_like_a_citation_is_none(text: str) -> None:
    assert findings(f"{text}{CITED}\n") == []


@pytest.mark.parametrize("spelling", WRONG)
def test_what_is_shown_as_code_is_no_misspelling(spelling: str) -> None:
    text = f"The sea is salt{CITED}\n\n````text\n{spelling}\n````\n"
    assert rules_of(text) <= {"control-character"}


@pytest.mark.parametrize("case", cases("lost"))
def test_text_that_is_dropped_is_a_finding_where_it_begins(case: str) -> None:
    line, _, text = case.partition(" ")
    assert int(line) in {f.fault.place.line for f in findings(text) if f.rule == "lost-text"}


def test_eight_lists_in_each_other_are_read() -> None:
    text = "\n".join("  " * n + f"- Word{n}{CITED}" for n in range(8))
    assert findings(text) == []
    assert len(library_of(text).pages[0].claims) == 8


FRONT = [*cases("front-matter"), "tocdepth: " + "9" * 10_000, "lang: [" * 400]


@pytest.mark.parametrize("front", FRONT)
def test_front_matter_that_does_more_is_refused(front: str) -> None:
    assert rules_of(f"---\n{front}\n---\nThe sea is salt{CITED}\n") & {"front-matter", "unreadable-page"}


def test_an_unknown_key_is_found_at_its_line() -> None:
    (found,) = findings(f"---\nlang: en\nmyst: {{}}\n---\nThe sea is salt{CITED}\n")
    assert (found.rule, found.fault.place.line, found.fault.place.column) == ("front-matter", 3, 1)


def test_every_directive_that_is_registered_is_on_the_list_or_found() -> None:
    names = {*directives._directives, *directives._directive_registry}  # type: ignore[attr-defined]
    assert len(names) > 30
    for name in names - KNOWN:
        assert rules_of(f"A{CITED}\n\n:::{{{name}}}\n:::\n") - {"lost-text"}, name


def test_every_role_that_is_registered_is_on_the_list_or_found() -> None:
    names = {*roles._roles, *roles._role_registry}  # type: ignore[attr-defined]
    assert len(names) > 10
    for name in names - KNOWN_ROLES - {"cite", "footcite", "claim"}:
        assert {"unknown-role", "include-outside"} & rules_of(f"A {{{name}}}`x`{CITED}\n"), name


def test_nothing_that_reads_files_or_runs_is_on_the_list() -> None:
    harmful = {
        "raw",
        "include",
        "literalinclude",
        "eval-rst",
        "only",
        "ifconfig",
        "role",
        "default-role",
        "meta",
        "graphviz",
    }
    assert not harmful & KNOWN
    assert JUDGED.isdisjoint(KNOWN)
    assert not {"raw", "download"} & KNOWN_ROLES


@pytest.mark.parametrize("directive", cases("directives"))
def test_a_directive_that_brings_in_or_runs_something_is_a_finding(directive: str) -> None:
    found = {f.rule for f in findings(f"A{CITED}\n\n```{directive}\n```\n") if f.fault.place.line > 2}
    assert found - {"lost-text", "uncited-claim"}, found


@pytest.mark.parametrize("payload", cases("html"))
@pytest.mark.parametrize(
    "shape", ["{}\n", "The sea {} is salt.\n", "- {}\n", "> {}\n", ":::{{note}}\n{}\n:::\n"]
)
def test_raw_html_is_a_finding(payload: str, shape: str) -> None:
    assert {"raw-html", "lost-text"} & rules_of(shape.format(payload))


@pytest.mark.parametrize(
    "comment", ["<!-- a -->", "<!-- a\nb -->", "<!-- a --> <!-- b -->", "<!-- a - b -->"]
)
def test_a_comment_is_none(comment: str) -> None:
    assert (
        findings(
            f"A{CITED}\n\n{comment}\n\nB {comment.splitlines()[0] if ' a -->' in comment else ''}{CITED}\n"
        )
        == []
    )


@pytest.mark.parametrize("link", cases("links-bad"))
@pytest.mark.parametrize(
    "shape", ["The [sea]({}) is salt.", "The [sea][s] is salt.\n\n[s]: {}", "The [sea](<{}>) is salt."]
)
def test_a_link_that_leads_elsewhere_is_a_finding(link: str, shape: str) -> None:
    text = shape.format(link)
    if (
        re.search(r"\s|^<", link) or not link
    ):  # not a link in each shape, but never one that is printed in silence
        text = f"The [sea](<{link.strip('<>')}>) is salt."
    page = library_of(text).pages[0]
    assert "unsafe-link" in rules_of(text) or not [u for u in page.uses if u.kind == "link"], text


@pytest.mark.parametrize("link", cases("links-good"))
def test_a_link_to_a_page_a_label_or_the_web_passes(link: str) -> None:
    assert findings(f"(salt)=\n## Salt\n\nThe [sea]({link}) is salt{CITED}\n") == []


@pytest.mark.parametrize(
    "link", ["<javascript:alert(1)>", "<file:///etc/passwd>", "<path:../x>", "<cite:gooda>"]
)
def test_an_address_in_angle_brackets_is_judged_too(link: str) -> None:
    assert "unsafe-link" in rules_of(f"The sea {link} is salt{CITED}\n")


@pytest.mark.parametrize(
    "picture",
    [
        "../../a.png",
        "/a.png",
        "https://a.org/a.png",
        "data:image/png;base64,x",
        ".a.png",
        "a.html",
        "a",
        "..%2f..%2fa.png",
    ],
)
def test_a_picture_from_elsewhere_is_a_finding(picture: str) -> None:
    assert "unsafe-link" in rules_of(f"The sea ![sea]({picture}) is salt{CITED}\n")
    assert "unsafe-link" in rules_of(f"A{CITED}\n\n```{{figure}} {picture}\n```\n")


@pytest.mark.parametrize("picture", ["a.png", "../images/a.svg", "sub/a%20b.JPG"])
def test_a_picture_beside_the_pages_passes(picture: str) -> None:
    assert findings(f"The sea ![sea]({picture}) is salt{CITED}\n") == []


HIDDEN = [
    *(chr(code) for code in range(32) if chr(code) not in "\t\n\r"),
    *(chr(code) for code in range(127, 160)),
    *"\xad\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\u206a\ufeff\ue000\uf8ff\ufff9",
    *"\u115f\u3164\uffa0\U000e0001\U000e0041\U000f0000\U0010fffd\ud800",
]


@pytest.mark.parametrize("char", HIDDEN, ids=lambda char: f"{ord(char):04x}")
def test_a_character_that_is_not_seen_is_named_at_its_column(char: str) -> None:
    text = f"First{CITED}\n\nThe sea{char} is salt{CITED}\n"
    (found,) = [f for f in findings(text) if f.rule == "control-character"]
    assert (found.fault.place.line, found.fault.place.column) == (3, 8)
    assert f"U+{ord(char):04X}" in found.fault.message


@pytest.mark.parametrize("text", ["Tab\there", "naïve 海 “q” – …", "می\u200cخواهم", "👩\u200d🚀", "a\xa0b"])
def test_letters_of_any_script_pass(text: str) -> None:
    assert findings(f"{text}{CITED}\n") == []


def test_line_ends_of_any_kind_keep_the_lines() -> None:
    for end in ("\n", "\r\n", "\r"):
        (found,) = findings(f"A{CITED}\n\nBees. Cats{CITED}\n".replace("\n", end))
        assert (found.rule, found.fault.place.line, found.fault.place.column) == ("uncited-claim", 3, 1)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"(a)=\n# A\n\n(a)=\n# B\n\nC{CITED}\n", "duplicate-target"),
        (f"(a)=\n# A\n\n:::{{figure}} a.png\n:name: A\n:::\n\nC{CITED}\n", "duplicate-target"),
        (f"A[^1]{CITED}\n\n[^1]: B{CITED}\n\n[^1]: C{CITED}\n", "duplicate-target"),
        (f"A [b]{CITED}\n\n[b]: page.md\n\n[B]: page.md\n", "duplicate-target"),
        (f"A{CITED}\n\n[^1]: B{CITED}\n", "unused-footnote"),
        (f"A[^1]{CITED}\n", "unused-footnote"),
        (f"A{CITED}\n\n[b]: page.md\n", "unused-footnote"),
    ],
)
def test_labels_and_footnotes_are_in_order(text: str, rule: str) -> None:
    assert rules_of(text) == {rule}


@pytest.mark.parametrize("extensions", [EXTENSIONS, EXTENSIONS | {"substitution"}])
@pytest.mark.parametrize(
    "text", ["The {{ sea }} is salt", "{{ cycler.__init__ }}\n\nA", "- {{sea}} is salt", "# {{ sea }}\n\nA"]
)
def test_a_substitution_is_a_finding(text: str, extensions: frozenset[str]) -> None:
    assert "substitution" in rules_of(f"{text}{CITED}\n", extensions)


@pytest.mark.parametrize(
    "tex",
    [r"\input{x}", r"\write18{x}", r"\def\x{\x}\x", r"\csname x\endcsname", r"\catcode`\@", "^^5cinput"],
)
@pytest.mark.parametrize(
    "shape", ["A {{math}}`{}` b.", "A ${}$ b.", "$$\n{}\n$$\n", "```{{math}}\n{}\n```\n", "A $${}$$ b."]
)
def test_tex_that_does_more_than_set_is_a_finding(tex: str, shape: str) -> None:
    if "`" not in tex or "`" not in shape:
        assert "unsafe-math" in rules_of(shape.format(tex))


@pytest.mark.parametrize(
    "text", [f"# A{CITED}\n", "[a {cite}`gooda`](https://a.org) b.", "![a {cite}`gooda`](a.png) b."]
)
def test_a_citation_that_is_not_printed_is_a_finding(text: str) -> None:
    assert "misplaced-citation" in rules_of(f"B{CITED}\n\n{text}\n")


@pytest.mark.parametrize(
    "role", ["external:ref", "external+ours:ref", "external+ours:claim:ref", "external+o:std:doc"]
)
def test_a_link_to_another_project_is_no_unknown_role(role: str) -> None:
    assert rules_of(f"The sea {{{role}}}`is salt <sea>`{CITED}\n") == set()


def test_a_role_that_only_begins_like_one_of_intersphinx_is_unknown() -> None:
    assert rules_of(f"The sea {{externally}}`is salt`{CITED}\n") == {"unknown-role"}
