"""Escaping: what is read is what is shown, whatever signs a text has."""

from __future__ import annotations

from functools import cache

import pytest
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from sourcebook.article import Article, Part, Run
from sourcebook.importing.citing import Cited, Sentence, cite
from sourcebook.importing.escape import address, code_span, escape, is_safe_address
from sourcebook.importing.pagewriter import Page, write_page
from sourcebook.settings import DEFAULT_EXTENSIONS

DEFAULT = frozenset(DEFAULT_EXTENSIONS)
WIDEST = DEFAULT | frozenset(
    "amsmath attrs_block attrs_inline html_admonition html_image replacements smartquotes strikethrough substitution "
    "tasklist".split()
)
PRINTABLE = list(map(chr, range(32, 127)))
SIGNS = st.text(alphabet="\\`*_{}[]()#+-.!|<>&:;$~^%@=\"' a1\u00e9“—", max_size=30)
PARTS = st.lists(
    st.sampled_from(
        "a 1986. 1. - + * # ## > % | : ::: ``` ~~~ --- === +++ $$ $x$ {{ }} {cite:p}`k` @key [^1] [^1]: [a](b) [a]: b "
        "<b> &amp; &#64; \\ \\n \\cite{k} ![x](y) (t)= __init__ **b** ~~s~~ <!-- --> https://example.org/a_b_c "
        "www.example.org : term |a|b| {ref}`x` ... -- (c) 10^6 H_2O".split()
    ),
    max_size=12,
).map(" ".join)


@cache
def parser_of(extensions: frozenset[str]) -> MarkdownIt:
    return create_md_parser(MdParserConfig(enable_extensions=set(extensions)), RendererHTML)


def shown(source: str, extensions: frozenset[str]) -> list[str]:
    """What a reader sees of each paragraph; anything but paragraphs of text is told by its name."""
    out: list[str] = []
    for token in parser_of(extensions).parse(source):
        if token.type == "inline":
            inner = token.children or []
            known = {"text", "text_special", "softbreak"}
            out.append(
                "".join("\n" if t.type == "softbreak" else t.content for t in inner if t.type in known)
            )
            out += [f"({t.type})" for t in inner if t.type not in known]
        elif token.type not in {"paragraph_open", "paragraph_close"}:
            out.append(f"({token.type})")
    return out


@pytest.mark.parametrize("extensions", [DEFAULT, WIDEST], ids=["default", "widest"])
def test_every_pair_of_signs_is_shown_as_it_is_wherever_it_stands(extensions: frozenset[str]) -> None:
    texts = [
        " ".join(f"{a}{b}{rest}".split()) for a in PRINTABLE for b in PRINTABLE for rest in ("", f" x{a}{b}")
    ]
    texts = [text for text in texts if text and not (text.isalnum() and len(text) == 2 and text != "a1")]
    pages, wanted = [], []
    for text in texts:  # at the start of a block and of a line, and in the middle of words and of a line
        begun, inside = escape(text, True, extensions), escape(text, False, extensions)
        pages.append(f"{begun}\na{inside}b {inside} c\n{begun}")
        wanted.append(f"{text}\na{text}b {text} c\n{text}")
    assert shown("\n\n".join(pages), extensions) == wanted


@given(st.one_of(SIGNS, PARTS, st.text(max_size=60)), st.sampled_from([DEFAULT, WIDEST]))
@settings(max_examples=200, deadline=None)
def test_any_text_is_shown_as_it_is(text: str, extensions: frozenset[str]) -> None:
    text = " ".join(text.replace("\0", "").split())
    assert shown(escape(text, True, extensions), extensions) == ([text] if text else [])


def page_of(runs: tuple[Run, ...], kind: str = "paragraph") -> str:
    article = Article("x", title="T", parts=(Part(kind, runs, level=1),))
    return write_page(article, cite(article, lambda _number, _sentence: ()), Page("k", DEFAULT), [], [])


