"""Turns each condition of each rule round, one at a time, and sees whether a test fails.

Use: python tests/mutation.py [--list] [--line N] [--tests ARGUMENTS] [RULE | MODULE ...]   (nox -s mutation)
A module is one beside the rules, such as twins, that they share; without a name all rules are taken, and no module.
It works on a copy of the tree. What is printed at the end are the mutants that no test noticed; there should be none.
"""

from __future__ import annotations

import argparse
import ast
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = Path("tools", "sourcebook")
RULES = PACKAGE / "rules"
# The quick ones first: the first that fails ends the run.
OF_PAGES = (
    *("test_rules", "test_cases", "test_hazards", "test_beside", "test_bounds", "test_bibliography_files"),
    *("test_cli", "test_library"),
)
OF_ENTRIES = (
    *("test_rules", "test_cases", "test_bibliography_files", "test_entry_rules_*", "test_entry_rules"),
    *("test_locators", "test_dates", "test_bibtex", "test_outline"),
)
SECONDS = 300  # a mutant that goes on for ever is noticed too
FAILED = {1, 2}  # a test failed, or a module could not even be loaded


def conditions(tree: ast.AST) -> list[ast.expr]:
    """What is true or false in a program: each test, each part of an and or an or, each comparison, once.

    A `not` before it is left out: to turn either is the same.
    """
    found: dict[int, ast.expr] = {}
    for node in ast.walk(tree):
        for part in _tests(node):
            while isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not):
                part = part.operand
            if not isinstance(part, ast.Constant | ast.BoolOp):  # its parts are taken
                found[id(part)] = part
    return sorted(found.values(), key=lambda part: (part.lineno, part.col_offset))


def _tests(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        return [node.test]
    if isinstance(node, ast.comprehension):
        return node.ifs
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [node.operand]
    return [node] if isinstance(node, ast.Compare) else []


class Turn(ast.NodeTransformer):
    """Puts a not before one node."""

    def __init__(self, wanted: ast.expr) -> None:
        self.wanted = wanted

    def visit(self, node: ast.AST) -> ast.AST:
        """Turn the node that is wanted, and look for it in all others."""
        if node is self.wanted:
            return ast.copy_location(ast.UnaryOp(ast.Not(), self.wanted), self.wanted)
        return self.generic_visit(node)


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """Each mutant of a file, with the line and the condition that was turned."""
    for number in range(len(conditions(ast.parse(source)))):
        tree = ast.parse(source)
        wanted = conditions(tree)[number]
        text = ast.unparse(wanted)
        yield wanted.lineno, text, ast.unparse(ast.fix_missing_locations(Turn(wanted).visit(tree)))


def tests_of(copy: Path, source: str) -> list[str]:
    """The test files for a rule: those of entries, if its example of what is wrong is one of a bibliography only."""
    bad = source.partition("\nBad:\n")[2].partition("\nGood:\n")[0]
    of_pages = re.search(r"^```(?!bib|dead)\w", bad, re.M)
    patterns = OF_PAGES if of_pages else OF_ENTRIES
    found = [path for name in patterns for path in sorted((copy / "tests").glob(f"{name}.py"))]
    return [str(path.relative_to(copy)) for path in found]


def is_noticed(copy: Path, tests: list[str]) -> bool:
    """Whether a test fails."""
    # With that profile hypothesis tries the same examples each time, so that no mutant is noticed by luck.
    options = ["-qq", "-x", "-p", "no:cacheprovider", "--hypothesis-profile=ci"]
    command = [sys.executable, "-m", "pytest", *options, *tests]
    environment = {"PYTHONPATH": str(copy / "tools"), "PATH": "/usr/bin:/bin", "HOME": str(copy)}
    try:
        run = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return True
    if run.returncode not in {0, *FAILED}:
        raise RuntimeError(run.stdout.decode() + run.stderr.decode())
    return run.returncode in FAILED


def wanted_files(root: Path, names: list[str]) -> list[Path]:
    """The files of the rules and modules of these names; of all rules if there is none."""
    every = sorted(path for path in (root / RULES).glob("*.py") if path.stem != "__init__")
    if not names:
        return every
    places = [*every, *(root / PACKAGE).rglob("*.py")]
    by_name = {path.stem: path for path in reversed(places)}
    if unknown := [name for name in names if name.replace("-", "_") not in by_name]:
        sys.exit(f"no rule and no module has the name {unknown[0]!r}")
    return [by_name[name.replace("-", "_")] for name in names]


def try_file(copy: Path, path: Path, line: int, tests: list[str]) -> tuple[int, list[str]]:
    """Run the mutants of one file; answers how many there were, and those that were not noticed."""
    source = path.read_text(encoding="utf-8")
    count, survivors = 0, []
    for at, text, mutant in mutants(source):
        if line in {0, at}:
            count += 1
            path.write_text(mutant, encoding="utf-8")
            if not is_noticed(copy, tests):
                survivors.append(f"{path.relative_to(copy)}:{at}: {text}")
                print(survivors[-1], flush=True)
    path.write_text(source, encoding="utf-8")
    return count, survivors


def main() -> int:
    """Run all mutants; the exit code is 1 if one was not noticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="a rule, or a module that rules share")
    parser.add_argument("--list", action="store_true", help="print the conditions and run nothing")
    parser.add_argument("--line", type=int, default=0, help="only those that begin at this line")
    parser.add_argument("--tests", default="", help="what pytest is to run, instead of the files that fit")
    args = parser.parse_args()
    if args.list:
        for path in wanted_files(ROOT, args.names):
            for line, text, _mutant in mutants(path.read_text(encoding="utf-8")):
                print(f"{path.relative_to(ROOT)}:{line}: {text}")
        return 0
    counts, survivors = [], []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "_build", "__pycache__"))
        files = wanted_files(copy, args.names)
        given = shlex.split(args.tests)
        tests = {path: given or tests_of(copy, path.read_text(encoding="utf-8")) for path in files}
        if is_noticed(copy, given or sorted(set(chain.from_iterable(tests.values())))):
            sys.exit("the tests fail before anything is turned")
        for path in files:
            count, left = try_file(copy, path, args.line, tests[path])
            print(f"{path.stem}: {count} mutants, {len(left)} not noticed", flush=True)
            counts.append(count)
            survivors += left
    print(f"{sum(counts)} mutants, {len(survivors)} not noticed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
