"""Settings of the reference; ``make docs`` builds it, with every warning an error."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent / "src")]

import tealeaves  # noqa: E402

project = "tealeaves"
author = "The tealeaves authors"
copyright = author  # noqa: A001 - the name Sphinx reads
version = release = tealeaves.__version__

extensions = [
    "sphinx.ext.autodoc",
    "numpydoc",
    "registry",
]
highlight_language = "none"
exclude_patterns = ["_build", "_ext"]
html_theme = "alabaster"
html_theme_options = {
    "description": "Arguments about relations between states, laid out and tested",
    "page_width": "60rem",
    "sidebar_width": "14rem",
    "fixed_sidebar": True,
}
html_copy_source = False

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
# Long annotations are kept as they are written in the source.
autodoc_type_aliases = {"History": "History", "Frames": "Frames"}
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False
nitpicky = False
