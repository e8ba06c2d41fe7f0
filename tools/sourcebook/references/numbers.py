"""Volume, number, pages and edition of a reference, in words or in the figures that styles put in a row."""

from __future__ import annotations

import re

from .board import Board

_PAGE = r"(?:[A-Za-z]{0,2}\d{1,6}[A-Za-z]?|(?-i:[ivxlc]{1,7}))"
_PAGES = rf"(?P<pages>{_PAGE}\s?[-–—‐]+\s?{_PAGE}|[A-Za-z]?\d{{1,6}}\+?)"
_RANGE = rf"(?P<pages>{_PAGE}\s?[-–—‐]+\s?{_PAGE})"
_NUMBER = (
    r"(?P<number>\d{1,4}(?:\s?[-–/&]\s?\d{1,4})?[A-Za-z]?|Suppl(?:ement)?\.?\s?\d*|"
    r"(?:Special Issue|Pt|S)\.?\s?\d+)"
)
_NUMBER2 = _NUMBER.replace("<number>", "<number2>")
_VOLUME = r"(?P<volume>\d{1,4}(?:[-–/]\d{1,4})?|(?-i:[IVXLC]{1,7}))"
_VOL_WORD = r"(?:vols?|volumes?|bd|band|jg|jahrgang|tome|tomo|vol[uú]men|cilt|том|т|t|в|ročník|roč)"
_NO_WORD = r"(?:nos?|nr|numbers?|issues?|iss|heft|hft|hf|h|№|n[°ºo]|núm|sayı|вып|číslo|fasc|c)"
_PP_WORD = r"(?:pp?|pages?|pgs?|pag|págs?|seiten?|ss?|стр|сс?|str)"
_GAP = r"[\s,;.:/]{0,4}"

_SHAPES = [
    # Vancouver and its like: 2020 Mar 3;12(3):45-67
    rf"(?P<year>\b\d{{4}})(?P<in_year>(?:\s[A-Z][a-z]{{2}}\w*(?:[ -]\d\d?)?)?)"
    rf"\s?;\s?{_VOLUME}?\s?(?:\(\s?{_NUMBER}\s?\))?"
    rf"(?:\s?:\s?{_PAGES})?(?![\w-])",
    # vol. 12, no. 3, pp. 45-67 with a year or a month between
    rf"(?<!\w){_VOL_WORD}\.?\s?{_VOLUME}(?!\w)(?:{_GAP}\(?(?<!\w){_NO_WORD}\.?\s?{_NUMBER}(?!\w)\)?|"
    rf"\s?\((?!(?:1[5-9]|20)\d\d\s?\)){_NUMBER2}\))?",
    # 12, no. 3 (2020): 45-67
    rf"(?<![\w.,-]){_VOLUME},?\s\(?(?<!\w){_NO_WORD}\.?\s?{_NUMBER}(?!\w)\)?",
    # 12, 3 (Mar. 2020), 45-67
    r"(?<![\w.,–-])(?P<volume>\d{1,4}),\s(?P<number>\d{1,3}(?:[-–/]\d{1,3})?)"
    r"(?=\s\((?:[A-Z][a-z]+\.?\s)?(?:1[5-9]|20)\d\d\))",
    # 12(3), 45-67; 12 (3): 45; 12(3)
    rf"(?<![\w.–-]){_VOLUME}\s?\(\s?(?:{_NO_WORD}\.?\s?)?{_NUMBER}\s?\)(?:\s?[:,]\s?(?:{_PP_WORD}\.\s?)?{_PAGES}(?![\w-]))?",
    # 12.3 (2020): 45-67
    r"(?<![\w.-])(?P<volume>\d{1,4})\.(?P<number>\d{1,3})(?=\s?\([^)]{4,20}\)\s?:|,\s(?:(?:1[5-9]|20)\d\d|pp?\.))",
    # 12 (2020): 45-67
    rf"(?<![\w.–-]){_VOLUME}(?=\s?\((?:[A-Z][a-z]+\.?\s)?\d{{4}}\)(?:\s?[,:]?\s?(?:{_PP_WORD}\.\s?)?\d|[.,;]|$))",
    # 4, e123; 4:e123
    r"(?<![\w.-])(?P<volume>\d{1,4})\s?[,:]\s?(?P<pages>e\d{1,8})(?!\w)",
    # 12, 45-67; 12:45-67
    rf"(?<![\w.,-])(?P<volume>\d{{1,4}})\s?[:,]\s?(?:{_PP_WORD}\.?\s?)?{_RANGE}(?![\w-])",
]
_PATTERNS = [re.compile(shape, re.I) for shape in _SHAPES]
_NUMBER_ALONE = re.compile(
    rf"(?<!\w)(?:nos?\.|nr\.|issue(?=\s)|iss\.|heft(?=\s)|№|n[°º]|sayı:?|вып\.)\s?{_NUMBER}(?!\w)", re.I
)
_TOTAL = re.compile(r"(?<!\w)(?:pp?\.\s)?(?P<total>[ivxlc]{1,8}(?:\s\+\s\d{1,4}){1,3})(?!\w)")
_PAGES_WORD = re.compile(
    rf"(?<!\w){_PP_WORD}(?:[.:]{{1,2}}\s?|\s|(?=\d)){_PAGES}(?:\s?(?:f\.|ff\.))?(?![\w-])", re.I
)
_PAGES_COLON = re.compile(
    rf"(?<=[):\ue000])\s?[:,]\s?{_RANGE}(?![\w-])|"
    rf"(?<=\ue000):\s?(?P<single>[A-Za-z]?\d{{1,6}})(?![\w-])",
    re.I,
)
_PAGES_BARE = re.compile(rf"(?<=[,)\ue000:]\s){_RANGE}(?=\s?(?:[.,;\ue000)]|$))", re.I)
_PAGES_BEHIND = re.compile(r"(?<![\w-])(?P<pages>\d{1,4}[-–—]\d{1,4})\s?(?:pp|с|s|S)\.(?!\w)")
_YEARS = re.compile(r"(?:1[4-9]|20)\d\d\s?[-–—‐]\s?(?:1[4-9]|20)?\d\d$")
_VOLUMES = re.compile(r"[,.]?\s(?P<volumes>\d{1,2})\s(?:vols?|volumes|Bde|Bände)\b\.?")
_EDITION = re.compile(
    r"\(?\b(?P<edition>\d{1,2})(?:st|nd|rd|th|\.|ª|e|-е)?,?\s*(?:(?P<how>\w{1,12}\.?)\s+)?(?:überarb\.\s+)?"
    r"(?:edn|ed|edition|aufl|auflage|éd|édition|ed[iı]zione|edición|изд|baskı)\b\.?\)?"
    r"|\b(?P<word>first|second|third|fourth|fifth|sixth|revised|rev\.)\s+(?:edition|ed\.|edn\.?)",
    re.I,
)
_WORDS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6"}
_EDITORIAL = frozenset(
    "ed eds edition edn revised rev aufl auflage erw neubearb durchges überarb enlarged".split()
)


