"""The wrong and the right values of tests/hazards/bib-*.txt, one a line, made into entries and checked.

\\n, \\t, \\xNN and \\uNNNN there are characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sourcebook.bibtex import read_bibliography
from sourcebook.check import check
from sourcebook.model import Finding, Library

HAZARDS = Path(__file__).parent / "hazards"
BASE = {
    "title": "The salt sea",
    "year": "2020",
    "doi": "10.5555/12345678",
    "url": "https://example.org/sea",
}


def cases(name: str) -> list[str]:
    """The cases of a file."""
    text = (HAZARDS / f"bib-{name}.txt").read_text(encoding="utf-8")
    return [re.sub(r"\\(\\|n|t|x..|u....)", _char, line) for line in text.split("\n") if line]


def _char(match: re.Match[str]) -> str:
    plain = {"\\": "\\", "n": "\n", "t": "\t"}
    return plain[match[1]] if match[1] in plain else chr(int(match[1][1:], 16))


def findings(bib: str) -> list[Finding]:
    """What a check finds in a bibliography that no page cites."""
    library = Library((), (read_bibliography("bib/all.bib", bib),))
    return list(check(library, ignore=["uncited-entry"]).findings)


def entry(key: str = "smith2020sea", type_: str = "misc", **fields: str) -> str:
    """An entry in which nothing is wrong but for these fields; an empty one is left out."""
    given = BASE | fields
    return f"@{type_}{{{key},\n" + "".join(f"  {n} = {{{v}}},\n" for n, v in given.items() if v) + "}\n"


def rules_of(bib: str) -> set[str]:
    """The rules that a bibliography breaks."""
    return {finding.rule for finding in findings(bib)}


def fields_of(case: str) -> dict[str, str]:
    """`eprinttype=arxiv eprint 2101.1` and the like: fields with plain values, then the one that is judged."""
    *others, name, value = re.match(r"(?:((?:\w+=\S+ )+))?(\S+) (.*)", case, re.S).groups()  # type: ignore[union-attr]
    fields = dict(other.split("=") for other in (others[0] or "").split())
    if name in {"month", "day"}:
        fields.setdefault("year", "2021")
    elif name == "date":
        fields["year"] = ""
    return fields | {name: value}


# The tables: their name, the rule, and how a line becomes the fields of an entry.
TABLES: dict[str, tuple[str, Callable[[str], dict[str, str]]]] = {
    "addresses": ("bad-address", lambda case: {"url": case}),
    "dois": ("bad-doi", lambda case: {"doi": case}),
    "identifiers": ("bad-identifier", fields_of),
    "dates": ("bad-date", fields_of),
    "dates-ahead": ("date-ahead", fields_of),
    "languages": ("bad-language", fields_of),
    "names": ("bad-name", lambda case: {"author": case}),
    "html": ("html-in-field", lambda case: {"title": case}),
    "tex": ("unsafe-tex", lambda case: {"title": case}),
}


def wrong_entries() -> Iterator[str]:
    """Each wrong case of each file as a bibliography."""
    for name, (_rule, fields_for) in TABLES.items():
        yield from (entry(**fields_for(case)) for case in cases(f"{name}-bad"))
    yield from map(entry, cases("keys-bad"))
    yield from (entry(type_=line.split()[0]) for line in cases("types"))
    yield from (entry(**{line.split()[0]: "2021"}) for line in cases("fields"))
    yield from (case.replace(" @", "\n@") for case in cases("twins-bad"))


def told(bibs: Iterable[str]) -> str:
    """What is told of each of these bibliographies, a finding a line."""
    found = (finding for bib in bibs for finding in findings(bib))
    return "".join(f"{f.rule}: {f.fault.message} ({f.fault.cure})\n" for f in found)


if __name__ == "__main__":  # writes anew what is told; to be read before it is believed
    (HAZARDS / "bib-told.txt").write_text(told(wrong_entries()), encoding="utf-8")
