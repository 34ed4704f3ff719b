# RUN: %python %s
"""The checks are listed, and the executable has every check of this LLVM's
clang-tidy besides ours.
"""
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
    version = run(EXECUTABLE, "--version")
    expect(version.status == 0 and "threadlint version" in version.out, "--version")
