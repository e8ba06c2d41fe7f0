"""The PDF builder: Typst written from the document tree, and compiled without TeX."""
