"""The works that an article names: itself, its notes, its reference list, the items of a digest, and its links."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ..addresses import bare_address, normal_address
from ..article import Article, Note, Part, Reference
from ..langtags import language_name
from ..locators import is_issn, is_url
from ..references import Parsed, read_reference
from ..references.people import body_of, read_people
from .shelf import Placed, Shelf, Wanted
from .sourcing import Sourcing

_REPEATED = re.compile(
    r"(?:ibid(?:em)?|ebd|ebenda|там же|a\.g\.e)\.?(?:,?\s*(?:pp?|s|с)\.?\s?\d+(?:[-–]\d+)?)?\.?", re.I
)
_SEVERAL = re.compile(r";\s+(?=[^\W\d_a-z“\"])")
# An outlet in brackets at the head of a paragraph: (Reuters) – text, (Financial Times) Text.
_LEADING = re.compile(r"\((?P<who>[^\W\d_][^()\d]{1,60})\)\s*(?:[–—-]{1,2}\s*)?(?=[^\W\d_]|[…“\"‘'])")
_VIA = re.compile(r"\s+(?:via|through|on behalf of)\s+.*|,\s.*|\s+[A-Z]\w+/[A-Z]\w+\Z")
_DEGREE = re.compile(r",?\s+(?:Ph\.?\s?D|M\.?D|M\.?A|Esq|LL\.?M)\.?\Z")
_BYLINE = re.compile(r"by\s+(?P<who>\S.{1,80})", re.I)
# Addresses of people and pages of a network, and the article's own buttons, are no works.
_NETWORKS = re.compile(
    r"(?:\w+\.)?(?:facebook|instagram|linkedin|pinterest|whatsapp|t|telegram|reddit|twitter|x|tumblr|flipboard)\.(?:com|me)\Z"
)
_POST = re.compile(r"/(?:status|posts?|p|comments|videos?)/")


def source(article: Article, shelf: Shelf, sha256: str = "", urldate: str = "") -> Sourcing:
    """Find or make the entries of an article and of all that it names; sentences are asked for with `keys_of`.

    sha256: of the file that was read, if it is kept; urldate: the day on which the article's address was read.
    """
    sourcing = Sourcing(article, shelf)
    sourcing.key = sourcing.place(own_work(article, sha256, urldate))
    for note in article.notes:
        _take_note(sourcing, note)
    for reference in article.references:
        _take_reference(sourcing, reference)
    _take_items(sourcing)
    _take_links(sourcing)
    return sourcing


def own_work(article: Article, sha256: str = "", urldate: str = "") -> Wanted:
    """The entry of the article itself, of what it says and nothing else."""
    serial = bool(article.outlet and (article.volume or article.issue))
    type_ = "article" if serial else "online" if article.url or article.outlet else "misc"
    fields = (
        ("author", " and ".join(_author(name) for name in article.authors)),
        ("title", article.title),
        ("subtitle", article.subtitle),
        ("journaltitle" if serial else "organization", article.outlet),
        ("volume", article.volume),
        ("number", article.issue),
        ("issn", article.issn if is_issn(article.issn) else ""),
        ("pages", re.sub(r"\s*[-–]+\s*", "--", article.pages)),
        ("date", article.date),
        ("doi", article.doi),
        ("url", bare_address(article.url) if is_url(article.url) else ""),
        ("urldate", urldate if article.url else ""),
        ("langid", language_name(article.language) if article.language else ""),
        ("sha256", sha256),
    )
    return Wanted(type_, tuple(pair for pair in fields if pair[1]), article.title, 0)


def _author(name: str) -> str:
    """A name in BibTeX's form, if it is a person's by its look; else it is kept whole."""
    name = _DEGREE.sub("", name)
    people = read_people(name)
    if people and len(people.names) == 1 and not people.body and " " in name:
        return people.names[0]
    return body_of(name)


def _take_note(sourcing: Sourcing, note: Note) -> None:
    text = _shown(note)
    if _REPEATED.fullmatch(text) and sourcing.last:
        sourcing.notes[note.mark] = sourcing.last
        return
    parsed = [
        read_reference(piece, sourcing.article.language)
        for piece in _works_of(text, sourcing.article.language)
    ]
    if any(one.kind != "reference" for one in parsed):
        sourcing.remarks.append(note)
        return
    keys = [_place_parsed(sourcing, one, text, note.first) for one in parsed]
    sourcing.notes[note.mark] = sourcing.last = tuple(keys)
    sourcing.listed += keys


def _shown(note: Note) -> str:
    return " ".join("".join(run.text for run in note.runs if run.kind != "note").split())


def _works_of(text: str, language: str) -> list[str]:
    """The works that one note names: several, where a semicolon parts what are references each by itself."""
    pieces = _SEVERAL.split(text)
    if len(pieces) > 1 and all(_stands_alone(read_reference(piece, language)) for piece in pieces):
        return pieces
    return [text]


def _stands_alone(parsed: Parsed) -> bool:
    return parsed.kind == "reference" and bool(parsed.get("title"))


def _place_parsed(sourcing: Sourcing, parsed: Parsed, text: str, line: int) -> str:
    """The key of a reference; words of it that were not understood are kept, all of it, in the note."""
    fields = list(parsed.fields)
    if parsed.rest:
        fields = [(name, value) for name, value in fields if name != "note"]
        fields.append(("note", text))
        sourcing.unsure.append(
            f"line {line}: not understood in a reference, and kept in its note: “{parsed.rest}”"
        )
    sourcing.unsure += [f"line {line}: {words}" for words in parsed.unsure]
    return sourcing.place(Wanted(parsed.type or "misc", tuple(fields), text, line))


def _take_reference(sourcing: Sourcing, reference: Reference) -> None:
    parsed = read_reference(reference.text, sourcing.article.language)
    if parsed.kind != "reference":
        sourcing.unsure.append(
            f"line {reference.first}: not understood, and kept in a note: “{reference.text[:80]}”"
        )
        key = sourcing.place(Wanted("misc", (("note", reference.text),), reference.text, reference.first))
    else:
        key = _place_parsed(sourcing, parsed, reference.text, reference.first)
    sourcing.listed.append(key)
    if reference.label:
        sourcing.notes.setdefault(reference.label, (key,))


def _take_items(sourcing: Sourcing) -> None:
    """Blocks with an outlet in brackets: of an item with its headline, the work of that title, for all of the item."""
    heading: Part | None = None
    section = ""
    item: list[tuple[int, Part]] = []
    for number, part in enumerate((*sourcing.article.parts, Part("heading", level=1))):
        if part.kind != "heading":
            item.append((number, part))
            continue
        _take_item(sourcing, heading, section, item)
        section = part.text if part.level == 2 else section
        heading, item = part, []


def _take_item(sourcing: Sourcing, heading: Part | None, section: str, item: list[tuple[int, Part]]) -> None:
    outlets = [
        (number, match)
        for number, part in item
        if (match := _LEADING.match(part.text)) and _is_outlet(match["who"])
    ]
    headline = heading.text if heading and heading.level >= 3 else ""
    if not outlets:
        found = sourcing.shelf.find(Wanted("online", (("title", headline),))) if headline else ("", "")
        if found[0] and found[0] != sourcing.key:
            _cite_blocks(sourcing, found[0], item, headline, heading)
        elif headline:
            sourcing.unsure.append(
                f"line {heading.first if heading else 0}: no outlet is named for “{headline}”"
            )
        return
    for index, (number, match) in enumerate(outlets):
        until = outlets[index + 1][0] if index + 1 < len(outlets) else item[-1][0] + 1
        begin = item[0][0] if index == 0 and headline else number
        stretch = [(n, part) for n, part in item if begin <= n < until]
        if not headline:  # news copy: the agency stands for the paragraph that it begins
            continue
        author = next((m["who"] for _, part in stretch if (m := _BYLINE.fullmatch(part.text))), "")
        where = f" under “{section}”" if section else ""
        fields = (
            ("author", _author(author) if author else ""),
            ("title", headline if index == 0 else ""),
            ("organization", _VIA.sub("", match["who"])),
            ("note", f"Named in {sourcing.key}{where}: “({match['who']})”."),
        )
        wanted = Wanted("online", tuple(p for p in fields if p[1]), headline, stretch[0][1].first)
        alone = Wanted("online", (("title", headline),))
        key = sourcing.shelf.find(wanted)[0] or sourcing.shelf.find(alone)[0] or sourcing.place(wanted)
        _cite_blocks(sourcing, key, stretch, headline, heading)


def _cite_blocks(
    sourcing: Sourcing, key: str, stretch: list[tuple[int, Part]], headline: str, heading: Part | None
) -> None:
    if key not in sourcing.placed:
        line = heading.first if heading else 0
        sourcing.placed[key] = Placed(key, Wanted("online", (("title", headline),), headline, line), "title")
    for number, _part in stretch:
        sourcing.blocks[number] = (*sourcing.blocks.get(number, ()), key)


def _is_outlet(who: str) -> bool:
    """Whether words in brackets may name an outlet: each begins with a capital, but for small words."""
    words = who.split()
    return len(words) <= 7 and all(
        word[0].isupper() or word in {"of", "the", "and", "for", "via", "de"} for word in words
    )


def _take_links(sourcing: Sourcing) -> None:
    """A link in the text leads to a work; those of the article's own site are cited only if the library has them."""
    own = urlsplit(sourcing.article.url).hostname if is_url(sourcing.article.url) else ""
    for part in sourcing.article.parts:
        for run in (*part.runs, *(run for row in part.rows for cell in row for run in cell)):
            if run.kind != "link" or not is_url(run.target) or part.kind == "heading":
                continue
            address = bare_address(run.target)
            parts = urlsplit(address)
            if normal_address(address) == normal_address(sourcing.article.url):
                continue
            wanted = Wanted("online", _linked(sourcing.key, run.text, address), run.text, part.first)
            found, _how = sourcing.shelf.find(wanted)
            host = (parts.hostname or "").removeprefix("www.")
            is_site = bool(own) and host == (own or "").removeprefix("www.")
            if not found and (
                is_site or (_NETWORKS.match(host) and not _POST.search(parts.path)) or parts.path in {"", "/"}
            ):
                continue
            sourcing.links[normal_address(address)] = sourcing.place(wanted)


def _linked(key: str, text: str, address: str) -> tuple[tuple[str, str], ...]:
    shown = f" as “{text}”" if text and text != address and "://" not in text else ""
    return (("url", address), ("note", f"Linked in {key}{shown}."))
