"""What finders hand on."""

from __future__ import annotations

from ..model import Record
from ..names import Name


class Request(Record, frozen=True):
    """One question to the network: an address, and the header that says in which form the answer is wanted."""

    url: str
    accept: str


class Found(Record, frozen=True):
    """What an answer says of a work.

    type: that of the entry. names: the people of each field, such as `author`. fields: all else, in plain text.
    doubts: what a reader must look at, as sentences. also: further addresses and identifiers of the same work, as
    pairs of a field's name and its value; they are for finding it in the library, and are not written.
    """

    type: str
    names: tuple[tuple[str, tuple[Name, ...]], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()


class Refused(Record, frozen=True):
    """Why an answer can't be used, as a clause."""

    why: str
