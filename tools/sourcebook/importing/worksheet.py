"""A worksheet: the skeleton of a page, in which a person writes own words where the passages of the article stood.

On the page stands only the number of each passage. The passages themselves are in a file that is not tracked, so that
nobody publishes them by accident; the check refuses the page as long as a number stands on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..article import Article
from ..model import Claim, Place
from ..model import Page as ReadPage
from ..naming import propose_name
from .citing import Cited, Sentence
from .escape import escape
from .pagewriter import Page, blocks, whole


class Worksheet:
    """The passages of one article as they are taken off it, numbered from 1, and the names that are in use."""

    def __init__(self, key: str, taken: Iterable[str] = ()) -> None:
        self.key = key
        self.taken = set(taken)
        self.passages: list[str] = []

    def sentence(self, sentence: Sentence, citing: bool = True) -> str:
        """The line that stands for a sentence: its number, its citation and a name that it might have."""
        text = " ".join(sentence.text.split())
        if not sentence.asserts:  # dots or dashes alone are nobody's words
            return escape(text, True)
        self.passages.append(text)
        line = f"⟦passage {len(self.passages)}⟧"
        if citing:
            line += f" {{cite:p}}`{','.join(sentence.keys)}`" if sentence.keys else ""
            line += f" {{claim}}`{self.name(text)}`."
        return line

    def name(self, text: str) -> str:
        """A claim name that nobody has, made of the first telling words; a person may well give a better one."""
        claim, page = Claim(text, Place(self.key)), ReadPage(self.key, article=self.key)
        name = propose_name(claim, page, self.taken, Counter())
        self.taken.add(name)
        return name

    def list_of_passages(self) -> str:
        """The file beside the page: each passage under its number."""
        numbered = (f"{number}\n    {text}\n" for number, text in enumerate(self.passages, 1))
        return f"Passages of {self.key}. Not tracked; write the page in your own words.\n\n" + "\n".join(
            numbered
        )


def write_worksheet(
    article: Article, cited: list[Cited], page: Page, sheet: Worksheet, closing: list[str]
) -> str:
    """The whole page, with nothing of the article in it but its title, its headings and its citations."""
    plain = [one for one in cited if one.part.kind != "code"]
    chunks = [[page.title(article.title)], *blocks(plain, page, sheet.sentence)]
    return whole(article, page, [*chunks, closing])
