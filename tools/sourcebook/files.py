"""The names of files in the pages' folders: each is a page, or something that a page may show, or it is named."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from .model import Place, Use

LONGEST_NAME = 200
# Suffixes of pages that nothing builds, or that are built without having been checked.
_LIKE_A_PAGE = re.compile(r"\.(?:md|markdown|mdown|mkdn?|mdx|myst|rst|rest)$", re.IGNORECASE)
_BAD_SIGN = re.compile(r"[\x00-\x1f\x7f-\x9f<>:\"|?*#%\\\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def file_uses(paths: Iterable[str], pages: frozenset[str]) -> Iterator[Use]:
    """Yield a use for each file with a name that some system, link or build can't bear.

    pages: the paths that are read as pages.
    """
    first: dict[str, str] = {}
    for path in sorted(paths):
        *folders, name = path.split("/")
        message = next(filter(None, map(_fault_of_name, (*folders, name))), "")
        other = first.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if other != path:
            message = f"another file differs from it in capitals or accents only: {other}"
        elif not message and path not in pages and _LIKE_A_PAGE.search(name):
            message = "it looks like a page, but is not read as one"
        if message:
            yield Use("file", name, message, Place(path))


@functools.cache
def _fault_of_name(name: str) -> str:
    if match := _BAD_SIGN.search(name):
        return f"its name has a sign that links or systems can't bear: U+{ord(match[0]):04X}"
    if name != name.strip() or name.endswith("."):
        return "its name begins or ends with a blank or a full stop"
    if _DEVICE.match(name):
        return "Windows keeps its name for a device"
    if len(name.encode("utf-8", "surrogatepass")) > LONGEST_NAME:
        return f"its name has more than {LONGEST_NAME} bytes"
    if any("\ud800" <= char <= "\udfff" for char in name):
        return "its name is not UTF-8"
    return ""
