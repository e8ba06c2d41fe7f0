"""The exports by the laws of their formats: the schema of CSL-JSON, our own of the claims, the same bytes each time."""

from __future__ import annotations

import functools
import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from msgspec.structs import replace

from sourcebook.about import read_about
from sourcebook.bibtex import read_bibliography
from sourcebook.exporters import exporters
from sourcebook.exporting.selection import About, Catalogue, Selection
from sourcebook.model import Library
from sourcebook.read import read_library
from sourcebook.settings import read_settings

ROOT = Path(__file__).parent.parent
LIBRARIES = {"ours": ROOT, "inherited": ROOT / "tests" / "libraries" / "inherited"}
SAMPLE = ROOT / "tests" / "exports" / "works.bib"
TEXT = {"type": "string"}


def csl_schema() -> dict[str, Any]:
    """The schema of CSL-JSON 1.0.2, made of its names."""
    data = tomllib.loads((ROOT / "tests/schemas/csl-data.toml").read_text(encoding="utf-8"))
    words = {name: text.split() for name, text in data.items()}
    loose = {"type": ["string", "number", "boolean"]}
    number = {"type": ["string", "number"]}
    name = closed(dict.fromkeys(words["name_parts"], TEXT) | dict.fromkeys(words["name_switches"], loose))
    ends = {"type": "array", "items": number, "minItems": 1, "maxItems": 3}
    parts = {"type": "array", "items": ends, "minItems": 1, "maxItems": 2}
    date = closed({"date-parts": parts, "season": number, "circa": loose, "literal": TEXT, "raw": TEXT})
    properties = {
        "type": {"enum": words["types"]},
        "id": number,
        "categories": {"type": "array", "items": TEXT},
        "custom": {"type": "object"},
        **{key: {"type": "array", "items": name} for key in words["names"]},
        **dict.fromkeys(words["dates"], date),
        **dict.fromkeys(words["texts"], TEXT),
        **dict.fromkeys(words["numbers"], number),
    }
    return {"type": "array", "items": {**closed(properties), "required": ["type", "id"]}}


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


@functools.cache
def selected(name: str) -> Selection:
    return select(name)


def select(name: str) -> Selection:
    if name == "sample":
        bibliography = read_bibliography("works.bib", SAMPLE.read_text(encoding="utf-8"))
        assert not bibliography.unread
        return Catalogue(Library(bibliographies=(bibliography,)), About(title="Works")).select()
    root = LIBRARIES[name]
    settings = read_settings(root)
    return Catalogue(read_library(root, settings, cached=False), read_about(root, settings)).select()


@pytest.fixture(scope="module", params=["ours", "inherited", "sample"])
def selection(request: pytest.FixtureRequest) -> Selection:
    return selected(request.param)


def test_csl_json_is_valid_by_its_schema(selection: Selection) -> None:
    items = json.loads(exporters()["csl-json"].write(selection))
    assert len(items) == len(selection.works) > 0
    jsonschema.validate(items, csl_schema())


def test_every_claim_of_ours_can_be_cited() -> None:
    settings = read_settings(ROOT)
    library = read_library(ROOT, settings, cached=False)
    made = Catalogue(library, replace(read_about(ROOT, settings), address="https://example.org/lib"))
    everything = made.select([*made.named])
    assert len(everything.works) > len(made.named) == len(everything.claims)
    items = json.loads(exporters()["csl-json"].write(everything))
    jsonschema.validate(items, csl_schema())
    own = [item for item in items if item["id"].startswith("claim-")]
    assert [item["URL"] for item in own] == [claim.permalink for claim in everything.claims]
    assert all(item["title"] and item["container-title"] and item["author"] for item in own)


def test_the_schema_of_csl_json_refuses_what_it_does_not_know() -> None:
    good = {"id": "a", "type": "book", "issued": {"date-parts": [[2021]]}, "author": [{"family": "A"}]}
    jsonschema.validate([good], csl_schema())
    wrong: list[dict[str, Any]] = [
        {"type": "novel"},
        {"publishers": "A"},
        {"issued": {"date-parts": []}},
        {"author": [{"name": "A"}]},
    ]
    for bad in wrong:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([good | bad], csl_schema())


def test_claims_are_valid_by_the_schema_that_lies_inside(selection: Selection) -> None:
    document = json.loads(exporters()["claims-json"].write(selection))
    jsonschema.Draft202012Validator.check_schema(document["schema"])
    jsonschema.validate(document, document["schema"])
    jsonschema.validate(document["sources"], csl_schema())
    assert len(document["claims"]) == len(selection.claims)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document | {"claims": [{"name": "a"}]}, document["schema"])


def test_each_claim_has_the_sources_that_it_rests_on() -> None:
    document = json.loads(exporters()["claims-json"].write(selected("ours")))
    ids = {source["id"] for source in document["sources"]}
    assert all(claim["keys"] and set(claim["keys"]) <= ids for claim in document["claims"])
    assert all(claim["page"]["title"] for claim in document["claims"])


@pytest.mark.parametrize("name", exporters())
def test_the_same_library_gives_the_same_bytes(name: str) -> None:
    assert exporters()[name].write(selected("inherited")) == exporters()[name].write(select("inherited"))


def test_every_format_says_what_it_is() -> None:
    assert list(exporters()) == (
        "biblatex bibtex citation-cff claims-csv claims-json csl-json hayagriva ris".split()
    )
    for exporter in exporters().values():
        assert exporter.about.endswith((".", ":"))
        assert exporter.suffix.startswith(".")
        assert "/" in exporter.media
