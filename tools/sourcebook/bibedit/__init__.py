"""Edits of a .bib file that leave every other byte alone."""