def take_numbers(board: Board) -> None:
    """Take edition, volume, number and pages off the board. A year is left to the reader of dates."""
    if (match := board.search(_EDITION)) and (
        not match["how"] or match["how"].strip(".").casefold() in _EDITORIAL
    ):
        board.put("edition", match["edition"] or _WORDS.get(match["word"].casefold(), match["word"]))
        board.take(match.start(), match.end())
    if match := board.search(_VOLUMES):
        board.put("volumes", match["volumes"])
        board.take(match.start(), match.end())
    for pattern in _PATTERNS:
        if match := next((m for m in board.all(pattern) if _is_volume(m, board)), None):
            _take_groups(board, match)
            break
    if "number" not in board.fields and (match := board.search(_NUMBER_ALONE)):
        _take_groups(board, match)
    if match := board.search(_TOTAL):
        board.put("pagetotal", match["total"])
        board.take(match.start(), match.end())
    for pattern in (_PAGES_WORD, _PAGES_COLON, _PAGES_BEHIND, _PAGES_BARE):
        match = board.search(pattern)
        if (
            match
            and "pages" not in board.fields
            and not (pattern is _PAGES_BARE and _YEARS.match(match["pages"]))
        ):
            single = match.groupdict().get("single")
            board.put("pages", single or _dashed(match["pages"]))
            board.take(match.start(), match.end())


def _is_volume(match: re.Match[str], board: Board) -> bool:
    found = match.groupdict()
    if found.get("year"):
        return bool(found.get("volume") or found.get("number"))
    volume = found.get("volume") or ""
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", volume):
        return bool(re.match(r"(?i)v|b|j", match[0]))  # a year, unless a word says that it is a volume
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", found.get("number") or "") and not found.get("pages"):
        return bool(re.search(r"(?i)no|nr|issue|№", match[0]))
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", found.get("number") or ""):
        return False
    return not (match.start() == 0 or (volume.isalpha() and len(volume) == 1 and volume not in "IVX"))


def _take_groups(board: Board, match: re.Match[str]) -> None:
    """Take a run of numbers, but leave its year and month on the board for the reader of dates."""
    found = match.groupdict()
    for name in ("volume", "number"):
        board.put(name, (found.get(name) or "").replace(" ", ""))
    board.put("number", (found.get("number2") or "").replace(" ", ""))
    if found.get("pages"):
        board.put("pages", _dashed(found["pages"] or ""))
    start = match.end("in_year") if found.get("year") else match.start()
    board.take(start, match.end())


def _dashed(pages: str) -> str:
    """Pages as BibLaTeX has them: a double hyphen between first and last."""
    return re.sub(r"\s?[-–—‐]+\s?", "--", pages)
