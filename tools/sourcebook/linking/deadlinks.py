"""Which of an entry's locators are dead and have no archive copy, by what the ledger knows; nothing is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..linkrecords import Link
from ..model import Entry, Use
from .weblocators import addresses_of


def dead_without_archive(links: Mapping[str, Link], entry: Entry) -> Iterator[tuple[str, str, Link]]:
    """Yield the field, the address and the record of each locator of an entry that is dead and has no copy."""
    fields = {address: field for field, address, _ask, _kind in addresses_of(entry)}
    copies = [address for address, field in fields.items() if field == "archiveurl"]
    for address, field in fields.items():
        others = [copy for copy in copies if copy != address]
        if any(dead_without_copy(links, [address], others)):
            yield field, address, links[address]


def dead_without_copy(
    links: Mapping[str, Link], addresses: Iterable[str], copies: Iterable[str]
) -> Iterator[str]:
    """Yield those of some addresses that are dead, if none of the copies may answer.

    copies: the addresses of archived copies. One that was never asked counts as a copy, and so does one that could
    not be asked: what is unchecked has not failed.
    """
    for copy in copies:
        known = links.get(copy)
        if known is None or known.verdict not in {"dead", "drifted"}:
            return
    yield from (address for address in addresses if (link := links.get(address)) and link.verdict == "dead")


def dead_uses(links: Mapping[str, Link], entries: Iterable[Entry]) -> Iterator[Use]:
    """Yield a use for each dead locator without a copy: its name is the field, its content says what is known."""
    for entry in entries:
        for field, address, link in dead_without_archive(links, entry):
            when = f", asked on {link.time[:10]}" if link.time else ""
            said = f"{entry.key}: {address} is dead ({link.reason or link.code}{when})"
            yield Use("dead", field, said, entry.place_of(field))
