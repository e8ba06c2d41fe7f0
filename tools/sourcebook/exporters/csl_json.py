"""CSL-JSON, for citeproc, Zotero, Pandoc and the add-ons of word processors (schema 1.0.2)."""

from __future__ import annotations

import json

from ..exporting.csl import item_of
from ..exporting.selection import Selection

SUFFIX = ".json"
MEDIA = "application/vnd.citationstyles.csl+json"


def write(selection: Selection) -> str:
    """The works as an array of items."""
    return json.dumps([item_of(work) for work in selection.works], ensure_ascii=False, indent=2) + "\n"
