"""The citation keys that look most like one that no entry has, and those that look alike at all."""

from __future__ import annotations

import unicodedata

# Letters of Cyrillic and Greek that print as those of Latin do (Unicode Technical Standard 39, confusables).
_ALIKE = str.maketrans(
    "аеорсухіјѕԁԛԝһԍАВЕКМНОРСТУХІЈЅԌαικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧıȷ",
    "aeopcyxijsdqwhgABEKMHOPCTYXIJSGaiknoptuxABEZHIKMNOPTYXij",
)


def alike(key: str) -> str:
    """What a key has in common with those that a reader, a file system or a tool can't tell from it.

    Capitals count for nothing, nor does the form in which an accent is stored, nor from which script a letter comes.
    """
    if key.isascii():
        return key.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", key).translate(_ALIKE)).casefold()


def nearest_keys(key: str, keys: frozenset[str]) -> list[str]:
    """Up to three keys that look most like this one, those first that differ in capitals only."""
    import difflib  # loaded only for a key that no entry has

    folded = {known.casefold(): known for known in sorted(keys)}
    return [folded[near] for near in difflib.get_close_matches(key.casefold(), folded, 3, 0.75)]
