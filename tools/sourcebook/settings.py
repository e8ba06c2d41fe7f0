"""The settings of a library: declared once, in one dataclass, from which all else is made."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from .errors import UsageError

DEFAULT_EXTENSIONS = ("colon_fence", "deflist", "dollarmath", "fieldlist")


def _names(default: tuple[str, ...], help_: str) -> Any:
    return field(default=default, metadata={"help": help_})


@dataclass(frozen=True, slots=True)
class Settings:
    """[tool.sourcebook] of the pyproject.toml at a library's root. Each setting is a list of texts."""

    pages: tuple[str, ...] = _names(("docs/**/*.md",), "the pages, as patterns")
    checked: tuple[str, ...] = _names(
        ("docs/articles/**/*.md",),
        "the checked pages, as patterns; a page with `article` in its front matter is checked too",
    )
    bibliography: tuple[str, ...] = _names(
        ("bib/*.bib",),
        "the bibliography, as patterns; unset, it is the bibtex_bibfiles that conf.py writes as a plain list",
    )
    exclude: tuple[str, ...] = _names(
        ("**/_build/**", "**/.*/**"), "what is left out of the pages and the bibliography"
    )
    published: tuple[str, ...] = _names(
        ("bib/claim-names.txt",), "the files with the claim names of the last release, a name a line"
    )
    address: tuple[str, ...] = _names(
        (), "the address at which the built pages lie; with it, permalinks and exports are absolute"
    )
    select: tuple[str, ...] = _names((), "the rules to run; none named means all")
    ignore: tuple[str, ...] = _names((), "the rules to leave out")
    allow: tuple[str, ...] = _names(
        (), "exceptions for whole files, each with its reason: `RULE in PATTERN: REASON`"
    )
    directives: tuple[str, ...] = _names((), "directives of your own that do no harm")
    roles: tuple[str, ...] = _names((), "roles of your own that do no harm")
    cite_roles: tuple[str, ...] = _names((), "roles of your own that cite, besides `cite` and `footcite`")
    myst_extensions: tuple[str, ...] = _names(
        DEFAULT_EXTENSIONS,
        "the MyST extensions; unset, they are those that docs/conf.py or conf.py writes as a plain list",
    )


def setting_names() -> dict[str, str]:
    """Each setting as it is written in pyproject.toml, with the name of its attribute."""
    return {f.name.replace("_", "-"): f.name for f in fields(Settings)}


def read_settings(root: Path) -> Settings:
    """Read the settings of the library at `root`; raises UsageError for an unknown key or a wrong value."""
    values = _table(root / "pyproject.toml")
    names = setting_names()
    for key, value in values.items():
        if key not in names:
            import difflib  # loaded only for the hint

            near = difflib.get_close_matches(key, names, 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(names)}"
            raise UsageError(f"pyproject.toml: [tool.sourcebook] has no setting {key!r}: {hint}")
        if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise UsageError(f"pyproject.toml: [tool.sourcebook] {key} must be a list of texts")
    if "myst-extensions" not in values and (found := _conf_list(root, "myst_enable_extensions")):
        values["myst-extensions"] = found[1]
    if "bibliography" not in values and (found := _conf_list(root, "bibtex_bibfiles")):
        values["bibliography"] = [
            os.path.relpath(found[0] / name, root).replace(os.sep, "/") for name in found[1]
        ]
    return Settings(**{names[key]: tuple(value) for key, value in values.items()})


def find_root(folder: Path) -> Path:
    """The library that a folder of pages belongs to.

    That is the nearest folder upwards whose pyproject.toml has a [tool.sourcebook]; where there is none, the folder
    that holds `docs`, if this is a `docs`, or else the folder itself.
    """
    for candidate in (folder, *folder.parents):
        if "sourcebook" in _tools(candidate / "pyproject.toml"):
            return candidate
    return folder.parent if folder.name == "docs" else folder


def _tools(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        tools = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not readable: {error}") from error
    return tools if isinstance(tools, dict) else {}


def _table(path: Path) -> dict[str, Any]:
    table = _tools(path).get("sourcebook", {})
    if not isinstance(table, dict):
        raise UsageError("pyproject.toml: [tool.sourcebook] must be a table")
    return dict(table)


def _conf_list(root: Path, name: str) -> tuple[Path, list[str]] | None:
    """A list that conf.py writes out under a name, with the folder of conf.py. conf.py is never run."""
    import ast  # loaded only where conf.py may be read

    for path in (root / "docs" / "conf.py", root / "conf.py"):
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"))
        except (OSError, SyntaxError, ValueError):
            continue
        for node in tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == name for t in targets
            ):
                try:
                    return path.parent, [str(item) for item in ast.literal_eval(node.value)]
                except (ValueError, TypeError):
                    return None
    return None
