# RUN: %python %s
# REQUIRES: plugin
"""The plugin brings no clang or LLVM of its own, and exports nothing but what the
C++ runtime has to share.
"""
import re

from support import *

dynamic = run("readelf", "-dW", PLUGIN)
expect(dynamic.status == 0, "readelf failed")
needed = [l for l in dynamic.out.splitlines() if "(NEEDED)" in l]
expect(needed and not any("clang" in l or "LLVM" in l for l in needed), "linked libraries")

symbols = run("nm", "-D", "--defined-only", PLUGIN)
expect(symbols.status == 0, "nm failed")
ours = [l for l in symbols.out.splitlines() if re.search(r" _Z(T[VSI])?NK?10threadlint", l)]
expect(not ours, "exported symbols of threadlint: " + "; ".join(ours[:5]))
