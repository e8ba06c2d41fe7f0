"""The check: a library or its outline in, a report out. Every rule is run, what a waiver allows is set apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from .errors import UsageError
from .model import Finding, Library, Place, Report, Summary, Waiver
from .outline import Outline, outline_of
from .patterns import fits
from .rules import all_rules

_ALLOW = re.compile(r"\s*(?P<rule>[\w-]+)\s+in\s+(?P<pattern>\S+)\s*:\s+(?P<reason>\S.*)")
# Rules that judge the waivers themselves; they run last, and no waiver holds against them.
_OF_WAIVERS = frozenset(("idle-waiver", "reasonless-waiver"))


def check(
    whole: Library | Outline,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    allow: Iterable[str] = (),
) -> Report:
    """Run the rules, all of them unless some are selected.

    `allow` are exceptions for whole files, `RULE in PATTERN: REASON`. Raises UsageError for a rule that does not
    exist and for an exception that can't be read.
    """
    names = _chosen(select, ignore)
    broad = dict(map(_exception, enumerate(allow)))
    outline = whole if isinstance(whole, Outline) else outline_of(whole)
    library = outline.library
    found = [finding for finding in outline.findings if finding.rule in names]
    found += [finding for name in sorted(names - _OF_WAIVERS) for finding in _run(name, library)]
    kept, waived = _divide(found, library.waivers, broad)
    used = {waiver.place for waiver, _ in waived}
    every = (*library.waivers, *broad)
    unused = tuple(w for w in every if w.reason and w.place not in used and _was_run(w, names))
    library = replace(library, idle=unused)
    kept += [finding for name in sorted(names & _OF_WAIVERS) for finding in _run(name, library)]
    kept.sort(key=_order)
    waived.sort(key=lambda pair: _order(pair[1]))
    return Report(tuple(kept), tuple(waived), summary=summarise(outline, len(waived)))


def _order(finding: Finding) -> tuple[Place, str]:
    return finding.fault.place, finding.rule


def _chosen(select: Iterable[str], ignore: Iterable[str]) -> set[str]:
    known = all_rules()
    for name in (*select, *ignore):
        if name not in known:
            raise UsageError(f"there is no rule {name!r}; `sourcebook rules` lists them")
    return set(tuple(select) or known) - set(ignore)


def _was_run(waiver: Waiver, names: set[str]) -> bool:
    return waiver.rule in names or waiver.rule not in all_rules()


def _run(name: str, library: Library) -> Iterable[Finding]:
    of_library = all_rules()[name].of_library
    return (Finding(name, fault) for fault in of_library(library)) if of_library else ()


def _exception(number_and_text: tuple[int, str]) -> tuple[Waiver, str]:
    """An exception of the settings as a waiver, with the pattern of the files that it is for."""
    number, text = number_and_text
    match = _ALLOW.match(text)
    if match is None or match["rule"] not in all_rules():
        raise UsageError(
            f"pyproject.toml: allow: {text!r} is not `RULE in PATTERN: REASON` with a rule that exists"
        )
    # The settings are read without their lines; the column tells the exceptions apart.
    place = Place("pyproject.toml", 1, number + 1)
    return Waiver(match["rule"], match["reason"], place, 0, 0), match["pattern"]


def _divide(
    found: list[Finding], waivers: tuple[Waiver, ...], broad: dict[Waiver, str]
) -> tuple[list[Finding], list[tuple[Waiver, Finding]]]:
    by_file: dict[tuple[str, str], list[Waiver]] = {}
    for waiver in waivers:
        if waiver.reason:
            by_file.setdefault((waiver.place.path, waiver.rule), []).append(waiver)
    kept: list[Finding] = []
    waived: list[tuple[Waiver, Finding]] = []
    for finding in found:
        place = finding.fault.place
        near = (w for w in by_file.get((place.path, finding.rule), ()) if w.first <= place.line <= w.last)
        far = (w for w, pattern in broad.items() if w.rule == finding.rule and fits(place.path, pattern))
        holds = next(near, None) or next(far, None)
        if holds is None:
            kept.append(finding)
        else:
            waived.append((holds, finding))
    return kept, waived


def summarise(outline: Outline, waived: int = 0) -> Summary:
    """Count pages, claims and entries, and how many of them rest on something that the public can find."""
    entries = [entry.key for file in outline.bibliographies for entry in file.bibliography.entries]
    private = [key for file in outline.bibliographies for key in file.private]
    public = set(entries).difference(private)
    bundles = [bundle for page in outline.pages for bundle in page.bundles]
    return Summary(
        pages=len(outline.pages),
        checked_pages=sum(page.page.checked for page in outline.pages),
        claims=sum(page.claims for page in outline.pages),
        cited=sum(page.cited for page in outline.pages),
        named=sum(page.named for page in outline.pages),
        waived=waived,
        public_claims=sum(number for keys, number in bundles if not public.isdisjoint(keys)),
        entries=len(entries),
        public_entries=len(public),
    )
