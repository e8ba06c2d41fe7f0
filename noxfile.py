"""One session for each job of a maintainer; `nox -l` lists them."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["build"]

PYPROJECT = nox.project.load_toml("pyproject.toml")
CONSTRAINTS = Path("constraints.txt")
BENCHES = ("check.py", "bibliography.py", "build.py", "sentences.py", "format.py", "links.py")
BIBER = "biber texlive-xetex texlive-bibtex-extra texlive-lang-cjk fonts-freefont-otf"
TEX = "latexmk texlive-xetex texlive-latex-extra texlive-fonts-recommended fonts-freefont-otf tex-gyre xindy"


def install(session: nox.Session, *groups: str) -> None:
    """Install the package and dependency groups, unless just these stand there from the last run."""
    wanted = hashlib.sha256(Path("pyproject.toml").read_bytes() + CONSTRAINTS.read_bytes()).hexdigest()
    stamp = Path(session.virtualenv.location, "installed.txt")
    if not stamp.is_file() or stamp.read_text() != wanted:
        packages = nox.project.dependency_groups(PYPROJECT, *groups)
        session.install("--quiet", "-c", str(CONSTRAINTS), "-e", ".", *packages)
        stamp.write_text(wanted)


@nox.session
def build(session: nox.Session) -> None:
    """Check the library, then build HTML and PDF into _build, in place only when all is right."""
    install(session, "docs")
    session.run("sourcebook", "build", *session.posargs)


@nox.session
def check(session: nox.Session) -> None:
    """Run the gate alone: every rule over pages and bibliography, offline."""
    install(session, "docs")
    session.run("sourcebook", "check", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests."""
    install(session, "docs", "tests")
    session.run("pytest", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Look at format, style and types of the code."""
    install(session, "docs", "tests", "lint")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("mypy")


@nox.session(default=False)
def links(session: nox.Session) -> None:
    """Ask every locator and link, and keep what is learned in bib/links.json; uses the network."""
    install(session, "docs")
    session.run("sourcebook", "links", *session.posargs)


@nox.session(default=False)
def serve(session: nox.Session) -> None:
    """Serve the pages on this machine and rebuild them at each change."""
    install(session, "docs", "serve")
    watched = ("--watch", "bib", "--watch", "tools", "--open-browser" if session.interactive else "-q")
    session.run("sphinx-autobuild", *watched, "docs", "_build/serve", *session.posargs)


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Measure against peers, each figure a ratio within one run; `-- check.py --pages 1000` runs one script."""
    install(session, "docs", "bench")
    for script in [session.posargs] if session.posargs else [[name] for name in BENCHES]:
        session.run("python", f"bench/{script[0]}", *script[1:])


@nox.session(default=False)
def accessibility(session: nox.Session) -> None:
    """Look at the PDF as PDF/UA-1 asks: an error fails, a warning is printed."""
    install(session, "docs", "accessibility")
    session.run("sourcebook", "build", "--forms", "pdf")
    session.run("outloud", "--no-info", *map(str, Path("_build/pdf").glob("*.pdf")))


@nox.session(default=False)
def mutation(session: nox.Session) -> None:
    """Turn each condition of each rule round and see that a test fails."""
    install(session, "docs", "tests")
    session.run("python", "tests/mutation.py", *session.posargs)


@nox.session(default=False)
def fuzz(session: nox.Session) -> None:
    """Fuzz the importers for a minute with atheris; `-- -max_total_time=3600` for an hour."""
    install(session, "docs", "fuzz")
    session.run("python", "tests/fuzz.py", *session.posargs)


@nox.session(default=False)
def lock(session: nox.Session) -> None:
    """Write constraints.txt anew: the newest versions that all supported Pythons can have."""
    session.install("--quiet", "uv>=0.9,<1")
    asked = Path(session.create_tmp(), "nox.in")
    asked.write_text("nox>=2025.5.1\n")
    groups = [f"--group={name}" for name in PYPROJECT["dependency-groups"]]
    options = ("--quiet", "--universal", "--fork-strategy=fewest", "--python-version=3.11")
    written = ("--no-header", "--no-annotate", "--upgrade", "-o", str(CONSTRAINTS))
    session.run("uv", "pip", "compile", *options, *groups, *written, "pyproject.toml", str(asked))


@nox.session(default=False)
def wheel(session: nox.Session) -> None:
    """Build the wheel, install it alone, and check and build somebody else's pages with it."""
    session.install("--quiet", "build>=1.2,<2")
    out = Path(session.create_tmp()).resolve()
    session.run("python", "-m", "build", "--wheel", "--outdir", str(out), silent=True)
    wheel = max(out.glob("*.whl"), key=lambda path: path.stat().st_mtime)
    session.install("--quiet", "--force-reinstall", "-c", str(CONSTRAINTS), str(wheel))
    session.chdir("tests/elsewhere")
    session.run("sourcebook", "check")
    session.run("sourcebook", "build", "--docs", ".", "--output", str(out / "built"))


@nox.session(default=False)
def latexpdf(session: nox.Session) -> None:
    """Build the PDF with LaTeX instead; says what is missing, and where it comes from."""
    if missing := [name for name in ("latexmk", "xelatex", "xindy", "make") if not shutil.which(name)]:
        session.error(f"{', '.join(missing)} missing: Debian has them in {TEX}")
    install(session, "docs")
    session.run("sphinx-build", "-q", "-b", "latex", "docs", "_build/latex")
    session.run("make", "-C", "_build/latex", external=True)


@nox.session(default=False)
def latex(session: nox.Session) -> None:
    """Let biber, BibTeX and LaTeX read our exports; says what is missing, and where it comes from."""
    if missing := [name for name in ("xelatex", "biber", "bibtex") if not shutil.which(name)]:
        session.error(f"{', '.join(missing)} missing: Debian has them in {BIBER}")
    install(session, "docs", "tests")
    out = session.create_tmp()
    session.run("python", "tests/clients/latex.py", out, env={"PYTHONPATH": "tests"})


@nox.session(default=False)
def clients(session: nox.Session) -> None:
    """Let Pandoc and citation-js read our exports; says what is missing, and where it comes from."""
    if missing := [name for name in ("node", "npm") if not shutil.which(name)]:
        session.error(f"{', '.join(missing)} missing: Debian has them in nodejs npm")
    install(session, "docs", "tests", "clients")
    out = session.create_tmp()
    shutil.copy("tests/clients/package.json", out)
    session.run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", out, external=True)
    # for its copy of the schema alone: it asks for a jsonschema that is older than ours
    session.install("--quiet", "--no-deps", "--target", f"{out}/cffconvert", "cffconvert==2.0.0")
    session.run("python", "tests/clients/compare.py", out, env={"PYTHONPATH": "tests"})


@nox.session(default=False)
def browser(session: nox.Session) -> None:
    """Open every built page in Chromium, and pages that were written to do harm; says what is missing."""
    names = (
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "microsoft-edge",
    )
    if not os.environ.get("CHROMIUM") and not any(map(shutil.which, names)):
        session.error(
            "no Chromium, Chrome or Edge: Debian has it in chromium; CHROMIUM may name one elsewhere"
        )
    install(session, "docs", "browser")
    out = session.create_tmp()
    session.run("sourcebook", "build", "--forms", "html", "--output", out)
    session.run("python", "-m", "browser", f"{out}/html", *session.posargs, env={"PYTHONPATH": "tests"})


@nox.session(default=False)
def mystmd(session: nox.Session) -> None:
    """Let mystmd link to our claims and sources by their names; says what is missing, and where it comes from."""
    if missing := [name for name in ("node", "npm") if not shutil.which(name)]:
        session.error(f"{', '.join(missing)} missing: Debian has them in nodejs npm")
    install(session, "docs")
    out = session.create_tmp()
    session.run("sourcebook", "build", "--forms", "html", "--output", out)
    packages = ("--silent", "--no-audit", "--no-fund", "--prefix", out, "mystmd@^1.8")
    session.run("npm", "install", *packages, external=True)
    session.run("python", "tests/projects/links.py", f"{out}/html", out)
