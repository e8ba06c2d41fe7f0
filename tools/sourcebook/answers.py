"""Records of the network: what was asked and what came back. They import nothing of ours but `Record`."""

from __future__ import annotations

from .model import Record


class Answer(Record, frozen=True):
    """What came back for one address.

    url: as asked. final: the address that answered in the end. status: its HTTP status, 0 if nothing answered.
    hops: for each redirect its status and where it leads. headers: names in small letters. body: decoded of its
    content encoding, as far as it was read. fault: empty, or why there is no whole answer, one of FAULTS.
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

    def header(self, name: str) -> str:
        """The first header of that name (small letters), or an empty text."""
        return next((value for key, value in self.headers if key == name), "")


FAULTS = frozenset(
    (
        "no-such-host",  # the name does not resolve
        "name-unresolved",  # the name server did not answer, or failed
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
