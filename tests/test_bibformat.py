"""The formatter, case by case: each folder of tests/bibformat has a file as it was and as it is to be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sourcebook import bibformat
from sourcebook.bibformat import LossError, format_text
from sourcebook.bibformat.encoding import decoded
from sourcebook.cli import main
from sourcebook.model import Fault

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "bibformat"
CASES = sorted(path.name for path in FOLDER.iterdir())
TIDY = "@misc{a,\n  title = {Sea},\n}\n"
UNTIDY = "@misc{a, title = {Sea}}\n"
BROKEN = "@misc{a, title = {Sea}}\n\n@misc{b, title = {Tide\n"


def case(name: str, file: str) -> str:
    return (FOLDER / name / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_a_file_comes_out_as_its_case_says(name: str) -> None:
    assert format_text("in.bib", case(name, "in.bib")) == case(name, "out.bib")


@pytest.mark.parametrize("name", CASES)
def test_what_is_formatted_is_left_alone(name: str) -> None:
    assert format_text("out.bib", case(name, "out.bib")) == case(name, "out.bib")


def test_content_is_mended_only_when_asked() -> None:
    mended = case("mended", "mended.bib")
    assert format_text("in.bib", case("mended", "in.bib"), fix=True) == mended
    assert format_text("mended.bib", mended, fix=True) == mended
    assert format_text("mended.bib", mended) == mended


def test_the_bibliography_of_this_library_is_in_form() -> None:
    for path in sorted((ROOT / "bib").glob("*.bib")):
        text = path.read_text(encoding="utf-8")
        assert format_text(path.name, text) == text


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (BROKEN, 3, "not closed"),
        ("@misc{a, title = {Sea} year = 2020}\n", 1, "comma is missing"),
        ("@misc{a, % no title\n year = 2020}\n", 1, "can't be read"),
        (
            "@misc{a, title = {A}}\n@misc{b}\n@book{a, title = {B}}\n",
            3,
            "key of another entry too, in line 1",
        ),
        ("\n% @misc{old, title = {Old}}\n", 2, "does not comment out"),
        ("@misc{a, journal = sea}\n", 1, "no @string"),
        ("@misc{a}\r\n@misc{b}\n@misc{c}\r\n", 2, "this one is LF, most are CRLF"),
        ("@misc{b}\n\ufeff@misc{a}\n", 2, "byte-order mark"),
        ("\ufeff\ufeff@misc{b}\n", 1, "byte-order mark"),
        ("@comment(in brackets)\n@misc{b}\n", 1, "no brace that closes it"),
        ("@misc{b, title = {50%}} @string{sea = {Sea}}\n", 1, "in one line with an entry that has a %"),
        ("\nown = of the sea\n@misc{b}\n@misc{a}\n", 2, "taken for a part of it"),
        (
            '@misc{b}\n% allow uncited-entry: so\n@string{x = "y"}\n@misc{d}\n@misc{c}\n',
            2,
            "would not hold for d any more",
        ),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    answer = format_text("a.bib", text)
    assert not isinstance(answer, str)
    assert answer[0].place.line == line
    assert words in answer[0].message
    assert answer[0].cure


def test_mixed_line_ends_are_made_alike_on_request() -> None:
    mixed = "@misc{a}\r\n@misc{b}\n@misc{c}\r\n"
    assert (
        format_text("a.bib", mixed, fix=True) == "@misc{a,\r\n}\r\n\r\n@misc{b,\r\n}\r\n\r\n@misc{c,\r\n}\r\n"
    )


ACCENTED = "@misc{a,\n  author = {Seçkin, Barış},\n  title = {Café}}\n"


@pytest.mark.parametrize(
    ("data", "line", "words", "cure"),
    [
        ("% b\n@misc{a, title = {Café}}".encode("latin-1"), 2, "in iso-8859-1 it is 'é'", "ISO-8859-1"),
        ("@misc{a, title = {“Sea”}}\n".encode("cp1252"), 1, "in windows-1252 it is '“'", "WINDOWS-1252"),
        ("% Encoding: Cp1250\n\n@misc{a, title = {Dvořák}}\n".encode("cp1250"), 3, "in Cp1250 it is 'ř'", "CP1250"),
        (ACCENTED.encode("utf-16"), 1, "UTF-16, not UTF-8", "UTF-16"),
        (ACCENTED.encode("utf-16-le"), 1, "UTF-16LE", "UTF-16LE"),
        (ACCENTED.encode("utf-16-be"), 1, "UTF-16BE", "UTF-16BE"),
        (ACCENTED.encode("utf-32"), 1, "UTF-32", "UTF-32"),
        (b"@misc{a}\r\n@misc{b,\r\n  title = {\x00}}\r\n" + b" " * 9, 3, "NUL", "delete"),
        (b"@misc{a, title = {\xed\xa0\x80}}", 1, "byte 18 (0xed)", "UTF-8"),
    ],
)  # fmt: skip
def test_another_encoding_is_named_with_line_and_byte(data: bytes, line: int, words: str, cure: str) -> None:
    fault = decoded("a.bib", data)
    assert isinstance(fault, Fault)
    assert fault.place.line == line
    assert words in fault.message
    assert cure in fault.cure


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "bib").mkdir()
    for name, text in {"one": UNTIDY, "three": UNTIDY, "tidy": TIDY, "two": BROKEN}.items():
        (tmp_path / "bib" / f"{name}.bib").write_text(text, encoding="utf-8")
    return tmp_path


def texts(library: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((library / "bib").iterdir())}


def test_each_file_is_written_by_itself_and_a_refused_one_is_untouched(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["format", "--root", str(library)]) == 1
    assert texts(library) == {"one": TIDY, "three": TIDY, "tidy": TIDY, "two": BROKEN}
    told = capsys.readouterr()
    assert told.out == ""
    assert f"{library / 'bib' / 'two.bib'}:3:1: @misc{{b}} can't be read" in told.err
    assert "two.bib: not touched" in told.err


@pytest.mark.parametrize(("option", "code"), [("--check", 1), ("--dry-run", 0)])
def test_files_that_would_change_are_named_and_nothing_is_written(
    library: Path, capsys: pytest.CaptureFixture[str], option: str, code: int
) -> None:
    before = texts(library)
    files = [str(library / "bib" / f"{name}.bib") for name in ("one", "tidy")]
    assert main(["format", option, *files]) == code
    assert capsys.readouterr().out == f"{files[0]}\n"
    assert texts(library) == before
    assert main(["format", option, files[1]]) == 0


def test_the_diff_is_printed_and_nothing_is_written(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(library)
    assert main(["format", "--diff", str(library / "bib" / "one.bib")]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        "@@ -1 +1,3 @@",
        "-@misc{a, title = {Sea}}",
        "+@misc{a,",
        "+  title = {Sea},",
        "+}",
    ]
    assert texts(library) == before
    (library / "bib" / "one.bib").write_bytes(UNTIDY.rstrip().encode())
    assert main(["format", "--diff", "--check", str(library / "bib" / "one.bib")]) == 1
    assert "Sea}}\n\\ No newline at end of file\n+@misc" in capsys.readouterr().out


def test_content_is_mended_in_the_file_with_fix(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_bytes(b"@misc{a, doi = {https://doi.org/10.5555/12345678}}\r\n")
    assert main(["format", "--fix", str(path)]) == 0
    assert path.read_bytes() == b"@misc{a,\r\n  doi = {10.5555/12345678},\r\n}\r\n"


def test_no_file_is_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["format", "--root", str(tmp_path)]) == 2
    assert main(["format", str(tmp_path / "none.bib")]) == 2
    assert main(["format", str(tmp_path)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_bug_of_ours_is_told_and_nothing_is_written(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sourcebook.bibformat.entries.value_of", lambda _name, value: value[:-1])
    assert main(["format", str(library / "bib" / "one.bib")]) == 2
    assert texts(library)["one"] == UNTIDY
    assert "a bug in sourcebook" in capsys.readouterr().err


LOSSES = {
    "an entry": lambda text: text.replace("@misc{b,\n}\n\n", ""),
    "a field": lambda text: text.replace("  year = {2020},\n", ""),
    "a word of a value": lambda text: text.replace("Big Sea", "Big"),
    "a name": lambda text: text.replace("A, B and ", ""),
    "a word of a comment": lambda text: text.replace("% of the sea", "% of sea"),
    "a type": lambda text: text.replace("@book", "@misc"),
    "a string": lambda text: text.replace("Sea Press", "Press"),
    "a brace": lambda text: text.replace("{Sea},\n}", "{Sea}"),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_any_loss_is_seen_before_it_is_written(loss: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = """@string{press = {Sea Press}}
