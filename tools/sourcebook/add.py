"""From a locator to an entry: ask, read the answer, hold it against the library, and write it down.

Nothing is guessed: what the answer and the overrides do not say is left out, and is said to be unknown.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .answers import Answer
from .bibformat.fields import LAST, ORDER
from .bibtex import read_bibliography
from .check import check
from .entrytypes import REQUIRED
from .errors import UsageError
from .exporting.entrytext import tex_of, write_entry, write_names
from .finders import Found, Refused, all_finders, finder_of
from .finders.isbn import looks_like_one
from .finding.overrides import identity
from .finding.recorded import recall, record
from .finding.sameworks import alike, identities, same_work
from .keys import KEY, propose_key
from .model import Bibliography, Entry, Finding, Library, Record

Ask = Callable[[str, Mapping[str, str]], Answer]
_WORTH_TELLING = ("author", "title", "date", "langid")
# What a service says when it does not want to be asked now, or by us: it says nothing of the work.
_LATER = frozenset((401, 403, 407, 408, 425, 429, *range(500, 600)))

# What TeX reads letter by letter, and what is no text.
_AS_THEY_ARE = frozenset("url doi eprint eprinttype eprintclass issn isbn date pages langid".split())
_FIELDS = {
    "page": "url",
    "arxiv": "eprint",
}  # where a finder's locator stands in an entry, if not under its name
_ARXIV = (("eprinttype", "arxiv"),)
_THINGS = {"arxiv": "record", "doi": "DOI", "isbn": "book", "page": "page"}


@dataclass(frozen=True, slots=True)
class Asking:
    """How the network is asked: by what, at which addresses instead of the usual ones, and how old an answer may be.

    most_age: zero asks anew, and keeps nothing.
    """

    ask: Ask
    services: Mapping[str, str] = field(default_factory=dict)
    most_age: datetime.timedelta = datetime.timedelta(days=30)


class Proposal(Record, frozen=True):
    """An entry that is ready to be written. notes: what is to be said of it; findings: what the rules say."""

    entry: Entry
    text: str
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def propose(
    locator: str,
    library: tuple[Bibliography, ...],
    asking: Asking,
    overrides: Mapping[tuple[str, str], Mapping[str, str]],
    key: str = "",
) -> Proposal | Refused:
    """Make the entry for a locator, or say why there is none to be made; raises UsageError for what is no locator."""
    name, wanted = finder_of(locator)
    if not name:
        raise UsageError(_no_locator(locator))
    entries = tuple(entry for bibliography in library for entry in bibliography.entries)
    own = overrides.get(identity(locator), {})
    asked = identities("book", ((_FIELDS.get(name, name), wanted), *_ARXIV[: name == "arxiv"]))
    if refused := _there_already(same_work(entries, asked)):
        return refused
    found, day, notes = _find(name, wanted, asking, own)
    if isinstance(found, Refused):
        return found
    fields = _fields(found, own, day if name == "page" else "")
    type_ = own.get("type") or found.type
    if not fields.get("title"):
        return Refused(f"no title found for {wanted}: write it in the overrides")
    seen = (*identities(type_, fields.items()), *identities(type_, found.also))
    if refused := _there_already(same_work(entries, seen)):
        return refused
    return _proposal(type_, fields, (*notes, *found.doubts), library, key or own.get("key", ""))


def _proposal(
    type_: str, fields: dict[str, str], notes: tuple[str, ...], library: tuple[Bibliography, ...], key: str
) -> Proposal:
    entries = tuple(entry for bibliography in library for entry in bibliography.entries)
    taken = Library(bibliographies=library).keys
    entry = _entry(write_entry(type_, "unnamed", fields.items()))
    key = key or propose_key(entry, taken)
    if not KEY.match(key):
        raise UsageError(f"{key!r} is no citation key: letters and digits, then also . : _ -, 100 at most")
    if key.casefold() in {known.casefold() for known in taken}:
        raise UsageError(f"the key {key} is taken: give another one with --key")
    text = write_entry(type_, key, fields.items())
    entry = _entry(text)
    unknown = [f"no {name} found" for name in _WORTH_TELLING if not fields.get(name)]
    near = [f"nearly the title of {other.key}, and of the same year" for other in alike(entries, entry)]
    whole = Library(bibliographies=(*library, Bibliography("", (entry,))))
    found = check(whole, ignore=("uncited-entry",)).findings
    findings = tuple(finding for finding in found if finding.fault.key == key)
    return Proposal(entry, text, (*notes, *unknown, *near), findings)


def _entry(text: str) -> Entry:
    (entry,) = read_bibliography("", text).entries
    return entry


def _no_locator(locator: str) -> str:
    if looks_like_one(locator):
        return f"{locator}: the check digit of this ISBN is wrong: see that each digit is as printed"
    return f"{locator!r} is no DOI, ISBN, arXiv identifier or address with http:// or https://"


def _there_already(found: tuple[Entry, str] | None) -> Refused | None:
    if found is None:
        return None
    entry, words = found
    return Refused(
        f"it is there already, as {entry.key} ({entry.place.path}:{entry.place.line}): the same {words}"
    )


def _find(
    name: str, wanted: str, asking: Asking, own: Mapping[str, str]
) -> tuple[Found | Refused, str, tuple[str, ...]]:
    """What is known of a work, the day on which it was asked, and what is to be said of the asking.

    Where overrides have all that an entry of their type needs, an answer that fails does not stop the entry.
    """
    finder = all_finders()[name]
    question = finder.request(asking.services.get(name, finder.SERVICE), wanted)
    held = recall(question.url, question.accept, asking.most_age) if asking.most_age else None
    answer = held[0] if held else asking.ask(question.url, {"Accept": question.accept})
    day = (held[1].astimezone() if held else datetime.datetime.now().astimezone()).date().isoformat()
    unusable = _fault_of(answer, name)
    found: Found | Refused = Refused(unusable) if unusable else finder.read(answer, wanted)
    if isinstance(found, Found):
        if asking.most_age and not held:
            record(question.url, question.accept, answer)
        return found, day, ()
    host = urlsplit(question.url).hostname or ""
    why = f"{host}: {found.why}"
    if _is_whole(own):
        fields = ((_FIELDS.get(name, name), wanted), *_ARXIV[: name == "arxiv"])
        return Found(own["type"], fields=fields), "", (f"unchecked, from overrides alone: {why}",)
    return Refused(why), day, ()


def _fault_of(answer: Answer, name: str) -> str:
    """Why an answer says nothing of the work; empty if it may say something."""
    if answer.fault:
        return f"no answer ({answer.fault}{f': {answer.detail}' if answer.detail else ''}): unchecked"
    if answer.status in _LATER:
        return f"it answered {answer.status} and lets us not read: unchecked"
    if answer.status in {404, 410}:
        return f"it answered {answer.status}: there is no such {_THINGS[name]}"
    return "" if answer.status in {200, 203} else f"it answered {answer.status}: unchecked"


def _is_whole(own: Mapping[str, str]) -> bool:
    required = REQUIRED.get(own.get("type", ""))
    return bool(required) and all(any(own.get(name) for name in names) for names in required or ())


def _fields(found: Found, own: Mapping[str, str], day: str) -> dict[str, str]:
    """The fields as they stand in a .bib; what the overrides say wins."""
    fields = {name: write_names(names) for name, names in found.names}
    fields |= {name: value if name in _AS_THEY_ARE else tex_of(value) for name, value in found.fields}
    if day and "url" in fields:
        fields["urldate"] = day
    fields |= own
    kept = {name: value for name, value in fields.items() if value and name not in {"type", "key"}}
    return dict(sorted(kept.items(), key=lambda item: ORDER.get(item[0], LAST)))
