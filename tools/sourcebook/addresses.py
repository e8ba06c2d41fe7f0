"""Web addresses of the same page, told by their letters alone: nothing is asked."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

# Parameters that say where a reader came from, and not what is read.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_ga|cmpid|ocid|smid)(?:=|\Z)", re.I
)
_PORTS = {"http": 80, "https": 443}


def bare_address(url: str) -> str:
    """The address without fragment and tracking parameters; braces and blanks, which no .bib bears, are encoded."""
    parts = urlsplit(url.strip())
    query = "&".join(part for part in parts.query.split("&") if not _TRACKING.match(part))
    path, query = (quote(text, safe="!$%&'()*+,/:;=?@[]~") for text in (parts.path, query))
    return urlunsplit((parts.scheme.lower(), parts.netloc, path, query, ""))


def normal_address(url: str) -> str:
    """What two addresses of one page have in common: host, path and query, whatever the scheme or a `www.` before.

    Empty for what is no address.
    """
    try:
        parts = urlsplit(bare_address(url))
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not host:
        return ""
    shown = "" if port in {None, _PORTS[parts.scheme]} else f":{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{host.rstrip('.')}{shown}{parts.path.rstrip('/')}{query}"


def same_host(one: str, other: str) -> bool:
    """Whether two addresses are of one host, a `www.` apart."""
    hosts = {(urlsplit(url).hostname or "").removeprefix("www.") for url in (one, other)}
    return len(hosts) == 1
