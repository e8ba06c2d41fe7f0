"""An article and its sources put together: the text of its page, or of a worksheet for it."""

from __future__ import annotations

from ..article import Article, Note, Part, Run
from ..model import Record
from .citing import Cited, cite, cited_sentences
from .pagewriter import Page, write_page
from .sourcing import Sourced, Sourcing, finish
from .worksheet import Worksheet, write_worksheet


class Composed(Record, frozen=True):
    """The text of a page and where its citations lead; of a worksheet also its passages and its claim names."""

    text: str
    sourced: Sourced
    passages: str = ""
    names: frozenset[str] = frozenset()


def compose(
    sourcing: Sourcing, extensions: frozenset[str], names: frozenset[str] = frozenset(), restate: bool = False
) -> Composed:
    """Write the page of an article. names: the claim names that are in use; restate: a worksheet instead."""
    article = sourcing.article
    cited = cite(article, sourcing.keys_of)
    marked = {run.text for one in cited for run in _runs_of(one.part)}
    noted = [
        (note.mark, cited_sentences(note.runs, -1, article.language, sourcing.keys_of))
        for note in sourcing.remarks
        if note.mark in marked
    ]
    for note in sourcing.remarks:  # a remark that nothing points to is a paragraph at the end
        if note.mark not in marked:
            cited += cite(_alone(note, article), sourcing.keys_of)
    sourced = finish(sourcing)
    keys = frozenset(sourcing.shelf.keys)
    closing = _closing(sourced)
    if not restate:
        page = Page(sourced.key, extensions, keys, dict(noted))
        return Composed(write_page(article, cited, page, noted, closing), sourced)
    sheet = Worksheet(sourced.key, names)
    cited += [Cited(Part("paragraph"), sentences) for _mark, sentences in noted]
    text = write_worksheet(article, cited, Page(sourced.key, extensions, keys), sheet, closing)
    return Composed(text, sourced, sheet.list_of_passages(), frozenset(sheet.taken) - names)


def _runs_of(part: Part) -> list[Run]:
    found = [*part.runs, *(run for row in part.rows for cell in row for run in cell)]
    return [run for run in found if run.kind == "note"]


def _alone(note: Note, article: Article) -> Article:
    part = Part("paragraph", note.runs, first=note.first, last=note.last)
    return Article(article.source, language=article.language, parts=(part,))


def _closing(sourced: Sourced) -> list[str]:
    """An editors' note with the works that the article lists and nowhere names: nothing that it gives is lost."""
    if not sourced.unplaced:
        return []
    keys = ",".join(sourced.unplaced)
    return [
        ":::{editorial}",
        f"The article lists these works without saying where it uses them {{cite:p}}`{keys}`.",
        ":::",
    ]
