# RUN: %python %s
"""The gallery: every bad version is found, every mended one is silent, and the page
shows it (with LLVM 19; the words of the notes differ a little between the majors).
And tools/gallery itself: it says no when it should.
"""
import sys

from support import *


def gallery(*arguments):
    return run(sys.executable, f"{SOURCE}/tools/gallery", *arguments)


result = gallery("--check" if LLVM == 19 else "--expectations")
expect(result.status == 0, "the gallery is as its remarks and docs/gallery.md say")

with scratch() as folder:
    head = "// Title: Flush\n// Prose.\n"
    marked = BAD.replace("fsync(fd);", "fsync(fd); // BAD: slow-call-under-lock")
    page = os.path.join(folder, "gallery.md")

    def example(bad, fixed=GOOD):
        write(folder, "01-flush/bad.cpp", head + bad)
        write(folder, "01-flush/fixed.cpp", head + fixed)
        return gallery("--check", "--gallery", folder, "--page", page)

    result = example(marked)
    expect(result.status == 1 and "out of date" in result.out, "no page")
    result = gallery("--gallery", folder, "--page", page)
    expect(result.status == 0 and example(marked).status == 0, "the page that was written")
    text = open(page, encoding="utf-8").read()
    expect("bad.cpp:8:3: warning: call to 'fsync'" in text, "the finding, without its folder")
    expect(example(BAD).status == 1, "a finding that no remark expects")
    expect(example(marked.replace("std::mutex mu;", "std::mutex mu; // BAD: slow-call-under-lock"))
           .status == 1, "a remark without a finding")
    expect(example(marked, BAD).status == 1, "a fixed version with a finding")
    expect(example(marked, "int f( {\n").status == 1, "a file that does not parse")
    expect(example(marked.replace("BAD: ", "BAD ")).status == 2, "a remark in the wrong form")
    expect(example(marked).status == 0, "and well again")
    os.remove(os.path.join(folder, "01-flush/fixed.cpp"))
    result = gallery("--gallery", folder, "--page", page)
    expect(result.status == 2 and "no fixed version" in result.err, "a bad version alone")
    result = gallery("--host", CLANG_TIDY)
    expect(result.status == 2 and result.err.count("no threadlint checks") == 1, "no plugin")
