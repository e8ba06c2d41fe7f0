"""The settings of the sample book."""

project = "The Straits Reader"
author = "Ada Editor"
release = "1.2"
language = "en"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "sourcebook.sphinx_ext.typst.builder"]
bibtex_bibfiles = ["references.bib"]
bibtex_reference_style = "author_year"
bibtex_cite_id = "cite-{key}"
myst_enable_extensions = [
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "fieldlist",
    "strikethrough",
    "substitution",
    "tasklist",
]
myst_substitutions = {"strait": "the Kerch strait"}
suppress_warnings = ["myst.strikethrough"]
numfig = True
typst_subtitle = "Passage, tolls and treaties"
typst_abstract = "Six short texts that show every thing a page can hold."
typst_keywords = ["straits", "shipping"]
