"""Citations: sphinxcontrib-bibtex, made fast and kept fresh."""
