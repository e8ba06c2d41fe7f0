"""What a failed request means: from the errors of sockets, TLS and HTTP to one of answers.FAULTS and a reason."""

from __future__ import annotations

import errno
import re
import ssl

import aiohttp

from .bodies import BodyError
from .resolver import PrivateAddressError, is_absent


class Broken(aiohttp.ClientError):
    """The connection ended before a status came. (aiohttp would ask a second time by itself; we count requests.)"""


ERRORS = (aiohttp.ClientError, BodyError, OSError, ValueError)
"""What a request to a hostile server raises; TimeoutError is an OSError. The rest are bugs, and not hidden."""

_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL}
_BROKEN = {errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED}
_SCARCE = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}

_TLS = (
    ("has expired", "the certificate has expired"),
    ("not yet valid", "the certificate is not yet valid"),
    ("self-signed certificate in", "the certificate's chain ends in one that nobody vouches for"),
    ("self-signed", "the certificate is self-signed"),
    ("self signed", "the certificate is self-signed"),
    ("mismatch", "the certificate is for another host"),
    ("doesn't match", "the certificate is for another host"),
    ("is not valid for", "the certificate is for another host"),
    (
        "unable to get local issuer",
        "the certificate's issuer is unknown, or an intermediate certificate is missing",
    ),
    ("revoked", "the certificate is revoked"),
    ("certificate verify failed", "the certificate is not to be trusted"),
    ("WRONG_VERSION_NUMBER", "the server speaks no TLS there"),
    ("UNSUPPORTED_PROTOCOL", "the server speaks only an old TLS"),
    ("PROTOCOL_VERSION", "the server speaks only an old TLS"),
    ("HANDSHAKE_FAILURE", "server and client have no cipher in common"),
)


def fault_of(error: BaseException) -> tuple[str, str]:
    """The fault, and a reason in words."""
    match error:
        case BodyError():
            return error.fault, error.detail
        case aiohttp.ClientConnectorDNSError():
            return _name_fault(error.os_error)
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError() | ssl.SSLError():
            return "tls", _tls_reason(error)
        case aiohttp.ClientConnectorError():
            return _socket_fault(error.os_error)
        case TimeoutError():
            return "timeout", "no answer in time"
        case aiohttp.ClientPayloadError():
            return "incomplete", _words(error)
        case aiohttp.InvalidURL():
            return "bad-address", _words(error)
        case aiohttp.ClientResponseError():
            return "protocol", _words(error.message)
        case Broken() | aiohttp.ServerDisconnectedError():
            return "reset", "the connection ended before a status came"
        case OSError():
            return _socket_fault(error)
        case _:
            return "protocol", _words(error)


def _name_fault(error: OSError) -> tuple[str, str]:
    if isinstance(error, TimeoutError):
        return "name-unresolved", "the name server did not answer in time"
    if is_absent(error):
        return "no-such-host", "there is no host of that name"
    return "name-unresolved", _words(error.strerror or error)


def _socket_fault(error: OSError) -> tuple[str, str]:
    if isinstance(error, PrivateAddressError) or "is no public address" in str(error):
        return "private-address", _words(error)
    if isinstance(error, ssl.SSLError):
        return "tls", _tls_reason(error)
    if error.errno in _SCARCE:
        return "unreachable", f"this machine is short of something: {_words(error.strerror)}"
    if error.errno in _UNREACHABLE:
        return "unreachable", _words(error.strerror)
    if error.errno in _BROKEN or isinstance(error, ConnectionResetError | BrokenPipeError):
        return "reset", _words(error.strerror or "the connection broke")
    if error.errno == errno.ETIMEDOUT:
        return "timeout", "no connection in time"
    return "refused", _words(error.strerror or error)


def _tls_reason(error: BaseException) -> str:
    text = str(error)
    known = next((reason for sign, reason in _TLS if sign in text), "")
    return known or _words(re.sub(r"\(_ssl\.c:\d+\)", "", text))


def _words(error: object) -> str:
    return ascii(str(error)[:200])[1:-1] or type(error).__name__
