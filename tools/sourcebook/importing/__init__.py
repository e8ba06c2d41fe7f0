"""From a raw article to a page: sentences, citations, escaping, worksheets, and what was imported before."""
