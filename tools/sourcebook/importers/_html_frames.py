"""The parts of a page round its article: navigation, share bars, comments, and their like."""

from __future__ import annotations

import re

from lxml import html

_TAGS = {
    "nav": "navigation",
    "footer": "foot of the page",
    "form": "a form",
    "aside": "aside of the page",
    "menu": "navigation",
}
_ROLES = {
    **dict.fromkeys(("navigation", "search", "menu", "menubar", "tablist", "toolbar"), "navigation"),
    **dict.fromkeys(("banner", "contentinfo"), "frame of the page"),
    **dict.fromkeys(("dialog", "alertdialog", "alert"), "notice over the page"),
    "complementary": "aside of the page",
}
_NAMES = tuple(
    (reason, re.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_-])", re.I))
    for reason, words in (
        (
            "share bar",
            r"share|sharing|sharedaddy|social|addtoany|shareaholic|sociable|follow-us|social-links?",
        ),
        (
            "list of other pages",
            r"related|relatedposts?|recommended|recommendations?|read-?more|"
            r"readmore|more-stories|"
            r"most-read|popular|trending|outbrain|taboola|teasers?|see-also|yarpp|jp-relatedposts|"
            r"further-reading-links|onward|"
            r"up-next|also-like|promo|promobox|cross-?sell|article-list|latest",
        ),
        (
            "advertisement",
            r"ads?|advert|advertisement|advertising|adsbygoogle|ad-?slot|ad-?unit|"
            r"sponsor(?:ed)?|dfp|banner-ad",
        ),
        (
            "invitation to subscribe or sign in",
            r"newsletter|subscribe|subscription|sign-?up|paywall|"
            r"piano|membership|donate|donation|"
            r"cta|login|regwall|support-us",
        ),
        ("cookie notice", r"cookies?|consent|gdpr|onetrust|cmp|privacy-notice|cc-window"),
        (
            "comments",
            r"comments?|comment-?list|commentlist|respond|disqus|disqus_thread|replies|"
            r"livefyre|comments-area",
        ),
        (
            "navigation",
            r"nav|navbar|navigation|breadcrumbs?|menu|pagination|pager|skip-link|toc|site-header|masthead|post-navigation",
        ),
        ("tags", r"tags?|tag-list|post-tags|entry-tags|topics|cat-links|tags-links|keywords|catlinks"),
        (
            "about the author",
            r"author-bio|author-box|about-author|author-info|authorbox|bio-box|contributor-bio",
        ),
        (
            "frame of the page",
            r"sidebar|widget|widgets|widget-area|site-footer|footer|global-header|toolbar|popup|modal|overlay|"
            r"print-only|rating|wp-polls|post-views|copyright|colophon|printfooter|navbox|infobox|metadata|hatnote|toctitle",
        ),
    )
)
_NOTED = re.compile(r"footnote|endnote|reference|citation|note", re.I)


class Frames:
    """The parts of a page round its article, known by their tags, roles and names."""

    def __init__(self, holder: html.HtmlElement | None) -> None:
        self.known: dict[html.HtmlElement, str] = {}
        if holder is not None:
            for element in (holder, *holder.iterancestors()):
                self.known[element] = ""  # what holds the text is not furniture, whatever its name

    def of(self, element: html.HtmlElement) -> str:
        """Which part of the page's furniture an element stands in; empty if in none."""
        if element in self.known:
            return self.known[element]
        parent = element.getparent()
        above = self.of(parent) if parent is not None else ""
        self.known[element] = above or self._own(element)
        return self.known[element]

    def _own(self, element: html.HtmlElement) -> str:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        tag = element.tag if isinstance(element.tag, str) else ""
        if (element.get("role") or "") in _ROLES:
            return _ROLES[element.get("role")]
        if _NOTED.search(names) or (element.get("role") or "").startswith("doc-"):
            return ""
        if tag in _TAGS and not (
            tag == "footer" and any(True for _ in element.iterancestors("blockquote", "figure"))
        ):
            return _TAGS[tag]
        if (
            tag in {"html", "body", "main", "article", "p", "span", "em", "strong", "a", "h1"}
            or not names.strip()
        ):
            return ""
        return next((reason for reason, pattern in _NAMES if pattern.search(names)), "")
