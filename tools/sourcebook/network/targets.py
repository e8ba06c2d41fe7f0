"""Which addresses may be asked: the form of a URL, and the machine that it names.

Forms follow RFC 3986 and, where browsers are laxer, the WHATWG URL Standard; what is no well-formed address is
said to be none, and the rest is sent byte for byte as it was written.
Ranges of numbers that lead nowhere public: the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890).
"""

from __future__ import annotations

import ipaddress
import re
import socket
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit

from ..model import Record

LONGEST = 8192
"""The most characters an address may have; servers refuse longer ones (RFC 9110 asks for at least 8,000)."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_UNFIT = re.compile(r"[\x00-\x20\x7f\\<>\"`{|}^]")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NETLOC = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::\d*)?")
_NUMERIC = re.compile(r"(?:\d+|0x[0-9a-f]*)\Z")
_VISIBLE = "".join(map(chr, range(0x21, 0x7F)))
_CLOSED = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
# All of IPv6 is closed but for global unicast, and in that these.
_GLOBAL = ipaddress.IPv6Network("2000::/3")
_CLOSED_6 = tuple(ipaddress.IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "3fff::/20"))
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class Target(Record, frozen=True):
    """Where a request goes. url: as it is sent, without fragment. host: in ASCII and small letters, no brackets.

    fault: empty, or bad-address, bad-redirect or private-address, and then `detail` says why.
    """

    url: str
    host: str = ""
    fault: str = ""
    detail: str = ""


def target_of(url: str, allowed: tuple[Network, ...] = ()) -> Target:
    """Judge an address by its form; numbers that stand for a private machine are refused unless allowed."""
    if reason := _form_fault(url):
        return Target(url, fault="bad-address", detail=reason)
    sent = url.partition("#")[0]
    try:
        parts = urlsplit(sent)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        return Target(url, fault="bad-address", detail=ascii(str(error))[1:-1])
    if "@" in parts.netloc:
        return Target(url, fault="bad-address", detail="it carries a user name")
    name = ascii_host(host) if _NETLOC.fullmatch(parts.netloc) else ""
    if not name or port == 0:
        return Target(url, fault="bad-address", detail="port 0" if name else "the host name is malformed")
    if not host.isascii():
        netloc = name if port is None else f"{name}:{port}"
        sent = f"{parts.scheme}://{netloc}{sent.partition('://')[2][len(parts.netloc) :]}"
    sent = quote(sent, safe=_VISIBLE)  # letters beyond ASCII go out as UTF-8, as from a browser
    fault, detail = _host_fault(name, allowed)
    return Target(sent, name, fault, detail)


def target_of_redirect(current: str, location: str, allowed: tuple[Network, ...] = ()) -> Target:
    """Judge where a redirect leads; `location` is the header's text, relative to the address that answered.

    The fragment stays in the target's address.
    """
    location, joined, reason = location.strip(" \t"), "", ""
    if not location:
        reason = "the Location is empty"
    elif not location.isascii():
        reason = "the Location is not ASCII"
    elif re.match(r"https?:(?!//[^/?#])", location, re.IGNORECASE):
        reason = "there is no host"
    elif len(location) > LONGEST:
        reason = f"the Location has {len(location)} characters"
    else:
        try:
            joined = urljoin(current, location)
        except ValueError as error:
            reason = str(error)
    target = target_of(joined, allowed) if joined else Target("")
    if target.fault == "bad-address":
        reason = target.detail
    if reason:
        shown = ascii(location[:200])[1:-1]
        return Target(shown, fault="bad-redirect", detail=f"{reason}: {shown}" if shown else reason)
    return Target(joined, target.host, target.fault, target.detail)


def number_of(host: str) -> str:
    """The IP address that a host is, in its plain form, or an empty text if it is a name.

    Decimal, octal, hexadecimal and short forms are what `inet_aton` makes of them, as in browsers.
    """
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    bare = host.rstrip(".")
    if not bare.isascii() or not _NUMERIC.match(bare.rpartition(".")[2]):
        return ""
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except OSError:
        return ""


def is_open(number: str, allowed: tuple[Network, ...] = ()) -> bool:
    """Whether an IP address is on the public internet, or in one of the allowed networks.

    IPv4 that is wrapped in IPv6 (mapped, 6to4, NAT64) is judged as the IPv4 address that it is.
    """
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is None:
            closed = address not in _GLOBAL or any(address in network for network in _CLOSED_6)
            return not closed or _is_in(address, allowed)
        address = inner
    return not any(address in network for network in _CLOSED) or _is_in(address, allowed)


def networks_of(texts: tuple[str, ...]) -> tuple[Network, ...]:
    """Read networks such as `127.0.0.0/8`; raises ValueError at one that is none."""
    return tuple(ipaddress.ip_network(text) for text in texts)


def ascii_host(host: str) -> str:
    """The host as DNS knows it, in small letters (IDN: UTS 46), or an empty text if it can be none."""
    if ":" in host:
        return "" if "%" in host or not number_of(host) else host
    if not host.isascii():
        import idna  # comes with aiohttp

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return ""
    host = host.lower()
    bare = host.removesuffix(".")
    fits = len(bare) <= 253 and all(_LABEL.fullmatch(label) for label in bare.split("."))
    return host if fits else ""


@lru_cache(4096)
def _host_fault(name: str, allowed: tuple[Network, ...]) -> tuple[str, str]:
    number = number_of(name)
    if not number:
        numeric = _NUMERIC.match(name.rstrip(".").rpartition(".")[2])
        return ("bad-address", "the host is a number, but no IPv4 address") if numeric else ("", "")
    if not is_open(number, allowed):
        return "private-address", f"{name} is {number}" if number != name else f"{name} is no public address"
    if number != name and ":" not in name:
        return "bad-address", f"{name} should be written {number}"
    return "", ""


def _is_in(address: ipaddress.IPv4Address | ipaddress.IPv6Address, networks: tuple[Network, ...]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _form_fault(url: str) -> str:
    if len(url) > LONGEST:
        return f"it has {len(url)} characters"
    if not _SCHEME.match(url):
        return "it begins with neither http:// nor https://"
    if found := _UNFIT.search(url):
        return f"it holds {found[0]!a}"
    return "" if url.isprintable() else "it holds a character that can't be seen"
