"""Whether two entries are of one work, told by what both say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .addresses import normal_address
from .entryfields import slips
from .folding import folded
from .locators import bare_doi
from .model import Entry
from .tex import address_of, text_of

_SOURCES = frozenset(
    "title author editor organization institution journaltitle journal date year doi url archiveurl".split()
)
_NO_WORKS = frozenset(("xdata", "set", "bibnote"))
_PARTS = ("in", "supp", "bookin", "article", "periodical")
_NUMBERS = (
    "volume",
    "number",
    "issue",
    "pages",
    "chapter",
    "part",
    "edition",
    "eid",
    "version",
    "series",
    "type",
    "langid",
)
_QUICK_ADDRESS = re.compile(r"https?://(?:www\.)?([a-z0-9.-]+)((?:/[A-Za-z0-9._~+-]+)+)/?\Z")
_QUICK_NAME = re.compile(r"[A-Za-z' -]+(?=,)")
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset("a an the der die das le la les el los il".split())
_YEAR = re.compile(r"[0-9]{4}")
_BREAK = re.compile(r"[:?!]\s|\s[-–—]+\s")
_AND = re.compile(r"(?<=\s)and(?=\s)", re.I)
_ROMAN = re.compile(r"[ivxlcdm]+\Z")


def marks_made(entry: Entry) -> Iterator[str]:
    """Make the marks of an entry: of its DOI, its addresses, and of author, year and title; none of a mere helper."""
    if entry.type in _NO_WORKS:
        return
    given = {field.name: field.value for field in reversed(entry.fields) if field.name in _SOURCES}
    if (value := given.get("doi")) and (doi := bare_doi(address_of(value))):
        yield f"doi:{doi.lower()}"
    for name in ("url", "archiveurl"):
        if (value := given.get(name)) and (address := _address(value)):
            resolver, _, doi = address.partition("/")
            yield f"doi:{doi.lower()}" if resolver in {"doi.org", "dx.doi.org"} else f"url:{address}"
    yield from _title_marks(given)


def _address(value: str) -> str:
    """An address in the form that two of one page have in common; empty for a site's front page, which is no work."""
    if match := _QUICK_ADDRESS.match(value):
        return match[1] + match[2]
    head, _, fragment = address_of(value).partition("#")
    normal = normal_address(head)
    if "/" not in normal and "?" not in normal:
        return ""
    return f"{normal}#{fragment}" if fragment and not fragment.startswith(":~:") else normal


def _title_marks(given: dict[str, str]) -> Iterator[str]:
    title = given.get("title", "")
    year = _YEAR.search(given.get("date") or given.get("year") or "")
    who = _who(given)
    if not (title and year and who):
        return
    words = title_words(title)
    stem = f"{who} {year[0]} "
    if len("".join(words)) > 7:
        yield f"{stem}{''.join(words)}"
    if len(words) > 3:  # a slip in one word leaves one half of the title as it is
        middle = len(words) // 2
        yield f"{stem}{len(words)}<{' '.join(words[:middle])}"
        yield f"{stem}{len(words)}>{' '.join(words[middle:])}"
    main = main_words(title) if _BREAK.search(title) else ()
    if len(main) > 2:
        yield f"{stem}{''.join(main)}"


def _who(given: dict[str, str]) -> str:
    """The family name of the first author or editor, or else the body or the outlet behind the work, folded."""
    for name in ("author", "editor"):
        if value := given.get(name):
            match = _QUICK_NAME.match(value)
            return match[0].lower() if match else _family(_AND.split(value, maxsplit=1)[0])
    outlets = ("organization", "institution", "journaltitle", "journal")
    return _letters(text_of(next((given[name] for name in outlets if given.get(name)), "")))


def _family(name: str) -> str:
    if "," in name or name.lstrip().startswith("{"):
        return _letters(text_of(name if name.lstrip().startswith("{") else name.partition(",")[0]))
    return _letters(text_of(name).rpartition(" ")[2])


def _letters(text: str) -> str:
    return "".join(_WORD.findall(folded(text)))


@lru_cache(4096)
def title_words(title: str) -> tuple[str, ...]:
    """The words of a title, folded, without articles."""
    words = _WORD.findall(folded(text_of(title)))
    return tuple([word for word in words if word not in _ARTICLES])


def main_words(title: str) -> tuple[str, ...]:
    """The words of a title up to its subtitle."""
    return title_words(_BREAK.split(title, maxsplit=1)[0])


def same_work(one: Entry, other: Entry, mark: str) -> bool:
    """Whether two entries that have a mark in common are of one work."""
    titles = one.get("title"), other.get("title")
    same_title = _is_near(*titles)
    if mark.startswith("doi:"):
        return same_title or not (_is_part(one) or _is_part(other)) or not _differ(one, other)
    if _differ(one, other):
        return False
    if mark.startswith("url:"):
        parts = _is_part(one) or _is_part(other)
        return same_title or not (parts or _dates_differ(one, other) or _makers_differ(one, other))
    return same_title and not _dates_differ(one, other) and _has_no_other_locator(one, other)


def _is_part(entry: Entry) -> bool:
    return entry.type.startswith(_PARTS)


def _differ(one: Entry, other: Entry) -> bool:
    """Whether both say a volume, number, page or language, and not the same."""
    pairs = ((one.get(name), other.get(name)) for name in _NUMBERS)
    return any(a and b and _WORD.findall(a) != _WORD.findall(b) for a, b in pairs)


def _dates_differ(one: Entry, other: Entry) -> bool:
    """Whether the dates of both contradict each other, as far as both are known."""
    first, second = (entry.get("date") or entry.get("year") for entry in (one, other))
    known = min(len(first), len(second))
    return first[:known] != second[:known]


def _makers_differ(one: Entry, other: Entry) -> bool:
    """Whether both name an author or an editor, and not the same."""
    first, second = (
        _who({f.name: f.value for f in e.fields if f.name in {"author", "editor"}}) for e in (one, other)
    )
    return bool(first and second and first != second)


def _has_no_other_locator(one: Entry, other: Entry) -> bool:
    """Whether nothing says that works of one title are two: a DOI each, or a held copy each."""
    return not any(
        (a := one.get(name)) and (b := other.get(name)) and a != b for name in ("doi", "sha256", "isbn")
    )


def _is_near(one: str, other: str) -> bool:
    """Whether two titles are the same but for a slip in one word, or a subtitle that one of them leaves out."""
    first, second = title_words(one), title_words(other)
    if "".join(first) == "".join(second):
        return bool(first)
    mains = main_words(one), main_words(other)
    if len(mains[0]) > 2 and (mains[0] == second or mains[1] == first):
        return True
    if len(first) != len(second) or len(first) < 4:
        return False
    wrong = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(wrong) == 1 and _are_words(*wrong[0]) and slips(*wrong[0], 1) == 1


def _are_words(one: str, other: str) -> bool:
    """Whether two words are long enough for a slip, and no numbers, not even Roman ones."""
    plain = one.isalpha() and other.isalpha() and not (_ROMAN.match(one) and _ROMAN.match(other))
    return plain and min(len(one), len(other)) > 2 and max(len(one), len(other)) > 3
