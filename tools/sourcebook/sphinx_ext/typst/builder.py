"""The `typst` builder: one accessible PDF of the whole project, made with wheels alone."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pylopdf_fonts_zh_cn
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.locale import _
from sphinx.util.display import progress_message
from sphinx.util.i18n import format_date

import typst

from .text import SOURCE_MARK, logger
from .writer import TEMPLATE, Meta, TypstTranslator, write_book

if TYPE_CHECKING:
    from collections.abc import Set

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_FONT_ADVICE = "mend the text, or give a font that has the character with typst_font_paths and typst_fonts"
# What the compiler says, and what to do about it.
_CURES = (
    (
        re.compile(r"the text `\"(.+?)\"` could not be displayed"),
        "no font has the character {0}: " + _FONT_ADVICE,
    ),
    (re.compile(r"missing alt text"), "a picture or a formula has no alternative text: add `alt`"),
    (re.compile(r"heading"), "headings must begin at the first level and skip none: mend the levels"),
)
_DIAGNOSTIC = re.compile(r"^(?:error|warning): (.+)\n\s*┌─ [^\n]*?:(\d+):(\d+)", re.MULTILINE)


class TypstBuildError(SphinxError):
    """The book cannot be made as it stands; the message says where and what to mend."""

    category = "Typst error"


class TypstBuilder(Builder):
    """Writes `<typst_filename>.typ` and compiles it to `<typst_filename>.pdf` as PDF/UA-1."""

    name = "typst"
    format = "typst"
    epilog = "The PDF is in %(outdir)s."
    default_translator_class = TypstTranslator
    supported_image_types: ClassVar[list[str]] = [
        "image/svg+xml",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
    ]

    def init(self) -> None:
        """Keep the pictures in a folder of their own."""
        self.imagedir = "_images"

    def get_outdated_docs(self) -> str:
        """Write the book anew each time: every page may lead to every other."""
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Name a document by a sign that no file and no fragment begins with."""
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Name a document from another: places of one book need no path."""
        return self.get_target_uri(to, typ)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write no document alone: `write_documents` writes the book."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the book and compile it."""
        outdir = Path(self.outdir)
        name = self.config.typst_filename
        with progress_message(f"writing {name}.typ"):
            source, faults = write_book(self, meta_of(self.config), self.template())
            if faults:
                raise TypstBuildError("\n".join(faults))
            self.copy_images()
            replace(outdir / f"{name}.typ", source.encode())
        with progress_message(f"compiling {name}.pdf"):
            replace(outdir / f"{name}.pdf", self.compiled(source, outdir / f"{name}.typ"))

    def template(self) -> Path:
        """Give the file of the look: the project's own, if it has one."""
        own: str = self.config.typst_template
        return Path(self.srcdir, own) if own else TEMPLATE

    def copy_images(self) -> None:
        """Bring the pictures under the output folder, the only one that Typst may read."""
        folder = Path(self.outdir, self.imagedir)
        folder.mkdir(parents=True, exist_ok=True)
        for source, name in self.images.items():
            shutil.copyfile(Path(self.srcdir, source), folder / name)

    def compiled(self, source: str, path: Path) -> bytes:
        """Compile the book; what Typst says is said of the page that it came from."""
        fonts = [str(Path(self.srcdir, folder)) for folder in self.config.typst_font_paths]
        fonts.append(str(Path(pylopdf_fonts_zh_cn.__file__).parent))
        try:
            compiler = typst.Compiler(
                str(path), root=str(self.outdir), font_paths=fonts, ignore_system_fonts=True
            )
            pdf, warnings = compiler.compile_with_warnings(
                format="pdf", pdf_standards=["ua-1"], timestamp=timestamp_of(self.config)
            )
        except typst.TypstError as error:
            raise TypstBuildError(explained(error, source)) from error
        for warning in warnings:
            logger.warning(warning.message, location=origin(source, warning), type="typst", subtype="compile")
        assert isinstance(pdf, bytes)
        return pdf


def replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    os.replace(part, path)


def source_of(lines: Sequence[str], number: int) -> str:
    """Find the page and the line that a line of the .typ file was written from."""
    for line in reversed(lines[:number]):
        if line.startswith(SOURCE_MARK):
            return line.removeprefix(SOURCE_MARK)
    return ""


def origin(source: str, warning: typst.TypstWarning) -> str | None:
    """Find the page and the line that a warning is about."""
    found = _DIAGNOSTIC.search(warning.diagnostic)
    return source_of(source.splitlines(), int(found[2])) or None if found else None


