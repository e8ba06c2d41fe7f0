"""MyST-Parser outside Sphinx: the parser that the build uses, and what its block tokens say of themselves.

Only this module, `blocks.py` and `inline.py` know MyST-Parser and its tokens.
"""

from __future__ import annotations

import functools

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from .inline import WatchedInline


@functools.cache
def make_parser(extensions: frozenset[str]) -> MarkdownIt:
    """The parser that the build uses, stopped before inline text, which `inline.py` reads block by block."""
    # What these two change is how a text is printed, not which text it is; the checked text is the written one.
    names = set(extensions) - {"smartquotes", "replacements", "linkify"}
    md = create_md_parser(MdParserConfig(enable_extensions=names), RendererHTML)
    md.inline = WatchedInline(md.inline)
    md.core.ruler.enableOnly(["normalize", "block"])
    md.options["store_labels"] = True
    # The build's parser prints a link that it refuses as text; here it is a link still, for a rule to name.
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    return md


def kind_of(stack: list[Token]) -> str:
    """What a run of text is, by the innermost of the containers that make a difference."""
    kinds = {
        "heading_open": "heading",
        "th_open": "heading",
        "dt_open": "term",
        "td_open": "cell",
        "footnote_reference_open": "footnote",
        "list_item_open": "item",
        "blockquote_open": "quotation",
    }
    return next((kinds[t.type] for t in reversed(stack) if t.type in kinds), "paragraph")


def line_of(token: Token, stack: list[Token]) -> int:
    """The line of an inline token, or of the innermost container that has one (some cells have none)."""
    if token.map:
        return token.map[0]
    return next((t.map[0] for t in reversed(stack) if t.map), 0)


def extent(tokens: list[Token], index: int) -> tuple[int, int]:
    """First and last line (half-open, from 0) of the block that follows."""
    while index < len(tokens):
        token = tokens[index]
        if token.map and token.type not in {"myst_line_comment", "myst_target"}:
            return token.map[0], token.map[1]
        index += 1
    return 0, 0


def rows_end(tokens: list[Token], rows: int) -> int:
    """The line (from 0) behind that many items of a list, or 0."""
    ends = [t.map[1] for t in tokens if t.type == "list_item_open" and t.level == 1 and t.map]
    return ends[rows - 1] if 0 < rows <= len(ends) else 0


def has_form(name: str, tokens: list[Token]) -> bool:
    """Whether the body of a directive has the form without which all of it is dropped."""
    if name == "list-table":
        return _is_table_of_lists(tokens)
    if name == "figure":  # which begins with its caption; a comment stands for none
        first = next((token for token in tokens if token.type != "myst_target"), None)
        return not tokens or (
            first is not None and (first.type == "paragraph_open" or _is_empty_comment(first))
        )
    return True


def _is_empty_comment(token: Token) -> bool:
    return token.type == "myst_line_comment" and not token.content.strip()


def _is_table_of_lists(tokens: list[Token]) -> bool:
    """Whether a list table has the form that it must have: one list of lists, each with as many items."""
    tops = [token.type for token in tokens if token.level == 0 and token.nesting != -1]
    inside = [token.type for token in tokens if token.level == 2 and token.nesting != -1]
    rows = sum(token.type == "list_item_open" and token.level == 1 for token in tokens)
    widths: list[int] = []
    for token in tokens:
        if token.type == "bullet_list_open" and token.level == 2:
            widths.append(0)
        elif token.type == "list_item_open" and token.level == 3:
            widths[-1] += 1
    return tops == ["bullet_list_open"] and inside == ["bullet_list_open"] * rows and len(set(widths)) == 1
