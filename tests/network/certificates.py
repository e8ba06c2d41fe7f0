"""An authority of our own, and servers with certificates that it gave, or should not have."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta

import trustme


class Certificates:
    """client: a context that trusts the authority. servers: contexts by what is wrong with them."""

    def __init__(self, host: str) -> None:
        authority = trustme.CA()
        now = datetime.now(UTC)
        self.client = ssl.create_default_context()
        authority.configure_trust(self.client)
        good = authority.issue_cert(host, "good.test", "names.test")
        past, yesterday = now - timedelta(days=9), now - timedelta(days=1)
        self.servers = {
            "tls": _context(good),
            "tls-expired": _context(authority.issue_cert(host, not_before=past, not_after=yesterday)),
            "tls-early": _context(authority.issue_cert(host, not_before=now + timedelta(days=1))),
            "tls-other-host": _context(authority.issue_cert("other.test")),
            "tls-unknown-issuer": _context(trustme.CA().issue_cert(host)),
            "tls-no-intermediate": _without_intermediate(authority, host),
            "tls-self-signed": _self_signed(host),
        }


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def _without_intermediate(authority: trustme.CA, host: str) -> ssl.SSLContext:
    certificate = authority.create_child_ca().issue_cert(host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with certificate.private_key_pem.tempfile() as key, certificate.cert_chain_pems[0].tempfile() as chain:
        context.load_cert_chain(chain, key)
    return context


def _self_signed(host: str) -> ssl.SSLContext:
    authority = trustme.CA()  # an authority's own certificate is signed by itself
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with authority.private_key_pem.tempfile() as key, authority.cert_pem.tempfile() as chain:
        context.load_cert_chain(chain, key)
    return context
