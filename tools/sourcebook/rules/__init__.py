"""The rules: one file each, found by listing this folder.

A file's name, with hyphens for underscores, is the rule's public name. The first line of its docstring is the law,
then comes why, then the paragraph of the specification as a line `Specification: 3.1`, then examples under `Bad:` and
`Good:`.

A rule over single entries has `check_entry(entry)`, one over single pages `check_page(page)`; what such a rule finds in
a file depends on that file alone. A rule over the whole library has `check(library)`. Each yields faults.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from ..model import Entry, Fault, Library, Page

# What one example of a docstring holds: (kind, text), the kind being md, bib, held, names or files.
Example = tuple[tuple[str, str], ...]
_PARAGRAPH = re.compile(r"^Specification: (\d+\.\d+)$", re.M)
_FENCE = re.compile(r"^```(md|bib|held|names|files)\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its public name, its law, the paragraph of the specification, its manual and its examples."""

    name: str
    law: str
    paragraph: str
    manual: str
    bad: Example
    good: Example
    check: Callable[[Library], Iterator[Fault]]


@functools.cache
def all_rules() -> dict[str, Rule]:
    """Every rule by its public name, in alphabetical order."""
    return {rule.name: rule for rule in map(_rule, sorted(m.name for m in pkgutil.iter_modules(__path__)))}


def _rule(module_name: str) -> Rule:
    module = importlib.import_module(f"{__name__}.{module_name}")
    manual = inspect.cleandoc(module.__doc__ or "")
    _, _, examples = manual.partition("\nBad:\n")
    bad, _, good = examples.partition("\nGood:\n")
    return Rule(
        name=module_name.replace("_", "-"),
        law=manual.splitlines()[0],
        paragraph=match[1] if (match := _PARAGRAPH.search(manual)) else "",
        manual=manual,
        bad=tuple(_FENCE.findall(bad)),
        good=tuple(_FENCE.findall(good)),
        check=getattr(module, "check", None) or _of_each(module),
    )


def _of_each(module: ModuleType) -> Callable[[Library], Iterator[Fault]]:
    """The check of a library by a rule that looks at one entry or one page at a time."""
    check_entry: Callable[[Entry], Iterator[Fault]] | None = getattr(module, "check_entry", None)
    if check_entry is not None:
        return lambda library: (fault for entry in library.entries for fault in check_entry(entry))
    check_page: Callable[[Page], Iterator[Fault]] = module.check_page
    return lambda library: (fault for page in library.pages for fault in check_page(page))


def rules_page() -> str:
    """The page of the manual that tells of every rule, in MyST."""
    head = "# Rules\n\nMade by `sourcebook rules --format markdown` from the rules themselves.\n"
    return head + "".join(f"\n## `{rule.name}`\n\n{_shown(rule.manual)}\n" for rule in all_rules().values())


def _shown(manual: str) -> str:
    """A rule's manual as MyST: its examples are shown as text, since MyST and BibTeX have no highlighting here.

    A character that is not seen is shown by its number.
    """
    text = re.sub(r"^```(?:md|bib|held|names|files)$", "```text", manual, flags=re.M)
    return "".join(char if char.isprintable() or char == "\n" else f"\\u{ord(char):04x}" for char in text)
