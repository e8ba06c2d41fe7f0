"""Opens what was built in Chromium: every page of the library, and pages that were written to do harm."""
