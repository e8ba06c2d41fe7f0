"""What was imported last: of each page, from what, and which text the import gave it.

The memory stands beside the bibliography, so that it survives a clone. It has digests only and no word of an article.
The text itself is kept in the user's cache, for merging; where that is lost, a page that both sides changed is left
alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec
import platformdirs

from ..errors import UsageError
from ..model import Record
from ..write import write_bytes, write_file

NAME = "imports.json"
SCHEMA = 1


class Import(Record, frozen=True):
    """The last import of a page. source: name or address; read: SHA-256 of what was read; page: of the page it gave."""

    article: str
    source: str
    read: str
    page: str


class _Memory(msgspec.Struct):
    schema: int
    imports: dict[str, dict[str, str]]


def digest_of(text: str) -> str:
    """The digest of a page's text, whatever its line ends."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")).hexdigest()


def read_imports(path: Path) -> dict[str, Import]:
    """The memory by the paths of pages; raises UsageError for a file that is none."""
    if not path.is_file():
        return {}
    try:
        memory = msgspec.json.decode(path.read_bytes(), type=_Memory)
        if memory.schema != SCHEMA:
            raise UsageError(f"{path}: schema {memory.schema} is not known: use a newer sourcebook")
        return {page: Import(**fields) for page, fields in memory.imports.items()}
    except (msgspec.MsgspecError, TypeError, OSError) as error:
        raise UsageError(
            f"{path} can't be read ({error}): mend it, or delete it, and no page will be updated"
        ) from error


def write_imports(path: Path, imports: Mapping[str, Import]) -> None:
    """Write the memory, sorted, a value a line, so that two branches merge well."""
    kept = {page: msgspec.structs.asdict(imports[page]) for page in sorted(imports)}
    data = msgspec.json.format(msgspec.json.encode({"schema": SCHEMA, "imports": kept}), indent=1)
    write_bytes(path, data + b"\n")


def keep_base(text: str) -> None:
    """Keep the text of an import for a later merge. That it can't be kept costs a merge and nothing else."""
    path = _base_path(digest_of(text))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text)
    except (OSError, UsageError):
        return


def base_of(digest: str) -> str | None:
    """The text of an earlier import, if it is still kept whole."""
    try:
        text = _base_path(digest).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return text if digest_of(text) == digest else None


def _base_path(digest: str) -> Path:
    return Path(platformdirs.user_cache_dir("sourcebook", appauthor=False), "imports", f"{digest}.md")
