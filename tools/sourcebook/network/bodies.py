"""A body as it comes in: decoded of its content encoding, and never more of it than allowed."""

from __future__ import annotations

import zlib

RATIO = 100
"""How many times larger a body may be than what was sent for it, once it is large at all."""

SMALL = 1_000_000
PIECE = 65536

MOST_STREAMS = 10_000
"""Of gzip in one body; an endless run of empty ones would decode to nothing, slowly."""

_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class BodyError(Exception):
    """The body can't be had: `fault` is one of answers.FAULTS."""

    def __init__(self, fault: str, detail: str) -> None:
        super().__init__(detail)
        self.fault = fault
        self.detail = detail


class Body:
    """Takes the bytes of a body one after the other and keeps what they mean, up to so many bytes.

    encoding: the header Content-Encoding. Raises BodyError at an encoding that is none of ours, or at a second one.
    """

    def __init__(self, encoding: str, most: int) -> None:
        names = [
            name for text in encoding.lower().split(",") if (name := text.strip()) not in {"", "identity"}
        ]
        if len(names) > 1:
            raise BodyError("incomplete", f"{len(names)} content encodings, one in the other")
        if names and names[0] not in _WINDOWS:
            raise BodyError("incomplete", f"the content encoding {names[0][:40]!r}")
        self.data = bytearray()
        self._most = most
        self._taken = 0
        self._rest = b""
        self._streams = 1
        self._window = _WINDOWS[names[0]] if names else 0
        self._decoder = zlib.decompressobj(self._window) if names else None

    def take(self, piece: bytes) -> None:
        """Add what came. Raises BodyError if it is too much, or can't be decoded."""
        self._taken += len(piece)
        if self._taken > self._most + SMALL:  # an endless run of empty packets decodes to nothing
            raise BodyError("too-large", f"more than {self._most} bytes were sent")
        if self._decoder is None:
            self._keep(piece)
            return
        if self._taken == len(piece) and self._window == 15 and not _has_zlib_header(piece):
            self._decoder = zlib.decompressobj(-15)  # many servers take "deflate" for the bare stream
        try:
            self._unpack(self._decoder, self._rest + piece)
        except zlib.error as error:
            raise BodyError("incomplete", f"it can't be unpacked: {error}") from error

    def end(self) -> None:
        """Say that nothing more comes. Raises BodyError if something is missing."""
        if self._decoder is None or not self._taken:
            return
        while not self._decoder.eof and (last := self._decoder.decompress(b"", PIECE)):
            self._keep(last)
        if not self._decoder.eof:
            raise BodyError("incomplete", "the packed body breaks off")

    def _unpack(self, decoder: zlib._Decompress, piece: bytes) -> None:
        """Unpack a piece in small steps. gzip may be several streams, one after the other; other tails are noise."""
        self._rest = b""
        while piece:
            if not decoder.eof:
                self._keep(decoder.decompress(piece, PIECE))
                piece = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
            elif self._window == 31 and piece.startswith(b"\x1f\x8b"):
                self._streams += 1
                if self._streams > MOST_STREAMS:
                    raise BodyError("too-large", f"more than {MOST_STREAMS} packed streams")
                self._decoder = decoder = zlib.decompressobj(self._window)
            else:
                self._rest = piece if len(piece) == 1 else b""
                return

    def _keep(self, data: bytes) -> None:
        room = self._most - len(self.data)
        self.data += data[:room]
        if len(data) > room:
            raise BodyError("too-large", f"more than {self._most} bytes")
        if self._decoder is not None and len(self.data) > max(SMALL, RATIO * self._taken):
            raise BodyError("too-large", f"unpacks to more than {RATIO} times its size")


def _has_zlib_header(piece: bytes) -> bool:
    return len(piece) < 2 or (piece[0] & 0x0F == 8 and (piece[0] * 256 + piece[1]) % 31 == 0)
