# RUN: %python %s
# REQUIRES: executable, llvm-19
"""docs/checks/README.md is what the checks say of themselves, README.md has their chapters,
and tools/docs says no when it should.
"""
import shutil

from support import *


def docs(root, *arguments, binary=EXECUTABLE):
    return run(f"{SOURCE}/tools/docs", "--binary", binary, "--root", root, *arguments)


expect(docs(SOURCE, "--check").status == 0, "the table is up to date")
with scratch() as folder:
    os.makedirs(f"{folder}/docs/checks")
    shutil.copy(f"{SOURCE}/README.md", folder)
    result = docs(folder, "--check")
    expect(result.status == 1 and "out of date" in result.out, "no table")
    expect(docs(folder).status == 0 and docs(folder, "--check").status == 0, "the table that was written")
    write(folder, "docs/checks/README.md", "other\n")
    expect(docs(folder, "--check").status == 1, "another table")
    readme = open(f"{SOURCE}/README.md", encoding="utf-8").read()
    docs(folder)
    for wrong, complaint in ((readme.replace("**Threads:**", "**Other:**"), "no line '- **Threads:**'"),
                             (readme.replace("Version 0.", "Version 7."), "its status"),
                             (readme + 20 * "\n", "longer than a screen")):
        write(folder, "README.md", wrong)
        result = docs(folder, "--check")
        expect(result.status == 1 and complaint in result.out, complaint)
    result = docs(folder, "--check", binary=os.path.join(folder, "none"))
    expect(result.status == 2 and "build threadlint first" in result.err, "no threadlint")
    expect(docs(folder, "--check", binary="/bin/true").status == 2, "another program")
