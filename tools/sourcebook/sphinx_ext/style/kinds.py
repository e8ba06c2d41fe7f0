"""What kind of work an entry type is: a whole or a part of one, and what it is called in print."""

# The title of a whole stands in italics; any other, also of a type that we do not know, in quotation marks.
_WHOLES = (
    "book mvbook booklet collection mvcollection manual proceedings mvproceedings reference mvreference "
    "report techreport thesis mastersthesis phdthesis periodical dataset software patent artwork audio "
    "image movie music performance standard video legislation legal jurisdiction set mvset"
)
WHOLES = frozenset(_WHOLES.split())

_GENRES = {
    "techreport": "Technical report",
    "report": "Report",
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "thesis": "Thesis",
    "patent": "Patent",
    "dataset": "Data set",
    "software": "Software",
    "unpublished": "Unpublished",
    "letter": "Letter",
    "review": "Review",
    "commentary": "Commentary",
    "artwork": "Artwork",
    "audio": "Audio recording",
    "image": "Image",
    "movie": "Film",
    "music": "Music",
    "performance": "Performance",
    "standard": "Standard",
    "video": "Video",
}
# The localisation keys that BibLaTeX takes in the field `type`.
_TYPE_KEYS = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "mastersthesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
    "software": "Software",
    "datacd": "CD-ROM",
    "audiocd": "Audio CD",
    "patent": "Patent",
    "patentus": "U.S. patent",
    "patenteu": "European patent",
    "patreq": "Patent request",
}


def genre_of(entry_type: str, type_field: str) -> str:
    """Call a work by its own `type` field, else by its entry type; empty for books, articles and pages."""
    return _TYPE_KEYS.get(type_field, type_field) or _GENRES.get(entry_type, "")
