# RUN: %python %s
"""docs/checks/: each check has a page with its name, and the page's options are the real
ones, with their defaults.
"""
import re

from support import *


def dumped(check):
    """Options and defaults, as --dump-config says."""
    text = run(*HOST, f"--checks=-*,{check}", "--dump-config", cwd="/").out
    # LLVM 14 writes key and value on two lines, the later ones on one.
    return dict(re.findall(rf"(?:key: *)?'?{check}\.(\w+)'?(?::|\n *value:) *['\"]?([^'\"\n]*)['\"]?", text))


def documented(page):
    options = page.split("\n## Options\n", 1)[-1].split("\n## ")[0] if "\n## Options\n" in page else ""
    sections = re.findall(r"^### (\w+)\n\nDefault: (?:`(.*?)`|(empty))$", options, re.M)
    headings = re.findall(r"^### (\w+)$", options, re.M)
    expect(headings == [name for name, _, _ in sections], f"options without a default: {headings}")
    return {name: default for name, default, _ in sections}


listed = run(*HOST, "--list-checks", "--checks=-*,threadlint-*", cwd="/").out
checks = re.findall(r"^    (threadlint-\S+)$", listed, re.M)
expect(CHECK in checks, "the checks")
for check in checks:
    name = check[len("threadlint-"):]
    with open(f"{SOURCE}/docs/checks/{name}.md", encoding="utf-8") as f:
        page = f.read()
    expect(page.startswith(f"# {check}\n\nFinds "), f"{name}.md opens with the check's name and what it finds")
    for heading in ("What it finds", "Why it hurts", "Options"):
        expect(f"\n## {heading}\n" in page, f"{name}.md: {heading}")
    real = {k: v for k, v in dumped(check).items() if k not in ("Version", "Models")}
    expect(documented(page) == real, f"{name}.md: {documented(page)}\nbut the options are {real}")
pages = {n[:-3] for n in os.listdir(f"{SOURCE}/docs/checks") if n != "README.md"}
expect(pages == {c[len("threadlint-"):] for c in checks}, f"pages without a check: {pages}")
