"""The language of a text, by its commonest words: data and a count, and no guess where the count does not tell."""

from __future__ import annotations

import re

# Words that are frequent in one language and rare or absent in the others.
_WORDS = {
    "en": "the of and that with from this was for which have their has been are were would not by",
    "de": "der die das und nicht mit ist von den ein eine auf sich auch dem für werden wurde im",
    "fr": "le les des est une dans que qui pour pas sur plus avec ce sont par au du ont",
    "es": "el los las que una por con para del se más como pero sus fue ha esta y al",
    "it": "il che di della per una sono con non gli del più anche nel alla dei è le ha",
    "pt": "o que não uma com para dos das ao mais como foi pelo pela são os em seu",
    "nl": "het een van en dat niet zijn met voor op die aan ook wordt naar bij door werd",
    "pl": "nie się na jest że do oraz przez dla jak był po od które które tym przez",
    "tr": "bir ve bu için ile olarak da de daha çok gibi olan kadar sonra ise",
    "ru": "и в не на что с по это как из к но от за о для его был что",
    "uk": "і в не на що з та це як до але від за про для його був які",
}
_SETS = {code: frozenset(words.split()) for code, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 20  # words; of less nothing is said


def language_of(text: str) -> str:
    """The code of a text's language; empty if the text is short, or two languages are as likely."""
    words = [word.lower() for word in _WORD.findall(text[:20_000])]
    if len(words) < _FEWEST:
        return ""
    counts = sorted(
        ((sum(word in known for word in words), code) for code, known in _SETS.items()), reverse=True
    )
    (most, code), (second, _) = counts[0], counts[1]
    return code if most * 12 >= len(words) and most > second * 1.3 else ""
