"""Give our .bib files to biber and to BibTeX, set a document with each, and compare field by field what arrived.

Run by `nox -s latex`; the argument is a folder to work in.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from pylopdf_fonts_zh_cn import serif_path

from clients.fields import Told, differences, plain
from clients.works import FILES, tell, wanted, write_all

HERE = Path(__file__).parent
_MATHS = "H₂O"  # a formula stays one in TeX
HEAD = r"""\documentclass{article}
\usepackage{fontspec}
\usepackage{xeCJK}
\setmainfont{FreeSerif}
\xeCJKDeclareCharClass{Default}{"2013,"2014,"2018,"2019,"201C,"201D,"2026}
\setCJKmainfont[Path=CJKFOLDER/,AutoFakeSlant]{CJKFILE}
\usepackage[hyphens]{url}
"""
BIBER = r"""\usepackage[style=authoryear,backend=biber,maxbibnames=99,dashed=false]{biblatex}
\addbibresource{NAME.bib}
\begin{document}
\nocite{*}
\printbibliography
\end{document}
"""
BIBTEX = r"""\usepackage{natbib}
\begin{document}
\nocite{*}
\bibliographystyle{plainnat}
\bibliography{NAME.bibtex}
\end{document}
"""
# What TeX writes into the .bbl and into its log.
_ENTRY = re.compile(r"\\entry\{(?P<key>[^}]*)\}\{.*?\n(?P<body>.*?)\\endentry", re.DOTALL)
_AUTHORS = re.compile(r"\\name\{author\}\{\d+\}\{[^}]*\}\{%\n(?P<names>.*?)\n\s*\}\n", re.DOTALL)
_ADDRESS = re.compile(r"\\verb\{url\}\s*\n\s*\\verb (?P<url>[^\n]*)\n")
_CLONE = re.compile(r"[0-9a-f]{32}")
_LOST = re.compile(
    r"^(?:!|Missing character|LaTeX Warning: Empty bibliography|Overfull \\hbox \(\d{3,}).*", re.M
)
_TEX = {
    r"\&": "&",
    r"\%": "%",
    r"\#": "#",
    r"\_": "_",
    "~": " ",
    "{": "",
    "}": "",
    "--": "–",
    "$": "",
    "\\": "",
}


def text(tex: str) -> str:
    """The plain text of what stands in a .bbl."""
    tex = re.sub(r"\\bibnamedelim[a-z]\s*", " ", tex)
    for mark, sign in _TEX.items():
        tex = tex.replace(mark, sign)
    return plain(tex)


def told_by_bbl(path: Path) -> dict[str, Told]:
    """What biber hands to LaTeX, by keys."""
    found = {}
    for entry in _ENTRY.finditer(path.read_text(encoding="utf-8")):
        body = entry["body"]
        fields = dict(re.findall(r"\\field\{(\w+)\}\{(.*)\}\n", body))
        authors = _AUTHORS.search(body)
        parts = (
            re.findall(r"(family|given|prefix|suffix)=\{(.*?)\}[,}]?\n", authors["names"]) if authors else []
        )
        names: list[str] = []
        for part, value in parts:
            names = [*names, value] if part == "family" else [*names[:-1], f"{names[-1]}, {value}"]
        if r"\true{moreauthor}" in body:
            names.append("others")
        date = "-".join(fields[part].zfill(2) for part in ("year", "month", "day") if part in fields)
        title = ": ".join(text(fields[part]) for part in ("title", "subtitle") if part in fields)
        address = _ADDRESS.search(body)
        if _CLONE.fullmatch(entry["key"]):  # biber's own copy of a related work
            continue
        found[entry["key"]] = Told(title, tuple(map(text, names)), date, address["url"] if address else "")
    return found


def set_document(folder: Path, name: str, source: str, program: list[str]) -> list[str]:
    """Set a document with its bibliography; answers what TeX and the program complain of."""
    file = folder / f"{name}.tex"
    font = serif_path()
    head = HEAD.replace("CJKFOLDER", str(font.parent)).replace("CJKFILE", font.name)
    file.write_text(head + source, encoding="utf-8")
    xelatex = ["xelatex", "-interaction=nonstopmode", "-halt-on-error", name]
    said = []
    for command in (xelatex, [*program, name], xelatex, xelatex):
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        said += [
            f"{command[0]}: {line}"
            for line in re.findall(r"^(?:WARN|ERROR|Warning--|I was).*", run.stdout, re.M)
        ]
        if run.returncode:
            return [*said, f"{command[0]} stopped: {run.stdout[-500:]}"]
    return said + _LOST.findall((folder / f"{name}.log").read_text(encoding="utf-8", errors="replace"))


def main() -> int:
    """Run both programs over both files; answers 1 if something did not arrive."""
    folder = Path(sys.argv[1]).resolve()
    write_all(folder)
    good = []
    for name in FILES:
        source = BIBER.replace("NAME", name)
        good.append(
            tell(f"XeLaTeX and biber, {name}", set_document(folder, f"{name}-biber", source, ["biber"]))
        )
        found = differences(wanted(name, True), told_by_bbl(folder / f"{name}-biber.bbl"))
        good.append(tell(f"biber, {name}", found, _MATHS))
        source = BIBTEX.replace("NAME", name)
        # plainnat wants an author, a year and a volume of everything: that a work has none is no fault
        said = set_document(folder, f"{name}-bibtex", source, ["bibtex"])
        good.append(tell(f"XeLaTeX and BibTeX, {name}", said, "Warning--"))
        body = (folder / f"{name}-bibtex.bbl").read_text(encoding="utf-8")
        print(
            f"  set: {folder / name}-biber.pdf, {folder / name}-bibtex.pdf; {body.count(chr(92) + 'bibitem')} works"
        )
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
