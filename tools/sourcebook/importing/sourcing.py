"""What each sentence of an article rests on: its notes, its block, its links, whom it names, and the article itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..addresses import normal_address
from ..article import Article, Note
from ..folding import folded
from ..model import Entry, Record
from ..names import read_names
from ..references import Attribution, read_attributions
from ..references.outlets import is_outlet
from ..references.people import read_people
from .citing import Sentence
from .shelf import Placed, Shelf, Wanted, bare_outlet, outlet_of


class Sourced(Record, frozen=True):
    """Where an article's citations lead.

    key: the article's own. placed: every work, each once. notes: the keys of each note by its mark. remarks: the notes
    that name no work. blocks: keys of a whole block, by the number of its part. unplaced: works that the article lists
    and nowhere names. unsure: what a person must decide.
    """

    key: str
    placed: tuple[Placed, ...] = ()
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    remarks: tuple[Note, ...] = ()
    blocks: tuple[tuple[int, tuple[str, ...]], ...] = ()
    unplaced: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


@dataclass(slots=True)
class Sourcing:
    """The search for an article's sources on a shelf, which the new ones are put on.

    last: the keys of the note before, for one that says `ibid.` links: the keys of addresses that the text leads to.
    """

    article: Article
    shelf: Shelf
    key: str = ""
    placed: dict[str, Placed] = field(default_factory=dict)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: list[Note] = field(default_factory=list)
    blocks: dict[int, tuple[str, ...]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    last: tuple[str, ...] = ()
    listed: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    unsure: list[str] = field(default_factory=list)

    def place(self, wanted: Wanted) -> str:
        """The key of a work, which is found or made."""
        placed = self.shelf.place(wanted)
        self.placed.setdefault(placed.key, placed)
        return placed.key

    def keys_of(self, number: int, sentence: Sentence) -> tuple[str, ...]:
        """The keys of a sentence: of its notes, its block, its links and whom it names, and the article's own last."""
        keys = [key for run in sentence.runs if run.kind == "note" for key in self.notes.get(run.text, ())]
        keys += self.blocks.get(number, ())
        targets = [run.target for run in sentence.runs if run.kind == "link"]
        keys += [self.links[mark] for target in targets if (mark := normal_address(target)) in self.links]
        keys = keys or self._named(sentence.text)
        self.used.update(keys)
        return tuple(dict.fromkeys((*(key for key in keys if key != self.key), self.key)))

    def _named(self, text: str) -> list[str]:
        found = map(self._attributed, read_attributions(text))
        return [key for key in found if key]

    def _attributed(self, attribution: Attribution) -> str:
        """The work that an attribution names: one that this article cites anyway, one of the library, or a new one."""
        if attribution.who.isdigit():  # a mark that no note answers to
            return ""
        known = [self._entry(key) for key in self.placed if key != self.key]
        near = [entry for entry in known if _fits(entry, attribution)]
        if not near and attribution.year:
            near = [
                entry for entry in self.shelf.entries if _fits(entry, attribution) and entry.key != self.key
            ]
        if len(near) == 1:
            return near[0].key
        if len(near) > 1:
            keys = ", ".join(entry.key for entry in near)
            self.unsure.append(f"“{attribution.text}” may be any of {keys}: the sentence cites the article")
            return ""
        who = attribution.who
        if not (attribution.year or is_outlet(who) or attribution.text.startswith("(")):
            return ""  # a name that may well be a person's or a country's
        self._tell_of_near(attribution)
        people = read_people(who) if attribution.year else None
        fields = (
            ("author" if people else "organization", people.field if people else who),
            ("date", attribution.year[:4] if attribution.year[:4].isdigit() else ""),
            ("note", f"Named in {self.key}: “{attribution.text}”."),
        )
        return self.place(Wanted("misc", fields, attribution.text))

    def _tell_of_near(self, attribution: Attribution) -> None:
        """The entries of the same outlet: that one of them is meant can't be known by its outlet alone."""
        near = [
            entry.key for entry in self.shelf.entries if _fits(entry, attribution) and entry.key != self.key
        ]
        if near and not attribution.year:
            more = ", ..." if len(near) > 3 else ""
            self.unsure.append(
                f"“{attribution.text}” got an entry of its own; it may be {', '.join(near[:3])}{more}"
            )

    def _entry(self, key: str) -> Entry:
        return next(entry for entry in self.shelf.entries if entry.key == key)


def finish(sourcing: Sourcing) -> Sourced:
    """What was found, once every sentence has asked for its keys."""
    unplaced = tuple(
        key for key in dict.fromkeys(sourcing.listed) if key not in sourcing.used and key != sourcing.key
    )
    return Sourced(
        sourcing.key,
        tuple(sourcing.placed.values()),
        tuple(sourcing.notes.items()),
        tuple(sourcing.remarks),
        tuple(sourcing.blocks.items()),
        unplaced,
        tuple(dict.fromkeys(sourcing.unsure)),
    )


def _fits(entry: Entry, attribution: Attribution) -> bool:
    """Whether an attribution can mean this entry: by outlet or first author, and by year if it has one."""
    year = entry.get("date")[:4] or entry.get("year")[:4]
    if attribution.year[:4].isdigit() and year != attribution.year[:4]:
        return False
    who = attribution.who
    if outlet_of(entry) and outlet_of(entry) == bare_outlet(who):
        return True
    people = read_names(entry.get("author")) if entry.get("author") else ()
    first = re.split(r"[\s,;&]|\band\b|\bet al", who.strip())[0]
    return bool(attribution.year and people and first) and folded(people[0].family) == folded(first)
