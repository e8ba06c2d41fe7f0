"""Plain text as MyST: escaped so that a reader sees exactly what was read, and no sign in it becomes markup.

What is escaped, and where, follows CommonMark 0.31 (backslash escapes, section 2.4) and the syntax extensions of
MyST-Parser. A sign that can do no harm where it stands is left alone, so that the page stays readable.
"""

from __future__ import annotations

import re

# Anywhere in a line: code, emphasis, links, HTML, roles, maths, footnotes, strikethrough, and the backslash itself.
_ALWAYS = re.compile(r"[\\`*\[\]<{}$~]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # inside a word it is a letter like any other
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
# At the start of a line: headings, quotations, items, rules, comments, fences, fields, definitions, tables, targets.
_OPENING = re.compile(r"[#>+=%:|(-]")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|\Z)")
# The extensions `replacements`, `smartquotes` and `linkify` change these; they are off unless a library asks for them.
_TYPOGRAPHY = re.compile(r"[\"'(.+?!,-]")
_TYPOGRAPHERS = frozenset(("replacements", "smartquotes"))

_FORBIDDEN_IN_ADDRESS = re.compile(r"[\x00-\x20<>\\^`{|}\x7f\s]")
_SAFE_SCHEME = re.compile(r"(?:https?://|mailto:)[^\s]", re.I)


def escape(text: str, at_start: bool = False, extensions: frozenset[str] = frozenset()) -> str:
    """Escape a stretch of one line. at_start: a line of the page begins with it.

    White space is left as it is: blanks at the edges of a line, which Markdown strips, are the caller's business.
    """
    out = _ALWAYS.sub(r"\\\g<0>", text)
    out = _UNDERSCORE.sub(r"\\_", out)
    out = _ENTITY.sub(r"\&", out)
    if extensions & _TYPOGRAPHERS:
        out = _typography(out)
    return escape_start(out) if at_start else out


def escape_start(line: str) -> str:
    """Escape what makes a block at the start of a line whose inside is escaped already."""
    if _OPENING.match(line):
        return f"\\{line}"
    return _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line


def _typography(text: str) -> str:
    """Escape also the quotes, dots and hyphens that these extensions would make typographic."""
    parts = re.split(r"(\\.)", text)
    return "".join(
        part if number % 2 else _TYPOGRAPHY.sub(r"\\\g<0>", part) for number, part in enumerate(parts)
    )


def escape_cell(text: str) -> str:
    """The text of a table's cell: a bar in it would end the cell, whatever it stands in."""
    return text.replace("|", "\\|")


def code_span(text: str) -> str:
    """Text as code, in as many backticks as it needs; it must not be blank."""
    text = " ".join(text.split())
    fence = "`" * (longest_run(text, "`") + 1)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def role(name: str, content: str) -> str:
    """A role that shows its content as it is, in as many backticks as it needs; empty for none.

    A backtick at an edge of the content can't be told from the role's own, so that blanks are set around it.
    """
    fence = "`" * (longest_run(content, "`") + 1)
    pad = " " if content[0] == "`" or content[-1] == "`" else ""
    return f"{{{name}}}{fence}{pad}{content}{pad}{fence}"


def longest_run(text: str, sign: str) -> int:
    """The length of the longest run of one sign."""
    return max((len(match[0]) for match in re.finditer(f"{re.escape(sign)}+", text)), default=0)


def is_safe_address(address: str) -> bool:
    """Whether an address may become a link: http, https and mailto only, and nothing that no address has."""
    return bool(_SAFE_SCHEME.match(address)) and address.isprintable()


def address(target: str) -> str:
    """An address as the destination of a link, in angle brackets: signs that no address has are percent-encoded."""
    encoded = _FORBIDDEN_IN_ADDRESS.sub(lambda match: "".join(f"%{b:02X}" for b in match[0].encode()), target)
    return "<" + _ENTITY.sub(r"\&", encoded) + ">"
