"""Records of the network: what was asked and what came back. They import nothing of ours but `Record`."""

from __future__ import annotations

from itertools import pairwise

from .model import Record


class Answer(Record, frozen=True):
    """What came back for one address.

    url: as asked. final: the address that answered in the end (with the fragment that was asked, unless a redirect
    names another). status: its HTTP status, 0 if nothing answered.
    hops: for each redirect its status and where it leads. headers: names in small letters. body: decoded of its
    content encoding, as far as it was read. fault: empty, or why there is no whole answer, one of FAULTS; there may be
    a status beside it, as of a page whose body breaks off. detail: the fault in words, in ASCII.
    seconds: how long it took, without waiting for a turn at the host. whole: the body was read to its end.
    requests: how many were made, redirects included.
    """

    url: str
    final: str = ""
    status: int = 0
    hops: tuple[tuple[int, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    fault: str = ""
    detail: str = ""
    seconds: float = 0.0
    whole: bool = False
    requests: int = 0

    def header(self, name: str) -> str:
        """The first header of that name (small letters), or an empty text."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def is_downgraded(self) -> bool:
        """Whether a redirect led from https to http."""
        ways = [self.url, *(where for _status, where in self.hops)]
        secure = [way.lower().startswith("https:") for way in ways]
        return any(one and not two for one, two in pairwise(secure))


FAULTS = frozenset(
    (
        "no-such-host",  # the name does not resolve
        "name-unresolved",  # the name server did not answer, or failed
        "unreachable",  # no way to the host: its network's fault, or ours
        "refused",  # no connection
        "reset",  # the connection broke before the status
        "timeout",
        "tls",
        "protocol",  # what came is no HTTP
        "incomplete",  # the body broke off, or could not be decoded
        "too-large",
        "private-address",  # a target that must not be asked
        "bad-redirect",
        "too-many-redirects",
        "bad-address",
        "robots",  # robots.txt asks us not to
    )
)
