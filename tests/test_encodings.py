"""Bytes to text: charsets declared and not, wrong labels, text encoded twice, and what is mended."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.errors import UsageError
from sourcebook.importing.encodings import codec_of, declared_in, decode, mend

TEXTS = {
    "cp1252": "Der Präsident sagte in Köln, daß die Brücke über den Fluß für ältere Menschen geöffnet würde. “Voilà”.",
    "cp1250": "Prezydent powiedział w środę, że rozmowy będą „kontynuowane” w styczniu. Żółta łódź płynie.",
    "cp1251": "Президент заявил в четверг, что переговоры продолжатся в январе, как и было решено.",
    "koi8_r": "Президент заявил в четверг, что переговоры продолжатся в январе, как и было решено.",
    "iso8859_2": "Prezydent powiedział w środę, że rozmowy będą kontynuowane w styczniu. Żółta łódź płynie.",
    "cp1253": "Ο πρόεδρος δήλωσε ότι οι συνομιλίες θα συνεχιστούν τον Ιανουάριο.",
    "cp1254": "Görüşmelerin ocak ayında süreceğini söyledi. İstanbul'da ağaç, şehir ve ışık.",
    "cp932": "これは日本語の文章です。東京で会議が開かれました。首相は記者会見で述べた。",
    "gb18030": "这是一个中文句子。总统在北京举行了会议，双方讨论了安全问题。",
    "big5hkscs": "總統在台北舉行會議，雙方討論安全問題。這是一個中文句子。",
    "cp949": "이것은 한국어 문장입니다. 대통령은 서울에서 회의를 열었다.",
    "mac_roman": "Le président a déclaré à l’Élysée que la réunion était très utile.",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_a_declared_charset_is_read(encoding: str) -> None:
    decoded = decode(TEXTS[encoding].encode(encoding), encoding)
    assert (decoded.text, decoded.remarks) == (TEXTS[encoding], ())


@pytest.mark.parametrize("encoding", TEXTS)
def test_a_charset_of_a_page_is_read_from_its_head(encoding: str) -> None:
    page = f'<meta charset="{encoding}"><p>{TEXTS[encoding]}</p>'
    assert decode(page.encode(encoding)).text == page


@pytest.mark.parametrize("encoding", TEXTS)
def test_a_charset_that_nobody_declares_is_told_by_its_text(encoding: str) -> None:
    decoded = decode((TEXTS[encoding] * 3).encode(encoding))
    assert decoded.text == TEXTS[encoding] * 3
    assert decoded.remarks[0].startswith("no encoding is declared")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_comes_before_all(encoding: str) -> None:
    assert decode("naïve – café".encode(encoding), "koi8-r").text == "naïve – café"


def test_latin_1_means_windows_1252_as_on_the_web() -> None:
    assert decode(b"\x93so\x94 \x96 caf\xe9", "ISO-8859-1").text == "“so” – café"
    assert codec_of(" Latin1 ") == "cp1252"


def test_a_wrong_label_gives_way_to_good_utf_8() -> None:
    decoded = decode("café – “so”".encode(), "windows-1252")
    assert decoded.text == "café – “so”"
    assert decoded.remarks == ("the text says that it is in cp1252, but is in UTF-8",)


def test_a_few_bytes_of_windows_1252_in_utf_8_are_read_and_told() -> None:
    decoded = decode("naïve café naïve café".encode() + b" \x93so\x94", "utf-8")
    assert decoded.text == "naïve café naïve café “so”"
    assert decoded.remarks == ("2 bytes are not UTF-8, the first at byte 26; they were read as windows-1252",)


def test_text_that_was_encoded_twice_is_mended_and_told() -> None:
    twice = "It’s naïve – café".encode().decode("cp1252")
    decoded = decode(twice.encode())
    assert decoded.text == "It’s naïve – café"
    assert decoded.remarks[0].startswith("UTF-8 written twice was mended: 4 places")


def test_a_single_odd_pair_of_letters_is_left_alone() -> None:
    assert decode("Ã¤ once".encode()).text == "Ã¤ once"


def test_what_is_in_no_encoding_names_the_byte() -> None:
    with pytest.raises(UsageError, match=r"byte 3 \(0xff\) is not utf-8"):
        decode(b"abc\xff")


def test_a_declared_label_that_does_not_exist_is_told() -> None:
    assert decode(b"abc", "x-none").remarks == ("the declared encoding 'x-none' is not known",)
    assert codec_of("utf-7") == codec_of("base64") == ""


def test_a_label_in_a_comment_or_far_below_does_not_count() -> None:
    assert declared_in(b'<!-- <meta charset="koi8-r"> --><meta charset=cp1251>') == "cp1251"
    assert declared_in(b" " * 1100 + b"<meta charset=cp1251>") == ""
    assert declared_in(b"<meta http-equiv=x content='text/html; charset=utf-16'>") == "utf-8"


def test_odd_characters_are_mended_and_told_with_their_line() -> None:
    decoded = decode("a\r\nb\u00a0c\u00ad\u200bd\x00e\u2028f\u202eg\rh".encode())
    assert decoded.text == "a\nb cde\nfg\nh"
    assert decoded.remarks == (
        "line ends were made plain",
        "no-break and other odd blanks mended: 1, the first on line 2",
        "soft hyphens and other unseen characters mended: 2, the first on line 2",
        "marks of writing direction mended: 1, the first on line 2",
        "odd line ends mended: 1, the first on line 2",
        "control characters mended: 1, the first on line 2",
    )


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UsageError):
        text = decode(data).text
        assert mend(text) == (text, ())


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"]), max_size=80))
def test_plain_text_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode("utf-16")).text == text or "twice" in decode(text.encode("utf-16")).remarks[0]
