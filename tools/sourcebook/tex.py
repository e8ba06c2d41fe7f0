r"""TeX in a field, decoded to plain text; addresses, decoded byte for byte.

We decode ourselves because the codec of the stock stack takes a bare `%` for the start of a comment and drops
the rest of the field, and leaves `{\'{\i}}`, `\$` and `\emph` in print.
"""

import re
import unicodedata

from .locators import is_url

_COMBINING = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "b": "\u0331", "c": "\u0327", "d": "\u0323", "H": "\u030b", "k": "\u0328", "r": "\u030a", "u": "\u0306",
    "v": "\u030c", "t": "\u0361", "G": "\u030f",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ",
    "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "S": "§", "P": "¶", "TeX": "TeX", "LaTeX": "LaTeX",
    "BibTeX": "BibTeX", "dots": "…", "ldots": "…", "textellipsis": "…", "copyright": "©",
    "textregistered": "®", "texttrademark": "™", "pounds": "£", "textsterling": "£", "texteuro": "€",
    "euro": "€", "textdegree": "°", "degree": "°", "textordmasculine": "º", "textordfeminine": "ª",
    "guillemotleft": "«", "guillemotright": "»", "glqq": "„", "grqq": "“", "quotedblbase": "„",
    "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘", "textquoteright": "’",
    "lq": "‘", "rq": "’", "textendash": "–", "textemdash": "—", "textbackslash": "\\",
    "textasciitilde": "~", "sim": "~", "textasciicircum": "^", "textunderscore": "_", "textbar": "|",
    "textless": "<", "textgreater": ">", "textdollar": "$", "textpercent": "%", "textbraceleft": "{",
    "textbraceright": "}", "slash": "/", "textbullet": "•", "cdot": "·", "times": "×", "pm": "±",
    "leq": "≤", "geq": "≥", "neq": "≠", "approx": "≈", "infty": "∞", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "mu": "μ", "lambda": "λ", "Lambda": "Λ", "space": " ", "quad": " ", "qquad": " ",
    "newline": " ", "par": " ",
}  # fmt: skip
# Commands that only change how their text looks: the text stays, the command goes.
_LOOK_COMMANDS = (
    "emph textbf textit textsc textrm textsf texttt textsl textup textmd textnormal textsuperscript "
    "textsubscript underline mbox text mathrm mathit mathbf mathcal ensuremath em bf it sc rm tt sl "
    "itshape bfseries scshape relax protect url noopsort"
)
_LOOKS = frozenset(_LOOK_COMMANDS.split())
_ESCAPED = {
    " ": " ",
    "\\": " ",
    ",": "\u2009",
    ";": " ",
    ":": " ",
    "!": "",
    "-": "",
    "/": "",
    "@": "",
    "(": "",
    ")": "",
}
_PLAIN = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\u00a0", "{": "", "}": ""}
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")

_SPACES = re.compile(r" {2,}")
_QUOTED = re.compile(r"\\(?:enquote|mkbibquote)\*?\s*\{([^{}]*)\}")
_MATH = re.compile(r"(?<!\\)\$([^$]*[\\^_][^$]*)(?<!\\)\$")
_SCRIPT = re.compile(r"([\^_])(?:\{([0-9+-]+)\}|([0-9]))")
_TOKEN = re.compile(
    r"""\\(?P<accent>["'`^~=.]|[bcdHkruvtG](?![A-Za-z]))\s*
            (?:\{\s*(?:\{?\\(?P<dotless>[ij])\s*\}?|(?P<inner>[^\\{}\s]?))(?P<more>[^\\{}]*)\}
              |\\(?P<bare_dotless>[ij])(?![A-Za-z])\s*|(?P<bare>[^\W\d_]))
      | \\(?P<word>[A-Za-z]+)(?P<space>\s*)
      | \\(?P<escaped>.)
      | (?P<plain>---|--|``|''|[~{}])""",
    re.VERBOSE,
)


def text_of(field: str) -> str:
    """Decode a field: accents and escapes resolved, braces gone, a bare `%` a per-cent sign."""
    if not any(mark in field for mark in "\\{}~$`'-"):
        return field.strip()
    field = _QUOTED.sub(r"“\1”", field)
    return _SPACES.sub(" ", _TOKEN.sub(_token, _MATH.sub(_math, field))).strip()


def _math(match: re.Match[str]) -> str:
    return _TOKEN.sub(_token, _SCRIPT.sub(_script, match[1]))


def _script(match: re.Match[str]) -> str:
    return (match[2] or match[3]).translate(_RAISED if match[1] == "^" else _LOWERED)


def _token(match: re.Match[str]) -> str:
    if accent := match["accent"]:
        return _accented(accent, match)
    if word := match["word"]:
        return _command(word, match["space"])
    if escaped := match["escaped"]:
        return _ESCAPED.get(escaped, escaped)
    return _PLAIN[match["plain"]]


def _accented(accent: str, match: re.Match[str]) -> str:
    # a dotless i under an accent is an i: Unicode composes í from i, not from ı
    base = match["dotless"] or match["bare_dotless"] or match["inner"] or match["bare"]
    if not base:  # `\~{}` is the way to write the sign itself
        return accent if not accent.isalpha() else ""
    return unicodedata.normalize("NFC", base + _COMBINING[accent]) + (match["more"] or "")


def _command(word: str, space: str) -> str:
    if word in _LETTERS:
        return _LETTERS[word]
    if word in _LOOKS:
        return ""
    size = "CAPITAL" if word[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {word.upper()}")
    except KeyError:  # unknown: shown as it was written, so that nothing is lost and the fault is seen
        return f"\\{word}{space}"


_WRAPPED = re.compile(r"^(?:\\url\s*\{(.*)\}|<(.*)>)$", re.DOTALL)
_BRACED_ESCAPE = re.compile(r"\{(\\?[%_&#~$])\}")
_TILDE = re.compile(r"\\textasciitilde(?:\{\}|\s+|(?![A-Za-z]))|\\~\{\}|\$\\sim\$")
_ADDRESS_ESCAPE = re.compile(r"\\([%_&#~${}^\\])")


def address_of(field: str) -> str:
    """Decode an address: what exporters escape for TeX is undone, everything else stays byte for byte."""
    address = field.strip()
    if wrapped := _WRAPPED.match(address):
        address = wrapped[1] if wrapped[1] is not None else wrapped[2]
    address = _TILDE.sub("~", _BRACED_ESCAPE.sub(r"\1", address))
    return _ADDRESS_ESCAPE.sub(r"\1", address.replace(r"\textunderscore{}", "_"))


def is_linkable(address: str) -> bool:
    """Say whether an address may become a link: http and https only, never `javascript:` and its kin."""
    return "\\" not in address and is_url(address)
