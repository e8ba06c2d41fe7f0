"""Turns each condition of each rule round, one at a time, and sees whether a test fails.

Use: python tests/mutation.py [RULE...]   (nox -s mutation)
It works on a copy of the tree. What is printed at the end are the mutants that no test noticed; there should be none.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
RULES = Path("tools", "sourcebook", "rules")
TESTS = ("test_rules", "test_cases", "test_cli", "test_hazards", "test_beside", "test_bounds", "test_library")


class Turn(ast.NodeTransformer):
    """Turns round the condition of one number; counts the conditions on its way."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.seen = 0
        self.line = 0

    def _turn(self, test: ast.expr) -> ast.expr:
        self.seen += 1
        if self.seen - 1 != self.wanted:
            return test
        self.line = test.lineno
        return ast.copy_location(ast.UnaryOp(ast.Not(), test), test)

    def visit_If(self, node: ast.If) -> ast.AST:  # the name that ast calls
        """Turn an if."""
        self.generic_visit(node)
        node.test = self._turn(node.test)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """Turn an if inside an expression."""
        self.generic_visit(node)
        node.test = self._turn(node.test)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        """Turn the ifs of a comprehension."""
        self.generic_visit(node)
        node.ifs = [self._turn(test) for test in node.ifs]
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """Turn each part of an and or an or."""
        self.generic_visit(node)
        node.values = [self._turn(value) for value in node.values]
        return node


def mutants(source: str) -> Iterator[tuple[int, str]]:
    """Each mutant of a file, with the line that was turned."""
    number = 0
    while True:
        turn = Turn(number)
        tree = ast.fix_missing_locations(turn.visit(ast.parse(source)))
        if turn.seen <= number:
            return
        yield turn.line, ast.unparse(tree)
        number += 1


def is_noticed(copy: Path) -> bool:
    """Whether a test fails."""
    tests = [f"tests/{name}.py" for name in TESTS]
    command = [sys.executable, "-m", "pytest", "-qq", "-x", "-p", "no:cacheprovider", *tests]
    environment = {"PYTHONPATH": str(copy / "tools"), "PATH": "/usr/bin:/bin", "HOME": str(copy)}
    return (
        subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False).returncode == 1
    )


def main() -> int:
    """Run all mutants; the exit code is 1 if one was not noticed."""
    wanted = [name.replace("-", "_") for name in sys.argv[1:]]
    survivors, count = [], 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "_build"))
        for path in sorted((copy / RULES).glob("*.py")):
            if path.stem == "__init__" or (wanted and path.stem not in wanted):
                continue
            source = path.read_text(encoding="utf-8")
            for line, mutant in mutants(source):
                path.write_text(mutant, encoding="utf-8")
                count += 1
                if not is_noticed(copy):
                    survivors.append(f"{RULES / path.name}:{line}: {source.splitlines()[line - 1].strip()}")
                    print(survivors[-1], flush=True)
            path.write_text(source, encoding="utf-8")
    print(f"{count} mutants, {len(survivors)} not noticed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
