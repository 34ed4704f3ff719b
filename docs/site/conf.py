# The static site made of docs/*.md: sphinx-build with MyST and furo, which Debian
# packages (python3-sphinx, python3-myst-parser, furo). `tools/site` builds it.
import os
import re

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

project = "threadlint"
with open(os.path.join(root, "CMakeLists.txt"), encoding="utf-8") as lists:
    version = release = re.search(r"project\(threadlint VERSION ([\d.]+)", lists.read()).group(1)
copyright = "the threadlint authors"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
master_doc = "index"
exclude_patterns = ["examples"]
myst_heading_anchors = 3
highlight_language = "text"
html_theme = "furo"
html_title = f"threadlint {version}"
html_show_sourcelink = False
# Sources that the pages link to are copied beside them.
suppress_warnings = ["misc.highlighting_failure"]
