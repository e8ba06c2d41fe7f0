"""Entries written as the text of a .bib file, and plain text written as TeX.

pybtex's writer is not used: it escapes what is escaped already, and so damages addresses at each save.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..names import OTHERS, Name

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "\u00a0": "~",
}
_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")
_BRACE_WORDS = {r"\{": r"\textbraceleft{}", r"\}": r"\textbraceright{}", "{": "", "}": ""}
_BRACE = re.compile(r"\\?[{}]")
# TeX makes other signs of these: dashes, and the quotes of print.
_LIGATURE = re.compile(r"-(?=-)|`(?=`)|'(?=')")
_MATH = re.compile(r"(?<!\\)\$[^$]*[\\^_][^$]*(?<!\\)\$")
_BARE = re.compile(r"\\url\s*\{[^{}]*\}|\\.|[&#%_^$]", re.DOTALL)
_AND = re.compile(r"\sand\s", re.I)
_SPACE = re.compile(r"[^\S\u00a0]+")
_AT_LINE = re.compile(r"^[ \t]*@", re.M)


def write_entry(
    type_: str, key: str, fields: Iterable[tuple[str, str]], bare: frozenset[str] = frozenset()
) -> str:
    """One entry, one field a line. Values are TeX and stay as they are; those named in `bare` get no braces."""
    lines = [f"  {name} = {value if name in bare else '{' + fit(value) + '}'}," for name, value in fields]
    return "\n".join([f"@{type_}{{{key},", *lines, "}\n"])


def fit(value: str) -> str:
    """A value that may stand between braces: its own are balanced, and no line of it looks like a new entry."""
    value = " ".join(value.split()) if _AT_LINE.search(value) else value
    return value if _is_balanced(value) else _BRACE.sub(lambda match: _BRACE_WORDS[match[0]], value)


def _is_balanced(value: str) -> bool:
    """Whether the braces are; BibTeX counts escaped ones too."""
    if "{" not in value and "}" not in value:
        return True
    depth = 0
    for char in value:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def tex_of(text: str) -> str:
    """Plain text as TeX that `text_of` decodes to it again, on one line."""
    text = _LIGATURE.sub(lambda match: f"{match[0]}\0", _SPACE.sub(" ", text.replace("\0", "")).strip(" "))
    text = _SPECIAL.sub(lambda match: _ESCAPES[match[0]], text).replace("\0", "{}")
    if _is_balanced(text):
        return text
    return re.sub(r"\\[{}]", lambda match: _BRACE_WORDS[match[0]], text)


def typeset(value: str) -> str:
    """A field that TeX can set: the signs that stand bare in it, such as `&` and `%`, are escaped; the rest stays."""
    parts, end = [], 0
    for match in _MATH.finditer(value):
        parts += [_escaped(value[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, _escaped(value[end:])])


def _escaped(text: str) -> str:
    return _BARE.sub(lambda match: _ESCAPES.get(match[0], match[0]), text)


def fit_address(address: str) -> str:
    """An address as it may stand in a field: what readers of BibTeX take for marks of TeX is percent-encoded."""
    codes = {"{": "%7B", "}": "%7D", "\\": "%5C"}
    return "".join(codes.get(char, char) for char in "%20".join(address.split()))


def protected(value: str) -> str:
    """A title whose capitals no style lowers: braces stand round the whole of it."""
    return f"{{{value}}}" if value else value


def write_names(names: Iterable[Name]) -> str:
    """Names as BibTeX reads them: `von Family, Jr, Given`, an organisation in braces of its own."""
    return " and ".join(map(_name, names))


def _name(name: Name) -> str:
    if name == Name(OTHERS):
        return OTHERS
    if name.whole or not name.family or (" " in name.family and name == Name(name.family)):
        return f"{{{tex_of(name.shown)}}}"
    particle, family = _part(name.particle), _part(name.family)
    if name.family[:1].islower() and " " in name.family and not family.startswith("{"):
        family = f"{{{family}}}"  # else its first word would be read as a particle
    given = _part(name.given) or ("{}" if name.suffix else "")
    return ", ".join(filter(None, (f"{particle} {family}".strip(), _part(name.suffix), given)))


def _part(text: str) -> str:
    """A part of a name; one that holds a comma or an `and` is held together by braces."""
    tex = tex_of(text)
    return f"{{{tex}}}" if "," in text or _AND.search(f" {text} ") else tex
