"""An article with its citations as a page of MyST: one sentence a line, and nothing in it but what was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from ..abbreviations import language_of
from ..article import Article, Run
from ..myst import read_text
from ..spelling import AT, MISSPELT
from .citing import Cited, Sentence
from .escape import address, code_span, escape, escape_cell, escape_start, is_safe_address, longest_run, role

LONGEST_LINE = 5000  # characters; the check refuses lines of 20,000
# A full stop before which a citation may stand: behind a word that is no abbreviation by its look.
_PLAIN_STOP = re.compile(r"(?<![\w.’'-])(?:(?P<word>[^\W\d_]{3,})|\d{3,})\.\Z")
_SUSPICIOUS = re.compile(r"@|cite|claim|[｛｝]", re.I)
_ROLES = {"emphasis": "emphasis", "strong": "strong", "sup": "sup", "sub": "sub"}
_STARS = {"emphasis": "*", "strong": "**"}
_WAIVER = "% allow misspelt-citation: it stands so in the article"

# How a sentence is written: the sentence, and whether it may cite at all.
Write = Callable[[Sentence, bool], str]


class Page:
    """What a page is written with. footnotes: the remarks that become footnotes, by mark."""

    def __init__(
        self,
        key: str,
        extensions: frozenset[str] = frozenset(),
        keys: frozenset[str] = frozenset(),
        footnotes: Iterable[str] = (),
    ) -> None:
        self.key = key
        self.extensions = extensions
        self.folded = {known.casefold() for known in keys}
        self.labels = {mark: _label(mark) for mark in footnotes}

    def title(self, text: str) -> str:
        """The heading of the page."""
        return "# " + self.runs((Run(" ".join(text.split())),)).replace("\n", " ")

    def sentence(self, sentence: Sentence, citing: bool = True) -> str:
        """A sentence with its citation: before its full stop, or behind it where that stop may belong to a word."""
        line = self.runs(sentence.runs)
        if not (citing and sentence.keys and sentence.asserts):
            return line
        citation = f"{{cite:p}}`{','.join(sentence.keys)}`"
        stop = _PLAIN_STOP.search(line)
        if stop and sentence.runs[-1].kind == "text" and not _is_shortened(stop["word"]):
            return f"{line[:-1]} {citation}."
        return f"{line} {citation}"

    def runs(self, runs: Iterable[Run]) -> str:
        """Runs as one line, or as several where one would be too long."""
        out: list[str] = []
        before = ""
        given = _merged(runs)
        for number, run in enumerate(given):
            following = given[number + 1] if number + 1 < len(given) else None
            out.append(self._run(run, before, following))
            before = run.kind
        return "\n".join(escape_start(line) for line in "".join(out).split("\n"))

    def _run(self, run: Run, before: str, following: Run | None) -> str:
        text = run.text
        if run.kind == "note":
            return f"[^{self.labels[text]}]" if text in self.labels else ""
        if run.kind == "break":
            return "\\\n" if following is not None else ""
        if run.kind == "code" and text.strip():
            return code_span(text)
        if run.kind == "link" and is_safe_address(run.target):
            return f"[{self._text(text)}]({address(run.target)})"
        if run.kind in _ROLES and text.strip():
            return self._look(run, before, following)
        return self._text(text)

    def _text(self, text: str) -> str:
        """Text escaped; broken at blanks into lines where it is very long."""
        if len(text) <= LONGEST_LINE:
            return escape(text, False, self.extensions)
        pieces, rest = [], text
        while len(rest) > LONGEST_LINE and (cut := rest.rfind(" ", 1, LONGEST_LINE)) > 0:
            pieces.append(rest[:cut])
            rest = rest[cut + 1 :].lstrip(" ")
        return "\n".join(escape(piece, False, self.extensions) for piece in [*pieces, rest])

    def _look(self, run: Run, before: str, following: Run | None) -> str:
        """Emphasis with stars where they can't be misread, else, and for raised and lowered signs, with a role."""
        text = run.text
        lead, body, tail = text[: len(text) - len(text.lstrip())], text.strip(), text[len(text.rstrip()) :]
        stars = _STARS.get(run.kind, "")
        apart = before not in {"emphasis", "strong"} and (following is None or following.kind not in _STARS)
        if stars and apart and body[0].isalnum() and body[-1].isalnum():
            return f"{lead}{stars}{self._text(body)}{stars}{tail}"
        if "<" in body and body.endswith(">"):  # which a role may take for a target
            return self._text(text)
        return f"{lead}{role(_ROLES[run.kind], body)}{tail}"


def _merged(runs: Iterable[Run]) -> list[Run]:
    """Runs of one kind, one behind the other, are one run: their marks would else be read together."""
    out: list[Run] = []
    for run in runs:
        if out and run.kind == out[-1].kind and run.kind not in {"note", "link", "break"}:
            out[-1] = replace(out[-1], text=out[-1].text + run.text)
        else:
            out.append(run)
    return out


def _is_shortened(word: str | None) -> bool:
    """Whether a word is one that a full stop may belong to."""
    return bool(word) and word in language_of("en").kinds


def _label(mark: str) -> str:
    """The label of a footnote; one that is no word is spelt out."""
    return mark if re.fullmatch(r"[A-Za-z0-9-]+", mark) else "note-" + "-".join(f"{ord(c):x}" for c in mark)


def write_page(
    article: Article,
    cited: list[Cited],
    page: Page,
    notes: list[tuple[str, tuple[Sentence, ...]]],
    closing: list[str],
) -> str:
    """The whole page. notes: remarks by mark, with their sentences; closing: lines that end the page, ready made."""
    chunks = [[page.title(article.title)], *blocks(cited, page, page.sentence)]
    chunks += [_footnote(page.labels[mark], sentences, page) for mark, sentences in notes]
    return whole(article, page, [*chunks, closing])


