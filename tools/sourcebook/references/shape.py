"""The orders that references are written in: who and what, when the rest has been taken off the board."""

from __future__ import annotations

import re

from .asides import take_helpers
from .board import HOLE, Board
from .cuts import best_cut
from .outlets import is_host_of, is_outlet, slug_share
from .people import People, body_of, is_body, leading_people, read_people
from .places import EDGE, address_of, is_where, take_place
from .words import PRESS

_EDITORS = re.compile(
    r"[,.]?\s*[(\[]?\b(?:eds?|editors?|hrsg|hg|dir|coord|ред|der|eds? and trans|red)\b\.?[)\]]?", re.I
)
_ROLE = re.compile(
    r"[\s,.]*(?:\((?:eds?|hrsg|hg|dir|übers|red|ред|der)\.\)|(?:eds?|hrsg|hg)\.|editors?\b)[,.:]*\s?", re.I
)
_LONGEST_REGION = 1200


def take_shape(board: Board, year: tuple[int, int]) -> None:
    """Fill author, title and what follows. year: where a year behind the authors stands, or (0, 0)."""
    take_helpers(board)
    before = board.view[: year[0]].strip(f" {HOLE}.,:;()[]")
    if board.guard != (0, 0):
        _take_quoted(board)
    elif year != (0, 0) and before and HOLE not in before:
        _take_before_year(board, year)
    else:
        _take_plain(board)


def _take_quoted(board: Board) -> None:
    start, end = board.guard
    board.guard = (0, 0)
    inner = board.text[start + 1 : end - 1].strip()
    board.take(start, end)
    board.put("title", inner.rstrip(",.").strip() if not inner.endswith(("...", "U.S.")) else inner)
    for left, right in board.stretches(0, start):
        _take_authors(board, left, right)
    take_place(board, end)
    name = board.fields.get("author", "")
    if name.startswith("{") and is_outlet(name.strip("{}")) and not _container(board):
        board.fields["journaltitle"] = board.fields.pop("author").strip("{}")


def _container(board: Board) -> str:
    names = ("journaltitle", "booktitle", "organization", "publisher", "container")
    return next((board.fields[name] for name in names if name in board.fields), "")


def _take_authors(board: Board, start: int, end: int) -> bool:
    """Read a stretch before a title as authors: people, else a body, else the people at its end."""
    text = board.text[start:end]
    role = "author"
    if (match := re.search(_EDITORS.pattern + r"[\s.,;:]*$", text, re.I)) and read_people(
        text[: match.start()]
    ):
        role, text = "editor", text[: match.start()]
    people = read_people(text)
    if people:
        _put_people(board, role, people, text)
    elif is_body(text.strip(EDGE)) or (
        len(text.split()) <= 7 and text[:1].isupper() and not re.search(r"[.:;]\s", text)
    ):
        board.put(role, body_of(text.rstrip(EDGE)))
    else:
        cut = max(
            (m.end() for m in re.finditer(r"(?:[;.:]|\b(?:see|See|in|by|from|also)),?\s", text)), default=0
        )
        people = read_people(text[cut:]) if cut else None
        if not people:
            return False
        _put_people(board, role, people, text[cut:])
        start += cut
    board.take(start, end)
    return True


def _put_people(board: Board, role: str, people: People, text: str) -> None:
    plain = text.strip(EDGE)
    one = len(people.names) == 1 and not people.sure
    if one and (is_outlet(plain) or is_host_of(plain, address_of(board))):
        board.put(role, body_of(plain))
    else:
        board.put(role, people.field)


def _take_before_year(board: Board, year: tuple[int, int]) -> None:
    """`Authors (2021) Title`, or `Title (2021) Outlet` where what stands before the year is no author."""
    stretches = board.stretches(0, year[0])
    start, end = stretches[0][0], stretches[-1][1]
    before = board.text[start:end].strip(EDGE)
    after = board.stretches(year[1])
    people = read_people(re.sub(_EDITORS.pattern + r"[\s.,;:]*$", "", before, flags=re.I))
    behind = board.text[after[0][0] : after[0][1]].strip(EDGE) if after else ""
    if _is_title_before_year(before, behind, people, address_of(board)):
        title_end = end
        board.put("title", board.take(start, title_end).strip(EDGE))
        take_place(board, year[1])
    elif not people and not is_body(before) and _takeleading_people(board, start, end):
        take_place(board, year[1])
    else:
        if people and not people.sure and len(people.names) == 1 and "," not in before and " " in before:
            board.put(
                "author", body_of(board.take(start, end))
            )  # no name that we know: rather a body's, kept whole
        elif not _take_authors(board, start, end):
            board.put("author", body_of(board.take(start, end)))
        _take_title(board, year[1])