def docutils_text(source: str) -> str:
    """What docutils has of a page below its title, at the end of the whole chain."""
    from docutils.core import publish_doctree
    from myst_parser.parsers.docutils_ import Parser

    told = {
        "myst_enable_extensions": sorted(DEFAULT),
        "report_level": 2,
        "halt_level": 2,
        "doctitle_xform": False,
    }
    tree = publish_doctree(source, parser=Parser(), settings_overrides=told)
    (section,) = (node for node in tree.children if isinstance(node, nodes.section))
    found = (node.astext() for node in section.children[1:] if not isinstance(node, nodes.comment))
    return " ".join(" ".join(found).split())


@given(st.one_of(SIGNS, PARTS), st.sampled_from(["paragraph", "item", "quotation", "caption"]))
@settings(max_examples=40, deadline=None)
def test_a_page_says_what_the_article_says(text: str, kind: str) -> None:
    text = " ".join(text.split())
    found = docutils_text(page_of((Run(text),), kind)) if text else ""
    assert found == text


RUNS = st.lists(
    st.tuples(
        st.text(alphabet="ab1 .*_`\\{}<>[]$é", min_size=1, max_size=8),
        st.sampled_from("text text emphasis strong code sup sub link".split()),
    ),
    min_size=1,
    max_size=6,
)


@given(RUNS)
@settings(max_examples=60, deadline=None)
def test_emphasis_code_and_links_lose_no_letter(pairs: list[tuple[str, str]]) -> None:
    runs = tuple(Run(text, kind, "https://example.org/a" if kind == "link" else "") for text, kind in pairs)
    whole = "".join(text for text, _kind in pairs).split()
    assert docutils_text(page_of(runs)).replace(" ", "") == "".join(whole)


def test_a_power_stays_a_power() -> None:
    runs = (Run("about 10"), Run("6", "sup"), Run(" waves of H"), Run("2", "sub"), Run("O."))
    assert "about 10{sup}`6` waves of H{sub}`2`O." in page_of(runs)
    assert "10^6 waves" in page_of((Run("10^6 waves"),))


def test_a_table_keeps_its_cells_apart() -> None:
    rows = (((Run("a|b"),), (Run("c"),)), ((Run("2020"),), (Run("1,234 \\| x"),)))
    article = Article("x", title="T", parts=(Part("table", rows=rows),))
    text = write_page(article, cite(article, lambda _n, _s: ("k",)), Page("k", DEFAULT), [], [])
    assert "| a\\|b | c |" in text
    tokens = parser_of(DEFAULT).parse(text.partition("# T")[2])
    cells = [token.children[0].content for token in tokens if token.type == "inline" and token.children]
    assert cells[:3] == ["a|b", "c", "2020 "]
    assert docutils_text(text.replace("{cite:p}`k`", "")).split() == "a|b c 2020 1,234 \\| x".split()


def test_only_addresses_of_the_web_become_links() -> None:
    assert all(map(is_safe_address, ("https://example.org/a", "mailto:ada@example.org")))
    assert not any(
        map(is_safe_address, ("javascript:alert(1)", "data:text/html,x", "file:///etc", "https://", "x"))
    )
    assert address("https://example.org/a b<c>&amp;") == "<https://example.org/a%20b%3Cc%3E\\&amp;>"
    assert page_of((Run("here", "link", "javascript:alert(1)"),)).endswith("\nhere\n")


def test_code_is_set_in_as_many_backticks_as_it_needs() -> None:
    assert [code_span(text) for text in ("a", "a`b", "`a", "``")] == [
        "`a`",
        "``a`b``",
        "`` `a ``",
        "``` `` ```",
    ]


def test_a_long_sentence_is_broken_into_lines_that_the_check_reads() -> None:
    text = "wave " * 8000
    lines = page_of((Run(text.strip()),)).split("\n")
    assert max(map(len, lines)) <= 5000
    assert sum(line.count("wave") for line in lines) == 8000


def test_headings_step_down_one_level_at_a_time() -> None:
    cited = [Cited(Part("heading", level=level), (Sentence((Run(str(level)),)),)) for level in (4, 6, 2, 1)]
    text = write_page(Article("x", title="T"), cited, Page("k"), [], [])
    assert [line.partition(" ")[0] for line in text.splitlines() if line.startswith("#")] == [
        "#",
        "##",
        "###",
        "##",
        "##",
    ]
