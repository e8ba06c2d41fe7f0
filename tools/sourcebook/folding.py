"""Letters as a searcher types them: without capitals and accents, so that Kalin finds Kalın."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# What is no letter with an accent in Unicode, but is typed as plain letters.
_PLAIN = str.maketrans(
    {
        "ı": "i", "İ": "I", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th",
        "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ẞ": "SS", "ħ": "h", "Ħ": "H", "ŋ": "n",
        "ʻ": "", "ʼ": "", "’": "", "'": "", "ʹ": "", "ə": "e", "Ə": "E",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")


def folded(text: str) -> str:
    """A text in small letters and without accents; letters of other scripts stay what they are."""
    if text.isascii():
        return text.replace("'", "").lower()
    bare = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(char for char in bare if not unicodedata.combining(char)).casefold()


@lru_cache(4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(_WORD.findall(folded(text)))


def ascii_words(text: str) -> list[str]:
    """The words of a text in plain small letters and digits; words of other scripts are left out."""
    bare = folded(text)
    return [word for word in _WORD.findall(bare) if _ASCII_WORD.fullmatch(word)]