def _is_title_before_year(before: str, behind: str, people: People | None, address: str) -> bool:
    if not behind:
        return not (people and people.sure)
    if people and (people.sure or "," in before):
        return False
    if is_body(before) and not is_outlet(behind):
        return False
    alone = not re.search(r"[.?!:,]\s", behind)
    if alone and (is_outlet(behind) or is_host_of(behind, address)):
        return True
    if is_outlet(before) or is_host_of(before, address) or is_body(before):
        return False
    if len(behind.split()) > 4 and len(before.split()) < 11 and not re.search(r"[.?!:]\s", before):
        return slug_share(before, address) >= 0.6 > slug_share(behind, address)
    if slug_share(before, address) >= 0.6 and slug_share(before, address) > slug_share(behind, address):
        return True
    return not people and (len(before.split()) > 6 or bool(re.search(r"[.?!:]\s", before)))


def _takeleading_people(board: Board, start: int, end: int) -> bool:
    """`Family, Given. Title (Place: Press, year)`: the year stands behind the title."""
    text = board.text[start:end]
    found = leading_people(text)
    if not found:
        return False
    people, cut = found
    role = "author"
    if match := _ROLE.match(text[cut:]):
        role, cut = "editor", cut + match.end()
    rest = text[cut:].lstrip(EDGE)
    if len(rest) < 2:
        return False
    board.take(start, start + cut)
    board.put(role, people.field)
    _take_title(board, end - len(rest), end)
    return True


def _take_plain(board: Board) -> None:
    """No quotation, no year behind the authors: `Authors. Title. Where`, `Authors, Title, Where` or `Title. Where`."""
    stretches = board.stretches()
    if not stretches:
        return
    start, end = stretches[0]
    if _takeleading_people(board, start, end):
        return
    text = board.text[start:end]
    head = next((m for m in re.finditer(r"[.,:]\s", text) if len(text[: m.start()].split()) < 9), None)
    behind = text[head.end() :].strip(EDGE) if head else ""
    if (
        head
        and is_body(text[: head.start()])
        and len(behind.split()) > 2
        and not _is_name_alone(behind)
        and (head[0][0] == "." or is_where(board, text[: head.start()]))
    ):
        name = text[: head.start()]
        known = is_where(board, name)
        board.put("container" if known else "author", name if known else body_of(name))
        board.take(start, start + head.end())
        start += head.end()
    _take_title(board, start, end)


def _is_name_alone(text: str) -> bool:
    return is_outlet(text) or (bool(PRESS.search(text)) and len(text.split()) < 6)


def _take_title(board: Board, start: int, end: int = 0) -> None:
    """Take the title that begins at an offset, and where the work stands."""
    stretches = [s for s in board.stretches(start) if re.search(r"[^\W_]", board.text[s[0] : s[1]])]
    if not stretches:
        return
    left, right = stretches[0]
    while left < right and board.text[left] in EDGE + ")]":
        left += 1
    region = board.text[left : min(right, left + _LONGEST_REGION)]
    numbered = "volume" in board.fields and board.view[right : right + 3].lstrip(" ,.;").startswith(HOLE)
    numbered = numbered and "container" not in board.fields
    cut = best_cut(region, address_of(board), numbered and not _is_in_behind(region), "date" in board.fields)
    title = region[: cut.end].strip(" ,;:–—|/-([")
    title = title.rstrip(".") if not title.endswith("..") else title
    board.put("title", title)
    board.take(left, left + cut.end)
    take_place(board, left + cut.end)


def _is_in_behind(text: str) -> bool:
    return bool(re.search(r"[.,?!]\s(?:In|in)(?::|\s)\s?[^\W\d_]", text))
