"""Claims as JSON, with their sources as CSL-JSON and the schema of the whole inside.

The same library gives the same bytes: nothing in it depends on the day or the machine.
"""

from __future__ import annotations

import json
from typing import Any

from ..exporting.csl import item_of
from ..exporting.selection import PlacedClaim, Selection

SUFFIX = ".json"
MEDIA = "application/json"
FORM = "sourcebook-claims"
VERSION = 1

_TEXT = {"type": "string"}
_NULLABLE = {"type": ["string", "null"]}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_object(
        schema={"type": "object"},
        form={"const": FORM},
        version={"const": VERSION},
        library=_object(title=_TEXT, version=_NULLABLE, address=_NULLABLE),
        claims={
            "type": "array",
            "items": _object(
                name={
                    "type": ["string", "null"],
                    "description": "given once and never changed; null: not named",
                },
                sentence=_TEXT,
                permalink={
                    "type": ["string", "null"],
                    "description": "never changes; relative to the library where that has no address",
                },
                page=_object(path=_TEXT, title=_TEXT, article=_NULLABLE),
                keys={
                    "type": "array",
                    "items": _TEXT,
                    "description": "what the claim rests on: ids of sources",
                },
            ),
        },
        sources={
            "type": "array",
            "description": "items of CSL-JSON 1.0.2, in the order in which the claims first rest on them",
            "items": {
                "type": "object",
                "properties": {"id": _TEXT, "type": _TEXT},
                "required": ["id", "type"],
            },
        },
    ),
}


def write(selection: Selection) -> str:
    """The claims and their sources as a document."""
    about = selection.about
    document = {
        "schema": SCHEMA,
        "form": FORM,
        "version": VERSION,
        "library": {"title": about.title, "version": about.version or None, "address": about.base or None},
        "claims": [_claim(claim) for claim in selection.claims],
        "sources": [item_of(work) for work in selection.sources],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _claim(claim: PlacedClaim) -> dict[str, Any]:
    return {
        "name": claim.name or None,
        "sentence": claim.text,
        "permalink": claim.permalink or None,
        "page": {"path": claim.page, "title": claim.page_title, "article": claim.article or None},
        "keys": list(claim.keys),
    }
