"""A library that was written to do harm: each payload in each place, a page or an entry for each of them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser

from browser.visits import ACTIVE, LOOKS, Visitor, visitor
from sourcebook.check import check
from sourcebook.read import read_library
from sourcebook.settings import read_settings

CONF = 'project = "Sea"\nextensions = ["sourcebook.sphinx_ext"]\nhtml_theme = "basic"\nsourcebook_gate = "warn"\n'
SOURCES = "# Sources\n\n```{bibliography}\n:all:\n```\n"
FIELDS = {"author": "Sea, Ann", "title": "On the sea", "year": "2020", "url": "https://example.org/sea"}
CITED = "{{cite:p}}`sea`"
PLACES = {
    "markup": {
        "text": f"The sea {{}} is salt {CITED}.",
        "block": "{}",
        "cell": f"| A |\n|---|\n| {{}} {CITED} |",
        "heading": "## {}",
        "item": f"- {{}} {CITED}",
        "quotation": f"> {{}} {CITED}",
        "code": f"The sea `` {{}} `` is salt {CITED}.",
        "fence": "```text\n{}\n```",
        "picture": "![{}](mole.png)",
        "title of a link": '[sea](https://example.org/ "{}")',
        "box": f":::{{{{admonition}}}} {{0}}\n{{0}} {CITED}\n:::",
        "caption": f":::{{{{figure}}}} mole.png\n:alt: {{0}}\n\n{{0}} {CITED}\n:::",
        "named": f"The sea {{}} is salt {CITED} {{{{claim}}}}`c-{{number}}`.",
        "voice": ":::{{editorial}}\n{}\n:::",
    },
    "addresses": {
        "link": "[sea](<{}>)",
        "bare link": "[sea]({})",
        "automatic": "<{}>",
        "picture": "![sea](<{}>)",
        "definition": "[sea][s{number}]\n\n[s{number}]: <{}>",
        "target": ":::{{image}} mole.png\n:target: {}\n:alt: A mole.\n:::",
    },
    "myst": {"page": "{}"},
}
IN_ENTRIES = {
    "markup": ("author", "title", "publisher", "note", "howpublished", "journal", "url"),
    "addresses": ("url", "archiveurl", "doi", "note"),
}
# What may stand in these places; in all others, "words" may.
HARMLESS = {
    **dict.fromkeys(PLACES["addresses"], "https://example.org/"),
    "picture": "mole.png",
    "page": "The sea is $a$ deep {cite:p}`sea`.",
    **dict.fromkeys(("url", "archiveurl"), "https://example.org/sea"),
    "doi": "10.5555/12345678",
}
# These say nothing of a payload: any other words would be found so, too.
BESIDE = {"uncited-claim", "uncited-entry", "duplicate-work"}
# Sphinx itself brings this in on a page with formulas.
MATHS = "request https://cdn.jsdelivr.net/npm/mathjax"


@dataclass
class Case:
    """A payload in a place: its text, the page that is built of it, and what was found there."""

    payload: str
    place: str
    name: str
    text: str
    harmless: bool
    findings: set[str] = field(default_factory=set)
    live: list[str] = field(default_factory=list)

    @property
    def is_entry(self) -> bool:
        """Whether it stands in the bibliography, and not in a page."""
        return self.place.startswith("entry")

    @property
    def path(self) -> str:
        """The page to visit."""
        return f"sources/{self.name}.html" if self.is_entry else f"articles/{self.name}.html"


def payloads() -> dict[str, list[str]]:
    """The texts of payloads.txt, by their kind."""
    out: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("payloads.txt").read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"\[(markup|addresses|myst)\]", line):
            found = out.setdefault(match[1], [])
        elif line and not line.startswith("#"):
            found.append(line)
    return out


def cases_of(texts: dict[str, list[str]]) -> Iterator[Case]:
    """Each payload in each place that it fits; the first of each place is harmless."""
    number = 0
    for kind in texts:
        for place, shape in PLACES[kind].items():
            harmless = "words" if kind == "markup" else HARMLESS[place]
            for payload in (harmless, *texts[kind]):
                number += 1
                text = shape.format(payload.replace("\\n", "\n"), number=number)
                page = f"# Page {number}\n\n{text}\n\nThe sea is salt {{cite:p}}`sea`.\n"
                yield Case(payload, f"{kind}: {place}", f"p{number}", page, payload == harmless)
        for place in IN_ENTRIES.get(kind, ()):
            harmless = HARMLESS.get(place, "words")
            for payload in (harmless, *(text for text in texts[kind] if text.count("{") == text.count("}"))):
                number += 1
                entry = entry_of(f"e{number}", {**FIELDS, place: payload})
                yield Case(payload, f"entry: {kind}: {place}", f"e{number}", entry, payload == harmless)


def entry_of(key: str, fields: dict[str, str]) -> str:
    """An entry as it is written."""
    return (
        f"@misc{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"
    )


def build(root: Path, picture: Path, cases: list[Case]) -> int:
    """Write a library of these cases into a folder and build it; gives the number of warnings."""
    docs, articles, bib = root / "docs", root / "docs" / "articles", root / "bib"
    for folder in (articles, bib):
        folder.mkdir(parents=True)
    (articles / "mole.png").write_bytes(picture.read_bytes())
    pages = [case for case in cases if not case.is_entry]
    for case in pages:
        (articles / f"{case.name}.md").write_text(case.text, encoding="utf-8")
    entries = [entry_of("sea", FIELDS), *(case.text for case in cases if case.is_entry)]
    (bib / "all.bib").write_text("\n".join(entries), encoding="utf-8")
    names = "\n".join(f"articles/{case.name}" for case in pages)
    index = f"# Sea\n\n```{{toctree}}\n{names}\nsources\n```\n"
    for name, text in {"conf.py": CONF, "index.md": index, "sources.md": SOURCES}.items():
        (docs / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(docs), str(root / "out")]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"the hostile library can't be built:\n{done.stderr[-3000:]}")
    return done.stderr.count("WARNING")


def note_findings(root: Path, cases: list[Case]) -> None:
    """Note which rules the checker names at each case that it doesn't at the harmless one of that place."""
    found: dict[str, set[str]] = {}
    for finding in check(read_library(root, read_settings(root))).findings:
        at = finding.fault.place.path
        name = Path(at).stem if at.endswith(".md") else finding.fault.key
        found.setdefault(name, set()).add(finding.rule)
    usual: dict[str, set[str]] = {}
    for case in cases:
        rules = found.get(case.name, set()) - BESIDE
        case.findings = rules - usual.setdefault(case.place, rules)


