"""Lets mystmd resolve links to our claims and sources. Use: python tests/projects/links.py HTML FOLDER (nox -s mystmd).

HTML is the folder of our built pages; FOLDER has mystmd under node_modules, and the project is copied into it. mystmd
needs the network for its site templates and fails without; what it has resolved until then is what counts.
"""

from __future__ import annotations

import functools
import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent / "mystmd"
_LINK = re.compile(r"\[(?P<words>[^\]]*)\]\(xref:ours#(?P<target>[^)]+)\)")


class Quiet(SimpleHTTPRequestHandler):
    """Serves our pages without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def words_in(node: dict[str, Any]) -> str:
    """The text of a node of mystmd's tree."""
    return str(node.get("value", "")) + "".join(map(words_in, node.get("children", ())))


def links_in(node: Any) -> Iterator[tuple[str, str]]:
    """The links in a tree, with their words."""
    if isinstance(node, dict):
        if node.get("type") in {"link", "crossReference"}:
            yield str(node.get("url", "")), words_in(node)
        for value in node.values():
            yield from links_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from links_in(value)


def resolved(folder: Path, base: str) -> list[tuple[str, str]]:
    """Let mystmd read the project in a folder; gives the links into our pages."""
    project = folder / "mystmd"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(PROJECT, project)
    settings = project / "myst.yml"
    text = settings.read_text(encoding="utf-8").replace("http://127.0.0.1:PORT/", base)
    settings.write_text(text, encoding="utf-8")
    myst = folder / "node_modules" / ".bin" / "myst"
    command = [str(myst), "build", "--site", "--ci"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=300)
    content = sorted((project / "_build" / "site" / "content").glob("*.json"))
    if not content:
        sys.exit(f"mystmd made nothing of the project:\n{done.stdout}{done.stderr}")
    trees = [json.loads(path.read_text(encoding="utf-8")).get("mdast", {}) for path in content]
    return [link for tree in trees for link in links_in(tree) if link[0].startswith(base)]


def wanted(html: Path, base: str) -> list[tuple[str, str]]:
    """The links that the project asks for, as they should be: where the name stands in our pages, and its words."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(html.rglob("*.html"))}
    out = []
    for words, target in _LINK.findall((PROJECT / "index.md").read_text(encoding="utf-8")):
        path = next((path for path, text in pages.items() if f'id="{target}"' in text), None)
        if path is None:
            sys.exit(f"no page has {target}")
        address = f"{base}{path.relative_to(html).as_posix()}#{target}"
        out.append((address, words or sentence_of(html, target.removeprefix("claim-"))))
    return out


def sentence_of(html: Path, name: str) -> str:
    """The sentence of a claim, as our export tells it."""
    claims = json.loads((html / "exports" / "claims.json").read_text(encoding="utf-8"))["claims"]
    return str(next(claim["sentence"] for claim in claims if claim["name"] == name))


def main(html: Path, folder: Path) -> int:
    """Say what mystmd made of each link; the exit code is 1 if anything is not as it should be."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(html)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/"
    try:
        found, asked = resolved(folder, base), wanted(html, base)
    finally:
        server.shutdown()
    for link in asked:
        print("resolved" if link in found else "NOT resolved", *link)
    for link in found:
        if link not in asked:
            print("otherwise", *link)
    return int(found != asked)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]).resolve()))
