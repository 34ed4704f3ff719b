# RUN: %python %s
# REQUIRES: plugin, other-clang-tidy
"""The plugin refuses every clang-tidy of another major, with one line that names
both and a status that is not zero, whatever else clang-tidy was asked to do.
Run for each of the four builds, this is all twelve pairs.
"""
import shutil

from support import *

with scratch() as folder:
    source = write(folder, "good.cpp", GOOD)
    others = [m for m in MAJORS if m != LLVM and shutil.which(f"clang-tidy-{m}")]
    expect(others, "no other clang-tidy is installed")
    for major in others:
        for arguments in (["-checks=-*,threadlint-*", "--quiet", source, "--"],
                          ["-checks=-*,bugprone-use-after-move", source, "--"],
                          ["-list-checks", "-checks=*"]):
            for env in ({}, {"LD_BIND_NOW": "1"}):
                host = run(f"clang-tidy-{major}", "--load=" + PLUGIN, *arguments, env=env)
                expect(host.status not in (0, None) and host.status > 0,
                       f"LLVM {major} accepted the plugin of LLVM {LLVM}, or crashed")
                lines = [l for l in host.err.splitlines() if l.startswith("threadlint: ")]
                expect(len(lines) == 1 and f"built for LLVM {LLVM} " in lines[0]
                       and f"into LLVM {major};" in lines[0], "the line on stderr")
                expect("threadlint-slow" not in host.out, "the checks were registered")

    # Its own major takes it.
    host = run(CLANG_TIDY, "--load=" + PLUGIN, "-checks=-*,threadlint-*", "--quiet", source, "--")
    expect(host.status == 0, "the plugin's own host refused it")
