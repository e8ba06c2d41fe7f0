"""Sourcebook: every claim of a page carries a reference that resolves."""

__version__ = "0.1.0"
