"""Web pages as they are read for a verdict: decoded, bounded, and whatever they hold without an exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.answers import Answer
from sourcebook.linking.fragments import missing_fragment
from sourcebook.linking.verdicts import judge
from sourcebook.linking.webpage import Webpage, decode, read_webpage
from sourcebook.linkrecords import VERDICTS, Expected, Judgement

URL = "https://example.org/sea"


def say(answer: Answer, expected: Expected) -> Judgement:
    return judge(answer, read_webpage(answer), expected)


@pytest.mark.parametrize(
    ("fragment", "missing"),
    [
        ("", ""),
        ("top", ""),
        ("part-1", ""),
        ("by-name", ""),
        ("gr%C3%B6%C3%9Fe", ""),
        ("größe", ""),
        ("Part-1", "but 'part-1'"),
        ("part-2", "no anchor 'part-2'"),
        ("!/route", ""),
        ("page=3", ""),
        ("L10-L20", ""),
        (":~:text=salt%20water", ""),
        (":~:text=The-,salt,rivers,-flow", ""),
        (":~:text=fresh%20water", "'fresh water' is not on the page"),
        (":~:text=rivers,salt", "'salt' is not on the page"),
        ("part-2:~:text=salt&text=nowhere", "no anchor 'part-2'"),
    ],
)
def test_a_fragment_is_looked_for(fragment: str, missing: str) -> None:
    body = '<h1 id="part-1">The salt water</h1><a name="by-name"></a><p id="größe">of the <i>rivers</i>, that flow.</p>'
    page = read_webpage(Answer(URL, URL, 200, body=body.encode(), whole=True))
    found = missing_fragment(fragment, page)
    assert missing in found
    assert bool(found) == bool(missing)
    assert missing_fragment(fragment, Webpage(text="x", whole=False)) == ""


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("größe".encode(), "", "größe"),
        ("größe".encode("latin-1"), "", "größe"),
        ("größe".encode(), "text/html; charset=iso-8859-1", "größe"),
        ("größe".encode("utf-16"), "", "größe"),
        ("привет".encode("cp1251"), "text/html; charset=windows-1251", "привет"),
        ("привет".encode("koi8-r"), 'text/html; charset="koi8-r"', "привет"),
        (b'<meta charset="shift_jis">' + "海は塩".encode("cp932"), "", '<meta charset="shift_jis">海は塩'),
        ("海是咸的".encode("gb18030"), "text/html; charset=gb2312", "海是咸的"),
        ("größe".encode("latin-1"), "text/html; charset=no-such-set", "größe"),
        ("größe".encode("latin-1"), "text/html; charset=base64", "größe"),
        ("größe".encode()[:3], "", "gr"),
    ],
)
def test_a_page_is_decoded_by_what_it_is(body: bytes, kind: str, text: str) -> None:
    assert decode(body, kind) == text


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(alphabet="<>/=\"' abtilemhrfscp!-&;#", max_size=120).map(str.encode))
def test_no_page_raises(body: bytes) -> None:
    answer = Answer(URL, URL, 200, body=body, headers=(("content-type", "text/html"),))
    assert say(answer, Expected(("The sea is salt",))).verdict in VERDICTS


@pytest.mark.parametrize(
    "body",
    [
        b"<a " + b"a1 " * 400_000 + b">",
        b"<div>" * 300_000,
        b"<" * 1_000_000,
        b"<p>page " * 200_000,
        b"<title>" + b"could not be found " * 50_000,
        b"<h1>" + b"can not " * 100_000 + b"</h1>",
        b"<!--" * 300_000,
        b"&#x" * 400_000,
        b'<meta property="og:title" content="a - b | c">' * 30_000,
    ],
    ids=["attributes", "depth", "brackets", "words", "title", "negations", "comments", "references", "metas"],
)
def test_a_page_made_to_last_is_read_in_passing(body: bytes) -> None:
    answer = Answer(URL, URL, 200, body=body, headers=(("content-type", "text/html"),), whole=True)
    assert say(answer, Expected(("The sea is salt, and what follows",))).verdict in VERDICTS
