"""What a .bib file may be made of: cut off anywhere, of another encoding, made to grow without end, or just large."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sourcebook.bibtex import read_bibliography
from sourcebook.bibvalues import MOST_CHARACTERS, MOST_EXPANDED
from sourcebook.check import check
from sourcebook.read import read_library
from sourcebook.settings import Settings

HERE = Path(__file__).parent
FIXTURES = sorted(
    path
    for pattern in ("bibtex/*.bib", "style/*.bib", "bibformat/*/in.bib", "libraries/*/bib/*.bib")
    for path in HERE.glob(pattern)
)
TEXTS = {str(path.relative_to(HERE)): path.read_text(encoding="utf-8") for path in FIXTURES}
ENCODINGS = ("iso-8859-1", "cp1252", "utf-16", "utf-16-be", "utf-32", "utf-8-sig")


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_cut_off_anywhere_has_all_entries_before_the_cut(name: str) -> None:
    text = TEXTS[name]
    whole = read_bibliography("a.bib", text).entries
    # Up to where an entry goes: its closing brace is the last character of its place.
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    ends = [starts[entry.place.end_line - 1] + entry.place.end_column - 1 for entry in whole]
    for cut in range(len(text) + 1):
        read = read_bibliography("a.bib", text[:cut])
        before = [entry for entry, end in zip(whole, ends, strict=True) if end <= cut]
        assert list(read.entries[: len(before)]) == before, cut
        assert len(read.entries) == len(before)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "bib").mkdir()
    (tmp_path / "docs" / "page.md").write_text("Salt.\n")
    return tmp_path


def unread(root: Path, data: bytes) -> list[tuple[int, int, str]]:
    """Place and message of what could not be read of a file of these bytes."""
    (root / "bib" / "all.bib").write_bytes(data)
    report = check(read_library(root, Settings(), cached=False), select=["unreadable-bibliography"])
    return [(f.fault.place.line, f.fault.place.column, f.fault.message) for f in report.findings]


@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if not text.isascii()])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_in_another_encoding_is_one_finding_at_its_first_wrong_byte(
    root: Path, name: str, encoding: str
) -> None:
    text = f"% Köln\n{TEXTS[name]}"
    data = text.encode(encoding, "replace")
    right = unread(root, text.encode())
    found = unread(root, data)
    if encoding == "utf-8-sig":
        assert found == right
        return
    (one,) = found
    if encoding.startswith("utf"):
        assert one == (1, 1, f"the file is {encoding.replace('16-', '16').upper()}, not UTF-8 (byte 0)")
        return
    at = next(number for number, byte in enumerate(data) if byte > 127)
    before = data[:at].decode()
    assert one[:2] == (before.count("\n") + 1, at - before.rfind("\n"))
    assert f"byte {at} (0x{data[at]:02x}) is not UTF-8; in " in one[2]


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"@misc{a,\n title = {\xed\xa0\x80}}\n", (2, 11), "byte 19 (0xed) is not UTF-8"),
        (b"@misc{a,\r\n title = {x},\r note = {\xff}}\n", (3, 10), "byte 33 (0xff) is not UTF-8"),
        ("@misc{a, title = {Köln}}\n".encode()[:20], (1, 20), "byte 19 (0xc3) is not UTF-8"),
        (b"@misc{a, title = {\x00}}\n", (1, 19), "byte 18 is a NUL"),
    ],
)
def test_a_byte_that_is_no_character_is_told_at_its_place(
    root: Path, data: bytes, place: tuple[int, int], message: str
) -> None:
    found = unread(root, data)
    if b"\x00" in data:  # it is a character, though none that is seen
        report = check(read_library(root, Settings(), cached=False), select=["control-character"])
        assert [(f.fault.place.line, f.fault.place.column) for f in report.findings] == [place]
        return
    ((line, column, told),) = found
    assert (line, column) == place
    assert told.startswith(message)


DOUBLING = '@string{s0 = "aaaaaaaaaa"}\n' + "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(31))
# The last that are read have 40,960 characters; entries make use of them as often as they can.
USED = DOUBLING + "".join(f"@misc{{k{n}, title = s12, note = {{a}} # s12}}\n" for n in range(1000))


def test_strings_that_double_give_neither_a_field_nor_a_file_more_than_its_bounds() -> None:
    read = read_bibliography("a.bib", USED)
    values = [field.value for entry in read.entries for field in entry.fields]
    assert all(len(value) <= MOST_CHARACTERS == 64 << 10 for value in values)
    assert sum(map(len, values)) <= len(USED) + MOST_EXPANDED
    assert MOST_EXPANDED == 1 << 20
    assert len(read.entries) + len(read.broken) == 1000


PLAIN = "".join(
    f"@article{{smith{n},\n  author = {{Smith, Ann and Jones, Bob}},\n  title = {{The {{Sea}} and its salt, part {n}}},"
    f"\n  journal = {{Seas}},\n  year = {{{1900 + n % 120}}},\n  volume = {{{n}}},\n  doi = {{10.5555/{n}}},\n"
    f"  url = {{https://example.org/sea/{n}}},\n  abstract = {{{'Salt water. ' * 20}}},\n}}\n\n"
    for n in range(20_000)
)
BOUNDED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]) << 20,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[3]),) * 2)
from sourcebook.bibtex import read_bibliography
read = read_bibliography("a.bib", Path(sys.argv[1]).read_text(encoding="utf-8"))
print(len(read.entries), len(read.broken), len(read.unread))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to its bounds")
@pytest.mark.parametrize(
    ("text", "megabytes", "seconds", "out"),
    [(USED, 200, 2, "11 989 1008"), (PLAIN, 500, 10, "20000 0 0")],
    ids=["strings that double", "twenty thousand entries"],
)
def test_a_file_is_read_within_these_bounds_of_memory_and_processor_time(
    tmp_path: Path, text: str, megabytes: int, seconds: int, out: str
) -> None:
    """The system ends a process that wants more."""
    (tmp_path / "a.bib").write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", BOUNDED, str(tmp_path / "a.bib"), str(megabytes), str(seconds)]
    environment = {"PYTHONPATH": str(HERE.parent / "tools")}
    run = subprocess.run(command, env=environment, capture_output=True, check=False, text=True)
    assert (run.stdout.strip(), run.returncode) == (out, 0), run.stderr[-2000:]