def note_live(visit: Visitor, cases: list[Case]) -> None:
    """Note what runs, or could run, on the page of each case, beyond what does on the harmless one of that place."""
    usual: dict[str, Counter[str]] = {}
    for case in cases:
        found = active(visit, case.path)
        case.live = [*ran(visit), *(found - usual.setdefault(case.place, found)).elements()]


def live_on_shared(visit: Visitor, harmless: Visitor, built: Path) -> list[str]:
    """What runs, or could run, on the pages that show many payloads at once, and when they are searched for."""
    out = []
    for path in sorted(page.name for page in built.glob("*.html")):
        more = active(visit, path) - active(harmless, path)
        out += [f"live on {path}: {one}" for one in (*more, *ran(visit))]
    for payload in payloads()["markup"]:
        visit.open(f"search.html?q={quote(payload)}")
        visit.tab.wait_for_timeout(100)
        out += [f"live when searched for: {payload}: {one}" for one in ran(visit)]
    return out


def active(visit: Visitor, path: str) -> Counter[str]:
    """What could run a script on a page."""
    visit.open(path)
    return Counter(visit.tab.evaluate(ACTIVE))


def ran(visit: Visitor) -> list[str]:
    """What did run on the page that is open."""
    return [one for one in visit.ran if not one.startswith(MATHS)]


def run(browser: Browser, root: Path, picture: Path) -> tuple[list[str], list[str]]:
    """Build the hostile library in a folder and visit it; gives what was counted, and what is wrong.

    Of the pages that show many payloads at once, those of a library are looked at in which no page has a finding.
    """
    cases = list(cases_of(payloads()))
    warnings = build(root / "all", picture, cases)
    note_findings(root / "all", cases)
    look = LOOKS[0]
    with visitor(browser, root / "all" / "out", look) as visit:
        visit.bare = True
        note_live(visit, cases)
    unfound, out = root / "unfound", root / "unfound" / "out"
    build(unfound, picture, [case for case in cases if case.is_entry or not case.findings])
    build(root / "harmless", picture, list(cases_of({kind: [] for kind in payloads()})))
    with visitor(browser, out, look) as visit, visitor(browser, root / "harmless" / "out", look) as harmless:
        shared = live_on_shared(visit, harmless, out)
    cases = [case for case in cases if not case.harmless]
    return counts_of(cases, warnings), [*faults_of(cases), *shared]


def counts_of(cases: list[Case], warnings: int) -> list[str]:
    """What was counted, in lines."""
    live = [case for case in cases if case.live]
    found = sum(bool(case.findings) for case in live)
    entries = [case for case in cases if case.is_entry]
    lines = [
        f"{len({case.payload for case in cases})} payloads in {len({case.place for case in cases})} places: "
        f"{len(cases) - len(entries)} pages and {len(entries)} entries, {warnings} warnings of the build",
        f"{len(live)} are live, of {len({case.payload for case in live})} payloads: {found} of these have findings",
        f"{sum(bool(case.findings) for case in cases)} have findings, {sum(not case.findings for case in cases)} pass "
        f"as text; {sum(bool(case.live) for case in entries)} entries are live",
    ]
    by_rule = Counter(rule for case in cases for rule in case.findings)
    return [*lines, *(f"  {rule}: {count}" for rule, count in by_rule.most_common())]


def faults_of(cases: list[Case]) -> list[str]:
    """Live cases that the checker doesn't find; an entry is never live, as the build prints its text as text."""
    return [
        f"live{', and no finding' if not case.findings else ''}: {case.payload} ({case.place}, {case.name}): "
        f"{', '.join(case.live[:3])}"
        for case in cases
        if case.live and (case.is_entry or not case.findings)
    ]
