"""Answers of the hostile hosts that are always the same bytes."""

from __future__ import annotations

import gzip
import zlib
from http import HTTPStatus

TEXT = "<!doctype html><html><head><title>Tides of the strait</title></head><body><h1 id=top-of-it>Tides</h1></body>"


def message(status: int, text: str | bytes = "", **headers: str) -> bytes:
    """A whole answer; `_` in a header's name stands for `-`."""
    body = text.encode() if isinstance(text, str) else text
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unheard Of"
    lines = [
        f"HTTP/1.1 {status} {phrase}",
        *(f"{name.replace('_', '-')}: {v}" for name, v in headers.items()),
    ]
    if not any(name.lower() == "content_length" for name in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def _plain(*lines: bytes, body: bytes = b"") -> bytes:
    return b"\r\n".join([*lines, b"", b""]) + body


HTML = "text/html; charset=utf-8"
PAGE = message(200, TEXT, Content_Type=HTML)
OK = b"HTTP/1.1 200 OK"
_DATA = TEXT.encode()
_CHUNKED = b"Transfer-Encoding: chunked"

RAW = {
    # good ones, in all the ways that an answer may take
    "old-http": _plain(b"HTTP/1.0 200 OK", b"Content-Type: text/html", body=_DATA),
    "no-length": _plain(OK, b"Content-Type: text/html", body=_DATA),
    "chunked": _plain(OK, _CHUNKED, body=b"%x\r\n%s\r\n0\r\n\r\n" % (len(_DATA), _DATA)),
    "gzip": message(200, gzip.compress(_DATA), Content_Encoding="gzip"),
    "gzip-members": message(
        200, gzip.compress(_DATA[:50]) + gzip.compress(_DATA[50:]), Content_Encoding="gzip"
    ),
    "gzip-tail": message(200, gzip.compress(_DATA) + b"\0\0\0", Content_Encoding="x-gzip"),
    "deflate": message(200, zlib.compress(_DATA), Content_Encoding="deflate"),
    "deflate-raw": message(200, zlib.compress(_DATA)[2:-4], Content_Encoding="Deflate"),
    "identity": message(200, TEXT, Content_Encoding="identity"),
    "empty": message(200),
    "binary": message(200, bytes(range(256)), Content_Type=HTML),
    "wrong-charset": message(200, "Donaumündung".encode("latin-1"), Content_Type=HTML),
    "unknown-charset": message(200, TEXT, Content_Type="text/html; charset=klingon"),
    "no-type": message(200, TEXT),
    "soft-missing": message(200, "<title>404 Not Found</title><h1>Page not found</h1>", Content_Type=HTML),
    "obs-fold": _plain(OK, b"X-Long: one", b" two", b"Content-Length: 2", body=b"ok"),
    "same-lengths": _plain(OK, b"Content-Length: 2", b"Content-Length: 2", body=b"ok"),
    # broken bodies
    "cut-body": message(200, TEXT, Content_Length="9999"),
    "cut-chunk": _plain(OK, _CHUNKED, body=b"fff\r\nabc"),
    "cut-chunks": _plain(OK, _CHUNKED, body=b"3\r\nabc\r\n"),
    "bad-chunk": _plain(OK, _CHUNKED, body=b"zz\r\nabc\r\n0\r\n\r\n"),
    "bad-gzip": message(200, b"this is not packed", Content_Encoding="gzip"),
    "cut-gzip": message(200, gzip.compress(_DATA)[:-12], Content_Encoding="gzip"),
    "bad-deflate": message(200, b"\x78\x9cthis is not packed", Content_Encoding="deflate"),
    "unknown-encoding": message(200, TEXT, Content_Encoding="x-secret"),
    "brotli": message(200, b"\x0b\x02\x80hello\x03", Content_Encoding="br"),
    "two-encodings": message(200, gzip.compress(gzip.compress(_DATA)), Content_Encoding="gzip, gzip"),
    # redirects that lead nowhere
    "no-location": message(302),
    "empty-location": message(302, Location=""),
    "blank-location": message(302, Location="   "),
    "bad-location": message(302, Location="http://[::1"),
    "bad-port": message(302, Location="http://good.test:99999/"),
    "letters-location": message(302, Location="/gr\xfc\xdfe"),
    "utf8-location": _plain(b"HTTP/1.1 301 Moved", "Location: /grüße".encode(), b"Content-Length: 0"),
    "huge-location": message(302, Location="/" + "a" * 12_000),
    "file-location": message(302, Location="file:///etc/passwd"),
    "script-location": message(302, Location="javascript:alert(1)"),
    "data-location": message(302, Location="data:text/html,hello"),
    "ftp-location": message(302, Location="ftp://good.test/file"),
    "user-location": message(302, Location="http://good.test@127.0.0.1/"),
    "blank-in-location": message(302, Location="http://good.test/a b"),
    "no-host-location": message(302, Location="http:///path"),
    "two-locations": _plain(b"HTTP/1.1 302 Found", b"Location: /a", b"Location: /b", b"Content-Length: 0"),
    "loop": message(302, Location="/loop"),
    "ping": message(302, Location="/pong"),
    "pong": message(301, Location="/ping"),
    "not-modified": message(304),
    "many-choices": message(300, "choose"),
    # what is no HTTP, or nearly none
    "html-only": _DATA,
    "ssh": b"SSH-2.0-OpenSSH_9.2\r\n",
    "noise": bytes(range(256)) * 4,
    "nothing": b"",
    "status-word": _plain(b"HTTP/1.1 abc Word", b"Content-Length: 0"),
    "status-4-digits": _plain(b"HTTP/1.1 1000 Many", b"Content-Length: 0"),
    "status-2-digits": _plain(b"HTTP/1.1 99 Few", b"Content-Length: 0"),
    "status-zero": _plain(b"HTTP/1.1 000 None", b"Content-Length: 0"),
    "http-2": _plain(b"HTTP/2.0 200 OK", b"Content-Length: 0"),
    "http-9": _plain(b"HTTP/9.9 200 OK", b"Content-Length: 0"),
    "bare-cr": b"HTTP/1.1 200 OK\rX-A: 1\rContent-Length: 0\r\n\r\n",
    "nul-header": _plain(OK, b"X-A: a\0b", b"Content-Length: 0"),
    "no-colon": _plain(OK, b"this is no header", b"Content-Length: 0"),
    "two-lengths": _plain(OK, b"Content-Length: 2", b"Content-Length: 5", body=b"ok"),
    "length-word": _plain(OK, b"Content-Length: many", body=b"ok"),
    "length-negative": _plain(OK, b"Content-Length: -1", body=b"ok"),
    "length-huge": _plain(OK, b"Content-Length: 99999999999999999999999999", body=b"ok"),
    "long-header": _plain(OK, b"X-Long: " + b"a" * 300_000, b"Content-Length: 0"),
    "many-headers": _plain(OK, *(b"X-%d: 1" % n for n in range(5000)), b"Content-Length: 0"),
}

# Sent in two pieces, so that the status is known when the body turns out to be broken.
BROKEN = {"cut-body", "cut-chunk", "cut-chunks", "bad-chunk", "bad-gzip", "cut-gzip", "bad-deflate"}
