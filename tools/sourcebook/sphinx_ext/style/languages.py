"""Names of languages, from the codes and the babel names that bibliographies use for them."""

import re

_CODES = (
    "af Afrikaans|am Amharic|ar Arabic|az Azerbaijani|be Belarusian|bg Bulgarian|bn Bengali|bs Bosnian|"
    "ca Catalan|cs Czech|cy Welsh|da Danish|de German|el Greek|en English|eo Esperanto|es Spanish|"
    "et Estonian|eu Basque|fa Persian|fi Finnish|fr French|ga Irish|gl Galician|he Hebrew|hi Hindi|"
    "hr Croatian|hu Hungarian|hy Armenian|id Indonesian|is Icelandic|it Italian|ja Japanese|ka Georgian|"
    "kk Kazakh|ko Korean|ku Kurdish|ky Kyrgyz|la Latin|lt Lithuanian|lv Latvian|mk Macedonian|"
    "mn Mongolian|ms Malay|nb Norwegian|nl Dutch|nn Norwegian|no Norwegian|pl Polish|ps Pashto|"
    "pt Portuguese|ro Romanian|ru Russian|sk Slovak|sl Slovenian|sq Albanian|sr Serbian|sv Swedish|"
    "sw Swahili|ta Tamil|tg Tajik|th Thai|tk Turkmen|tr Turkish|uk Ukrainian|ur Urdu|uz Uzbek|"
    "vi Vietnamese|yi Yiddish|zh Chinese"
)
_BABEL = (
    "american English|australian English|british English|canadian English|newzealand English|"
    "ukenglish English|usenglish English|austrian German|germanb German|naustrian German|ngerman German|"
    "nswissgerman German|swissgerman German|acadian French|canadien French|francais French|frenchb French|"
    "brazil Portuguese|brazilian Portuguese|portuges Portuguese|mexican Spanish|magyar Hungarian|"
    "norsk Norwegian|nynorsk Norwegian|bahasa Indonesian|farsi Persian|polutonikogreek Greek|"
    "slovene Slovenian|serbianc Serbian"
)
_NAMES = {
    code.casefold(): name for code, name in (pair.split(" ") for pair in f"{_CODES}|{_BABEL}".split("|"))
}


def language_names(field: str) -> list[str]:
    """Name the languages of a `langid` or `language` field; an unknown name stays as it is written."""
    words = [word for word in re.split(r"\s*[,;/]\s*|\s+and\s+", field.strip()) if word]
    return list(dict.fromkeys(_language_name(word) for word in words))


def _language_name(word: str) -> str:
    folded = word.removeprefix("lang").casefold() if word.startswith("lang") else word.casefold()
    base = re.split(r"[-_]", folded)[0]
    return _NAMES.get(folded) or _NAMES.get(base) or word[0].upper() + word[1:]
