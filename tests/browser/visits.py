"""Visits to pages in Chromium: what goes wrong on one, and whether anything on it could run a script of a stranger."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PHONE = 390
# A page that asks something would wait for its answer; it is enough to know that it did.
ASKING = """for (const name of ["alert", "confirm", "prompt", "print"])
  window[name] = words => console.info("dialog " + words);"""
# Elements that stick out at the right, but for those that scroll in a box of their own or lie in a drawer.
WIDE = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  const wide = document.documentElement.clientWidth, out = [];
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height || box.right <= wide + 1) continue;
    let kept = false;
    for (let at = element; at !== document.body && !kept; at = at.parentElement) {
      const style = getComputedStyle(at);
      kept = style.position === "fixed" || at !== element && ["auto", "scroll"].includes(style.overflowX);
    }
    if (!kept) out.push(`<${element.tagName.toLowerCase()} class="${element.className}"> ${Math.round(box.right)}`);
  }
  const whole = document.documentElement.scrollWidth;
  if (whole > wide && !out.length) out.push(`the page ${whole}`);
  return out.slice(0, 2);
}"""
# How light the ground of the page is, from 0 to 255.
GROUND = """() => {
  const [red, green, blue, alpha] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
  return alpha === 0 ? 255 : 0.3 * red + 0.6 * green + 0.1 * blue;
}"""
# What could run a script, come what may: marked with the element that it stands on.
ACTIVE = """() => {
  const out = [], acts = /^(javascript|vbscript|livescript|data:(?!image\\/(png|gif|jpeg)))/;
  for (const element of document.querySelectorAll("*")) {
    const name = element.tagName.toLowerCase();
    if (["iframe", "frame", "frameset", "object", "embed", "base", "portal"].includes(name)) out.push(name);
    if (name === "meta" && element.httpEquiv) out.push("meta " + element.httpEquiv);
    const source = (element.getAttribute("src") || "").split("?")[0].split("/").pop();
    if (name === "script") out.push(`script ${element.type} ${source}`);
    if (name === "style") out.push("style");
    for (const {name: attribute, value} of element.attributes) {
      if (/^on/i.test(attribute)) out.push(`${name} ${attribute}`);
      const plain = value.replace(/[\\u0000-\\u0020]/g, "").toLowerCase();
      if (name === "link" && element.rel !== "stylesheet") continue;  // nobody follows these
      if (/(href|src|action|data|background|srcdoc|srcset)$/i.test(attribute) && acts.test(plain))
        out.push(`${name} ${attribute}=${plain.slice(0, 30)}`);
    }
  }
  return out;
}"""


def executable() -> str:
    """The Chromium, Chrome or Edge of this machine, or nothing."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    name: str
    width: int
    scheme: str
    from_disk: bool = False


LOOKS = (
    Look("desktop, light", 1280, "light"),
    Look("desktop, dark", 1280, "dark"),
    Look("phone, light", PHONE, "light"),
    Look("phone, dark", PHONE, "dark"),
    Look("from disk", 1280, "light", from_disk=True),
)


@dataclass
class Visitor:
    """One tab, and what was met in it since a page was opened last.

    faults: what is wrong. ran: what only a script or a strange address brings about. bare: leave the theme's files out.
    """

    tab: Page
    base: str
    faults: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    bare: bool = False

    def __post_init__(self) -> None:
        """Listen to all that the tab has to say."""
        self.tab.context.route("**/*", self._requested)
        self.tab.add_init_script(ASKING)
        self.tab.on("console", self._said)
        self.tab.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.tab.on("response", self._answered)
        self.tab.on("popup", lambda page: self.ran.append(f"window {page.url}"))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console error: {message.text}")
        elif message.text.startswith("dialog "):
            self.ran.append(message.text)

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"answer {response.status}: {response.url}")

    def _requested(self, route: Route) -> None:
        address = route.request.url
        if self.bare and "/_static/" in address:
            route.abort()
        elif address.startswith((self.base, "data:", "blob:", "about:")):
            route.continue_()
        else:
            self.ran.append(f"request {address}")
            route.abort()

    def open(self, path: str) -> None:
        """Go to a page, by way of an empty one, so that nothing of the last page is told of this one."""
        self.tab.goto("about:blank")
        self.faults.clear()
        self.ran.clear()
        self.tab.goto(self.base + path, wait_until="load")


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Serve a folder on this machine alone; gives its address."""
    handler = functools.partial(_Quiet, directory=str(root))
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went on to the next page in the middle of an answer."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that can reach nothing but this machine."""
    nowhere = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable(), args=[nowhere, "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visitor(browser: Browser, root: Path, look: Look) -> Iterator[Visitor]:
    """A tab with a look of its own, onto a folder."""
    with served(root) as address:
        context = browser.new_context(
            viewport={"width": look.width, "height": 844},
            color_scheme="dark" if look.scheme == "dark" else "light",
        )
        base = f"{root.resolve().as_uri()}/" if look.from_disk else address
        try:
            yield Visitor(context.new_page(), base)
        finally:
            context.close()


def faults_of(visit: Visitor, look: Look, path: str) -> list[str]:
    """What is wrong with a page as it is looked at."""
    visit.open(path)
    faults = [f"sticks out: {wide}" for wide in visit.tab.evaluate(WIDE)]
    ground = visit.tab.evaluate(GROUND)
    if (ground < 128) != (look.scheme == "dark"):
        faults.append(f"the ground is {ground:.0f} of 255 light")
    if (buttons := visit.tab.locator(".cite-copy")).count():
        buttons.first.click()
    if (links := visit.tab.locator('main a[href*="#cite-"]')).count():
        links.first.hover(force=True)
    return [f"{look.name}: {path}: {fault}" for fault in (*faults, *visit.faults, *visit.ran)]
