"""The text form of an article: what the expected files of tests/html are written in."""

from __future__ import annotations

from collections.abc import Iterable

from sourcebook.article import Article, Part, Run

_SIGNS = {"emphasis": "_", "strong": "*", "code": "`", "sup": "^", "sub": "~"}


def run_text(run: Run) -> str:
    """A run with signs for its kind: `10^6^`, `[1]` for a note's mark, `<text|address>` for a link."""
    if run.kind == "note":
        return f"[{run.text}]"
    if run.kind == "break":
        return " / "
    if run.kind == "link":
        return f"<{run.text}|{run.target}>"
    sign = _SIGNS.get(run.kind, "")
    return f"{sign}{run.text}{sign}"


def runs_text(runs: Iterable[Run]) -> str:
    return "".join(map(run_text, runs))


def part_text(part: Part) -> list[str]:
    """A part in lines, the cells of a table with bars between."""
    if part.rows:
        return ["table", *(f"  | {' | '.join(map(runs_text, row))} |" for row in part.rows)]
    level = str(part.level) if part.level else ""
    kind = f"{'numbered ' if part.ordered else ''}{part.kind}{' ' + level if level else ''}"
    return [f"{kind}: {runs_text(part.runs)}"]


def article_text(article: Article) -> str:
    """An article in lines: what it is, its parts, notes and references, and what became of the rest."""
    names = (
        "title",
        "subtitle",
        "date",
        "outlet",
        "volume",
        "issue",
        "issn",
        "pages",
        "doi",
        "url",
        "language",
    )
    lines = [f"@{name} {value}" for name in names if (value := getattr(article, name))]
    lines += [f"@author {author}" for author in article.authors]
    for part in article.parts:
        lines += part_text(part)
    lines += [f"note {note.mark}: {runs_text(note.runs)}" for note in article.notes]
    lines += [f"reference {one.label}: {one.text}".replace(" :", ":") for one in article.references]
    lines += [f"dropped ({one.reason}): {one.text}" for one in article.dropped]
    lines += [f"unsure: {one}" for one in article.unsure]
    lines += [f"remark: {one}" for one in article.remarks]
    return "\n".join(lines) + "\n"
