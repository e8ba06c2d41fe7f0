"""What stands on a page and is no part of the article: advertisements, share bars, lists of other pages, comments.

A line is furniture only when all of it is; a sentence that speaks of cookies is not.
"""

from __future__ import annotations

import re

from ._sheet import BLANK, Line, Sheet

_SHARES = (
    "share|tweet|post|facebook|twitter|x|linkedin|whatsapp|telegram|reddit|email|e-mail|print|pinterest|copy link|"
    "copy|mail|pocket|tumblr|messenger|flipboard|skype|vk|vkontakte|viber|line|wechat|weibo|mastodon|bluesky|threads|"
    "instagram|youtube|rss|save|bookmark|like|follow|more|link|xing|mix|digg|stumbleupon|gmail"
)
_SHARE_BAR = re.compile(
    rf"(?:share\s+(?:this\s*)?(?:on|via|:)?\s*)?(?:(?:{_SHARES})(?:[\s,|/·•:+–-]+|\Z))+", re.I
)
_SHARE_WORD = re.compile(rf"(?:{_SHARES})", re.I)
_WHOLE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(rf"(?:{pattern})[\s.:!…»→>]*", re.I))
    for reason, pattern in (
        (
            "advertisement",
            r"(?:\W*(?:advertisements?|sponsored(?: content| links?)?|promoted(?: content)?|ad|anzeige|werbung|"
            r"publicité|publicidad|pubblicità|реклама|story continues below(?: this)? advertisement|"
            r"article continues (?:below|after) (?:this )?advertisement|skip advert(?:isement)?|"
            r"advertisement\s*[-–—]\s*continue reading below)\W*)",
        ),
        (
            "share bar",
            r"share (?:this|on|via)\b.{0,60}|(?:click to )?(?:share|email|print)\b.{0,50}\(opens in new window\)|"
            r"like this|like loading|loading|tweet this|share(?: this)?(?: article| post| story| page)|"
            r"share on (?:facebook|twitter|x|linkedin|whatsapp|telegram|reddit)|\d+ shares?|shares? \d+|copy link|"
            r"print(?: this)? (?:article|page|story)|follow us(?: on .{0,60})?|teilen|compartir|partager|condividi",
        ),
        (
            "cookie notice",
            r"(?:we|(?:this|our) (?:web)?site|diese (?:web)?seite)\b.{0,60}\b(?:uses?|store|verwendet) (?:\w+ ){0,4}"
            r"cookies?\b.{0,200}\b(?:site|experience|browser|traffic|consent|privacy|adverti|analy|content|services?|"
            r"policy|accept|agree).{0,200}|by (?:using|continuing|browsing)\b.{0,80}\byou\b.{0,80}\bcookies?\b.{0,200}|"
            r"(?:accept|reject|allow|manage)(?: all| my)? (?:cookies?|preferences|settings)|"
            r"cookie (?:settings|preferences|policy|notice)|privacy (?:settings|preferences|policy)|got it|"
            r"accept all|reject all|alle akzeptieren",
        ),
        (
            "invitation to subscribe or sign in",
            r"(?:subscribe|sign up|log ?in|sign in|become a (?:member|subscriber)|create an account|register)"
            r"(?: (?:now|today|here))?|(?:subscribe|sign up) (?:for|to) .{0,120}|"
            r"already a (?:member|subscriber).{0,60}|"
            r"(?:get|join|receive) (?:our|the) .{0,60}(?:newsletter|mailing list|inbox).{0,80}|newsletter|"
            r"enter your email.{0,80}|your email address|support (?:our|independent) (?:work|journalism).{0,60}|donate",
        ),
        (
            "navigation",
            r"skip to (?:main )?content|(?:main )?menu|search(?: for| this site)?|home|back to top|toggle navigation|"
            r"(?:previous|next) (?:post|article|story|page)s?\b.{0,120}|« .{0,120}|(?:home|start|news)"
            r"(?:\s*[»>›/|]\s*[^»>›/|]{1,80}){1,5}|read more|continue reading.{0,120}|"
            r"view all(?: posts.{0,60})?|see more|"
            r"(?:published|posted|updated|written|filed) (?:on|in|by|at)?\s*:|live now|listen live.{0,20}|"
            r"load more|show more|jump to (?:navigation|search|content)|page \d+ of \d+|contents\s*\[hide\]|close",
        ),
        (
            "comments",
            r"(?:no|\d+) (?:comments?|replies|responses)(?: (?:yet|on|to)\b.{0,120})?|"
            r"(?:leave|post|write|add) a (?:comment|reply|response).{0,60}|"
            r"comments?(?: \(\d+\)| are (?:closed|off).{0,60}| off.{0,60})?|cancel reply|"
            r"your email address will not be published\b.{0,80}|required fields are marked.{0,20}|"
            r"save my name, email.{0,120}|(?:name|email|e-mail|website|comment)\s*\*|post comment|reply|submit|"
            r"notify me of (?:new|follow-?up).{0,80}|be the first to comment|(?:comm ?)+|"
            r"join the (?:conversation|discussion)|"
            r"this site uses akismet.{0,120}|you must be logged in.{0,60}",
        ),
        (
            "tags",
            r"(?:tags?|tagged|filed under|categor(?:y|ies)|topics?|related topics|posted in|schlagw[oö]rter?)"
            r"\s*(?::|with|in\b)\s*.{0,300}",
        ),
        (
            "reading aid",
            r"(?:reading time\s*:?\s*)?(?:about )?\d+[ -]min(?:ute)?s?(?: read)?|\d+ min read|listen to (?:this )?"
            r"(?:article|story).{0,40}|(?:estimated )?reading time.{0,40}|text size|font size.{0,30}|"
            r"\d[\d,.]*k? views?|"
            r"gift (?:this )?article|play(?: video)?|watch(?: now| more)?|enlarge(?: this)? image|view gallery",
        ),
    )
)
_OTHERS = re.compile(
    r"(?:you (?:may|might)(?: also)? (?:also )?(?:like|enjoy|be interested in)|related(?: posts?| articles?| stories| "
    r"news| content| reading| coverage)?|recommended(?: for you| reading| stories| articles)?|more (?:like this|"
    r"stories|news|posts)|most (?:read|popular|viewed|shared)|trending(?: now| stories)?|"
    r"(?:latest|recent|popular|top|other) (?:posts?|news|stories|articles)|read (?:also|next)|see also|don['’]t miss|"
    r"up next|what to read next|editors?['’]?s? picks?|around the web|from the web|das könnte (?:sie|dich).{0,40}|"
    r"mehr zum thema|à lire aussi|te puede interesar|potrebbe interessarti.{0,40}|читайте также)[\s:.…»]*",
    re.I,
)
_MORE = re.compile(r"(?:more (?:from|on|in|by|about)|also (?:by|on|in)) .{1,60}", re.I)
_FORM = re.compile(r"name|e-?mail(?: address)?|website|comment|url", re.I)  # the fields of a form, at the end
_TIME = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d\d")
_NUMBER = re.compile(r"\d{1,4}|[-–—]\s?\d{1,4}\s?[-–—]")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b).{0,200}|.{0,120}\ball rights reserved\W*", re.I)
_SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]]*(?:\[\d+\])*\Z")
_RULE = re.compile(r"(?:[-–—=_*~#•·.+<>/\\]\s?){3,}")


