"""Who a sentence says it has its matter from: `(Reuters) –`, `according to the Times`, `(Roe, 2020)`, `[1]`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Record
from .days import month_of
from .outlets import is_outlet
from .words import PARTICLES

_NAME = (
    r"(?:[Tt]he\s)?[A-ZÀ-ÞА-ЯİŞÇÖÜĞ][\w’'.&/-]*(?:\s(?:(?:of|the|and|for|de|del|der|für|"
    r"&)\s){0,2}[A-ZÀ-ÞА-ЯİŞÇÖÜĞ][\w’'.&/-]*){0,7}"
)
_BRACKETS = re.compile(r"\(([^()]{2,160})\)")
_NUMBERS = re.compile(r"\[(\d{1,4}(?:\s?[,;–-]\s?\d{1,4}){0,9})\]")
_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|[Aa]s reported by|[Rr]eported by|[Aa]s told to|[Ll]aut|"
    r"[Nn]ach Angaben (?:von|der|des)|[Ss]elon|"
    r"[Ss]egún|[Ss]econdo|[Пп]о данным|[Пп]о сообщению|[Кк]ак сообщает|[Сс]ообщает|[Qq]uoted by|[Cc]ited by)\s"
    rf"(?:(?:an?|the|its|eine[mr]?|der|dem|la|le|el|il)\s(?:[a-z-]{{2,20}}\s){{0,4}}(?:by|from|in|of|"
    rf"von|de|in der)\s(?:the\s)?)?(?P<who>{_NAME})"
)
_REPORT = re.compile(
    rf"\b(?:[Aa]ccording to|[Ii]n)\san?\s(?P<who>{_NAME})\s(?:report|analysis|story|article|interview|"
    rf"investigation|poll|survey|study)\b"
)
_SAYS = re.compile(
    rf"(?P<who>{_NAME})(?:\s(?:has|had|also|first|later|on\s\w+day))?\s"
    r"(?:reports?|reported|writes|wrote|notes|noted|revealed|reveals|quoted|cited)\b"
)
_TOLD = re.compile(rf"\b(?:told|interview with|statement to|speaking to|quoted in)\s(?P<who>{_NAME})")
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d[a-z]?|n\.d\.|in press|forthcoming)"
_CITED = re.compile(
    rf"\s*(?:(?:see|see also|cf\.|e\.g\.,?|vgl\.|siehe|also|as cited in)\s)?(?P<who>[^\d;()]{{2,90}}?),?\s{_YEAR}"
    r"(?:\s*[,:]\s*(?:(?:pp?|ch|chap|sec|S|с)\.?\s?)?[\d–,\s-]{1,20})?\s*$"
)
_NARRATIVE = re.compile(
    r"(?P<who>[A-ZÀ-Þ][\w’'-]+(?:(?:,\s|\s(?:and|&|und|et)\s|"
    r",\sand\s)[A-ZÀ-Þ][\w’'-]+){0,3}(?:\set\sal\.?)?)(?:['’]s)?\s"
    rf"\({_YEAR}(?:\s*[,:]\s*(?:pp?\.?\s?)?[\d–,\s-]{{1,20}})?\)"
)
_LINKS = frozenset("and & et al al. und y e others colleagues".split())
_LONGEST = 5000


class Attribution(Record, frozen=True):
    """Words of a sentence that name a source. who: its name or number as written; year: of `(Roe, 2020)`, else empty.

    start, end: where the words stand in the sentence.
    """

    text: str
    who: str
    year: str
    start: int
    end: int


def read_attributions(sentence: str) -> tuple[Attribution, ...]:
    """All attributions of a sentence, in their order; of two that overlap, the surer one."""
    text = sentence[:_LONGEST]
    found: list[Attribution] = []
    for one in (*_in_brackets(text), *_by_number(text), *_narrative(text), *_in_words(text)):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _in_brackets(text: str) -> Iterator[Attribution]:
    """An outlet in brackets, or authors with their year, also several with semicolons between."""
    for match in _BRACKETS.finditer(text):
        inner = match[1].strip()
        if is_outlet(inner) or (
            _NAMES.fullmatch(inner) and re.match(r"\s?[–—-]{1,2}\s", text[match.end() :])
        ):
            yield Attribution(match[0], inner, "", match.start(), match.end())
            continue
        at = match.start(1)
        for part in match[1].split(";"):
            cited = _CITED.match(part)
            if cited and _are_authors(cited["who"]):
                start = at + len(part) - len(part.lstrip())
                yield Attribution(
                    part.strip(), cited["who"].strip(" ,"), cited["year"], start, at + len(part.rstrip())
                )
            at += len(part) + 1


_NAMES = re.compile(_NAME)


def _are_authors(who: str) -> bool:
    words = [word.strip(",.") for word in who.split()]
    names = [word for word in words if word and word.casefold() not in _LINKS | PARTICLES]
    return (
        bool(names)
        and len(words) < 12
        and all(word[0].isupper() and word[-1:] not in "?!:" for word in names)
        and not month_of(names[-1])
    )


def _by_number(text: str) -> Iterator[Attribution]:
    for match in _NUMBERS.finditer(text):
        yield Attribution(match[0], match[1], "", match.start(), match.end())


def _narrative(text: str) -> Iterator[Attribution]:
    for match in _NARRATIVE.finditer(text):
        if _are_authors(match["who"]):
            yield Attribution(match[0], match["who"], match["year"], match.start(), match.end())


def _in_words(text: str) -> Iterator[Attribution]:
    """`according to X` names whoever it names; `X reported` and `told X` only a known outlet."""
    for pattern, any_name in ((_REPORT, False), (_ACCORDING, True), (_TOLD, False), (_SAYS, False)):
        for match in pattern.finditer(text):
            who = re.sub(r"(?:['’]s)?[.,;:]*$", "", match["who"])
            who, end = _known_part(who) if not any_name else (who, len(who))
            if who:
                stop = match.start("who") + end
                yield Attribution(text[match.start() : stop], who, "", match.start(), stop)


def _known_part(name: str) -> tuple[str, int]:
    """The longest beginning or ending of a run of capitals that is a known outlet, and where it ends."""
    words = name.split(" ")
    for size in range(len(words), 0, -1):
        head, tail = " ".join(words[:size]), " ".join(words[len(words) - size :])
        if is_outlet(re.sub(r"[’']s$", "", head)):
            return re.sub(r"[’']s$", "", head), len(head)
        if is_outlet(tail):
            return tail, len(name)
    return "", 0
