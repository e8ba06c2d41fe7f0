"""Answers of the network as they were recorded, so that what was asked this month is not asked again.

They lie in the user's cache folder, one file each, and never in a checkout. Such a file is data without code
(MessagePack), checked by a digest, and replaced in one step; one that is damaged is as good as none.
"""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

import msgspec
import platformdirs

from ..answers import Answer
from ..errors import UsageError
from ..write import write_bytes

_SIZE = 16
_LONGEST = datetime.timedelta(days=366)


class _Kept(msgspec.Struct):
    """An answer, and the moment at which it came (ISO 8601, UTC)."""

    url: str
    accept: str
    at: str
    answer: Answer


def answers_folder() -> Path:
    """Where recorded answers lie."""
    return Path(platformdirs.user_cache_dir("sourcebook", appauthor=False), "answers")


def recall(url: str, accept: str, most: datetime.timedelta) -> tuple[Answer, datetime.datetime] | None:
    """The recorded answer to a question, and when it came; None if there is none that is young enough."""
    try:
        data = _path(url, accept).read_bytes()
        if hashlib.blake2b(data[_SIZE:], digest_size=_SIZE).digest() != data[:_SIZE]:
            return None
        kept = msgspec.msgpack.decode(data[_SIZE:], type=_Kept)
        at = datetime.datetime.fromisoformat(kept.at)
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
    age = _now() - at
    young = datetime.timedelta() <= age <= most
    return (kept.answer, at) if (kept.url, kept.accept) == (url, accept) and young else None


def record(url: str, accept: str, answer: Answer) -> None:
    """Keep an answer. That it can't be written (a read-only or full disk) costs a question more and nothing else."""
    body = msgspec.msgpack.encode(_Kept(url, accept, _now().isoformat(), answer))
    path = _path(url, accept)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, hashlib.blake2b(body, digest_size=_SIZE).digest() + body)
        _forget_old(path.parent)
    except (OSError, UsageError):
        return


def _forget_old(folder: Path) -> None:
    """Delete what is older than any age that is asked for."""
    limit = (_now() - _LONGEST).timestamp()
    for path in folder.glob("*.answer"):
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)


def _path(url: str, accept: str) -> Path:
    name = hashlib.blake2b(f"{accept}\n{url}".encode("utf-8", "surrogatepass"), digest_size=_SIZE).hexdigest()
    return answers_folder() / f"{name}.answer"


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
