"""Measures how fast sentences are found, beside sentencex and blingfire, and that time grows as the length.

Use: python bench/sentences.py [--runs 5]
Running text is the prose of docs/, a call a paragraph, as the checker does it; difficult text is the test cases.
The judges are no dependencies: what is not installed is skipped, and said to be.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from sourcebook.sentences import sentence_spans  # noqa: E402 - found beside this file, installed or not

Splitter = Callable[[str], object]
MARKUP = re.compile(r"\{[\w:]+\}`[^`]*`|[*`#>|]+")
# Each must take about twice the time at twice the length.
HOSTILE = (
    '"',
    "(",
    " ",
    ".",
    ". ",
    ". . ",
    '." ',
    "?” A",
    "1. A ",
    "a.b",
    "U.S. A ",
    "At 5 a.m. X ",
    "«",
    "'A.' ",
    "。”",
    "[1]",
    "x",
)


def paragraphs() -> list[str]:
    """The prose of this library's pages, without markup: what a page consists of, long and short."""
    found = []
    for path in sorted((ROOT / "docs").rglob("*.md")):
        blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
        found += [MARKUP.sub("", block) for block in blocks if block[:1].isalpha() and "." in block]
    return found


def difficult() -> list[str]:
    """The English cases of the tests, five to a paragraph."""
    lines = []
    for name in ("english", "news"):
        text = (ROOT / "tests" / "sentences" / f"{name}.txt").read_text(encoding="utf-8")
        lines += [line.replace(" | ", " ") for line in text.splitlines() if line and line[0] != "#"]
    return [" ".join(lines[at : at + 5]) for at in range(0, len(lines), 5)]


def splitters() -> dict[str, Splitter]:
    """Ours and the judges that are installed."""
    found: dict[str, Splitter] = {"ours": sentence_spans}
    for name in ("sentencex", "blingfire"):
        try:
            module = importlib.import_module(name)
        except ImportError as error:
            print(f"{name} is skipped: {error}")
            continue
        found[name] = _judge(name, module)
    return found


def _judge(name: str, module: Any) -> Splitter:
    """Each as a caller uses it who needs to know where the sentences stand, if it says so."""
    if name == "sentencex":
        return lambda text: list(module.segment("en", text))
    offsets: Splitter = module.text_to_sentences_and_offsets
    return offsets


def processor_seconds(split: Splitter, texts: list[str], runs: int) -> float:
    """The least processor time of several runs: what disturbs a run only adds to it."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        for text in texts:
            split(text)
        times.append(time.process_time() - start)
    return min(times)


def print_speeds(name: str, texts: list[str], runs: int) -> None:
    """Print sentences a second, and ours over each judge's time in the same run."""
    sentences = sum(len(sentence_spans(text)) for text in texts)
    times = {judge: processor_seconds(split, texts, runs) for judge, split in splitters().items()}
    size = sum(map(len, texts))
    print(f"\n{name}: {sentences} sentences, {size} characters")
    print("| splitter | sentences a second | our time / its |\n|---|---|---|")
    for judge, seconds in times.items():
        print(f"| {judge} | {sentences / seconds:,.0f} | {times['ours'] / seconds:.2f} |")


def print_growth(texts: list[str]) -> None:
    """Print the worst ratio of the time at twice the length to that at the length, up to a million characters."""
    print("\n| text, repeated | 500,000 | 1,000,000 | ratio |\n|---|---|---|---|")
    for unit in (" ".join(texts), *HOSTILE):
        half = (unit * (500_000 // len(unit) + 1))[:500_000]
        once, twice = (processor_seconds(sentence_spans, [text], 3) for text in (half, half * 2))
        print(f"| `{unit[:12]}` | {once * 1000:.1f} ms | {twice * 1000:.1f} ms | {twice / once:.2f} |")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    running = paragraphs()
    print_speeds("Running text", running * 5, runs)
    print_speeds("Difficult text", difficult() * 20, runs)
    print_growth(running)


if __name__ == "__main__":
    main()
