"""Pictures: whether a file is what its name says, of a size that can be shown, and without a program in it."""

from __future__ import annotations

import re
import struct

MOST_BYTES = 20_000_000
MOST_PIXELS = 50_000_000
_HEAD = 4096
_SIGNS = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
}
# What makes an SVG run, fetch or hide something; one without any of it is a drawing and nothing else.
_SVG = re.compile(
    rb"<\s*(?:\w+:)?(?:script|foreignObject|iframe|embed|object|use|image|handler|listener|animate\w*|set|a)\b"
    rb"|[\s\"'/]on\w+\s*=|<!ENTITY|<!DOCTYPE|<\?xml-stylesheet|@import|url\s*\(\s*[\"']?\s*(?!#)|javascript:|data:|&#",
    re.IGNORECASE,
)


def is_picture(path: str) -> bool:
    """Whether a file's name is that of a picture that pages may show."""
    return path.lower().endswith((*_SIGNS, ".svg"))


def image_fault(path: str) -> str:
    """What is wrong with a picture; empty if nothing is."""
    suffix = path[path.rfind(".") :].lower()
    try:
        with open(path, "rb") as file:
            head = file.read(MOST_BYTES + 1 if suffix == ".svg" else _HEAD)
            size = file.seek(0, 2)
    except OSError as error:
        return f"it can't be read: {error.strerror}"
    if not size:
        return "it is empty"
    if size > MOST_BYTES:
        return f"it has {size:,} bytes, and {MOST_BYTES:,} are the most"
    if suffix == ".svg":
        match = _SVG.search(head)
        return f"it has more than a drawing: {match[0].decode('latin-1').strip()!r}" if match else ""
    if not head.startswith(_SIGNS[suffix]):
        return f"it is no {suffix[1:].upper()} picture"
    width, height = _size(suffix, head)
    return f"it has {width:,} by {height:,} pixels" if width * height > MOST_PIXELS else ""


def _size(suffix: str, head: bytes) -> tuple[int, int]:
    """Width and height where the head tells them at once, else nothing."""
    if suffix == ".png" and len(head) >= 24:
        width, height = struct.unpack(">II", head[16:24])
        return width, height
    if suffix == ".gif" and len(head) >= 10:
        width, height = struct.unpack("<HH", head[6:10])
        return width, height
    for match in re.finditer(rb"\xff[\xc0-\xc3].{3}(....)", head, re.S) if suffix.startswith(".j") else ():
        height, width = struct.unpack(">HH", match[1])
        return width, height
    return 0, 0
