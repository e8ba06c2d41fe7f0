"""HTML pages: saved files and what addresses answered, read in a process with an end to time and memory."""

from __future__ import annotations

from msgspec.structs import replace

from ..article import Article
from ..errors import UsageError
from ..importing.bounded import bounded
from ..importing.encodings import decode
from ._html_page import read_page

MOST = 20_000_000


def read_html(source: str, data: bytes, address: str = "", declared: str = "") -> Article:
    """Read an HTML page: its text with headings, lists, quotations, tables, links, notes; what it says of itself.

    source: the name to call it by; address: where it was read, against which relative links are made absolute;
    declared: the charset that a server gave. Raises UsageError, with what to do, for what is no article.
    """
    if len(data) > MOST:
        raise UsageError(f"{source} has {len(data):,} bytes; {MOST:,} are the most that are read")
    if not data.strip():
        raise UsageError(f"{source} is empty")
    if data.lstrip()[:5] == b"%PDF-" or b"<" not in data:
        raise UsageError(f"{source} is not HTML: save the page as HTML, or import its text")
    try:
        decoded = decode(data, declared)
        article = bounded(read_page, Article, source, decoded.text, address)
    except UsageError as error:
        message = str(error)
        raise UsageError(
            message if message.startswith(f"{source} ") else f"{source} can't be read: {message}"
        ) from error
    return replace(article, remarks=(*decoded.remarks, *article.remarks))
