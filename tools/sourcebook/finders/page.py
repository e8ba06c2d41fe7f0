"""A web page, read for what it says of itself.

In this order: Highwire tags (`citation_title` and theirs), JSON-LD by schema.org, Open Graph, Dublin Core; and what
none of them has, as trafilatura finds it in the text of the page, which is said.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from ..addresses import bare_address, same_host
from ..answers import Answer
from ..linking.webpage import is_html
from ..locators import is_isbn, is_issn, is_url
from ..names import Name
from . import doi as _doi
from ._days import iso_of
from ._found import Found, Refused, Request
from ._head import Head, page_text, read_head
from ._people import doubt_of, names_in_one
from ._plain import first_plain, number_text, plain
from ._tongues import langid_of

SERVICE = ""  # the page itself
FORM = "text/html,application/xhtml+xml;q=0.9"
_CONTAINERS = (("journal", "article", "journaltitle"), ("conference", "inproceedings", "booktitle"))
_HOUSES = (("dissertation", "thesis"), ("technical_report", "report"))


def wanted(locator: str) -> str:
    """An address with http or https, without its fragment."""
    return locator.partition("#")[0] if is_url(locator) and "\\" not in locator else ""


def request(base: str, wanted: str) -> Request:
    """Ask for the page."""
    return Request(wanted, FORM)


def read(answer: Answer, wanted: str) -> Found | Refused:
    """Read what the page says of itself. `title` is missing from the fields if it has none."""
    form = answer.header("content-type").partition(";")[0].strip()
    if not is_html(answer):
        return Refused(
            f"the answer is no page but {form or 'something else'}: give a DOI, or the page about it"
        )
    head = read_head(answer)
    if head is None:
        return Refused("the answer holds no page")
    type_, fields = _typed(head)
    outlet = fields.get("journaltitle") or fields.get("organization") or fields.get("institution") or ""
    authors, split = names_in_one(_authors(head), tuple({outlet, _site(head), _publisher(head)} - {""}))
    fields["title"] = _title(head)
    fields["date"] = _date(head)
    fields["langid"] = _language(head)
    fields["doi"] = next(filter(None, map(_doi.wanted, _identifiers(head))), "")
    fields["url"] = _address(head, answer, wanted)
    doubts = list(doubt_of(split))
    if not (fields["title"] and fields["date"] and authors):
        authors = authors or _look_further(head, answer, fields, doubts)
    also = tuple(("url", url) for url in {wanted, answer.final} - {""} if is_url(url))
    kept = tuple((name, value) for name, value in fields.items() if value)
    return Found(type_, (("author", authors),) if authors else (), kept, tuple(doubts), also)


def _typed(head: Head) -> tuple[str, dict[str, str]]:
    """The type of the entry, with the fields that go with it."""
    for tag, type_, field in _CONTAINERS:
        if name := head.first(f"citation_{tag}_title") or (
            tag == "journal" and head.first("prism.publicationname")
        ):
            return type_, {field: name, **_numbers(head)}
    for tag, type_ in _HOUSES:
        if name := head.first(f"citation_{tag}_institution"):
            return type_, {"institution": name, "number": head.first(f"citation_{tag}_number")}
    outlet = _site(head) or _publisher(head)
    if (isbn := head.first("citation_isbn", "book:isbn")) and is_isbn(isbn):
        return "book", {"publisher": _publisher(head), "isbn": isbn}
    if head.kind in {"NewsArticle", "ScholarlyArticle"} and outlet:
        return "article", {"journaltitle": outlet, **_numbers(head)}
    return "online", {"organization": outlet}


def _numbers(head: Head) -> dict[str, str]:
    first, last = head.first("citation_firstpage", "prism.startingpage"), head.first("citation_lastpage")
    return {
        "volume": head.first("citation_volume", "prism.volume") or number_text(head.work.get("volumeNumber")),
        "number": head.first("citation_issue", "prism.number") or number_text(head.work.get("issueNumber")),
        "pages": f"{first}--{last}" if first and last and first != last else first,
        "issn": next(filter(is_issn, head.every("citation_issn", "prism.issn")), ""),
    }


def _title(head: Head) -> str:
    work = first_plain(head.work.get("headline")) or first_plain(head.work.get("name"))
    return head.first("citation_title") or work or head.first("og:title", "dc.title", "dcterms.title")


def _site(head: Head) -> str:
    part = head.work.get("isPartOf")
    named = plain(part.get("name")) if isinstance(part, dict) and part.get("@type") != "WebPage" else ""
    return head.first("og:site_name") or named or _publisher(head)


def _publisher(head: Head) -> str:
    given = head.work.get("publisher")
    named = plain(given.get("name")) if isinstance(given, dict) else plain(given)
    return head.first("citation_publisher") or named or head.first("dc.publisher", "dcterms.publisher")


def _authors(head: Head) -> list[str]:
    if told := head.every("citation_author"):
        return told
    if told := head.every("citation_authors"):
        return [part.strip() for text in told for part in text.split(";")]
    given = head.work.get("author") or head.work.get("creator")
    told = [name for item in (given if isinstance(given, list) else [given]) for name in _person(item)]
    return told or head.every(
        "article:author", "dc.creator", "dcterms.creator", "author", "byl", "parsely-author"
    )


def _person(given: Any) -> list[str]:
    """A person of JSON-LD as "Family, Given" where the parts are told apart."""
    if not isinstance(given, dict):
        return [plain(given)]
    family, first = plain(given.get("familyName")), plain(given.get("givenName"))
    return (
        [f"{family}, {first}"]
        if family and first and "," not in family + first
        else [plain(given.get("name"))]
    )


def _date(head: Head) -> str:
    told = (
        *head.every("citation_publication_date", "citation_date", "citation_online_date"),
        first_plain(head.work.get("datePublished")),
        *head.every("article:published_time", "og:published_time", "datepublished", "parsely-pub-date"),
        *head.every("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "prism.publicationdate"),
    )
    return next(filter(None, map(iso_of, told)), "")


def _language(head: Head) -> str:
    given = head.work.get("inLanguage")
    given = given.get("alternateName") if isinstance(given, dict) else first_plain(given)
    told = (
        head.first("citation_language"),
        given,
        head.first("og:locale", "dc.language", "dcterms.language"),
        head.lang,
    )
    return next(filter(None, map(langid_of, told)), "")


def _identifiers(head: Head) -> list[str]:
    given = head.work.get("identifier")
    listed = given if isinstance(given, list) else [given]
    texts = [plain(item.get("value")) if isinstance(item, dict) else plain(item) for item in listed[:20]]
    tags = ("citation_doi", "prism.doi", "bepress_citation_doi", "dc.identifier", "dcterms.identifier")
    return [*(text for name in tags for text in head.every(name)), *texts]


def _address(head: Head, answer: Answer, wanted: str) -> str:
    """The address that the page gives itself on its own host, else the one that answered, without what tracks."""
    final = answer.final if is_url(answer.final) else wanted
    try:
        own = urljoin(final, head.canonical or head.first("og:url"))
        deep = urlsplit(own).path.strip("/") or not urlsplit(final).path.strip("/")
    except ValueError:
        return bare_address(final)
    # A canonical address that leads to the front page is a common mistake of page makers.
    return bare_address(own) if is_url(own) and deep and same_host(own, final) else bare_address(final)


def _look_further(head: Head, answer: Answer, fields: dict[str, str], doubts: list[str]) -> tuple[Name, ...]:
    """Fill in title and date as trafilatura finds them in the page, and answer the authors; each is a doubt."""
    from trafilatura import extract_metadata  # loaded only when a page says too little of itself

    try:
        document = extract_metadata(page_text(answer), default_url=fields["url"], extensive=False)
        told = (document.title, document.date, document.author or "")
    except Exception:  # a page made to break its reader says as much as one that has nothing to say
        return ()
    for name, value in (("title", plain(told[0])), ("date", iso_of(told[1]))):
        if value and not fields[name]:
            fields[name] = value
            doubts.append(f"the {name} is not in the page's tags: it was read from its text or its address")
    authors, split = names_in_one(told[2].split(";"), (_site(head), _publisher(head)))
    if authors:
        doubts.append("the author is not in the page's tags: the name was read from its text")
    doubts += doubt_of(split)
    return authors
