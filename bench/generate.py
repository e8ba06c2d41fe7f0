"""Writes a generated library, always the same for the same figures: pages of cited sentences and their bibliography.

Use: python bench/generate.py DIR --pages 300 --entries 3000 [--plain] [--lists]
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

SENTENCES = 40
PER_PAGE = 10
WORDS = """agency agreement allies answer archive article border broad budget call channel claim council crisis date
deal defence delegation demand draft east energy exercise forces forecast future guarantee harbour history interest
letter meeting members memory minister mission north note number observers offer office official order paper pipeline
place plan port power press price proposal public question reader reason region report request reserve road room route
rule season security session ship signal source speech staff state strait talks term text trade treaty troops vessel
view visit voice vote warning water week west winter word year""".split()  # words, not code
NAMES = "Arslan Baker Castro Demir Eriksson Fischer Garcia Haddad Ivanova Jensen Kaya Lukin Moreau Novak Okafor".split()
TYPES = {
    "article": "  journal = {{Journal of {word} Studies}},\n  volume = {{{n}}},\n  number = {{2}},\n",
    "online": "  organization = {{The {word} Post}},\n  urldate = {{2022-01-31}},\n",
    "techreport": "  institution = {{Institute of {word}}},\n  number = {{{n}}},\n",
    "book": "  publisher = {{{word} Press}},\n  location = {{London}},\n",
    "incollection": "  booktitle = {{Essays on {word}}},\n  editor = {{Novak, Eva}},\n  publisher = {{House}},\n",
}


def key_of(number: int) -> str:
    """Name the entry of a number."""
    return f"{NAMES[number % len(NAMES)].lower()}{2000 + number % 22}n{number}"


def entry(number: int) -> str:
    """Write the entry of a number."""
    chance = random.Random(number)
    kind = list(TYPES)[number % len(TYPES)]
    words = " ".join(chance.sample(WORDS, 7))
    author = f"{NAMES[number % len(NAMES)]}, {chance.choice('ABCDEFGH')}nna"
    if number % 4 == 0:
        author += f" and {chance.choice(NAMES)}, Peter"
    return (
        f"@{kind}{{{key_of(number)},\n  author = {{{author}}},\n  title = {{{words.capitalize()} {number}}},\n"
        f"  year = {{{2000 + number % 22}}},\n  month = {{{number % 12 + 1}}},\n"
        + TYPES[kind].format(word=chance.choice(WORDS).capitalize(), n=number % 60 + 1)
        + f"  url = {{https://example.org/{key_of(number)}}},\n}}\n\n"
    )


def sentence(chance: random.Random, keys: list[str], plain: bool) -> str:
    """Write a sentence of about 25 words, cited unless it is to be plain."""
    words = " ".join(chance.choices(WORDS, k=chance.randint(20, 30))).capitalize()
    return f"{words}." if plain else f"{words} {{cite:p}}`{chance.choice(keys)}`."


def page(number: int, entries: int, plain: bool, lists: bool) -> str:
    """Write a page: eight paragraphs of five sentences, which cite its own entries and some of others."""
    chance = random.Random(10_000_000 + number)
    keys = [key_of((number * PER_PAGE + offset) % entries) for offset in range(PER_PAGE)]
    keys += [key_of(chance.randrange(entries)) for _ in range(5)]
    paragraphs = ["\n".join(sentence(chance, keys, plain) for _ in range(5)) for _ in range(SENTENCES // 5)]
    end = (
        "\n## Sources\n\n```{bibliography}\n:filter: docname in docnames\n```\n"
        if lists and not plain
        else ""
    )
    return f"# Page {number}\n\n" + "\n\n".join(paragraphs) + "\n" + end


def write_library(root: Path, pages: int, entries: int, plain: bool = False, lists: bool = False) -> None:
    """Write the library into a folder."""
    (root / "docs/articles").mkdir(parents=True, exist_ok=True)
    (root / "bib").mkdir(exist_ok=True)
    for number in range(pages):
        text = page(number, entries, plain, lists)
        (root / f"docs/articles/page{number:05}.md").write_text(text, "utf-8")
    (root / "bib/references.bib").write_text("".join(map(entry, range(entries))), "utf-8")
    toc = "\n".join(f"articles/page{number:05}" for number in range(pages))
    sources = "" if plain else "sources\n"
    (root / "docs/index.md").write_text(
        f"# Library\n\n```{{toctree}}\n:hidden:\n\n{toc}\n{sources}```\n", "utf-8"
    )
    if not plain:
        directive = "```{bibliography}\n:all:\n```\n" if lists else "```{bibliography}\n```\n"
        (root / "docs/sources.md").write_text(f"# Sources\n\n{directive}", "utf-8")
    (root / "docs/conf.py").write_text(
        'project = "Generated"\nextensions = ["myst_parser", "sphinxcontrib.bibtex"]\nhtml_theme = "basic"\n'
        'bibtex_bibfiles = ["../bib/references.bib"]\n'
        'suppress_warnings = ["bibtex.duplicate_citation", "bibtex.duplicate_label"]\n',
        "utf-8",
    )


def main() -> None:
    """Read the command line and write the library."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dir", type=Path)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--entries", type=int, default=0, help="ten a page, if not given")
    parser.add_argument("--plain", action="store_true", help="no citation in any page")
    parser.add_argument("--lists", action="store_true", help="a bibliography on each page")
    options = parser.parse_args()
    entries = options.entries or options.pages * PER_PAGE
    write_library(options.dir, options.pages, entries, options.plain, options.lists)


if __name__ == "__main__":
    main()
