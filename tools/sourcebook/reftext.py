"""References in plain text, in the three styles that are asked for most.

Typst sets them: its citation engine has these styles of the Citation Style Language inside, so nothing more is needed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from .errors import UsageError
from .exporters import exporters
from .exporting.entrywork import Work
from .exporting.selection import About, Selection

STYLES: Mapping[str, str] = {
    "apa": "APA",
    "chicago": "Chicago, author-date",
    "mla": "MLA",
}
_NAMES = {"apa": "apa", "chicago": "chicago-author-date", "mla": "modern-language-association"}
_SOURCE = """#set text(lang: "en", region: "US")
#set document(title: "References")
#bibliography(bytes(sys.inputs.works), style: sys.inputs.style, full: true, title: none)
"""
_BODY = re.compile(r"<(?P<tag>li|p)\b[^>]*>(?P<text>.*?)</(?P=tag)>", re.S)
_TAG = re.compile(r"<[^<>]*>")
_DOUBLED = re.compile(r"([?!…][”’\"]?)\.(?=[”’\"]?(?:\s|$))")


def reference(work: Work, style: str) -> str:
    """The reference of a work in one of STYLES, on one line; raises UsageError if Typst can't set it."""
    import typst  # loaded only when a reference is to be set

    text = exporters()["hayagriva"].write(Selection(About(), (_sited(work),)))
    inputs = {"works": text, "style": _NAMES[style]}
    try:
        made = typst.compile(_SOURCE.encode(), format="html", sys_inputs=inputs, ignore_system_fonts=True)
    except typst.TypstError as error:
        raise UsageError(f"{work.key} can't be set in {STYLES[style]}: {error}") from error
    body = bytes(made or b"").decode("utf-8").partition("<body>")[2]
    match = _BODY.search(body)
    plain = html.unescape(_TAG.sub("", match["text"] if match else body))
    return _DOUBLED.sub(r"\1", " ".join(plain.split()))


def _sited(work: Work) -> Work:
    """A page of a site, as an article of that site: else Chicago prints the site behind its author, in brackets."""
    site = work.fields.get("journaltitle", "") or work.fields.get("organization", "")
    if work.type != "online" or not site:
        return work
    fields = {name: value for name, value in work.fields.items() if name != "organization"}
    fields |= {"journaltitle": site, "entrysubtype": "newspaper"}
    return Work(work.key, "article", fields, work.entry, work.original, work.relation)
