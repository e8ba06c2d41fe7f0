"""The wrong spellings of a citation, which a build prints as text: of other markups, or a slip of the hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A mark with one of these as its role is no role, but text: meant as one, a handle or a key, or a substitution.
MISSPELT = "misspelt"
AT = "@"
BRACES = "{{"

_WRONG = re.compile(
    r"""
      [{｛]{1,2}[\s%\#]*[a-z]{0,8}(?:cite|claim)[^\s`}｝]{0,20}\s?[}｝]{0,2}  # {cite} `k`, { cite }`k`, {{cite k}}
    | \\[a-z]{0,8}cite[a-z]{0,9}\*?                           # \cite{k} of LaTeX
    | \#cite\b                                                # #cite(<k>) of Typst
    | :[a-z]{0,8}(?:cite|claim)[a-z]{0,8}:(?=[^\s])           # :cite:`k` of reStructuredText
    | \[(?:foot)?cite\b                                       # [cite:@k] of Org
    | (?<![\w{:/.-])(?:foot)?cite[a-z]{0,8}(?::\w|\(|[:a-z]*(?:[\])>}｝]\s?)?[`´｀])   # cite:k, cite(k), (cite)`k`
    | \b(?:foot)?cite[a-z]{0,8}(?::[a-z]{1,9})?\s?[}｝]       # cite}`k`, and &#123;cite}`k`
    | \[[^][\n@]{0,60}?(?<![\w.@/])-?@[\w{][\w:.-]*             # [@k] and [see @k] of Pandoc
    | \[[a-z][\w:.-]{1,60}\]_(?!\w)                           # [k]_ of reStructuredText
    | (?<![\w.@/+-])@\{[^\s{}]+\}                            # @{k} of Pandoc
    | (?P<braces>\{\{[^{}\n]*\}\})                            # {{ name }}, which MyST may run as a program
    | (?<![\w.@/+-])@(?P<key>[a-z][\w:.-]*\w)                 # @k of Pandoc, or somebody's handle
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Those of the spellings that have none of the signs of markup, so that a text without markup may have them.
_SIGNS = ("@", "´", "｀", "｛", "｝", ":cite", ":claim", "#cite", "Cite", "CITE")
_PLAIN = re.compile(
    r"[@｛｝´｀]|(?<![{\w])(?:foot)?cite[a-z]{0,8}[:(]|:(?:cite|claim)[a-z]*:|#cite", re.IGNORECASE
)


def may_misspell(text: str) -> bool:
    """Whether a page must be looked at block by block; cheap, and never wrong when it says no.

    A spelling with markup in it needs no such look: its block is read with the parser's rules anyway.
    """
    roles = text.count("{cite") + text.count("{footcite")
    odd = text.count("cite") != roles or any(sign in text for sign in _SIGNS)
    return odd and _PLAIN.search(text) is not None


def misspellings(source: str, masked: list[tuple[int, int]]) -> Iterator[tuple[str, str, int, int]]:
    """Yield role, content, start and end of each wrong spelling outside of the masked stretches."""
    parts, position = [], 0
    for begin, end in masked:
        if begin >= position:
            parts += [source[position:begin], " " * (end - begin)]
            position = end
    for match in _WRONG.finditer("".join(parts) + source[position:]):
        role = AT if match["key"] else BRACES if match["braces"] else MISSPELT
        yield role, match["key"] or match[0].strip(), match.start(), match.end()
