"""Names of authors in the tags and the bylines of a page."""

from __future__ import annotations

import re

BY = re.compile(
    r"^\s*(?:(?:written|posted|reported|published|story|text|words|article)\s+by|by|von|par|por|di|"
    r"автор|yazan)\b:?\s+",
    re.I,
)
_AND = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bve\b|\bи\b)\s+")
_NO_NAME = re.compile(
    r"^(?:admin|administrator|editor|staff|webmaster|redaktion|guest|author|user|null|unknown|https?:.*|@.*)$|\d{2}",
    re.I,
)


def names_in(texts: list[str], outlet: str) -> tuple[str, ...]:
    """Names out of lines such as `By Jane Roe and John Doe`, each once; no outlet, no address, no `admin`."""
    names: dict[str, None] = {}
    for text in texts:
        text = BY.sub("", re.sub(r"\s+", " ", text)).strip(" ,;|·•")
        inverted = re.fullmatch(r"[^\W\d_][\w'’. -]*,\s[^\W\d_][\w'’. -]*", text) and text.count(",") == 1
        parts = (
            text.split(";")
            if ";" in text
            else [text]
            if inverted and " " not in text.partition(",")[0]
            else _AND.split(text)
        )
        for part in parts:
            name = part.strip(" ,;|·•")
            if "," in name and name.count(",") == 1 and inverted:
                family, given = (one.strip() for one in name.split(","))
                name = f"{given} {family}"
            if 1 < len(name) < 80 and not _NO_NAME.search(name) and name.casefold() != outlet.casefold():
                names.setdefault(name)
    return tuple(names)
