"""Writing claim names into a page: each behind the citation of its sentence, and nothing else is touched.

Where a role can stand is tried and not reckoned: the page is read again with it, and must say what it said before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from .inline import TEXTUAL
from .model import Claim, Page, Place

Reread = Callable[[str], Page]

_LINE = re.compile(r"\r\n|\r|\n")
# What ends a sentence in its source: its full stop, quotation marks, brackets, and the signs of emphasis around it.
_END = re.compile(r"[\s.,;:!?…‽。！？｡\"'”’“‘»›)\]」』*_]*\Z")
_ENDS = ".!?…‽。！？｡:;"
_CLOSERS = "\"'”’“‘»›)]」』*_"
_ROLE = re.compile(r"\s*\{claim\}`[a-z0-9-]+`")  # in a title that a directive begins with
_BLANK = re.compile(r"[\s|]|\Z")
_INLINE = frozenset(("role", "link", "image", "math"))
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


def write_names(
    source: str, page: Page, names: Mapping[int, str], reread: Reread
) -> tuple[str, dict[int, str]]:
    """The page's source with these names in it, and those that could be written, each by the number of its claim.

    page: what `reread` makes of the source. A name that can't be written without a change of anything else is left out.
    """
    writing = _Writing(source, page, reread)
    writing.accept(sorted(names.items()))
    return writing.text(writing.chosen), {number: names[number] for number in writing.chosen}


class _Writing:
    """One page while names are written into it: for each claim accepted so far, the place and the text put there."""

    def __init__(self, source: str, page: Page, reread: Reread) -> None:
        self.source = source
        self.page = page
        self.reread = reread
        self.starts = [0, *(match.end() for match in _LINE.finditer(source)), len(source)]
        self.chosen: dict[int, tuple[int, str]] = {}

    def text(self, chosen: Mapping[int, tuple[int, str]]) -> str:
        parts, end = [], 0
        for offset, text in sorted(chosen.values(), key=lambda item: item[0]):
            parts += [self.source[end:offset], text]
            end = offset
        return "".join([*parts, self.source[end:]])

    def accept(self, names: list[tuple[int, str]]) -> None:
        """Take all of these names at the first place of each, if the page bears it; else by halves, and one by one."""
        if not names:
            return
        firsts = {number: place for number, name in names if (place := next(self.places(number, name), None))}
        if len(firsts) == len(names) and self.is_sound({**self.chosen, **firsts}, dict(names)):
            self.chosen |= firsts
        elif len(names) > 1:
            self.accept(names[: len(names) // 2])
            self.accept(names[len(names) // 2 :])
        else:
            number, name = names[0]
            for place in list(self.places(number, name))[1:]:
                if self.is_sound({**self.chosen, number: place}, {number: name}):
                    self.chosen[number] = place
                    return

    def places(self, number: int, name: str) -> Iterator[tuple[int, str]]:
        """Where the name of a claim may stand, the house's own way first, each as an offset and the text put there."""
        claim = self.page.claims[number]
        end = self.end_of(claim)
        role = f"{{claim}}`{name}`"
        cited = [self.span(c.place)[1] for c in claim.citations if c.key and c.role not in TEXTUAL]
        behind = max(cited, default=-1)
        offsets = [behind] if behind >= end or _END.match(self.source, max(behind, 0), end) else []
        signs = (_ENDS, _ENDS + _CLOSERS) if self.source[end - 1] in _ENDS else (_ENDS + _CLOSERS, _ENDS)
        offsets += [*(self.before_end(end, some) for some in signs), self.behind_end(end)]
        for offset in dict.fromkeys((*offsets, behind, self.next_blank(end))):
            if offset > 0 and not self.is_in_link(offset):
                yield offset, self.fitted(offset, role)

    def end_of(self, claim: Claim) -> int:
        """Where a sentence ends in the source: behind the role, link or formula that its last letter stands in."""
        end = self.offset(claim.place.end_line, claim.place.end_column)
        spans = [self.span(citation.place) for citation in claim.citations]
        spans += [
            self.span(use.place) for use in self.page.uses if use.kind in _INLINE and use.place.end_line
        ]
        return max([end, *(last for first, last in spans if first < end < last)])

    def before_end(self, offset: int, signs: str) -> int:
        """Before the signs that end a sentence, and the blanks before them."""
        while offset and self.source[offset - 1] in signs:
            offset -= 1
        return offset

    def behind_end(self, offset: int) -> int:
        """Behind a sentence, and the signs that close what it stands in."""
        while offset < len(self.source) and self.source[offset] in _CLOSERS:
            offset += 1
        return offset

    def next_blank(self, offset: int) -> int:
        """Behind the word in which a sentence ends."""
        match = _BLANK.search(self.source, offset)
        return match.start() if match else len(self.source)

    def fitted(self, offset: int, role: str) -> str:
        """The role with a blank before it, and one behind it if a word follows; a script without blanks needs none."""
        before, behind = self.source[offset - 1], self.source[offset : offset + 1]
        lead = "" if before.isspace() or before in "|({[" or _WIDE.match(before) else " "
        return f"{lead}{role}{' ' if behind.isalnum() or behind == '{' else ''}"

    def is_in_link(self, offset: int) -> bool:
        """Whether a place is inside a link, in which the permalink of a claim can't stand."""
        links = (use.place for use in self.page.uses if use.kind in {"link", "image"} and use.place.end_line)
        return any(self.span(place)[0] < offset < self.span(place)[1] for place in links)

    def span(self, place: Place) -> tuple[int, int]:
        return self.offset(place.line, place.column), self.offset(place.end_line, place.end_column)

    def offset(self, line: int, column: int) -> int:
        """Where a line and a column stand in the source; at the end of it if they stand in no such line."""
        return min(self.starts[min(line, len(self.starts)) - 1] + column - 1, len(self.source))

    def is_sound(self, chosen: Mapping[int, tuple[int, str]], names: Mapping[int, str]) -> bool:
        """Whether the page with these names says all that it said before, and each claim has the name meant for it."""
        after = self.reread(self.text(chosen))
        wanted = {**{number: self.name_of(number) for number in self.chosen}, **names}
        return _told(after, {}) == _told(self.page, wanted)

    def name_of(self, number: int) -> str:
        return self.chosen[number][1].partition("`")[2].partition("`")[0]


def _told(page: Page, more: Mapping[int, str]) -> tuple[object, ...]:
    """All that a page says, wherever in it; `more` are names that claims, by their numbers, are to have besides."""
    return (
        [_claim(claim, more.get(number)) for number, claim in enumerate(page.claims)],
        [note.text for note in page.notes],
        [(citation.key, citation.role) for citation in (*page.citations, *page.astray)],
        sorted([*(name.name for name in page.names), *more.values()]),
        [(use.kind, use.name, _ROLE.sub("", use.content)) for use in page.uses],
        [(waiver.rule, waiver.reason, waiver.first, waiver.last) for waiver in page.waivers],
        [fault.message for fault in (*page.malformed, *page.unread)],
        (page.checked, page.article, page.title),
    )


def _claim(claim: Claim, more: str | None) -> tuple[object, ...]:
    names = [name.name for name in claim.names] + ([more] if more else [])
    cited = [(citation.key, citation.role) for citation in claim.citations]
    return claim.text, claim.place.line, cited, names, len(claim.carried)
