"""What adding an entry needs besides the finders: recorded answers, overrides, and works that are there already."""
