"""The addresses by which the locators of an entry are asked."""

from __future__ import annotations

import pytest

from sourcebook.bibtex import read_bibliography
from sourcebook.linking.weblocators import addresses_of

NAMED = {
    "isbn = {978-3-16-148410-0}": "isbn:9783161484100",
    "isbn = {978-3-16-148410-0 (print), 978-3-16-148411-7 (online)}": "isbn:9783161484100",
    "issn = {0190-8286, 1559-1131}, volume = 1, number = 2": "issn:0190-8286",
    "eprint = {2101.00001 [cs.CL]}, eprinttype = {arxiv}": "https://arxiv.org/abs/2101.00001",
}


@pytest.mark.parametrize("fields", NAMED)
def test_of_several_numbers_the_first_is_asked_and_of_remarks_none(fields: str) -> None:
    (entry,) = read_bibliography("all.bib", f"@misc{{a, {fields}}}").entries
    assert [name for _field, name, _ask, _kind in addresses_of(entry)] == [NAMED[fields]]
