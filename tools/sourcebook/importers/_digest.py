"""A digest: a page that collects what others wrote, in sections headed by days, each item with its headline."""

from __future__ import annotations

import re

from ..references.days import month_of
from ._blocks import Draft, is_heading

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:\s?[-–—/&,]\s?{_DAY})?"
_DATED = re.compile(
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?:{_DAYS}\.?\s+(?P<month>[^\W\d_]{{3,12}})\.?(?:\s?[-–—]\s?{_DAY}\s+(?P<until>[^\W\d_]{{3,12}}))?"
    rf"|(?P<month2>[^\W\d_]{{3,12}})\.?\s+{_DAYS})"
    r"(?:,?\s+\d{4})?(?:\s*\([^()]{1,40}\))?:?",
    re.I,
)
_CLOSED = re.compile(r"[.!?…。][\"'”’»)\]]*\Z")
_BYLINE = re.compile(r"by\s+\S.{1,80}", re.I)
FEWEST = 3  # dated headings that make a digest
LONGEST_HEADLINE = 160


def is_dated(text: str) -> bool:
    """Whether a line is a day, or some days of one month, and nothing else."""
    match = _DATED.fullmatch(text)
    return bool(match) and month_of((match["month"] or match["month2"]) if match else "") > 0


def mark_digest(drafts: list[Draft]) -> bool:
    """Make headings of the days and of the items' headlines, if this is a digest; answers whether it is."""
    dated = [draft for draft in drafts if draft.kind in {"paragraph", "heading"} and is_dated(draft.text)]
    if len(dated) < FEWEST:
        return False
    days = {id(draft) for draft in dated}
    before: Draft | None = None
    for number, draft in enumerate(drafts):
        if id(draft) in days:
            draft.kind, draft.level = "heading", 2
        elif draft.kind in {"paragraph", "heading"}:
            following = drafts[number + 1] if number + 1 < len(drafts) else None
            headline = _is_headline(draft, before, following)
            draft.kind, draft.level = ("heading", 3) if headline else ("paragraph", 0)
        before = draft
    if drafts[0].kind == "heading" and drafts[0].level == 3:
        drafts[0].level = 2  # nothing dated stands above it
    return True


def _is_headline(draft: Draft, before: Draft | None, following: Draft | None) -> bool:
    """The first line of an item: below a day, a blank line or the end of a sentence, and itself no sentence."""
    if following is None or is_dated(following.text) or len(draft.text) > LONGEST_HEADLINE:
        return False
    first = before is None or (before.kind == "heading" and before.level == 2)
    apart = first or (
        before is not None and (before.last + 1 < draft.first or bool(_CLOSED.search(before.text)))
    )
    if not apart or _BYLINE.fullmatch(draft.text) or draft.text[0] in "(…":
        return False
    if draft.text.endswith("?"):
        return first or len(following.text) > len(draft.text)
    return not _CLOSED.search(draft.text) and (is_heading(draft.text) or len(draft.text) <= LONGEST_HEADLINE)
