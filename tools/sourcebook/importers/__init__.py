"""The importers: one file a kind of raw article, and each gives an Article.

Helpers of theirs begin with an underscore. Which importer reads a source is told by its content; its name and the type
that a server gave are only hints.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from ..article import Article
from ..errors import UsageError
from ..importing.encodings import decode

MOST_BYTES = 20_000_000
SUFFIXES = frozenset((".txt", ".text", ".html", ".htm", ".xhtml"))
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
# How files begin that are no text: said by name, so that a reader knows what to do.
_OTHERS = (
    (b"%PDF-", "a PDF: save its text, or print it to text, and import that"),
    (b"PK\x03\x04", "a zip archive (or a document of an office program): save it as text or HTML"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a sound or a picture"),
    (b"\x1f\x8b", "compressed: unpack it first"),
    (b"{\\rtf", "a document in RTF: save it as text or HTML"),
    (b"\xd0\xcf\x11\xe0", "a document of an office program: save it as text or HTML"),
    (b"\x7fELF", "a program"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml\b[^>]{0,300}>\s*)?(?:<!--.{0,5000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|section|meta)\b",
    re.I | re.S,
)


def read_article(source: str, data: bytes, address: str = "", declared: str = "") -> Article:
    """Read a raw article. declared: the media type that a server gave, with its charset.

    Raises UsageError for what is no article that can be read: a picture, an archive, nothing, or too much.
    """
    if len(data) > MOST_BYTES:
        raise UsageError(f"{source} has {len(data):,} bytes, and {MOST_BYTES:,} are the most")
    if not data.strip():
        raise UsageError(f"{source} is empty")
    for sign, words in _OTHERS:
        if data.startswith(sign):
            raise UsageError(f"{source} is {words}")
    if is_html(source, data, declared):
        from .html import read_html  # the readers of HTML are loaded when there is some

        return read_html(source, data, address, _charset(declared))
    from .text import read_text

    decoded = decode(data, _charset(declared))
    article = read_text(source, decoded.text, address)
    if not article.parts:
        raise UsageError(f"{source} has no text: all of its lines are blank, or no part of an article")
    return replace(article, remarks=(*decoded.remarks, *article.remarks))


def is_html(source: str, data: bytes, declared: str = "") -> bool:
    """Whether a source is HTML: by how it begins, else by the type that a server gave, else by its name."""
    if _HTML.match(data[:10_000].removeprefix(b"\xef\xbb\xbf")):
        return True
    kind = declared.partition(";")[0].strip().casefold()
    if kind:
        return kind in {"text/html", "application/xhtml+xml"}
    return source.casefold().endswith(_HTML_SUFFIXES)


def _charset(declared: str) -> str:
    match = re.search(r"charset\s*=\s*[\"']?([\w:.-]{1,40})", declared, re.I)
    return match[1] if match else ""