def explained(error: typst.TypstError, source: str) -> str:
    """Say every error of the compiler with its place in the project and its cure."""
    lines = source.split("\n")
    said: dict[str, None] = {}
    for message, line, _column in _DIAGNOSTIC.findall(error.diagnostic):
        place = source_of(lines, int(line)) or f"line {line} of the .typ file"
        said[f"{place}: {cured(message)}"] = None
    return "\n".join(said) or cured(error.message)


def cured(message: str) -> str:
    """Say what to mend, where it is known; else what the compiler said."""
    for pattern, cure in _CURES:
        if match := pattern.search(message):
            return cure.format(*(named(text) for text in match.groups()))
    return message


def named(text: str) -> str:
    """Name characters by their sign and their number, for a sign without a font may not be seen."""
    codes = " ".join(f"U+{ord(character):04X}" for character in text)
    return f"“{text}” ({codes})"


def timestamp_of(config: Config) -> int | None:
    """Give the second that the PDF says it was made: as set, as SOURCE_DATE_EPOCH says, else none."""
    if config.typst_timestamp is not None:
        return int(config.typst_timestamp)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch else None


def stamp_code(timestamp: int | None) -> str:
    """Write the date of the PDF in Typst; without one the PDF has no date, and is the same on every day."""
    if timestamp is None:
        return "none"
    moment = datetime.fromtimestamp(timestamp, UTC)
    parts = ("year", "month", "day", "hour", "minute", "second")
    return f"datetime({', '.join(f'{part}: {getattr(moment, part)}' for part in parts)})"


def date_of(config: Config) -> str:
    """Say the date of the title page."""
    timestamp = timestamp_of(config)
    if config.today or timestamp is None:
        return str(config.today)
    moment = datetime.fromtimestamp(timestamp, UTC)
    return str(format_date(config.today_fmt or _("%b %d, %Y"), date=moment, language=config.language))


def meta_of(config: Config) -> Meta:
    """Gather from conf.py what the template is told."""
    language, _sep, region = re.sub(r"@.*", "", config.language or "en").partition("_")
    author: str = config.typst_author
    return Meta(
        title=config.typst_title,
        subtitle=config.typst_subtitle,
        author=author,
        authors=[author] if author else [],
        abstract=config.typst_abstract,
        version=f"{_('Release')} {config.release}" if config.release else "",
        date=date_of(config),
        keywords=list(config.typst_keywords),
        description=config.typst_abstract,
        stamp=stamp_code(timestamp_of(config)),
        paper=config.typst_paper,
        lang=language,
        region=region if len(region) == 2 else "",
        fonts=[*config.typst_fonts, "Libertinus Serif", "Noto Serif SC"],
        mono=["DejaVu Sans Mono", "Noto Sans SC"],
        size=config.typst_font_size,
        contents=str(_("Contents")),
        depth=config.typst_contents_depth,
    )


def default_filename(config: Config) -> str:
    """Make a file name of the project's name."""
    plain = unicodedata.normalize("NFKD", config.project).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "book"


def default_author(config: Config) -> str:
    """Give the project's author, but not the words that Sphinx puts where none is set."""
    unset = Config.config_values["author"].default
    return "" if config.author in {unset, "unknown"} else str(config.author)


# name, default, types: the table in the manual is this one
CONFIG: tuple[tuple[str, Any, tuple[type, ...]], ...] = (
    ("typst_filename", default_filename, (str,)),
    ("typst_title", lambda config: config.project, (str,)),
    ("typst_author", default_author, (str,)),
    ("typst_subtitle", "", (str,)),
    ("typst_abstract", "", (str,)),
    ("typst_keywords", [], (list, tuple)),
    ("typst_timestamp", None, (int, type(None))),
    ("typst_paper", "a4", (str,)),
    ("typst_font_size", "10.5pt", (str,)),
    ("typst_fonts", [], (list, tuple)),
    ("typst_font_paths", [], (list, tuple)),
    ("typst_contents_depth", 2, (int,)),
    ("typst_bibliography_labels", True, (bool,)),
    ("typst_cited_on", "cited on p.", (str,)),
    ("typst_template", "", (str,)),
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its values."""
    app.add_builder(TypstBuilder)
    for name, default, types in CONFIG:
        app.add_config_value(name, default, "", types)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
