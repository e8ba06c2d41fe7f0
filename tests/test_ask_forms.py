"""Which addresses are asked at all: their forms, the machines behind them, and the rules of robots.txt."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.answers import Answer
from sourcebook.network.robots import read_robots, robots_of
from sourcebook.network.targets import LONGEST, is_open, networks_of, number_of, target_of, target_of_redirect

FOLDER = Path(__file__).parent / "network"
VISIBLE = "".join(map(chr, range(0x21, 0x7F)))


def lines(name: str) -> list[str]:
    return [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line[0] != "#"]


PRIVATE = lines("private.txt")
BAD = [
    line.encode("latin-1", "backslashreplace").decode("unicode_escape") for line in lines("bad-addresses.txt")
]


@pytest.mark.parametrize("host", PRIVATE)
def test_a_private_machine_is_known_however_it_is_spelt(host: str) -> None:
    for url in (f"http://{host}/", f"HTTPS://{host}:8080/x?y#z"):
        target = target_of(url)
        assert target.fault == "private-address", target
    assert target_of_redirect("https://example.org/a", f"//{host}/").fault in {
        "private-address",
        "bad-redirect",
    }


@pytest.mark.parametrize("url", BAD, ids=ascii)
def test_what_is_no_address_is_not_asked(url: str) -> None:
    target = target_of(url)
    assert target.fault == "bad-address"
    assert target.detail.isascii()


@pytest.mark.parametrize("length", [1, 63, 64])
def test_a_part_of_a_host_has_at_most_63_letters(length: int) -> None:
    assert bool(target_of(f"https://{'a' * length}.org/").fault) == (length > 63)


def test_a_host_and_an_address_are_not_too_long() -> None:
    assert not target_of("https://" + "a." * 125 + "org/").fault
    assert target_of("https://" + "a." * 126 + "org/").fault
    start = "https://example.org/"
    assert not target_of(start + "a" * (LONGEST - len(start))).fault
    assert target_of(start + "a" * 20_000).fault == "bad-address"


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTPS://Example.ORG:443/A", "HTTPS://Example.ORG:443/A"),
        ("https://example.org/a#b%20c", "https://example.org/a"),
        ("https://example.org/#:~:text=a,b", "https://example.org/"),
        ("https://example.org/%41%2f%", "https://example.org/%41%2f%"),
        ("https://example.org/ü?ü=ü", "https://example.org/%C3%BC?%C3%BC=%C3%BC"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://BÜCHER.example:8080/", "https://xn--bcher-kva.example:8080/"),
        ("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://раураl.example/", "https://xn--l-7sba6dbr.example/"),
        ("https://a_b.example.org/", "https://a_b.example.org/"),
        ("https://example.org./", "https://example.org./"),
        ("https://[2606:4700:4700::1111]/", "https://[2606:4700:4700::1111]/"),
        ("https://1.1.1.1/", "https://1.1.1.1/"),
        ("https://100.63.255.255/", "https://100.63.255.255/"),
        ("https://[64:ff9b::101:101]/", "https://[64:ff9b::101:101]/"),
    ],
)
def test_the_rest_is_sent_as_it_was_written(url: str, sent: str) -> None:
    target = target_of(url)
    assert (target.fault, target.url) == ("", sent)


@given(st.text(alphabet=[c for c in VISIBLE if c not in '\\<>"`{|}^#'], max_size=60))
def test_no_letter_of_a_path_is_changed(path: str) -> None:
    url = f"https://example.org/{path}"
    assert target_of(url).url == url


@given(st.one_of(st.text(max_size=60), st.from_regex(r"\Ahttps?://[\w@.:/?#\[\]\\%-]{0,40}\Z")))
def test_judging_never_fails(text: str) -> None:
    for target in (target_of(text), target_of_redirect("https://example.org/a/b?c", text)):
        assert target.fault in {"", "bad-address", "bad-redirect", "private-address"}
        assert bool(target.fault) == bool(target.detail)
        assert target.fault or (target.host and target.url.isascii())


@given(st.ip_addresses())
def test_what_python_calls_private_is_not_open(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    known = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    closed = ("private", "loopback", "link_local", "multicast", "unspecified")
    if any(getattr(known, f"is_{name}") for name in closed):
        assert not is_open(str(address))


@given(st.ip_addresses(v=4))
def test_a_number_is_the_same_however_it_is_written(address: ipaddress.IPv4Address) -> None:
    number, parts = int(address), str(address).split(".")
    forms = [
        str(number),
        hex(number),
        f"0{number:o}",
        ".".join(hex(int(part)) for part in parts),
        f"{address}.",
    ]
    assert {number_of(form) for form in forms} == {str(address)}
    assert is_open(f"::ffff:{address}") == is_open(str(address)) == is_open(f"64:ff9b::{address}")


def test_tests_may_open_some_networks_and_no_others() -> None:
    allowed = networks_of(("127.1.0.0/16",))
    assert is_open("127.1.2.3", allowed)
    assert is_open("::ffff:127.1.2.3", allowed)
    assert not is_open("127.0.0.1", allowed)
    assert not is_open("::1", allowed)


@pytest.mark.parametrize(
    ("location", "led"),
    [
        ("/b", "https://example.org/b"),
        ("b", "https://example.org/a/b"),
        ("?b", "https://example.org/a/x?b"),
        ("//other.example/b", "https://other.example/b"),
        ("http://other.example/%41?b#c", "http://other.example/%41?b#c"),
        (" \t/b ", "https://example.org/b"),
        ("../b", "https://example.org/b"),
        ("#b", "https://example.org/a/x#b"),
    ],
)
def test_a_redirect_is_read_from_where_it_stands(location: str, led: str) -> None:
    target = target_of_redirect("https://example.org/a/x", location)
    assert (target.fault, target.url) == ("", led)


ROBOTS = """\ufeff# a robots.txt
User-agent: other
Disallow: /

