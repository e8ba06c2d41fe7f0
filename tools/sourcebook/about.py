"""What is to be said of a library as a whole: read from its CITATION.cff, or else from its conf.py."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace

from .errors import UsageError
from .exporting.selection import About
from .locators import is_url
from .names import Name
from .settings import Settings

FILE = "CITATION.cff"


def read_about(root: Path, settings: Settings) -> About:
    """What CITATION.cff at the library's root says of it; without one, what conf.py writes out as plain texts.

    Raises UsageError if CITATION.cff is no YAML mapping, or if the `address` of the settings is none.
    """
    address = settings.address[0] if settings.address else ""
    if len(settings.address) > 1 or (address and not is_url(address)):
        raise UsageError(
            "pyproject.toml: [tool.sourcebook] address is one address with http or https: "
            'address = ["https://example.org/library"]'
        )
    conf = next((path for path in (root / "docs/conf.py", root / "conf.py") if path.is_file()), None)
    file = root / FILE
    about = _from_citation(file) if file.is_file() else _from_conf(conf, root)
    return replace(about, address=address, folder=_folder(root, conf, settings))


def _folder(root: Path, conf: Path | None, settings: Settings) -> str:
    """The folder of the pages: that of conf.py, or the head of the first pattern of pages."""
    if conf is not None:
        return conf.parent.relative_to(root).as_posix().removeprefix(".")
    first = settings.pages[0] if settings.pages else ""
    return first.partition("/")[0] if "/" in first and "*" not in first.partition("/")[0] else ""


def _from_citation(path: Path) -> About:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise UsageError(f"{path} can't be read: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise UsageError(f"{path} can't be read: it is no YAML mapping")
    people, words = data.get("authors"), data.get("keywords")
    return About(
        title=_text(data, "title"),
        authors=tuple(_name(person) for person in people or () if isinstance(person, dict)),
        version=_text(data, "version"),
        released=_text(data, "date-released"),
        licence=_text(data, "license"),
        keywords=tuple(map(str, words)) if isinstance(words, list) else (),
        message=_text(data, "message") or About().message,
    )


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    return "" if value is None else str(value)


def _name(person: dict[str, Any]) -> Name:
    if name := _text(person, "name"):
        return Name(name, whole=True)
    family, given = _text(person, "family-names"), _text(person, "given-names")
    return Name(family, given, _text(person, "name-particle"), _text(person, "name-suffix"))


def _from_conf(path: Path | None, root: Path) -> About:
    texts = _texts(path) if path else {}
    authors = (Name(texts["author"], whole=True),) if texts.get("author") else ()
    title = texts.get("project") or root.resolve().name
    return About(title, authors, texts.get("release") or texts.get("version", ""))


def _texts(path: Path) -> dict[str, str]:
    """The plain texts that conf.py gives to names. It is never run."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return {}
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
