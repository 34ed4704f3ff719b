# RUN: %python %s
# REQUIRES: executable, llvm-19
"""`threadlint run --baseline`: what is known does not fail, what is new does, and what is
gone is said. A baseline that cannot be used is an error, never a pass.
"""
from support import *

FIRST = BAD
# A line shift, and the same mistake once more below.
SHIFTED = "// A comment.\n\n" + BAD
SECOND = SHIFTED + "void twice(int fd) {\n  std::lock_guard<std::mutex> guard(mu);\n  fsync(fd);\n}\n"

with scratch() as folder:
    os.makedirs(os.path.join(folder, ".git"))
    baseline = os.path.join(folder, "known.json")

    def lint(*arguments):
        return run(EXECUTABLE, "run", f"--baseline={baseline}", *arguments, cwd=folder)

    def known():
        with open(baseline, encoding="utf-8") as f:
            return [entry["file"] for entry in json.load(f)["findings"]]

    write(folder, "a.cpp", FIRST)
    write(folder, "b.cpp", BAD.replace("flush", "other"))
    write_database(folder, "a.cpp", "b.cpp")

    result = lint()
    expect(result.status == 2 and "known.json" in result.err and "--write-baseline" in result.err,
           "no baseline: an error that says what to do")

    result = lint("--write-baseline")
    expect(result.status == 0 and known() == ["a.cpp", "b.cpp"], "written, and known at once")
    expect("2 findings" in result.err, "says how many")
    before = open(baseline, encoding="utf-8").read()
    expect(":6" not in before and folder not in before, "no line, no place of the checkout")
    expect(before.count("\n") == 4, "one finding a line")

    result = lint()
    expect(result.status == 0 and f"[{CHECK}]" not in result.out, "known findings do not fail")
    expect("0 findings" in result.out and "2 known" in result.out, "and are counted")

    write(folder, "a.cpp", SHIFTED)
    expect(lint().status == 0, "lines above do not matter")

    write(folder, "a.cpp", SECOND)
    result = lint()
    expect(result.status == 1 and result.out.count(f"[{CHECK}]") == 1, "a new one in the same file fails")

    # A repaired one is stale; of what was not linted nothing is said.
    write(folder, "a.cpp", GOOD)
    result = lint()
    expect(result.status == 0 and "a.cpp" in result.err and "b.cpp" not in result.err, "stale")
    result = lint("b.cpp")
    expect(result.status == 0 and "a.cpp" not in result.err, "not linted, so not stale")
    os.remove(os.path.join(folder, "a.cpp"))
    result = lint("b.cpp")
    expect(result.status == 0 and "a.cpp" in result.err, "the file is gone")
    write(folder, "a.cpp", FIRST)

    # Writing after a part of the sources forgets nothing of the others.
    write(folder, "b.cpp", GOOD)
    expect(lint("--write-baseline", "b.cpp").status == 0 and known() == ["a.cpp"], "a part")

    # A run that failed writes nothing.
    write(folder, "b.cpp", "#error broken\n")
    before = open(baseline, encoding="utf-8").read()
    result = lint("--write-baseline")
    expect(result.status == 2 and open(baseline, encoding="utf-8").read() == before, "half a run")
    expect("not written" in result.err, "says so")
    write(folder, "b.cpp", GOOD)

    # What cannot be read is no empty baseline.
    for text, line in (("{", 1), ("", 1), ('{"findings": []}', 1), ('{"threadlint-baseline": 9}', 1),
                       ('{"threadlint-baseline": 1, "findings": [\n<<<<<<< HEAD\n', 2)):
        write(folder, "known.json", text)
        for more in ((), ("--write-baseline",)):
            result = lint(*more)
            expect(result.status == 2 and f"known.json:{line}: " in result.err, f"malformed: {text}")
            expect(open(baseline, encoding="utf-8").read() == text, "left as it is")

    result = run(EXECUTABLE, "run", "--write-baseline", cwd=folder)
    expect(result.status == 2 and "--baseline" in result.err, "which file?")
