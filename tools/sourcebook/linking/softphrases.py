"""What pages say that answer 200 and are not what was asked for, in the words of the languages that we have met.

Titles are compared folded (likeness.py): small letters, no accents, no punctuation, one blank between words. Each
pattern must fit the whole of a title or of a part of it, so that an article about such pages is not taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def _any(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


# Words are taken one by one, so that no text can be read in two ways, which would take time without end.
_WHAT = "(?:page|file|document|article|story|content|url|post|item|resource|object|site|website|webpage|link|product)s?"
_THE = "(?:(?:oops|sorry|error|404|the|this|that|your|requested) )*"
_YOU = "(?:you (?:(?:are|were|re|have|tried to) )?(?:looking for|requested|wanted|reach|access) |requested )?"
_IS_NOT = (
    "(?:(?:was|is|are|has|have|could|can|cannot|cant|couldnt|isnt|wasnt|hasnt|doesnt|does|do|no|not|be|been"
    "|longer) )+"
)
_GONE = "(?:found|exist|exists|available|located|removed|deleted|expired|gone|moved|unpublished|there|here)"

MISSING_TITLE = _any(
    (
        # numbers
        "(?:(?:http|oops|sorry|whoops) )?(?:(?:error|fehler|erreur|errore|code|status) )*(?:404|410)"
        "(?: (?:error|fehler|erreur|page|seite))?",
        r".{0,40}\b(?:404|410)\b.{0,20}\b(?:not found|gone|error|fehler|erreur|errore|nicht gefunden|introuvable)",
        r".{0,40}\b404\b.{0,20}\b(?:no encontrad[ao]|non trovat[ao]|nao encontrad[ao]|не наидена)",
        # English
        f"{_THE}{_WHAT} {_YOU}{_IS_NOT}{_GONE}(?: (?:anymore|any more|or .{{0,40}}))?",
        f"{_THE}(?:{_WHAT} )?not found(?: error)?",
        "nothing (?:was )?found(?: here)?|no results found|no longer available|content unavailable|missing page",
        "page (?:missing|gone|removed|deleted|unavailable|error)",
        "(?:we |i )?(?:can not|cannot|cant|couldnt|could not|were unable to) find (?:the|that|this|your|what) .{0,40}",
        "(?:that|this|the) page (?:doesnt|does not|no longer) exists?",
        # German, French, Spanish, Portuguese, Italian, Dutch, Romanian
        "(?:(?:die|diese|der|dieser|angeforderte) )*(?:seite|inhalt|artikel|dokument|datei) "
        "(?:(?:wurde|konnte|ist|existiert|leider|mehr) )*nicht (?:mehr )?(?:gefunden|vorhanden|verfugbar)(?: werden)?",
        "(?:(?:la|cette) )?page (?:que vous (?:recherchez|demandez) )?(?:est )?"
        "(?:introuvable|non trouvee|inexistante|nexiste pas|nexiste plus)",
        "(?:contenu|document|article) introuvable",
        "(?:(?:la|esta|essa|a) )?pagina (?:no (?:encontrada|existe|disponible)|nao (?:encontrada|existe))",
        "(?:la )?pagina (?:non (?:trovata|disponibile)|niet gevonden|negasita)",
        "(?:contenuto|articolo|documento) non (?:trovato|disponibile)",
        # Polish, Czech, Turkish, Danish, Norwegian, Swedish, Finnish, Hungarian
        "(?:strona|stranka|sayfa|siden|sidan|sivua|oldal) .{0,20}(?:znaleziona|nenalezena|neexistuje|bulunamadi)",
        "(?:siden|sidan) .{0,20}(?:ikke fundet|ikke funnet|finnes ikke|finns inte|hittades inte|inte hittas)",
        "nie znaleziono strony|sivua ei (?:loydy|loytynyt)|az oldal nem talalhato|aradiginiz sayfa.{0,30}",
        # Russian, Ukrainian, Bulgarian; folding makes и of й
        "страница (?:не (?:наидена|существует)|удалена)|такои страницы (?:нет|не существует)|ошибка 404",
        "сторінку не знаидено|страницата не е намерена",
    )
)
# Scripts that folding takes apart: looked for in a short title as it stands.
MISSING_WIDE = _any(
    (
        "页面不存在|頁面不存在|找不到页面|找不到頁面|页面未找到|您访问的页面|内容不存在|文章不存在",
        "ページが見つかりません|見つかりませんでした|페이지를 ?찾을 ?수 ?없|존재하지 않는 페이지",
        "الصفحة غير موجودة|لم يتم العثور|הדף לא נמצא|העמוד לא נמצא",
    )
)
_THING = (
    r"\b(?:page|article|story|content|document|file|post|item|url|resource|listing|publication|video|link)\b"
)
MISSING_TEXT = _any(
    (
        _THING + r"[^.!?]{0,60}?\b(?:could ?n.?t|can ?n.?t|can ?not|could not|was not|not) (?:be )?found",
        _THING + r"[^.!?]{0,60}?\b(?:does|do) ?(?:n.t| not) exist",
        _THING + r"[^.!?]{0,60}?\bno longer (?:exists?|available|here|online)",
        _THING + r"[^.!?]{0,60}?\b(?:has|have) been (?:removed|deleted|taken down|unpublished)",
        _THING + r"[^.!?]{0,60}?\b(?:is|was) (?:removed|deleted|not available|unavailable|gone)",
        r"\b(?:we|i) (?:could ?n.?t|can ?n.?t|can ?not|could not|are unable to|were unable to) find "
        r"(?:the|that|this|any|what|your)\b",
        r"\byou (?:may have|might have) (?:mis-?typed|followed (?:a|an) (?:broken|old|outdated|bad))",
        r"\b404\b[^.!?]{0,20}(?:not found|error)|\bnot found\b[^.!?]{0,20}\b404\b",
        "nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden|auffindbar)|existiert (?:leider )?nicht",
        "(?:page|contenu|document|article)[^.!?]{0,50}(?:introuvable|n.existe (?:pas|plus))",
        "(?:page|contenu|document|article)[^.!?]{0,50}(?:n.est (?:pas|plus) disponible|a été supprimée?)",
        "(?:página|contenido|artículo)[^.!?]{0,50}(?:no (?:existe|se encuentra|está disponible|fue encontrad[ao]))",
        "página[^.!?]{0,50}não (?:existe|foi encontrada)|pagina[^.!?]{0,50}niet (?:gevonden|bestaat)",
        "(?:pagina|contenuto|articolo)[^.!?]{0,50}non (?:esiste|è stat[ao] trovat[ao]|è (?:più )?disponibile)",
        r"страниц\w{0,3}[^.!?]{0,40}(?:не (?:найдена|существует)|удалена|нет)|не существует",
        "(?:页面|頁面|内容|文章|ページ)[^。！？]{0,15}(?:不存在|找不到|已被?删除|見つかりません)",
        "페이지를 ?찾을 ?수 ?없",
        "(?:strona|stránka|sayfa|siden|sidan)[^.!?]{0,40}(?:nie (?:została znaleziona|istnieje)|neexistuje)",
        "(?:sayfa|siden|sidan)[^.!?]{0,40}(?:bulunamadı|ikke fundet|finns inte|hittades inte)",
    ),
    re.I,
)
REMOVED = re.compile(
    r"\b(?:this|the) (?:page|article|content|story|document|item|file|post|publication) (?:"
    r"is no longer (?:available|online)|has been (?:removed|deleted|taken down|unpublished)"
    r"|was (?:removed|deleted|taken down)|could not be found|does not exist)",
    re.I,
)
_DOMAIN = r"\b(?:domain(?: name)?|web ?site|site)\b(?:[^.!?]|\.(?=\w)){0,60}?"
PARKED = _any(
    (
        _DOMAIN + r"\b(?:is|may be) (?:now )?(?:for sale|parked|available for purchase)",
        _DOMAIN + r"\bhas expired|\bdomain (?:is )?parked\b|\bdomain parking\b",
        r"\b(?:buy|purchase|own) this domain\b|\binquire about this domain\b|\bparked (?:free|domain|by)\b",
        r"\bthis domain (?:was|is) (?:recently )?registered\b|\bfuture home of something\b",
        r"\bdomain (?:steht zum verkauf|ist zu verkaufen|kaufen)|\bce (?:nom de )?domaine est (?:à vendre|en vente)",
        r"\b(?:hosting |this )?account (?:has been |is )?suspended\b",
        r"\bweb ?site (?:is )?(?:coming soon|under construction)\b|\bsite (?:en construction|im aufbau)\b",
        r"\bapache2? (?:ubuntu |debian )?default page\b|\bwelcome to nginx\b|\biis windows server\b",
    ),
    re.I,
)
PARKING_HOSTS = (
    *("sedoparking.com", "sedo.com", "parkingcrew.net", "bodis.com", "afternic.com", "dan.com"),
    "hugedomains.com",
)
WALL_TITLE = _any(
    (
        "just a moment|attention required(?: cloudflare)?|pardon our interruption|one more step|client challenge",
        "access denied|access to this (?:page|site) has been denied|are you a (?:robot|human)|forbidden",
        "(?:security|robot|bot|human|browser) (?:check|verification|challenge)|checking your browser.{0,40}",
        "(?:please )?verify(?:ing)? (?:that )?you are (?:a )?(?:human|not a robot|not a bot).{0,20}|validate user",
        "(?:please )?(?:complete the )?captcha.{0,30}|request (?:rejected|blocked|unsuccessful)",
        "(?:un)?usual traffic.{0,40}|ddos (?:protection|guard).{0,30}|you (?:have been|are) blocked|radware.{0,20}",
        "403(?: (?:error|forbidden))?|too many requests|making sure youre not a bot|before you continue.{0,40}",
        "(?:cookie|consent|privacy) (?:wall|gate|consent)",
    )
)
WALL_TEXT = _any(
    (
        r"\b(?:verify|confirm|prove)(?:ing)? (?:that )?you(?:.re| are) (?:a human|human|not a (?:ro)?bot)",
        r"\bcomplete (?:the|this) (?:captcha|security check)|\bi.m not a robot\b|\bcloudflare ray id\b",
        r"\bchecking (?:if the site connection is secure|your browser)|\bunusual (?:traffic|activity)\b",
        r"\benable cookies\b[^.!?]{0,40}(?:continue|reload)|\bautomated (?:access|requests|traffic)\b",
        r"\byour (?:request|access|ip(?: address)?) (?:has been|was|is) (?:blocked|denied)|\bincapsula incident\b",
        r"\b(?:accept|consent to|agree to)\b[^.!?]{0,60}\bcookies\b[^.!?]{0,60}\bto (?:continue|proceed|access|read)",
    ),
    re.I,
)
CONSENT_HOST = re.compile(r"(?:^|\.)(?:consent|guce|cmp|privacy-?gate)\.", re.I)
LOGIN = re.compile(
    r"/(?:log-?in|sign-?in|auth(?:enticate|orize)?|sso|account/login|wp-login\.php|users/sign_in|register|subscribe)"
    r"(?:[/.?]|$)",
    re.I,
)
ERROR_PATH = re.compile(
    r"/(?:404|410|not-?found|page-?not-?found|error(?:-?404)?|errors?/\w+|oops|missing)(?:\.\w+)?/?$", re.I
)
ROOT = re.compile(r"/?(?:(?:index|default|home)(?:\.\w{2,5})?|[a-z]{2}(?:[-_][a-z]{2})?)?/?", re.I)
