"""The house keeps its own laws: floors, sizes, names, and a manual that knows every rule and setting."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from sourcebook.cli import make_parser
from sourcebook.rules import rules_page
from sourcebook.settings import setting_names
from sourcebook.sphinx_ext.typst.builder import CONFIG

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tools" / "sourcebook"
MANUAL = ROOT / "docs" / "manual"

# The four floors. A module imports only from its own floor or from those below; a new module is put on one by hand.
NOUNS = {"answers", "article", "linkrecords", "model", "errors", "__init__"}
VERBS = set(
    (
        "abbreviations addresses ahead bibedit bibformat bibtex bibvalues blocks citations claims dates "
        "directives entryfields entrytypes exporters exporting files finders finding fingerprints folding "
        "frontmatter images importers importing inline keys langtags leaves lines linking links locators "
        "marks myst nameroles names naming nearest network offsets outline paste patterns quotations "
        "references reftext reports rules scan seek sentences settings spelling store tex tokens twins uses "
        "write"
    ).split()
)
FLOWS = {
    "about",
    "add",
    "archives",
    "baseline",
    "beside",
    "bring",
    "build",
    "check",
    "exports",
    "held",
    "importreport",
}
FLOWS |= {"linkcheck", "read"}
FACES = {"cli", "__main__", "commands", "sphinx_ext"}
FLOORS = [NOUNS, VERBS, FLOWS, FACES]

MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 300


def module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def floor_of(module: str) -> int:
    floors = [number for number, modules in enumerate(FLOORS) if module in modules]
    assert len(floors) == 1, f"{module} stands on {len(floors)} floors: put it on one in tests/test_house.py"
    return floors[0]


def imports_of(path: Path) -> set[str]:
    """The modules of the package that a file imports, by their first name."""
    depth = len(path.relative_to(PACKAGE).parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found |= {name.partition(".")[0] for name in names}
    return found - {"__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    here = module_of(path)
    upward = {name for name in imports_of(path) if floor_of(name) > floor_of(here)}
    assert not upward, f"{path} imports from above: {upward}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_is_small_enough_to_see(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_only_three_modules_know_the_parser() -> None:
    knowing = {
        path.name for path in PACKAGE.glob("*.py") if re.search(r"myst_parser|markdown_it", path.read_text())
    }
    knowing -= {"store.py"}  # it asks for the version only
    assert knowing == {"blocks.py", "inline.py", "tokens.py"}


def test_the_manual_tells_of_every_rule_in_its_own_words() -> None:
    assert (MANUAL / "rules.md").read_text(encoding="utf-8") == rules_page()


def test_the_manual_tells_of_every_setting() -> None:
    text = (MANUAL / "settings.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([\w-]+)` \|", text, re.M) == list(setting_names())


def test_the_manual_tells_of_every_command_and_option() -> None:
    text = (MANUAL / "use.md").read_text(encoding="utf-8")
    actions = make_parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    for name, parser in actions.items():  # type: ignore[union-attr]
        assert f"`sourcebook {name}" in text, name
        options = {option for action in parser._actions for option in action.option_strings}
        assert [o for o in options if o.startswith("--") and o != "--help" and f"`{o}" not in text] == []


def test_the_manual_tells_of_every_value_in_conf_py() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in MANUAL.glob("*.md"))
    values = [name for name, _default, _types in CONFIG]
    values += re.findall(r'add_config_value\("(\w+)"', (PACKAGE / "sphinx_ext" / "__init__.py").read_text())
    assert [name for name in values if f"| `{name}` |" not in text] == []


def test_the_readme_tells_of_every_nox_session() -> None:
    sessions = re.findall(
        r"@nox\.session[^\n]*\ndef (\w+)", (ROOT / "noxfile.py").read_text(encoding="utf-8")
    )
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `nox -s (\w+)` \|", readme, re.M) == sessions


def test_every_dependency_earns_its_place_in_a_line() -> None:
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = settings.partition("dependencies = [")[2].partition("]")[0]
    names = re.findall(r'"([\w.-]+)>=', block)
    text = (MANUAL / "dependencies.md").read_text(encoding="utf-8")
    assert names
    assert [name for name in names if f"`{name}`" not in text] == []


def test_the_configuration_of_the_build_stays_small() -> None:
    assert len((ROOT / "docs" / "conf.py").read_text(encoding="utf-8").splitlines()) < 40
