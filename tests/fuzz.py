"""Fuzzing of the importers with atheris: `nox -s fuzz`, or for an hour `nox -s fuzz -- -max_total_time=3600`.

Any traceback but UsageError is a bug, and so is a line that neither is kept, nor moved to the metadata, nor dropped.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(
    include=["sourcebook.importers", "sourcebook.references", "sourcebook.importing.pagewriter"]
):
    from sourcebook.article import Article
    from sourcebook.errors import UsageError
    from sourcebook.importers import is_html, read_article
    from sourcebook.importers.text import read_text
    from sourcebook.importing.citing import cite
    from sourcebook.importing.pagewriter import Page, write_page
    from sourcebook.references import read_attributions, read_reference

SECONDS = 60


def lines_told(article: Article) -> set[int]:
    """The lines that a dump's article tells of."""
    told = [(part.first, part.last) for part in article.parts]
    told += [(note.first, note.last) for note in article.notes]
    told += [(reference.first, reference.last) for reference in article.references]
    told += [(drop.first, drop.last) for drop in article.dropped]
    return {number for first, last in told for number in range(first, last + 1)} | set(article.metadata_lines)


def look(data: bytes) -> None:
    """Import some bytes: as text, and, where they are, as what they look like."""
    text = data.decode("utf-8", "ignore")
    article = read_text("fuzz", text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lost = {n for n, line in enumerate(lines, 1) if any(map(str.isalpha, line))} - lines_told(article)
    assert not lost, f"lines {sorted(lost)} are lost"
    write_page(article, cite(article, lambda _number, _sentence: ("key",)), Page("key"), [], [])
    for line in lines[:20]:
        read_reference(line)
        read_attributions(line)
    if not is_html("fuzz", data):  # HTML is read in a process of its own for each
        try:
            read_article("fuzz", data)
        except UsageError:
            return


if __name__ == "__main__":
    asked = sys.argv[1:] or [f"-max_total_time={SECONDS}"]
    atheris.Setup([sys.argv[0], "-max_len=2000", *asked], look)
    atheris.Fuzz()
