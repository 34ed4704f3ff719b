# RUN: %python %s
# REQUIRES: plugin, executable
"""The plugin and the executable print the same findings, and find clang's own
headers from wherever they are.
"""
from support import *

with scratch() as folder:
    source = write(folder, "bad.cpp", "#include <stddef.h>\n" + BAD)
    arguments = ["-checks=-*,threadlint-*", "--quiet", source, "--"]
    plugin = run(CLANG_TIDY, "--load=" + PLUGIN, *arguments)
    executable = run(EXECUTABLE, *arguments)
    expect(plugin.status == 0 and executable.status == 0, "exit status")
    expect(plugin.out.count(f"[{CHECK}]") == 1, "one finding")
    expect(plugin.out == executable.out, "the findings differ")
    again = run(EXECUTABLE, *arguments)
    expect(again.out == executable.out, "two runs differ")
