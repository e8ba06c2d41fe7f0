"""Give our exports to Pandoc, citation-js and the schema of CITATION.cff, and compare field by field what arrives.

Run by `nox -s clients`; the argument is a folder with citation-js (node_modules) and cffconvert, to work in.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pypandoc
import yaml

from clients.fields import Told, differences, plain
from clients.works import FILES, tell, wanted, write_all

HERE = Path(__file__).parent
FORMATS = {"csljson": ".json", "biblatex": ".bib", "bibtex": ".bibtex.bib", "ris": ".ris"}
SUFFIXES = ("json", "bib", "bibtex.bib", "ris")
MATHS = "H₂O"  # each tells formulas in its own way


def told_by_item(item: Mapping[str, Any]) -> Told:
    """What an item of CSL-JSON says."""
    names = [
        name.get("literal") or ", ".join(str(name[part]) for part in sorted(name))
        for name in item.get("author", [])
    ]
    issued = item.get("issued", {})
    (first, *_) = issued.get("date-parts") or [[]]
    date = "-".join(f"{int(part):02}" for part in first) or str(issued.get("literal", ""))
    title = item.get("title", "").replace('<span class="nocase">', "").replace("</span>", "")
    for tag in ("<sub>", "</sub>", "<i>", "</i>"):
        title = title.replace(tag, "")
    address = str(item.get("URL", "")).replace("{", "%7B").replace("}", "%7D")
    return Told(plain(title), tuple(map(plain, names)), date, address)


def check_pandoc(folder: Path) -> bool:
    """Read each format with Pandoc, and set a document from each."""
    good = True
    for name in FILES:
        for form, suffix in FORMATS.items():
            items = json.loads(pypandoc.convert_file(str(folder / f"{name}{suffix}"), "csljson", format=form))
            got = {item["id"]: told_by_item(item) for item in items}
            asked = wanted(name, ".bib" in suffix)
            if form == "ris":  # of which Pandoc reads the year alone
                asked = {key: told._replace(date=told.date[:4]) for key, told in asked.items()}
            found = differences(asked, got)
            good &= tell(f"Pandoc {pypandoc.get_pandoc_version()}, {form}, {name}", found, MATHS)
            document = f"---\nbibliography: {folder / (name + suffix)}\nnocite: '@*'\n---\n"
            if form != "ris":
                page = pypandoc.convert_text(document, "html", format="markdown", extra_args=["--citeproc"])
                count = page.count('class="csl-entry"')
                good &= tell(
                    f"Pandoc --citeproc, {form}, {name}", [] if count == len(got) else [f"{count} works"]
                )
    return good


def check_citation_js(folder: Path) -> bool:
    """Read CSL-JSON and both kinds of .bib with citation-js."""
    good = True
    for name in FILES:
        for suffix in SUFFIXES:
            command = ["node", str(folder / "read.mjs"), str(folder / f"{name}.{suffix}")]
            out = subprocess.run(command, capture_output=True, check=True, cwd=folder).stdout
            got = {item["id"]: told_by_item(item) for item in json.loads(out)}
            asked = wanted(name, "bib" in suffix)
            if suffix == "ris":  # whose newspapers have neither author nor day for citation-js
                news = [item["id"] for item in json.loads(out) if item["type"] == "article-newspaper"]
                asked |= {key: asked[key]._replace(names=(), date=asked[key].date[:4]) for key in news}
            good &= tell(f"citation-js, {suffix}, {name}", differences(asked, got), MATHS)
    return good


def check_cff(folder: Path) -> bool:
    """Hold CITATION.cff, ours and those that we export, against the schema of its version 1.2.0."""
    (path,) = folder.glob("**/cffconvert/schemas/1.2.0/schema.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    good = True
    for file in [HERE.parent.parent / "CITATION.cff", *(folder / f"{name}.cff" for name in FILES)]:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        checker = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
        found = [f"{error.json_path}: {error.message}" for error in checker.iter_errors(data)]
        good &= tell(f"schema of CITATION.cff 1.2.0, {file.name}", found)
    return good


def main() -> int:
    """Run all; answers 1 if something did not arrive."""
    folder = Path(sys.argv[1]).resolve()
    write_all(folder)
    (folder / "read.mjs").write_bytes((HERE / "read.mjs").read_bytes())
    return 0 if all([check_pandoc(folder), check_citation_js(folder), check_cff(folder)]) else 1


if __name__ == "__main__":
    sys.exit(main())
