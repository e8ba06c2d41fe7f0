"""Links of a page: made absolute, without what only tracks readers, and none that runs a program."""

from __future__ import annotations

from collections import Counter
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

from lxml import html

from ..locators import is_url

_TRACKING = frozenset(
    """fbclid gclid gclsrc dclid msclkid yclid igshid igsh mc_cid mc_eid _hsenc _hsmi hsctatracking mkt_tok oly_anon_id
    oly_enc_id vero_id wickedid twclid ttclid li_fat_id ref_src ref_url __twitter_impression at_medium at_campaign
    at_custom1 at_custom2 cmpid ocid ncid smid smtyp sr_share wt_mc wtmc cmp soc_src soc_trk guccounter s_cid xtor
    traffic_source ito""".split()
)


class Links:
    """What the links of a page lead to, and the count of what was changed about them."""

    def __init__(self, tree: html.HtmlElement, address: str) -> None:
        self.page = address or canonical_of(tree)
        base = next((element.get("href") for element in tree.iter("base") if element.get("href")), "")
        self.base = _joined(self.page, base) if base else self.page
        self.changed: Counter[str] = Counter()

    def target(self, href: str) -> str:
        """The absolute address that a link leads to; empty if it is to be a text only."""
        href = "".join(href.split())
        if not href or href.startswith("#"):
            return ""
        address = _joined(self.base, href)
        if address.lower().startswith("mailto:"):
            return address if "@" in address else ""
        if not address.lower().startswith(("http://", "https://")):
            scheme = _scheme(address)
            self.changed["scheme " + scheme if scheme else "base"] += 1
            return ""
        if self.page and urldefrag(address)[0] == urldefrag(self.page)[0] and "#" in address:
            return ""
        plain = _untracked(address)
        if plain != address:
            self.changed["tracking"] += 1
        if not is_url(plain):
            self.changed["form"] += 1
            return ""
        return plain

    def fragment(self, href: str) -> str:
        """The name of the place on this same page that a link leads to, or an empty text."""
        from urllib.parse import unquote

        before, mark, name = href.strip().partition("#")
        if not mark or not name:
            return ""
        if before and self.page and urldefrag(_joined(self.base, before))[0] != urldefrag(self.page)[0]:
            return "" if "//" in before or "/" in before else unquote(name)
        return unquote(name)

    def remarks(self) -> list[str]:
        """A sentence for each kind of change."""
        said = []
        for what, number in sorted(self.changed.items()):
            links = f"{number} link{'s' if number > 1 else ''}"
            if what == "tracking":
                said.append(f"{links}: parameters that only track readers were taken off")
            elif what == "base":
                said.append(
                    f"{links} kept as text: they are relative, and the address of the page is not known"
                )
            elif what == "form":
                said.append(f"{links} kept as text: the address is not well formed")
            else:
                said.append(f"{links} kept as text: {what}")
        return said


def canonical_of(tree: html.HtmlElement) -> str:
    """The address that a page gives itself."""
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and is_url(element.get("href") or ""):
            return (element.get("href") or "").strip()
    for element in tree.iter("meta"):
        if element.get("property") == "og:url" and is_url(element.get("content") or ""):
            return (element.get("content") or "").strip()
    return ""


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def _scheme(address: str) -> str:
    head = address.partition(":")[0]
    return head.lower()[:20] if ":" in address and head.replace("+", "").replace("-", "").isalnum() else ""


def _untracked(address: str) -> str:
    try:
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return address
    kept = [
        pair
        for pair in pairs
        if pair[0].lower() not in _TRACKING and not pair[0].lower().startswith(("utm_", "pk_"))
    ]
    if len(kept) == len(pairs):
        return address
    return urlunsplit(parts._replace(query=urlencode(kept)))