def whole(article: Article, page: Page, chunks: list[list[str]]) -> str:
    """A page of its blocks, below its front matter."""
    text = "\n\n".join("\n".join(chunk) for chunk in chunks if chunk)
    return front_matter(page.key, article.language) + text + "\n"


def front_matter(key: str, language: str) -> str:
    """The head of a page: the article's key, and its language if that is not English."""
    lang = f"lang: {language}\n" if language not in {"", "en"} else ""
    return f"---\narticle: {key}\n{lang}---\n"


def blocks(cited: list[Cited], page: Page, write: Write) -> list[list[str]]:
    """The blocks of a page, each as its lines; items in a row are one block, and so are quotations."""
    chunks: list[list[str]] = []
    depth, number, before = 1, 0, ""
    while number < len(cited):
        kind = cited[number].part.kind
        end = number + 1
        while kind in {"item", "quotation"} and end < len(cited) and cited[end].part.kind == kind:
            end += 1
        run = cited[number:end]
        if kind == "heading":
            depth = max(2, min(run[0].part.level, depth + 1))
            lines = [f"{'#' * min(depth, 6)} {_one_line(page, run[0])}"] if run[0].sentences else []
        elif kind == "rule":
            lines = ["---"] if before in {"paragraph", "item", "quotation"} and _more(cited[end:]) else []
        else:
            lines = _WRITERS.get(kind, _paragraph)(run, page, write)
        if lines:
            chunks.append(_waived(lines, page))
            before = kind
        number = end
    return chunks


def _one_line(page: Page, heading: Cited) -> str:
    return page.runs(run for run in heading.sentences[0].runs if run.kind != "break").replace("\n", " ")


def _more(cited: list[Cited]) -> bool:
    """Whether text follows, so that a rule may stand here."""
    return bool(cited) and cited[0].part.kind not in {"rule", "heading"}


def _paragraph(run: list[Cited], _page: Page, write: Write) -> list[str]:
    return [write(sentence, True) for sentence in run[0].sentences]


def _items(run: list[Cited], _page: Page, write: Write) -> list[str]:
    lines: list[str] = []
    widths: list[int] = []  # of the marks of the levels above
    counts: list[int] = []
    for item in run:
        level = max(1, min(item.part.level, len(widths) + 1))
        del widths[level:], counts[level:]
        if len(counts) < level:
            counts.append(0)
            widths.append(0)
        counts[level - 1] += 1
        mark = f"{counts[level - 1]}. " if item.part.ordered else "- "
        widths[level - 1] = len(mark)
        indent = " " * sum(widths[: level - 1])
        text = "\n".join(write(sentence, True) for sentence in item.sentences).split("\n")
        lines += [f"{indent}{mark}{text[0]}", *(f"{indent}{' ' * len(mark)}{line}" for line in text[1:])]
    return lines


def _quotation(run: list[Cited], _page: Page, write: Write) -> list[str]:
    lines: list[str] = []
    for number, part in enumerate(_as_one(run)):
        lines += [">"] if number else []
        for sentence in part.sentences:
            lines += [f"> {line}" for line in write(sentence, True).split("\n")]
    return lines


def _as_one(run: list[Cited]) -> list[Cited]:
    """Paragraphs of one quotation: the last sentence of the last one with words cites for all."""
    keys = tuple(dict.fromkeys(key for part in run for sentence in part.sentences for key in sentence.keys))
    out, left = [], keys
    for part in reversed(run):
        sentences = []
        for sentence in reversed(part.sentences):
            sentences.append(replace(sentence, keys=left if sentence.asserts else ()))
            left = () if sentence.asserts else left
        out.append(replace(part, sentences=tuple(reversed(sentences))))
    return out[::-1]


def _code(run: list[Cited], _page: Page, _write: Write) -> list[str]:
    text = run[0].part.text.strip("\n")
    fence = "`" * max(3, longest_run(text, "`") + 1)
    return [f"{fence}text", *text.split("\n"), fence] if text.strip() else []


def _table(run: list[Cited], page: Page, write: Write) -> list[str]:
    rows = run[0].rows
    width = max(map(len, rows), default=0)
    if not width:
        return []
    out = []
    for number, row in enumerate(rows):
        cells = [_cell(cell, page, write if number else None) for cell in row] + [""] * (width - len(row))
        out.append(f"| {' | '.join(cells)} |")
    return [out[0], "|" + " --- |" * width, *out[1:]]


def _cell(cell: tuple[Sentence, ...], page: Page, write: Write | None) -> str:
    texts = [write(sentence, True) if write else page.runs(sentence.runs) for sentence in cell]
    return escape_cell(" ".join(texts).replace("\\\n", " ").replace("\n", " ")).strip()


_WRITERS: dict[str, Callable[[list[Cited], Page, Write], list[str]]] = {
    "item": _items,
    "quotation": _quotation,
    "code": _code,
    "table": _table,
}


def _footnote(label: str, sentences: tuple[Sentence, ...], page: Page) -> list[str]:
    text = "\n".join(page.sentence(sentence) for sentence in sentences).split("\n")
    return [f"[^{label}]: {text[0]}", *(f"    {line}" for line in text[1:])]


def _waived(lines: list[str], page: Page) -> list[str]:
    """A block in which the article prints what looks like a citation of another tool says so in a waiver."""
    source = "\n".join(lines)
    if not _SUSPICIOUS.search(source):
        return lines
    marks = [mark for block in read_text("", source, page.extensions).blocks for mark in block.marks]
    found = any(
        mark.role == MISSPELT or (mark.role == AT and mark.content.casefold() in page.folded)
        for mark in marks
    )
    return [_WAIVER, *lines] if found else lines
