# RUN: %python %s
"""The folders keep to the pipeline: models -> analysis -> checks -> plugin. No
include points the other way, checks do not know one another, and differences
between LLVM majors have one home.
"""
import glob
import re

from support import *

problems = []


def sources(folder):
    paths = [p for ext in ("h", "cpp") for p in glob.glob(f"{SOURCE}/{folder}/*.{ext}")]
    expect(paths, f"no sources in {folder}/")
    for path in sorted(paths):
        text = open(path, encoding="utf-8").read()
        yield os.path.relpath(path, SOURCE), text, re.findall(r'^\s*#\s*include\s*["<]([^">]+)',
                                                              text, re.M)


for path, text, includes in sources("analysis"):
    for name in includes:
        if name.startswith(("clang-tidy/", "checks/", "plugin/", "../")):
            problems.append(f"{path} includes {name}")
    if re.search(r"\bclang::tidy\b", text):
        problems.append(f"{path} names clang::tidy")

for path, text, includes in sources("checks"):
    own = re.sub(r"\.(h|cpp)$", "", os.path.basename(path))
    for name in includes:
        base = re.sub(r"\.h$", "", os.path.basename(name))
        if name.startswith("plugin/"):
            problems.append(f"{path} includes {name}")
        elif base.endswith("Check") and base not in (own, "Check", "ClangTidyCheck"):
            problems.append(f"{path} includes another check, {name}")

for folder in ("analysis", "checks", "plugin", "driver", "driver/formats", "test/unit", "tools/model-compiler"):
    for path, text, _ in sources(folder):
        if path != "analysis/LLVMCompat.h" and re.search(r"\b(LLVM|CLANG)_VERSION_MAJOR\b",
                                                          re.sub(r"//.*", "", text)):
            problems.append(f"{path} asks for the LLVM version; analysis/LLVMCompat.h is for that")
        if not text.startswith("//"):
            problems.append(f"{path} does not open with what it is")

print("\n".join(problems))
expect(not problems, f"{len(problems)} problems")
