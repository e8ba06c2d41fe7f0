"""What to paste into a text to cite works: one line for each syntax."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from .exporting.selection import PlacedClaim

# What each program reads as a key by itself; any other key needs the longer form.
_TYPST = re.compile(r"[A-Za-z0-9_](?:[\w:.-]*[\w-])?\Z")
_PANDOC = re.compile(r"[A-Za-z0-9_](?:[:.#$%&+?<>~/-]?[A-Za-z0-9_])*\Z")

Keys = tuple[str, ...]


def _myst(keys: Keys) -> str:
    return f"{{cite:p}}`{','.join(keys)}`"


def _latex(keys: Keys) -> str:
    return rf"\autocite{{{','.join(keys)}}}"


def _natbib(keys: Keys) -> str:
    return rf"\citep{{{','.join(keys)}}}"


def _typst(keys: Keys) -> str:
    return " ".join(f"@{key}" if _TYPST.match(key) else f'#cite(label("{key}"))' for key in keys)


def _pandoc(keys: Keys) -> str:
    return f"[{'; '.join(f'@{key}' if _PANDOC.match(key) else f'@{{{key}}}' for key in keys)}]"


def _rst(keys: Keys) -> str:
    return f":cite:p:`{','.join(keys)}`"


# Each syntax by the name that `--for` takes, with the name that people call it by.
SYNTAXES: Mapping[str, tuple[str, Callable[[Keys], str]]] = {
    "myst": ("MyST", _myst),
    "latex": ("LaTeX, biblatex", _latex),
    "natbib": ("LaTeX, natbib", _natbib),
    "typst": ("Typst", _typst),
    "pandoc": ("Pandoc, Quarto", _pandoc),
    "rst": ("reStructuredText", _rst),
}
# Those that link to a claim by itself; in the others the claim is a work of its own, `claim-NAME`, as it is exported.
_LINKED = frozenset(("myst", "rst"))


def for_work(syntax: str, key: str) -> str:
    """The citation of one work."""
    return SYNTAXES[syntax][1]((key,))


def for_claim(syntax: str, keys: Keys, claim: PlacedClaim, inventory: str = "") -> str:
    """The citation of a claim: the works that it rests on, and behind them the claim itself.

    inventory: the name that another project's intersphinx has for this library; empty within the library.
    """
    if not claim.name:
        return SYNTAXES[syntax][1](keys) if keys else ""
    if syntax not in _LINKED:
        return SYNTAXES[syntax][1]((*keys, f"claim-{claim.name}"))
    cited = f"{SYNTAXES[syntax][1](keys)} " if keys else ""
    return cited + _link(syntax, claim.name, inventory)


def _link(syntax: str, name: str, inventory: str) -> str:
    role = f"external+{inventory}:ref" if inventory else "claim:ref"
    target = f"claim-{name}" if inventory else name
    return f"{{{role}}}`{target}`" if syntax == "myst" else f":{role}:`{target}`"
