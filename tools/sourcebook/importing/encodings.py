"""Bytes to text: which encoding they are in, and what was mended. Nothing is replaced without a word."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from ..errors import UsageError
from ..model import Record

# Where the labels of the WHATWG's Encoding standard mean another encoding than Python's codec of that name.
_LABELS = {
    **dict.fromkeys(
        "ascii us-ascii latin1 latin-1 l1 iso-8859-1 iso8859-1 iso_8859-1 cp819 ibm819".split(), "cp1252"
    ),
    **dict.fromkeys("iso-8859-9 iso8859-9 latin5 windows-1254".split(), "cp1254"),
    **dict.fromkeys("gb2312 gbk gb_2312-80 chinese x-gbk".split(), "gb18030"),
    **dict.fromkeys("shift_jis shift-jis sjis x-sjis ms_kanji windows-31j".split(), "cp932"),
    **dict.fromkeys("euc-kr ks_c_5601-1987 korean windows-949".split(), "cp949"),
    **dict.fromkeys("tis-620 iso-8859-11 windows-874".split(), "cp874"),
    **dict.fromkeys("big5 big5-hkscs x-x-big5 cn-big5".split(), "big5hkscs"),
    **dict.fromkeys("unicode utf8 unicode-1-1-utf-8".split(), "utf-8"),
    **dict.fromkeys("macintosh mac x-mac-roman".split(), "mac_roman"),
    "x-mac-cyrillic": "mac_cyrillic",
    "koi8": "koi8_r",
    "iso-8859-8-i": "iso8859_8",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.I)
_XML = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w:.-]{2,40})[\"']", re.I)
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
# The five bytes that windows-1252 leaves undefined mean control characters, as browsers read them.
_UNDEFINED = {byte: byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_TWICE = re.compile(
    r"[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}"
)
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u200b\u2060\ufeff\u180e"
_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_CONTROLS = "".join(map(chr, (*range(9), *range(14, 32), *range(127, 133), *range(134, 160))))
_MENDED = str.maketrans(
    {
        **dict.fromkeys(_BLANKS, " "),
        **dict.fromkeys(_LINE_ENDS, "\n"),
        **dict.fromkeys(_UNSEEN + _DIRECTIONS + _CONTROLS),
    }
)
_KINDS = (
    ("no-break and other odd blanks", _BLANKS),
    ("soft hyphens and other unseen characters", _UNSEEN),
    ("marks of writing direction", _DIRECTIONS),
    ("odd line ends", _LINE_ENDS),
    ("control characters", _CONTROLS),
)
_ODD = re.compile(f"[{re.escape(_BLANKS + _UNSEEN + _DIRECTIONS + _LINE_ENDS + _CONTROLS)}]")
# What texts without a label are in, the commonest first.
_LIKELY = (
    *(
        "cp1252",
        "cp1251",
        "gb18030",
        "cp932",
        "cp949",
        "cp1254",
        "cp1250",
        "iso8859_2",
        "koi8_r",
        "euc_jp",
        "big5hkscs",
    ),
    *("cp1253", "cp1256", "cp1255", "cp1257", "koi8_u", "cp874", "mac_roman", "iso8859_5", "cp866"),
)
_MOST = 200_000  # bytes that are looked at
_C1 = re.compile("[\x80-\x9f]")  # no text has them; they are letters of another encoding
_AMONG_LETTERS = re.compile(r"(?<=[^\W\d_])[¹²³ªº¿¡°±¼½¾¤¦§¨©«¬®¯´µ¶·¸»×÷](?=[^\W\d_])")
_LEAST = 32  # bytes; of less, an encoding can't be told by what is frequent in it


class Decoded(Record, frozen=True):
    """A text with the encoding that it was in (Python's name), and a sentence for each thing that was mended."""

    text: str
    encoding: str
    remarks: tuple[str, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode and mend a text. declared: the label that a server gave, or nothing.

    The order is the WHATWG's: byte order mark, the declared label, the label in the first 1,024 bytes of an HTML
    file; then UTF-8 if the bytes are that, then what the bytes look like, windows-1252 before rarer ones. Raises
    UsageError, with the offset of the byte, if they are in none of these; a declared UTF-8 with a few bytes of
    windows-1252 is read as both.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark) and not (encoding == "utf-16-le" and data.startswith(codecs.BOM_UTF32_LE)):
            return _mended(_read(data[len(mark) :], encoding), encoding, [])
    remarks: list[str] = []
    label = codec_of(declared) or codec_of(declared_in(data))
    if declared and not codec_of(declared):
        remarks.append(f"the declared encoding {declared[:40]!r} is not known")
    text, encoding = _of_bytes(data, label, remarks)
    return _mended(text, encoding, remarks)


def codec_of(label: str) -> str:
    """Python's name of the encoding that a label means on the web; empty if it means none."""
    label = label.strip().strip("\"'").casefold()
    if label in _LABELS:
        return _LABELS[label]
    try:
        found = codecs.lookup(label).name if label else ""
    except (LookupError, ValueError):
        return ""
    if found in {"utf-7", "idna", "punycode"} or not getattr(
        codecs.lookup(found or "utf-8"), "_is_text_encoding", True
    ):
        return ""
    return "cp1252" if found in {"iso8859-1", "ascii"} else found


def declared_in(data: bytes) -> str:
    """The label that an HTML or XML file gives itself in its first 1,024 bytes."""
    head = _COMMENT.sub(b"", data[:1024])
    match = _XML.match(head) or _META.search(head)
    label = match[1].decode("ascii", "replace") if match else ""
    # a file that can be searched for ASCII is not in UTF-16, whatever it says
    return "utf-8" if label.casefold().startswith(("utf-16", "utf16", "utf-32", "ucs-2")) else label


def _of_bytes(data: bytes, label: str, remarks: list[str]) -> tuple[str, str]:
    wide = _wide(data)
    if wide:
        remarks.append(f"no encoding is declared; read as {wide}, by its zero bytes")
        return _read(data, wide), wide
    if label and label != "utf-8":
        try:
            text = _read(data, label)
        except UsageError:
            remarks.append(f"the text is not in {label}, as it says it is")
        else:
            return _utf8_after_all(data, text, label, remarks)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if label == "utf-8" and _is_mixed(data):
            return _both(data, remarks), "utf-8"
        return _guessed(data, error, remarks)


def _wide(data: bytes) -> str:
    """Which UTF-16 bytes are in that have a zero in every second place, as Latin letters do."""
    part = data[:2000]
    if len(part) < 4:
        return ""
    even, odd = part[::2].count(0) / len(part[::2]), part[1::2].count(0) / len(part[1::2])
    return "utf-16-le" if odd > 0.6 and even < 0.1 else "utf-16-be" if even > 0.6 and odd < 0.1 else ""


def _read(data: bytes, encoding: str) -> str:
    if encoding == "cp1252":
        return data.decode("cp1252", "surrogateescape").translate(
            {0xDC00 + byte: byte for byte in _UNDEFINED}
        )
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UsageError(_fault(data, error)) from error


def _utf8_after_all(data: bytes, text: str, label: str, remarks: list[str]) -> tuple[str, str]:
    """A one-byte encoding reads any bytes; those that are good UTF-8 beyond ASCII are that."""
    if data.isascii() or len(text) != len(data):
        return text, label
    try:
        right = data.decode("utf-8")
    except UnicodeDecodeError:
        return text, label
    remarks.append(f"the text says that it is in {label}, but is in UTF-8")
    return right, "utf-8"


def _is_mixed(data: bytes) -> bool:
    """Whether bytes are UTF-8 but for a few: more good sequences than bad bytes."""
    text = data.decode("utf-8", "surrogateescape")
    bad = sum(0xDC80 <= ord(char) <= 0xDCFF for char in text)
    good = sum(ord(char) > 127 for char in text) - bad
    return good > bad


def _both(data: bytes, remarks: list[str]) -> str:
    text = data.decode("utf-8", "surrogateescape")
    bad = [at for at, char in enumerate(text) if 0xDC80 <= ord(char) <= 0xDCFF]
    first = len(text[: bad[0]].encode("utf-8"))
    remarks.append(
        f"{len(bad)} bytes are not UTF-8, the first at byte {first}; they were read as windows-1252"
    )
    single = {0xDC00 + byte: bytes([byte]).decode("cp1252", "surrogateescape") for byte in range(128, 256)}
    return text.translate({**single, **{0xDC00 + byte: byte for byte in _UNDEFINED}})


def _guessed(data: bytes, error: UnicodeDecodeError, remarks: list[str]) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # loaded only for a text that says not what it is

    if b"\0" in data or len(data) < _LEAST:
        raise UsageError(_fault(data, error))
    matches = list(from_bytes(data[:_MOST], cp_isolation=list(_LIKELY)))
    matches = [match for match in matches if not _C1.search(str(match))]
    if not matches:
        raise UsageError(_fault(data, error))
    oddness = {
        match.encoding: match.chaos + 0.05 * len(_AMONG_LETTERS.findall(str(match))) for match in matches
    }
    least = min(oddness.values())
    best = max(
        (match for match in matches if oddness[match.encoding] <= least + 0.02),
        key=lambda match: (round(match.coherence, 2), -_LIKELY.index(match.encoding)),
    )
    encoding = best.encoding
    remarks.append(f"no encoding is declared; read as {encoding}, by what is frequent in it")
    return _read(data, encoding), encoding


def _fault(data: bytes, error: UnicodeDecodeError) -> str:
    byte = data[error.start]
    return (
        f"byte {error.start} (0x{byte:02x}) is not {error.encoding}, and no other encoding fits: "
        "save the text as UTF-8, or say its encoding"
    )


def _mended(text: str, encoding: str, remarks: list[str]) -> Decoded:
    text = _once(text, remarks)
    if "\r" in text:
        remarks.append("line ends were made plain")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, told = mend(text)
    return Decoded(text, encoding, (*remarks, *told))


def mend(text: str) -> tuple[str, tuple[str, ...]]:
    """Fold odd blanks, take out what is not seen, and tell of each kind how many and on which line the first is."""
    if not _ODD.search(text):
        return text, ()
    counts = Counter(_ODD.findall(text))
    told = []
    for name, chars in _KINDS:
        if number := sum(counts[char] for char in chars):
            first = min(at for char in chars if (at := text.find(char)) >= 0)
            told.append(f"{name} mended: {number}, the first on line {text.count(chr(10), 0, first) + 1}")
    return text.translate(_MENDED), tuple(told)


def _once(text: str, remarks: list[str]) -> str:
    """Undo UTF-8 that was read as windows-1252 and written again, where it was done to nearly all that is not ASCII."""
    found = _TWICE.findall(text)
    if len(found) < 2:
        return text
    mended = _TWICE.sub(_mend_twice, text)
    left = sum(ord(char) > 127 for char in _TWICE.sub("", text))
    if mended == text or left > len(found):
        return text
    remarks.append(f"UTF-8 written twice was mended: {len(found)} places, such as {found[0]!r}")
    return mended


def _mend_twice(match: re.Match[str]) -> str:
    for end in range(len(match[0]), 1, -1):
        try:
            data = b"".join(_byte(char) for char in match[0][:end])
            return data.decode("utf-8") + match[0][end:]
        except UnicodeError:
            continue
    return match[0]


def _byte(char: str) -> bytes:
    return bytes([ord(char)]) if ord(char) < 256 else char.encode("cp1252")
