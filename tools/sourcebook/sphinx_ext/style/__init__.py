"""The bibliography style: how an entry, its label and a citation of it are printed."""
