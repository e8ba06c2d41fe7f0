project = "Tides"
extensions = ["sourcebook.sphinx_ext"]
html_theme = "basic"
