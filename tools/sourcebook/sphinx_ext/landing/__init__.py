"""Landing pages: one of its own for each entry and each named claim, and what makes every page citable."""
