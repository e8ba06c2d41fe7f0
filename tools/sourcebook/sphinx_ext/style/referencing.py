"""Citations in the text: author and year, the very label that the list shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from pybtex.richtext import Text
from sphinxcontrib.bibtex.style.referencing import BaseReferenceStyle
from sphinxcontrib.bibtex.style.template import SphinxReferenceText

from .labels import Shared, name_label
from .record import Record, listed

SEPARATOR = "; "
_ROLE_NAMES = (
    "p ps alp alps t ts ct cts label labelpar year yearpar author authors authorpar authorpars cauthor "
    "cauthors empty"
)
_ROLES = _ROLE_NAMES.split()


@dataclass(frozen=True)
class Formatted:
    """What sphinxcontrib-bibtex asks of a template: a thing that formats itself."""

    style: ReferenceStyle
    role: str
    children: list[Any] | None = None

    def format_data(self, data: dict[str, Any]) -> Any:
        """Format one reference."""
        return self.style.one(self.role, data)

    def format(self) -> Any:
        """Join the references of a citation."""
        return self.style.all(self.role, self.children or [])


@dataclass
class ReferenceStyle(BaseReferenceStyle):
    """The referencing style `sourcebook`: (Nocerino 2021a; Lukin 2021), Nocerino (2021a).

    keeps_order: several keys are printed as they are written, since the first is the one to look up first.
    """

    keeps_order: ClassVar[bool] = True

    def role_names(self) -> Iterable[str]:
        """All roles of the domain."""
        return _ROLES

    def inner(self, role_name: str) -> Any:
        """Format one reference of a citation."""
        return Formatted(self, role_name)

    def outer(self, role_name: str, children: list[Any]) -> Any:
        """Join the references of a citation."""
        return Formatted(self, role_name, children)

    def one(self, role: str, data: dict[str, Any]) -> Any:
        """Format one reference: what it shows is a link to the entry, texts around it are not."""
        info, label = data["reference_info"], data["formatted_entry"].label
        name, _, year = label.rpartition(" ")
        if role == "empty":
            return Text()
        if role.endswith("s"):
            record = Record(data["entry"], Shared.library())
            name = listed(record.people("author") or record.people("editor")) or name_label(record)
        if role in {"t", "ts", "ct", "cts"}:
            year_link = SphinxReferenceText(info, year)
            return Text(name, " (", *_between(info.pre_text, " "), year_link, *_after(info.post_text), ")")
        shown = {"year": year, "yearpar": year, "label": label, "labelpar": label}.get(role)
        if shown is None:
            shown = name if "author" in role else f"{name} {year}"
        link = SphinxReferenceText(info, shown)
        return Text(*_between(info.pre_text, " "), link, *_after(info.post_text))

    def all(self, role: str, children: list[Any]) -> Any:
        """Join references, in brackets where the role asks for them."""
        joined = Text(SEPARATOR).join([child for child in children if child])
        if role in {"ct", "cts", "cauthor", "cauthors"}:
            joined = joined.capfirst()
        bracketed = role in {"p", "ps"} or "par" in role
        return Text("(", joined, ")") if bracketed and children else joined


def _between(text: str, gap: str) -> tuple[str, ...]:
    return (text, gap) if text else ()


def _after(text: str) -> tuple[str, ...]:
    return (", ", text) if text else ()
