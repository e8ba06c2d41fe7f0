"""Names in references: lists of authors and editors in the usual orders, written as BibTeX has them."""

from __future__ import annotations

import re
from itertools import pairwise

from ..model import Record
from .given_names import GIVEN_NAMES
from .words import AND, BODIES, OTHERS, PARTICLES

_AND = re.compile(AND)
_OTHERS = re.compile(rf"[,;]?\s*(?:&\s*|and\s+)?(?<!\w){OTHERS}\s*$", re.I)
_INITIALS = re.compile(r"(?:[^\W\d_a-zа-я]\.?[\s-]?|(?:Ch|Yu|Ya|Th|Ph|Ju|Ch|Ю|Я|Дж)\.[\s-]?){1,5}$")
_TIGHT = re.compile(r"[^\W\d_a-zа-я]{1,3}(?:-[^\W\d_a-zа-я])?$")  # the initials of Vancouver: JD
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?$|(?:II|III|IV)$")
_TITLES = re.compile(
    r"^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir|Gen|Lt|Col|Sen|Rep|Amb|Rev)\.?\s+)+(?=\w\S*\s)|^[Bb]y:?\s+|"
    r"^von\s+(?=\w+\s+\w+$)"
)
_TOKEN = re.compile(r"[^\W\d_][\w'’ʼ`.-]*$")
_ROLES = frozenset("ed eds hrsg hg trans übers editor editors dir red in and".split())
_CUT_SHORT = frozenset(
    "st. jr. sr. dr. th. ch. chr. ph. fr. wm. geo. joh. ed. fred. yu. ju. ya. дж. хр.".split()
)
_LONGEST = 60


class People(Record, frozen=True):
    """Names read from a text. sure: each looks like a person's, by initials, an order or a known given name."""

    names: tuple[str, ...]
    sure: bool = False
    body: bool = False

    @property
    def field(self) -> str:
        """The value of an `author` field."""
        return " and ".join(self.names)


def body_of(text: str) -> str:
    """An organisation's name as BibTeX has it: in braces, which keep it whole."""
    return "{" + text.replace("{", "").replace("}", "").strip(" ,;:.") + "}"


def read_people(text: str) -> People | None:
    """The persons that a text lists and nothing else; None if it is no such list."""
    text = text.strip(" ,;:")
    if text.endswith(".") and _is_tight(text[:-1]):
        text = text[:-1]  # Roe J, Doe JA.
    text = text[:-1].rstrip() if text.endswith(".") and not _INITIALS.search(text[-2:]) else text
    others = _OTHERS.search(text)
    text = _TITLES.sub("", text[: others.start()] if others else text).strip(" ,;")
    if not text or len(text) > 2000 or re.search(r"[“”\"«»?!()\[\]\ue000-\ue002]|\d", text):
        return None
    read = _by_semicolons(text) if ";" in text or " / " in text else _by_commas(text)
    if not read:
        return None
    names, sure = read
    return People((*names, "others") if others else tuple(names), sure)


def _is_tight(text: str) -> bool:
    """Whether each name of a list is a family name with its initials behind, without full stops."""
    pieces = [piece.split() for piece in text.split(",")]
    return all(len(words) > 1 and _TIGHT.match(words[-1]) and len(words[0]) > 1 for words in pieces)


def _by_semicolons(text: str) -> tuple[list[str], bool] | None:
    names, surest = [], False
    for part in re.split(r"\s*;\s*(?:(?:and|und|et|&)\s+)?|\s+/\s+", text):
        read = _by_commas(part)
        if not read:
            return None
        names += read[0]
        surest |= read[1] or "," in part
    return names, surest


def _by_commas(text: str) -> tuple[list[str], bool] | None:
    """Read `Family, G., & Family, G.`, `Family G, Family G`, `Family, Given, and Given Family`, `Given Family`."""
    pieces: list[str] = []
    last_group = 0
    for group in _AND.split(text):
        last_group = len(pieces)
        pieces += [piece.strip() for piece in group.split(",") if piece.strip()]
    if len(pieces) > 2 and last_group == len(pieces) - 1 and all(_is_mononym(piece) for piece in pieces):
        return pieces, False
    names, sure, at = [], False, 0
    while at < len(pieces):
        piece, following = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else ""
        if following and at + 1 != last_group and _is_pair(piece, following):
            suffix = pieces[at + 2] if at + 2 < len(pieces) and _SUFFIX.match(pieces[at + 2]) else ""
            names.append(f"{piece}, {suffix}, {following}" if suffix else f"{piece}, {following}")
            sure |= bool(_INITIALS.match(following)) or _known(following)
            at += 3 if suffix else 2
            continue
        name, surely = _natural(piece)
        if not name:
            return None
        if _SUFFIX.match(following):
            family, _, given = name.partition(", ")
            name, at = f"{family}, {following}, {given}", at + 1
        if "," not in name and len(pieces) > 1:
            return None  # one word is a name only where all are
        names.append(name)
        sure |= surely
        at += 1
    return (names, sure) if names else None


def _is_mononym(piece: str) -> bool:
    return (
        " " not in piece and len(piece) > 2 and _is_word(piece) and not _known(piece) and not piece.isupper()
    )


def _is_pair(piece: str, following: str) -> bool:
    """Whether two pieces are one inverted name: `Roe, J.`, `Roe, Jane Mary`, not `Jane Roe, John Doe`."""
    if not (_is_family(piece) and _is_given(following)):
        return False
    words = piece.split()
    if _INITIALS.match(following) or len(words) == 1 or words[0].casefold() in PARTICLES:
        return True
    if (_known(piece) and len(following.split()) > 1) or any(_INITIALS.match(word) for word in words):
        return False
    return len(following.split()) == 1 or not _known(piece)


