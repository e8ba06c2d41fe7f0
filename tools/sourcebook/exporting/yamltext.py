"""YAML that every reader takes alike: each text is in double quotes, as in JSON, and none is taken for something else.

YAML 1.1 and 1.2 do not agree on what `no`, `1e3`, `2021-12-03` or a line separator are when they stand bare.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

Value = str | int | bool | list["Value"] | dict[str, "Value"]

_BARE_KEY = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]\Z")
# Words that YAML 1.1 takes for truth values and nothing.
_WORDS = frozenset("yes no on off true false null".split())
# What may not stand raw in YAML, or is a line break in one version of it and none in the other.
_UNFIT = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def write_yaml(mapping: Mapping[str, Value]) -> str:
    """A mapping as a YAML document, in block style."""
    return "".join(f"{line}\n" for line in _mapping(mapping, "")) or "{}\n"


def _mapping(mapping: Mapping[str, Value], indent: str) -> Iterator[str]:
    for key, value in mapping.items():
        name = key if _BARE_KEY.match(key) and key not in _WORDS else _quoted(key)
        yield from _value(f"{indent}{name}:", value, indent + "  ")


def _value(head: str, value: Value, indent: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield head
        yield from _mapping(value, indent)
    elif isinstance(value, list) and value:
        yield head
        for item in value:
            yield from _item(item, indent)
    else:
        yield f"{head} {_scalar(value)}"


def _item(item: Value, indent: str) -> Iterator[str]:
    if isinstance(item, dict) and item:
        first, *rest = _mapping(item, indent + "  ")
        yield f"{indent}- {first.lstrip(' ')}"
        yield from rest
    else:
        yield from _value(f"{indent}-", item, indent + "  ")


def _scalar(value: Value) -> str:
    return _quoted(value) if isinstance(value, str) else json.dumps(value)


def _quoted(text: str) -> str:
    return _UNFIT.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))
