"""Language tags (BCP 47) for the names of languages that bibliographies use."""

from __future__ import annotations

import re

# The names of babel and polyglossia, which BibLaTeX takes in `langid` and `language`.
_PAIRS = (
    "acadian fr-CA|afrikaans af|albanian sq|amharic am|arabic ar|armenian hy|australian en-AU|austrian de-AT|"
    "azerbaijani az|bahasa id|basque eu|belarusian be|bengali bn|bosnian bs|brazil pt-BR|brazilian pt-BR|"
    "british en-GB|bulgarian bg|burmese my|canadian en-CA|canadien fr-CA|catalan ca|chinese zh|croatian hr|"
    "czech cs|danish da|dutch nl|english en|esperanto eo|estonian et|farsi fa|finnish fi|francais fr|"
    "french fr|frenchb fr|galician gl|georgian ka|german de|germanb de|greek el|hebrew he|hindi hi|"
    "hungarian hu|icelandic is|indonesian id|irish ga|italian it|japanese ja|kazakh kk|khmer km|korean ko|"
    "kurdish ku|kyrgyz ky|lao lo|latin la|latvian lv|lithuanian lt|macedonian mk|magyar hu|malay ms|"
    "mexican es-MX|mongolian mn|naustrian de-AT|newzealand en-NZ|ngerman de|norsk nb|norwegian no|"
    "nswissgerman de-CH|nynorsk nn|pashto ps|persian fa|polish pl|polutonikogreek grc|portuges pt|"
    "portuguese pt|romanian ro|russian ru|serbian sr|serbianc sr-Cyrl|slovak sk|slovene sl|slovenian sl|"
    "spanish es|swahili sw|swedish sv|swissgerman de-CH|tajik tg|tamil ta|thai th|turkish tr|turkmen tk|"
    "ukenglish en-GB|ukrainian uk|urdu ur|usenglish en-US|uzbek uz|vietnamese vi|welsh cy|yiddish yi|"
    "american en-US"
)
_TAGS = dict(pair.split(" ") for pair in _PAIRS.split("|"))
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?\Z")


def language_tag(field: str) -> str:
    """The tag of the first language that a `langid` or `language` field names; empty if it is none that we know."""
    word = re.split(r"\s*[,;/]\s*|\s+and\s+", field.strip())[0].replace("_", "-")
    folded = word.casefold()
    known = _TAGS.get(folded) or _TAGS.get(folded.removeprefix("lang"))
    return known or (_cased(word) if _TAG.match(word) else "")


def language_name(tag: str) -> str:
    """What babel calls the language of a tag; the tag itself, where it has no name for it."""
    plain = [name for name, known in _TAGS.items() if known.casefold() == tag.casefold()]
    return next((name for name in (*_PREFERRED, *plain) if name in plain), tag)


# Where several names lead to one tag, the one that BibLaTeX's manual writes.
_PREFERRED = ("german", "french", "persian", "hungarian", "indonesian", "slovene", "portuguese", "brazilian")


def _cased(tag: str) -> str:
    """A tag with its parts cased as BCP 47 has them: zh-Hant-TW."""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])
