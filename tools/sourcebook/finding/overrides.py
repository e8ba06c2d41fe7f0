"""Hand-made overrides: what somebody knows better than the service that is asked, kept in a file beside the .bib.

The file is YAML, `overrides.yaml`: a locator, and under it fields as they are to stand in the .bib. Whatever is in it
wins; a field with nothing behind its colon is left out of the entry; `type` and `key` are the entry's own.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from ..addresses import normal_address
from ..errors import UsageError
from ..finders import finder_of

NAME = "overrides.yaml"
_FIELD = re.compile(r"[a-z][a-z0-9_-]*\Z")


def read_overrides(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    """The fields of each locator, by the finder's name and the locator's normal form; empty if there is no file.

    Raises UsageError for a file that can't be read, a locator that is none, and a value that no .bib bears.
    """
    if not path.is_file():
        return {}
    try:
        # BaseLoader: every value is the text that was written, so 2020-03 is no sum and no date
        given = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise UsageError(f"{path} can't be read: {str(error).splitlines()[0]}") from error
    if given in (None, ""):
        return {}
    if not isinstance(given, dict):
        raise UsageError(f"{path}: write a locator and a colon, and its fields on the lines below")
    return {identity(locator, path): _fields(path, locator, fields) for locator, fields in given.items()}


def identity(locator: str, path: Path | None = None) -> tuple[str, str]:
    """The finder's name and the normal form of a locator; two addresses of one page are the same."""
    name, wanted = finder_of(str(locator))
    if not name:
        raise UsageError(f"{path}: {locator!r} is no DOI, ISBN, arXiv identifier or address")
    return name, (normal_address(wanted) or wanted) if name == "page" else wanted


def _fields(path: Path, locator: str, given: object) -> dict[str, str]:
    if not isinstance(given, dict):
        raise UsageError(
            f"{path}: {locator} needs fields on the lines below it, each with a colon and a blank"
        )
    fields: dict[str, str] = {}
    for name, value in given.items():
        if not (isinstance(name, str) and _FIELD.match(name)):
            raise UsageError(f"{path}: {locator}: {name!r} is no name of a field (small letters)")
        if not isinstance(value, str):
            raise UsageError(f"{path}: {locator}: {name} must be a text")
        fields[name] = " ".join(value.split())
        if not _is_balanced(fields[name]) or not fields[name].isprintable():
            raise UsageError(f"{path}: {locator}: {name} has unbalanced braces or a control character")
    return fields


def _is_balanced(value: str) -> bool:
    depth = 0
    for char in value:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0
