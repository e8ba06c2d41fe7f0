"""An article cut into sentences, each with the citations that it is to carry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from ..article import Article, Part, Run
from ..model import Record
from ..sentences import sentence_spans

_LETTER = re.compile(r"\w")


class Sentence(Record, frozen=True):
    """A sentence as runs, the keys that it is to cite, and whether it asserts something (has a letter in it)."""

    runs: tuple[Run, ...]
    keys: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What a reader sees of it."""
        return "".join(run.text for run in self.runs if run.kind != "note")

    @property
    def asserts(self) -> bool:
        """Whether there is a word in it."""
        return bool(_LETTER.search(self.text))


class Cited(Record, frozen=True):
    """A part of the article with its sentences; rows: of a table, each cell its sentences."""

    part: Part
    sentences: tuple[Sentence, ...] = ()
    rows: tuple[tuple[tuple[Sentence, ...], ...], ...] = ()


# Which keys a sentence is to cite: it is given the part's number and the sentence.
KeysOf = Callable[[int, Sentence], tuple[str, ...]]


def cite(article: Article, keys_of: KeysOf) -> list[Cited]:
    """Cut each part of an article into sentences and give each its keys.

    A heading bears no citation: the notes of a heading go to the first sentence below it.
    """
    out: list[Cited] = []
    carried: tuple[Run, ...] = ()
    for number, part in enumerate(article.parts):
        if part.kind in {"heading", "code", "rule"}:
            carried += _notes(part.runs)
            plain = tuple(run for run in part.runs if run.kind != "note")
            out.append(Cited(replace(part, runs=plain), (Sentence(plain),) if plain else ()))
        elif part.rows:
            out.append(_table(part, number, carried, article.language, keys_of))
            carried = ()
        else:
            found = cited_sentences((*part.runs, *carried), number, article.language, keys_of)
            carried = () if found else carried
            out.append(Cited(part, found))
    return out


def _notes(runs: Iterable[Run]) -> tuple[Run, ...]:
    return tuple(run for run in runs if run.kind == "note")


def cited_sentences(
    runs: tuple[Run, ...], number: int, language: str, keys_of: KeysOf
) -> tuple[Sentence, ...]:
    """The sentences of some runs, each with its keys."""
    out = []
    for piece in sentences_of(runs, language):
        sentence = Sentence(piece)
        out.append(replace(sentence, keys=keys_of(number, sentence)) if sentence.asserts else sentence)
    return tuple(out)


def _table(part: Part, number: int, carried: tuple[Run, ...], language: str, keys_of: KeysOf) -> Cited:
    """The head of a table bears no citation: its notes go to the first cell below that has words."""
    head = tuple((Sentence(tuple(run for run in cell if run.kind != "note")),) for cell in part.rows[0])
    carried += tuple(run for cell in part.rows[0] for run in _notes(cell))
    rows: list[tuple[tuple[Sentence, ...], ...]] = [head]
    for row in part.rows[1:]:
        cells = []
        for cell in row:
            found = cited_sentences(
                (*cell, *carried) if _LETTER.search(_text(cell)) else cell, number, language, keys_of
            )
            carried = () if any(sentence.asserts for sentence in found) else carried
            cells.append(found)
        rows.append(tuple(cells))
    return Cited(part, (), tuple(rows))


def _text(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs if run.kind != "note")


def sentences_of(runs: tuple[Run, ...], language: str = "") -> list[tuple[Run, ...]]:
    """Cut runs at the ends of sentences, as the check does. A note belongs to the sentence that it stands behind."""
    text = "".join(" " if run.kind == "break" else run.text for run in runs if run.kind != "note")
    spans = sentence_spans(text, language or "en")
    if not spans:
        return []
    ends = [start for start, _end in spans[1:]] + [len(text)]
    out: list[list[Run]] = [[] for _ in spans]
    at, index = 0, 0
    for run in runs:
        if run.kind == "note":
            out[max(0, index - 1) if at <= spans[index][0] and index and at < ends[index] else index].append(
                run
            )
            continue
        for begin, end, piece in _pieces(run, at, ends, index):
            index = piece
            out[index].append(run if end - begin == len(run.text) else replace(run, text=run.text[begin:end]))
        at += 1 if run.kind == "break" else len(run.text)
        while index + 1 < len(spans) and at >= ends[index]:
            index += 1
    return [tuple(_trimmed(piece)) for piece in out]


def _pieces(run: Run, at: int, ends: list[int], index: int) -> Iterator[tuple[int, int, int]]:
    """The stretches of a run that lie in one sentence each: begin, end and the sentence's number."""
    if run.kind == "break":
        yield 0, len(run.text), index
        return
    begin = 0
    while begin < len(run.text) or not run.text:
        end = min(len(run.text), ends[index] - at)
        if end > begin:
            yield begin, end, index
        begin = max(begin, end)
        if begin >= len(run.text):
            return
        index += 1


def _trimmed(runs: list[Run]) -> list[Run]:
    """Runs without white space at either edge; what is empty then is left out."""
    runs = list(runs)
    for order, strip in ((range(len(runs)), str.lstrip), (range(len(runs) - 1, -1, -1), str.rstrip)):
        for number in order:
            run = runs[number]
            if run.kind == "note":
                continue
            if run.kind != "break":
                runs[number] = replace(run, text=strip(run.text))
                if runs[number].text:
                    break
            else:
                runs[number] = replace(run, kind="text", text="")
    return [run for run in runs if run.text or run.kind == "break"]