def drop_furniture(sheet: Sheet) -> None:
    """Drop from a sheet what is no part of the article."""
    for line in sheet.open():
        if reason := reason_of(line.text):
            sheet.drop(reason, line)
    _drop_videos(sheet)
    _drop_share_words(sheet)
    _drop_others(sheet)
    _drop_menu(sheet)
    _drop_edges(sheet)


def reason_of(text: str) -> str:
    """Why a line by itself is furniture; empty if it is not."""
    if len(text) > 500:
        return ""
    for reason, pattern in _WHOLE:
        if pattern.fullmatch(text):
            return reason
    if _SHARE_BAR.fullmatch(text) and len(text.split()) > 2:
        return "share bar"
    return "a line that only separates" if _RULE.fullmatch(text) else ""


def _drop_videos(sheet: Sheet) -> None:
    """A time by itself and a caption printed twice are an embedded video; a line twice without a time is one line."""
    lines = sheet.open()
    for number, line in enumerate(lines[:-1]):
        following = lines[number + 1]
        if line.fate or line.text != following.text or len(line.text) < 8:
            continue
        if following.number - line.number > 3:
            continue
        before = lines[number - 1] if number else None
        if before and not before.fate and _TIME.fullmatch(before.text):
            sheet.drop("length of a video", before)
            sheet.drop("caption of a video, printed twice", line, following)
        else:
            sheet.drop("printed twice", following)


def _drop_share_words(sheet: Sheet) -> None:
    """Single words such as Facebook are a share bar when they stand one under the other, or beside the rest of one."""
    run: list[Line] = []
    lines = [line for line in sheet.lines if line.fate != BLANK]
    bars = {drop.first for drop in sheet.dropped if drop.reason == "share bar"}
    for line in [*lines, None]:
        if line is not None and (line.number in bars or (not line.fate and _SHARE_WORD.fullmatch(line.text))):
            run.append(line)
            continue
        if len(run) > 2 or any(one.number in bars for one in run):
            sheet.drop("share bar", *(one for one in run if not one.fate))
        run = []


def _drop_others(sheet: Sheet) -> None:
    """A list of other pages goes with its heading, up to the next paragraph."""
    lines = sheet.open()
    last_text = max((n for n, line in enumerate(lines) if _is_prose(line.text)), default=-1)
    number = 0
    while number < len(lines):
        line, in_tail = lines[number], number > last_text
        number += 1
        if not _OTHERS.fullmatch(line.text) and not (in_tail and _MORE.fullmatch(line.text)):
            continue
        sheet.drop("list of other pages", line)
        while number < len(lines) and not _is_prose(lines[number].text):
            if number <= last_text and not _is_close(lines[number - 1], lines[number]):
                break
            sheet.drop("list of other pages", lines[number])
            number += 1


def _drop_menu(sheet: Sheet) -> None:
    """Four or more short lines one under the other at the very beginning are a menu."""
    first = next(iter(sheet.groups()), [])
    short = [len(line.text) <= 25 and len(line.text.split()) <= 3 for line in first]
    if len(first) > 3 and all(short) and not any(any(char.isdigit() for char in line.text) for line in first):
        sheet.drop("navigation", *first)


def _is_close(before: Line, line: Line) -> bool:
    return line.number == before.number + 1


def _is_prose(text: str) -> bool:
    return len(text) > 120 or bool(_SENTENCE_END.search(text)) or text.startswith(("[", "•"))


def _drop_edges(sheet: Sheet) -> None:
    """A number by itself at the very beginning or end counts comments or pages; a copyright notice ends a page."""
    lines = sheet.open()
    for line in (lines[:1] + lines[-1:]) if len(lines) > 1 else []:
        if _NUMBER.fullmatch(line.text):
            sheet.drop("a number by itself", line)
    for line in reversed(sheet.open()):
        if not _FORM.fullmatch(line.text):
            break
        sheet.drop("comments", line)
    for line in sheet.open()[-3:]:
        if _COPYRIGHT.fullmatch(line.text):
            sheet.drop("copyright notice", line)
