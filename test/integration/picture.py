# RUN: %python %s
# REQUIRES: clangd, neovim, tmux, llvm-19
"""The picture in README.md is drawn from a real session; it still shows what it showed."""
import html
import re

from support import *


def words(path):
    with open(path, encoding="utf-8") as drawn:
        return " ".join(html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", drawn.read()))


with scratch() as folder:
    drawn = run(f"{SOURCE}/tools/picture", "--clangd", CLANGD, "--output", f"{folder}/editor.svg")
    expect(drawn.status == 0, "tools/picture")
    message = "Call to 'getaddrinfo' may block (network) while lock 'mutex_' is held"
    expect(message in words(f"{folder}/editor.svg"), "the finding is in the picture")
    expect(message in words(f"{SOURCE}/docs/editor.svg"), "and in the one of README.md")
