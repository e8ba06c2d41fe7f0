"""The front matter of a page: YAML of the plainest kind, one key a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from msgspec.structs import replace

from .model import Fault, Place, Use

# What YAML can do besides plain values: stand for another value, grow without end, or name a type.
_TRICKS = re.compile(r"[&*!]|<<")
_PUT_IN_QUOTES = "put the value in quotes, or mend the line"


@dataclass(slots=True)
class FrontMatter:
    """The values, the keys as uses, and what could not be read."""

    values: dict[str, object] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)
    unread: list[Fault] = field(default_factory=list)


def read_front_matter(path: str, content: str) -> FrontMatter:
    """Read what stands between the dashes at the head of a page; its first line is the second of the page."""
    out = FrontMatter()
    loader = yaml.SafeLoader(content)
    try:
        tricks = list(_tricks(path, content)) if _TRICKS.search(content) else []
        out.uses += tricks
        node = None if tricks else loader.get_single_node()
        out.uses += _keys(path, node)
        # A page of one word in its head is no mapping, and MyST drops it.
        value = loader.construct_document(node) if isinstance(node, yaml.MappingNode) else None
        out.values.update({str(key): item for key, item in (value or {}).items()})
    except yaml.YAMLError as error:
        out.unread.append(_fault(path, error))
    except (
        ValueError,
        RecursionError,
    ) as error:  # a day that does not exist, a number too long, brackets without end
        problem = str(error).partition(";")[0]
        out.unread.append(Fault(Place(path, 2), f"the front matter can't be read: {problem}", _PUT_IN_QUOTES))
    finally:
        loader.dispose()
    return out


def _tricks(path: str, content: str) -> Iterator[Use]:
    """Aliases, anchors and types, found without following any of them."""
    for token in yaml.scan(content, Loader=yaml.SafeLoader):
        words = {yaml.AliasToken: "an alias", yaml.AnchorToken: "an anchor", yaml.TagToken: "a type"}
        if word := words.get(type(token)):
            yield Use("front-matter-trick", word, "", _place(path, token.start_mark))


def _keys(path: str, node: yaml.Node | None) -> Iterator[Use]:
    if node is None:
        return
    if not isinstance(node, yaml.MappingNode):
        yield Use("front-matter-trick", "no key", "", _place(path, node.start_mark, node.end_mark))
        return
    seen: set[str] = set()
    for key, value in node.value:
        name = str(key.value)
        kind = "front-matter-twice" if name in seen else "front-matter"
        seen.add(name)
        yield Use(kind, name, "", _place(path, key.start_mark, value.end_mark))


def _place(path: str, mark: yaml.Mark, end: yaml.Mark | None = None) -> Place:
    first = Place(path, mark.line + 2, mark.column + 1)
    return replace(first, end_line=end.line + 2, end_column=end.column + 1) if end else first


def _fault(path: str, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    place = _place(path, mark) if mark else Place(path)
    problem = str(getattr(error, "problem", None) or error).partition("\n")[0]
    return Fault(place, f"the front matter is not YAML: {problem}", _PUT_IN_QUOTES)
