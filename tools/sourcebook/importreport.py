"""What an import found, is unsure of, and dropped: for readers, and as JSON for programs."""

from __future__ import annotations

import difflib
import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from .article import Article, Dropped
from .bring import LEFT, WRITTEN, Brought

SCHEMA = 1
_WORDS = {
    "new": "written",
    "same": "nothing to do",
    "updated": "updated",
    "merged": "updated, and what was changed by hand was kept",
    "kept": "nothing to do: the source has not changed, and the page was changed by hand",
    "foreign": "left alone",
    "conflict": "left alone",
    "refused": "not imported",
}
_MANY = 12  # of a kind that are told one by one


def write_text(brought: Iterable[Brought], dry: bool = False) -> str:
    """The report for readers: a paragraph for each source, and a last line that counts."""
    out: list[str] = []
    found = list(brought)
    for one in found:
        out += [*_about(one, dry), ""]
    return "\n".join([*out, _last_line(found, dry)]) + "\n"


def _about(one: Brought, dry: bool) -> Iterator[str]:
    words = _WORDS[one.action]
    if dry and one.action in WRITTEN:
        words = f"would be {words}"
    yield f"{one.source}: {words}{f': {one.why}' if one.why else ''}"
    if one.action == "refused":
        return
    article = one.article
    yield f"  page     {one.path}: {_counted(article)}"
    yield f"  article  {one.sourced.key}: {_metadata(article)}"
    for placed in one.sourced.placed:
        if placed.key != one.sourced.key:
            how = "new entry" if placed.how == "new" else f"found by its {placed.how}"
            yield f"  source   {placed.key}: {how}: {_short(placed.wanted.seen)}"
    for remark in article.remarks:
        yield f"  mended   {remark}"
    for words in (*article.unsure, *one.sourced.unsure):
        yield f"  unsure   {words}"
    for reason, drops in _by_reason(article.dropped):
        lines = ", ".join(_lines(drop) for drop in drops[:_MANY]) + (", ..." if len(drops) > _MANY else "")
        yield f"  dropped  {reason} (line {lines}): {_short('; '.join(drop.text for drop in drops))}"


def _by_reason(dropped: Iterable[Dropped]) -> list[tuple[str, list[Dropped]]]:
    reasons: dict[str, list[Dropped]] = {}
    for drop in dropped:
        reasons.setdefault(drop.reason, []).append(drop)
    return list(reasons.items())


def _lines(drop: Dropped) -> str:
    return f"{drop.first}-{drop.last}" if drop.last > drop.first else str(drop.first)


def _short(text: str) -> str:
    return textwrap.shorten(text, 90, placeholder="...")


def _counted(article: Article) -> str:
    counts = Counter(part.kind for part in article.parts)
    if article.notes:
        counts["note"] = len(article.notes)
    if article.references:
        counts["reference"] = len(article.references)
    return ", ".join(
        f"{number} {kind}{'s' if number != 1 else ''}" for kind, number in sorted(counts.items())
    )


_TOLD = ("title", "authors", "date", "outlet", "volume", "issue", "issn", "pages", "doi", "url", "language")


def _metadata(article: Article) -> str:
    told = [f"{name} {_shown(article, name)}" for name in _TOLD if getattr(article, name)]
    unknown = [name for name in ("title", "authors", "date", "outlet", "url") if not getattr(article, name)]
    return "; ".join([*told, *([f"not known: {', '.join(unknown)}"] if unknown else [])])


def _shown(article: Article, name: str) -> str:
    value = getattr(article, name)
    return ", ".join(value) if isinstance(value, tuple) else f"“{value}”" if name == "title" else str(value)


def _last_line(found: list[Brought], dry: bool) -> str:
    counts = Counter(one.action for one in found)
    told = ", ".join(f"{number} {action}" for action, number in counts.items())
    new = sum(len(one.new) for one in found if one.action not in LEFT)
    sources = f"{len(found)} source{'s' if len(found) != 1 else ''}"
    entries = f"{new} new entr{'ies' if new != 1 else 'y'}"
    return f"{sources}: {told}; {entries}{'; nothing was written' if dry else ''}"


def write_json(brought: Iterable[Brought]) -> str:
    """The report for programs: docs/manual/formats.md tells its form."""
    found = list(brought)
    data = {
        "schema": SCHEMA,
        "imports": [_record(one) for one in found],
        "summary": {
            "sources": len(found),
            "actions": dict(sorted(Counter(one.action for one in found).items())),
            "new_entries": sum(len(one.new) for one in found if one.action not in LEFT),
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _record(one: Brought) -> dict[str, Any]:
    article = one.article
    metadata = {name: getattr(article, name) or None for name in ("subtitle", *_TOLD)}
    return {
        "source": one.source,
        "action": one.action,
        "why": one.why or None,
        "page": one.path or None,
        "article": one.sourced.key or None,
        "metadata": {name: list(v) if isinstance(v, tuple) else v for name, v in metadata.items()},
        "metadata_lines": list(article.metadata_lines),
        "parts": [{"kind": part.kind, "lines": [part.first, part.last]} for part in article.parts],
        "notes": [
            {
                "mark": note.mark,
                "lines": [note.first, note.last],
                "keys": list(dict(one.sourced.notes).get(note.mark, ())),
            }
            for note in article.notes
        ],
        "references": [
            {"label": ref.label or None, "lines": [ref.first, ref.last]} for ref in article.references
        ],
        "entries": [
            {
                "key": placed.key,
                "how": placed.how,
                "seen": placed.wanted.seen,
                "line": placed.wanted.line or None,
            }
            for placed in one.sourced.placed
        ],
        "unsure": [*article.unsure, *one.sourced.unsure],
        "mended": list(article.remarks),
        "dropped": [
            {"reason": drop.reason, "lines": [drop.first, drop.last], "text": drop.text}
            for drop in article.dropped
        ],
    }


def write_diff(brought: Iterable[Brought]) -> str:
    """What an import changes, or would change where it leaves a page alone, as unified diffs."""
    out: list[str] = []
    bibs: dict[str, tuple[bytes, bytes]] = {}
    for one in brought:
        if one.action in WRITTEN or one.action in LEFT:
            out += _diff(one.path, one.before.replace("\0", ""), one.after)
        if one.bib_path:
            before = bibs.get(one.bib_path, (one.bib_before, b""))[0]
            bibs[one.bib_path] = (before, one.bib_after)
    for path, (before, after) in bibs.items():
        out += _diff(path, before.decode("utf-8-sig"), after.decode("utf-8-sig"))
    return "".join(out)


def _diff(path: str, before: str, after: str) -> Iterator[str]:
    old, new = (text.replace("\r\n", "\n").splitlines(keepends=True) for text in (before, after))
    return difflib.unified_diff(old, new, path if before else "/dev/null", path)
