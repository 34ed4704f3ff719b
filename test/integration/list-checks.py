# RUN: %python %s
"""The checks are listed, and the executable has every check of this LLVM's
clang-tidy besides ours.
"""
import fnmatch
import re

from support import *


def checks(*host):
    listing = run(*host, "-list-checks", "-checks=*")
    expect(listing.status == 0, "-list-checks failed")
    return {line.strip() for line in listing.out.splitlines() if line.startswith("    ")}


upstream = checks(CLANG_TIDY)
expect(len(upstream) > 300, "clang-tidy lists its own checks")
ours = checks(*HOST) - upstream
expect(CHECK in ours and all(c.startswith("threadlint-") for c in ours), f"ours: {ours}")
if EXECUTABLE:
    expect(checks(EXECUTABLE) == upstream | ours, "the executable's checks")
    # What a new project starts with is what is on by default.
    default = {c["name"] for c in json.loads(run(EXECUTABLE, "list", "--json").out) if c["default"]}
    with open(f"{SOURCE}/.clang-tidy.example", encoding="utf-8") as example:
        started = run(EXECUTABLE, f"--config={example.read()}", "--list-checks").out
    expect({line.strip() for line in started.splitlines() if line.startswith("    ")} == default, ".clang-tidy.example")
    with open(f"{SOURCE}/driver/templates/clangd", encoding="utf-8") as template:
        # Globs: a clangd without threadlint complains of names that it does not know.
        removed = re.findall(r"threadlint-[a-z-]+\*", template.read().split("Remove:")[1])
    expect({c for c in ours if not any(fnmatch.fnmatch(c, glob) for glob in removed)} == default,
           "what threadlint init tells clangd")
    version = run(EXECUTABLE, "--version")
    expect(version.status == 0 and "threadlint version" in version.out, "--version")