% of the sea
@book{c, author = {A, B and C, D}, title = {Big Sea}, publisher = press, year = 2020}
@misc{b}
@misc{a, title={Sea}}
"""
    written = bibformat._written
    monkeypatch.setattr(bibformat, "_written", lambda *args: LOSSES[loss](written(*args)))
    with pytest.raises(LossError):
        format_text("a.bib", text)


def test_a_file_that_somebody_changes_meanwhile_is_left_to_them(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = library / "bib" / "one.bib"

    def slow(_path: str, _text: str, _fix: bool) -> str:
        path.write_text("% theirs\n", encoding="utf-8")
        return TIDY

    monkeypatch.setattr("sourcebook.commands.format.format_text", slow)
    assert main(["format", str(path)]) == 2
    assert path.read_text(encoding="utf-8") == "% theirs\n"
    assert "changed while" in capsys.readouterr().err


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    before = texts(library)
    assert main(["format", str(library / "bib" / "one.bib")]) == 2
    assert texts(library) == before


def test_permissions_and_links_stay_and_old_temporary_files_go(library: Path) -> None:
    path = library / "bib" / "one.bib"
    path.chmod(0o640)
    link = library / "link.bib"
    link.symlink_to(path)
    old, new = (library / "bib" / f".one.bib.{name}.tmp" for name in ("old", "new"))
    old.write_text("left by a killed run")
    new.write_text("of a run that is under way")
    os.utime(old, (0, 0))
    assert main(["format", str(link)]) == 0
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == TIDY
    assert path.stat().st_mode & 0o777 == 0o640
    assert (old.exists(), new.exists()) == (False, True)
