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
import pkgutil
import re
from collections.abc import Callable, Iterator
from types import ModuleType

from ..model import Entry, Fault, Library, Page, Record

OfPage = Callable[[Page], Iterator[Fault]]
OfEntry = Callable[[Entry], Iterator[Fault]]
OfLibrary = Callable[[Library], Iterator[Fault]]

# What one example of a docstring holds: (kind, text), the kind being md, bib, held, names, files or dead.
Example = tuple[tuple[str, str], ...]
_CHECK = re.compile(r"^def (check(?:_page|_entry)?)\(", re.M)
_PARAGRAPH = re.compile(r"^Specification: (\d+\.\d+)$", re.M)
_FENCE = re.compile(r"^```(md|bib|held|names|files|dead)\n(.*?)^```$", re.M | re.S)


class Rule(Record, frozen=True):
    """A rule with its public name, and what it looks at: single pages, single entries, the whole library."""

    name: str
    kinds: frozenset[str]

    @property
    def _module(self) -> ModuleType:
        """The rule's file, loaded when it is needed: a check in which no entry has changed needs no rule on entries."""
        return importlib.import_module(f"{__name__}.{self.name.replace('-', '_')}")

    @property
    def of_page(self) -> OfPage | None:
        """Judges one page."""
        return self._module.check_page if "check_page" in self.kinds else None

    @property
    def of_entry(self) -> OfEntry | None:
        """Judges one entry."""
        return self._module.check_entry if "check_entry" in self.kinds else None

    @property
    def of_library(self) -> OfLibrary | None:
        """Judges what depends on several files."""
        return self._module.check if "check" in self.kinds else None

    def check(self, library: Library) -> Iterator[Fault]:
        """Yield all that it finds in a library."""
        of_page, of_entry, of_library = self.of_page, self.of_entry, self.of_library
        if of_page:
            yield from (fault for page in library.pages for fault in of_page(page))
        if of_entry:
            yield from (fault for entry in library.entries for fault in of_entry(entry))
        if of_library:
            yield from of_library(library)

    @property
    def docstring(self) -> str:
        """What its file says of it."""
        return self._module.__doc__ or ""

    @property
    def manual(self) -> str:
        """Its page in the manual: law, reason, examples."""
        from inspect import cleandoc  # loaded only for the manual

        return cleandoc(self.docstring)

    @property
    def law(self) -> str:
        """Its law in one sentence."""
        return self.docstring.partition("\n")[0]

    @property
    def paragraph(self) -> str:
        """The paragraph of the specification that it holds."""
        return match[1] if (match := _PARAGRAPH.search(self.docstring)) else ""

    @property
    def bad(self) -> Example:
        """What breaks it."""
        return tuple(_FENCE.findall(self.manual.partition("\nBad:\n")[2].partition("\nGood:\n")[0]))

    @property
    def good(self) -> Example:
        """The same, mended."""
        return tuple(_FENCE.findall(self.manual.partition("\nGood:\n")[2]))


@functools.cache
def all_rules() -> dict[str, Rule]:
    """Every rule by its public name, in alphabetical order."""
    return {rule.name: rule for rule in map(_rule, sorted(m.name for m in pkgutil.iter_modules(__path__)))}


def _rule(module_name: str) -> Rule:
    # by its text, since to read the files takes a tenth of the time in which they are loaded
    with open(f"{__path__[0]}/{module_name}.py", encoding="utf-8") as file:
        source = file.read()
    return Rule(module_name.replace("_", "-"), frozenset(_CHECK.findall(source)))


def rules_page() -> str:
    """The page of the manual that tells of every rule, in MyST."""
    head = "# Rules\n\nMade by `sourcebook rules --format markdown` from the rules themselves.\n"
    return head + "".join(f"\n## `{rule.name}`\n\n{_shown(rule.manual)}\n" for rule in all_rules().values())


def _shown(manual: str) -> str:
    """A rule's manual as MyST: its examples are shown as text, since MyST and BibTeX have no highlighting here.

    A character that is not seen is shown by its number.
    """
    text = re.sub(r"^```(?:md|bib|held|names|files|dead)$", "```text", manual, flags=re.M)
    return "".join(char if char.isprintable() or char == "\n" else f"\\u{ord(char):04x}" for char in text)
