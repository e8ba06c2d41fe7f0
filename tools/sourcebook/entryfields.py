"""The fields that readers of .bib files know, and what kind of value each has.

Those of the BibLaTeX manual (sections 2.2 and 2.3), of BibTeX's own styles, of the widespread styles of publishers and
societies, of reference managers and databases that write .bib files, and ours (docs/manual/formats.md).
"""

from __future__ import annotations

from functools import lru_cache

PEOPLE = frozenset(
    "author editor translator annotator commentator introduction foreword afterword bookauthor holder director "
    "editora editorb editorc shortauthor shorteditor namea nameb namec".split()
)
# ISO 8601 dates; the days on which somebody looked, which do not lie ahead.
DATES = frozenset("date eventdate origdate urldate archivedate".split())
LOOKED = frozenset("urldate archivedate".split())
DATED = DATES | {"year"}
ADDRESSES = frozenset("url archiveurl".split())
# What these hold is no TeX: BibLaTeX takes it letter by letter, or a program does.
VERBATIM = frozenset(
    "url archiveurl doi eprint file pdf verba verbb verbc local-url sha256 ids entryset crossref xref xdata related "
    "translationof reprintof options execute timestamp owner groups bibsource biburl adsurl".split()
)

_TITLES = (
    "title subtitle titleaddon shorttitle origtitle reprinttitle booktitle booksubtitle booktitleaddon maintitle "
    "mainsubtitle maintitleaddon eventtitle eventtitleaddon issuetitle issuesubtitle issuetitleaddon"
)
_OUTLETS = (
    "journal journaltitle journalsubtitle journaltitleaddon shortjournal series shortseries publisher organization "
    "institution school location address venue howpublished origpublisher origlocation"
)
_WORDS = (
    "type edition version note addendum pubstate volume number issue part chapter pages pagetotal volumes eid"
)
# What is printed for readers.
PRINTED = frozenset(f"{_TITLES} {_OUTLETS} {_WORDS}".split()) | PEOPLE

_BIBLATEX = """abstract annotation annote archiveprefix authortype bookpagination date day doi editoratype editorbtype
editorctype editortype entryset entrysubtype eprint eprintclass eprinttype eventdate execute file gender hyphenation ids
indexsorttitle indextitle isan isbn ismn isrn issn iswc key keywords label langid langidopts language library
lista listb
listc listd liste listf month nameaddon namea nameatype nameb namebtype namec namectype options origdate origlanguage
origyear pagination pdf presort primaryclass related relatedoptions relatedstring relatedtype sha256 shorthand
shorthandintro sortkey sortname sortshorthand sorttitle sortyear url urldate usera userb userc userd usere userf verba
verbb verbc xdata xref year crossref"""
_OURS = "archiveurl archivedate urlstatus sha256 translationof reprintof"
# Of reference managers: Zotero, JabRef, Mendeley, BibDesk, Citavi, EndNote, Better BibTeX, Papers.
_MANAGERS = """added-at afterword annotate attachment attachments author-email bibdate bibsource biburl call callnumber
call-number citation-subset collection collections comment comments copyright country created creationdate date-added
date-modified description doctype edited eprinttype extra filename flag folder group groups id interhash intrahash
issue_date journalabbr journal-iso keyword lastchecked language last-checked lccn local-url masid mendeley-groups
mendeley-tags modificationdate modified numpages original owner pdf pmc pmcid pmid posted-at print printed priority
publicationstatus qualityassured rating read readstatus relevance review reviewed search shorttitle source sortby tags
timestamp tppubtype urldate username web website"""
# Of publishers and databases: ACM, IEEE, Springer, ADS, Inspire, MathSciNet, Scopus, Web of Science, DBLP, HAL, ACL.
_DATABASES = """abbrev_source_title abbrev_source_id academic_editor accession_number acknowledgement acmid
adsnote adsurl
advisor affiliation affiliations appendix archive archivelocation arxivid arxivurl art_number article
article-number articleno author_address
author_id author_keywords authorkeywords book-author book-group-author bookpages chemicals_cas cited citation
city cited-by
code coden collaboration compl contributor correspondence_address correspondence_address1 corpus_id conf_date conference
conference_name cooperators da data date-last-modified db degree department doc-delivery-number document_type
earlyaccessdate early-access-date editor_address eissn ean eprintid esi-highly-cited-paper esi-hot-paper event_place
fjournal funding funding-acknowledgement funding-text funding_details funding_number funding_text fund grant hal_id
hal_local_reference hal_version handle html inspirehep_id isbn-10 isbn-13 isbn13 issn-l issue_date issuetitle
istex jfm journal-full journal-url journalurl jstor jstor_articletype jstor_formatteddate jstor_issuetitle keyword-plus
keywords-plus keywords_plus l lang language_summary license manuscript-id mesh month_numeric
molecular_seqnumbers mrclass
mrnumber mrreviewer mrtitle nlmid number-of-cited-references numerical numpage oa orcid orcid-numbers openalex
organizer page page_count pagecount pageend pagestart paper part_number patent_number place preprint primaryclass
publication_stage publication_type publishersummary recid references reportnumber researcherid-numbers research-areas
researchareas rights s2id scopus_id section semanticscholar size slaccitation slides sponsor sponsors sourcetype status
subject supplement supplemental tablecontents times-cited topic total tradenames translated translatedtitle unique-id
urn usage-count-last-180-days usage-count-since-2013 video web-of-science-categories web-of-science-index wos
x-editorial
year_published zbl zblnumber zmnumber"""
# Of the pages that people make from their own .bib: al-folio and its like.
_WEBSITES = """abbr additional_info altmetric annotation arxiv award award_name bibtex_show blog category dimensions
demo google_scholar_id hidden image poster preview project projectpage pubtype selected supp talk thumbnail url_code
url_dataset url_pdf url_poster url_project url_slides url_source url_video youtube"""

