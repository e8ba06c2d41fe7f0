"""Claims as a table (CSV, RFC 4180): one line each, with the permalink and the sources.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets hide.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from ..exporting.entrywork import Work
from ..exporting.selection import Selection

SUFFIX = ".csv"
MEDIA = "text/csv; charset=utf-8"
COLUMNS = ("claim", "sentence", "permalink", "page", "page title", "keys", "sources")

# The signs that begin a formula, also the wide ones of East Asian keyboards, behind what a spreadsheet trims.
_FORMULA = re.compile("'*\\s*[=+\\-@|\uff1d\uff0b\uff0d\uff20\t\r\n\x00]")


def write(selection: Selection) -> str:
    """The claims as lines, below a line of headings."""
    sources = {work.key: source_line(work) for work in selection.sources}
    out = io.StringIO()
    table = csv.writer(out, quoting=csv.QUOTE_ALL)
    table.writerow(COLUMNS)
    for claim in selection.claims:
        told = [sources[key] for key in claim.keys if key in sources]
        cells = (claim.name, claim.text, claim.permalink, claim.page, claim.page_title)
        table.writerow(map(harmless, (*cells, " ".join(claim.keys), "\n".join(told))))
    return out.getvalue()


def harmless(cell: str) -> str:
    """A cell that is no formula; to undo it, take one apostrophe off a cell that has formula signs behind it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def source_line(work: Work) -> str:
    """A source in a line: who, what, where, when, and its address."""
    names: Iterable[str] = (name.shown for name in work.people("author"))
    date = work.issued.text if work.issued else ""
    parts = (", ".join(names), work.title, work.container or work.house, date, work.address or work.doi)
    return ". ".join(part for part in parts if part)
