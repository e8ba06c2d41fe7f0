"""What the sessions give to other programs: our own library and the works of the tests, written in every format."""

from __future__ import annotations

from pathlib import Path

from clients.fields import Told, told_by
from sourcebook.bibtex import read_bibliography
from sourcebook.exporters import exporters
from sourcebook.exporting.selection import About, Catalogue, Selection
from sourcebook.model import Library

ROOT = Path(__file__).parent.parent.parent
FILES = {"library": ROOT / "bib" / "us-russia.bib", "works": ROOT / "tests" / "exports" / "works.bib"}
# What clients and the style of the tests have no words for: years before year 1, seasons, a year that is none.
LEFT_OUT = frozenset({"ancient", "spring2019", "undated"})


def selection(name: str) -> Selection:
    """The works of one of the files."""
    path = FILES[name]
    bibliography = read_bibliography(path.name, path.read_text(encoding="utf-8"))
    catalogue = Catalogue(Library(bibliographies=(bibliography,)), About(title="Works"))
    return catalogue.select(key for key in catalogue.works if key not in LEFT_OUT)


def wanted(name: str, is_bib: bool) -> dict[str, Told]:
    """What the entries of a file say."""
    return {work.key: told_by(work.entry, is_bib) for work in selection(name).works}


def write_all(folder: Path) -> None:
    """Write each file in every format: `library.bib`, `library.json` and so on."""
    for name in FILES:
        chosen = selection(name)
        for exporter in exporters().values():
            (folder / f"{name}{exporter.suffix}").write_bytes(exporter.write(chosen).encode())


def tell(client: str, found: list[str], limit: str = "") -> bool:
    """Say what did not arrive; answers whether all did that a client can take. What is a known limit is told as one."""
    known = [line for line in found if limit and limit in line]
    faults = [line for line in found if line not in known]
    words = [f"{len(known)} of known limits"] * bool(known) + [f"{len(faults)} faults"] * bool(faults)
    print(f"{client}: {', '.join(words) or 'all as written'}")
    print(
        "".join(f"  limit: {line}\n" for line in known) + "".join(f"  FAULT: {line}\n" for line in faults),
        end="",
    )
    return not faults