READ = PRINTED | frozenset(f"{_BIBLATEX} {_OURS}".split())
KNOWN = READ | frozenset(f"{_MANAGERS} {_DATABASES} {_WEBSITES}".split())

# What people write for a field that has another name.
MEANT = {
    **dict.fromkeys("link href uri weblink webpage homepage web_url website".split(), "url"),
    **dict.fromkeys(
        "accessed access accessdate access-date access_date lastaccess lastaccessed".split(), "urldate"
    ),
    **dict.fromkeys("last_accessed lastvisited last-accessed visited urlaccessdate".split(), "urldate"),
    **dict.fromkeys("archive-url archive_url archiveurl1 archivelink waybackurl".split(), "archiveurl"),
    **dict.fromkeys("archive-date archive_date".split(), "archivedate"),
    **dict.fromkeys("url-status url_status".split(), "urlstatus"),
    **dict.fromkeys("authors writer creator".split(), "author"),
    **dict.fromkeys("editors".split(), "editor"),
    **dict.fromkeys("translators".split(), "translator"),
    **dict.fromkeys("journalname journal_title journal-title newspaper magazine".split(), "journaltitle"),
    **dict.fromkeys("book_title book-title".split(), "booktitle"),
    **dict.fromkeys("vol".split(), "volume"),
    **dict.fromkeys("pp".split(), "pages"),
    **dict.fromkeys("organisation".split(), "organization"),
    **dict.fromkeys("univ university".split(), "institution"),
}
_FREE = (
    " ",  # not from a file
    "x-",
    "x_",
    "_",
    "opt",
    "alt",
    "bdsk-",
    "jabref-",
    "zotero-",
    "mendeley-",
    "bibbase",
    "citeulike-",
    "paperpile",
)


def is_known(name: str) -> bool:
    """Whether a reader of .bib files knows a field, or its name says that it is somebody's own.

    A name that begins with x- is free; Emacs puts OPT and ALT before fields that are left empty; a plus sign begins an
    annotation of BibLaTeX, and a number may end the second of a kind.
    """
    if name in KNOWN or name.startswith(_FREE):
        return True
    stem = name.partition("+")[0].rstrip("0123456789").rstrip("-_")
    return stem in KNOWN


@lru_cache(1024)
def meant_field(name: str) -> str:
    """The field that an unknown name is likely to be meant for; empty if it looks like none."""
    if name in MEANT:
        return MEANT[name]
    most = 1 if len(name) < 8 else 2
    near = [(slips(name, known, most), known) for known in _TARGETS if abs(len(name) - len(known)) <= most]
    distance, best = min(near, default=(9, ""))
    # Something put before a name or behind it (oyear, author-l) makes a field of one's own, and is no slip.
    own = name.endswith(best) or (name.startswith(best) and not name[len(best) :].isalpha())
    return best if len(name) > 3 and distance <= most and not own else ""


_TARGETS = sorted(name for name in READ if not name.startswith(("list", "name", "user", "verb")))


def slips(one: str, other: str, most: int) -> int:
    """How many slips of the hand lie between two words: a letter left out, put in, exchanged, or two turned round.

    That is the distance of Damerau and Levenshtein; more than `most` is not counted to its end.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if last and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                least = min(least, last[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return row[-1]