User-Agent: *
Allow: /private/open
Disallow: /private/
Disallow: /*.pdf$
Disallow: /a%2Fb
Disallow: /%7Ereader
Disallow:
Sitemap: https://example.org/map.xml
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("", True),
        ("/private", True),
        ("/private/", False),
        ("/private/x?y", False),
        ("/private/open/x", True),
        ("/x.pdf", False),
        ("/x.pdf?y", True),
        ("/x.pdf.html", True),
        ("/a%2fb", False),
        ("/a/b", True),
        ("/~reader/x", False),
        ("/%7ereader", False),
        ("/robots.txt", True),
    ],
)
def test_robots_are_told_what_they_may_ask(path: str, allowed: bool) -> None:
    assert read_robots(ROBOTS).allows(f"https://example.org{path}") is allowed


def test_a_group_that_names_us_replaces_the_one_for_all() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: x\nUser-agent: Sourcebook\nDisallow: /no\n"
    assert read_robots(text).allows("https://example.org/yes")
    assert not read_robots(text).allows("https://example.org/no")
    assert not read_robots(text, "y").allows("https://example.org/yes")


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (Answer("", status=404), True),
        (Answer("", status=403), True),
        (Answer("", status=200, body=b"User-agent: *\nDisallow: /"), False),
        (Answer("", status=200, body=b"\xff\xfe<html>"), True),
        (Answer("", status=200, body=b"User-agent: *\nDisallow: /", fault="too-large"), False),
        (Answer("", status=200, fault="incomplete"), False),
        (Answer("", status=429), False),
        (Answer("", status=503), False),
        (Answer("", fault="timeout"), False),
    ],
)
def test_a_host_that_can_not_say_what_is_allowed_is_left_alone(answer: Answer, allowed: bool) -> None:
    assert robots_of(answer).allows("https://example.org/a") is allowed


@given(st.text(max_size=200), st.text(max_size=40))
def test_reading_robots_never_fails(text: str, path: str) -> None:
    assert read_robots(f"User-agent: *\n{text}").allows(f"https://example.org/{path}") in {True, False}


def test_a_pattern_of_many_stars_takes_no_longer_than_it_is() -> None:
    rules = read_robots("User-agent: *\nDisallow: /" + "*a" * 20_000 + "b$")
    assert rules.allows("https://example.org/" + "a" * 20_000)
