"""Settings of the build. What the library is made of stands in pyproject.toml under [tool.sourcebook]."""

project = "Sourcebook: US–Russia relations, 2021–22"
author = "The Sourcebook authors"
project_copyright = "The Sourcebook authors, CC BY 4.0"
version = release = "0.1.0"
language = "en"

extensions = ["sourcebook.sphinx_ext", "sourcebook.sphinx_ext.timeline", "sphinx_copybutton"]
exclude_patterns = ["_build"]
nitpicky = True
myst_heading_anchors = 3
# A quotation is printed as it was checked, letter for letter.
smartquotes = False

html_theme = "furo"
html_title = "Sourcebook"
_SERIF = 'Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", "DejaVu Serif", Georgia, serif'
html_theme_options = {
    "light_css_variables": {"font-stack": _SERIF},
    "dark_css_variables": {"font-stack": _SERIF},
}
html_copy_source = False
html_show_sphinx = False

typst_filename = "us-russia"
typst_title = "US–Russia relations, 2021–22"
typst_subtitle = "Five articles restated claim by claim, with their sources"