def _known(text: str) -> bool:
    return text.partition(" ")[0].partition("-")[0].casefold() in GIVEN_NAMES


def _is_given(piece: str) -> bool:
    """Whether a piece is what stands behind the comma of an inverted name: given names or initials."""
    if _INITIALS.match(piece):
        return True
    words = piece.split()
    if not words or len(words) > 4 or _SUFFIX.match(piece):
        return False
    if not all(_is_word(word) or word.casefold() in PARTICLES for word in words):
        return False
    if any(_INITIALS.match(one) and len(two) > 3 for one, two in pairwise(words[1:])):
        return False  # a middle initial is the last of the given names
    return len(words) < 3 or _known(piece) or bool(_INITIALS.match(words[-1])) or words[-1] in PARTICLES


def _is_family(piece: str) -> bool:
    words = piece.split()
    big = [word for word in words if word.casefold() not in PARTICLES]
    return (
        bool(words)
        and len(words) <= 6
        and len(big) <= 3
        and all(_is_word(w) or w.casefold() in PARTICLES for w in words)
    )


def _is_word(word: str) -> bool:
    if not _TOKEN.match(word) or word.casefold().strip(".") in BODIES | _ROLES or len(word) > 25:
        return False
    if word.endswith(".") and len(word) > 2 and "." not in word[:-1] and word.casefold() not in _CUT_SHORT:
        return False  # the end of a part of the reference, not an initial
    return word[0].isupper() or not word[0].islower() or word[:2] in {"d'", "d’", "l'", "l’"} or "-" in word


def _natural(piece: str) -> tuple[str, bool]:
    """A name in its natural order or with initials behind it, inverted; whether it is surely a person's."""
    words = piece.split()
    if not words or len(piece) > _LONGEST or len(words) > 7:
        return "", False
    if not all(_is_word(word) or word.casefold() in PARTICLES for word in words):
        return "", False
    if len(words) == 1:
        return (words[0], False) if words[0][0].isupper() and not _INITIALS.match(words[0]) else ("", False)
    if _TIGHT.match(words[-1]) and not _INITIALS.match(words[0]) and words[-1].isupper():
        return f"{' '.join(words[:-1])}, {'. '.join(words[-1].replace('-', ''))}.", True
    if _INITIALS.match(words[-1]) and not _INITIALS.match(words[0]):
        cut = next(n for n in range(1, len(words)) if _INITIALS.match(" ".join(words[n:])))
        return f"{' '.join(words[:cut])}, {' '.join(words[cut:])}", True
    initial = max((n for n, word in enumerate(words) if _INITIALS.match(word)), default=-1)
    if initial >= 0 and sum(word.casefold() not in PARTICLES for word in words[initial + 1 :]) > 2:
        return "", False
    cut = next(
        (n for n, word in enumerate(words) if n and word.casefold() in PARTICLES and word[0].islower()), -1
    )
    cut = len(words) - 1 if cut < 1 or cut == len(words) - 1 else cut
    given = " ".join(words[:cut])
    if cut > 2 and not (_known(piece) or any(_INITIALS.match(word) for word in words)):
        return "", False
    return f"{' '.join(words[cut:])}, {given}", bool(_INITIALS.match(words[0])) or _known(given)


def is_body(text: str) -> bool:
    """Whether a text looks like the name of an organisation."""
    words = re.findall(r"[^\W\d_][\w'’.&-]*", text)
    if not words or len(words) > 14 or len(text) > 120:
        return False
    if (
        re.match(r"\w+(?:amt|ministerium|rat|verband|werk)\b|\w*[a-z][A-Z]\w*$", text)
        and words[0][0].isupper()
    ):
        return True
    if any(
        word.casefold().strip(".") in BODIES - {"the", "of", "for", "on", "and", "world"} for word in words
    ):
        return all(word[0].isupper() or len(word) <= 4 or word in BODIES for word in words)
    return len(words) <= 3 and all(word.isupper() and len(word) > 1 for word in words)


def leading_people(text: str) -> tuple[People, int] | None:
    """The authors at the head of a text that goes on with a title, and where they end."""
    best: tuple[People, int] | None = None
    for match in re.finditer(r"[.,:;]\s|\s[–—]\s|\s(?=\((?:[Ee]ds?|Hrsg|Hg|Dir|Übers)\.\))", text[:400]):
        head = text[: match.start() + 1] if match[0][0] == "." else text[: match.start()]
        people = read_people(head)
        if not people:
            continue
        if not match[0].strip():
            return people, match.start()
        many = len(people.names) > 1
        if (
            match[0][0] == ","
            and many
            and not re.search(AND, head)
            and "et al" not in head
            and not _tight(head)
        ) and (not best or best[0].sure):
            continue  # `Jane Roe, The Sea`: a comma joins names only where `and` closes the list
        if match[0][0] == "," and not many and _may_be_inverted(text, match.end(), head):
            continue
        best = (people, match.start() + (match[0][0] == "."))
        if match[0][0] in ":":
            break
    return best


def _tight(head: str) -> bool:
    """Whether names have their initials, so that each is surely a name."""
    return bool(re.search(r"(?:\b[A-Z]\.|\s[A-Z]{1,3}(?:,|$))", head)) and not re.search(
        r"[a-z]{2,}\s[a-z]{3,}", head
    )


def _may_be_inverted(text: str, after: int, head: str) -> bool:
    """`Roe, Jane, ...`: a single word before a comma is a family name and no author yet."""
    return len(head.split()) == 1 and bool(
        re.match(r"[^\W\d_][\w.’'-]*(?:\s[^\W\d_][\w.’'-]*){0,2}[.,:]", text[after:])
    )
