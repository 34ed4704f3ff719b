# RUN: %python %s
# REQUIRES: executable, help2man, llvm-19
"""The manual pages are made from the help, one for each command, and man's readers accept
them.
"""
import re
import shutil
import sys

from support import *

with scratch() as folder:
    made = run(sys.executable, f"{SOURCE}/cmake/man-pages.py", EXECUTABLE, "1.2.3", folder)
    expect(made.status == 0, "man-pages.py")
    commands = re.findall(r"^  ([a-z]+) {2,}\S", run(EXECUTABLE, "help").out, re.M)
    expect(sorted(os.listdir(folder)) == sorted(["threadlint.1"] + [f"threadlint-{c}.1" for c in commands]),
           "a page for each command")
    for page in sorted(os.listdir(folder)):
        path = os.path.join(folder, page)
        text = open(path, encoding="utf-8").read()
        expect("1.2.3" in text and ".SH NAME" in text and ".SH SYNOPSIS" in text, page)
        expect(page == "threadlint.1" or "\\-\\-help" in text, f"{page}: options")
        if shutil.which("groff"):
            done = run("groff", "-man", "-ww", "-z", path)
            expect(done.status == 0 and not done.all, f"groff: {page}")
        if shutil.which("mandoc"):
            done = run("mandoc", "-Tlint", "-W", "error", path)
            expect(done.status == 0, f"mandoc: {page}")
    broken = run(sys.executable, f"{SOURCE}/cmake/man-pages.py", "/bin/true", "1", folder)
    expect(broken.status != 0 and "shows no commands" in broken.err, "a program without commands")
