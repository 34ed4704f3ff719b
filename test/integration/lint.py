# RUN: %python %s
# REQUIRES: executable, llvm-19
"""tools/lint: its exit statuses (0 clean, 1 findings, 2 could not do its job), one
report per finding, the counter and the summary.
"""
from support import *


def lint(*paths, binary=EXECUTABLE):
    return run(f"{SOURCE}/tools/lint", "--binary", binary, *paths)


with scratch() as folder:
    bad, good = write(folder, "one/bad.cpp", BAD), write(folder, "one/good.cpp", GOOD)

    result = lint(good)
    expect(result.status == 0 and "0 findings in 1 source" in result.out, "a clean file")
    expect("default flags" in result.err, "says that it guesses the flags")
    result = lint(bad)
    expect(result.status == 1 and result.out.count(f"[{CHECK}]") == 1, "a file with a finding")
    expect(f"{bad}:6:3: warning: " in result.out, "printed as clang prints it")
    expect(f"1  {CHECK}" in result.out and "1 finding in 1 source" in result.out, "the summary")

    # A folder: the database's flags count, and a header's finding is reported once.
    project = os.path.join(folder, "two")
    write(project, "shared.h", "#pragma once\n#ifndef ON\n#error no flags\n#endif\n"
          + BAD.replace("std::mutex mu", "static std::mutex mu").replace("void", "inline void"))
    names = [f"{n}.cpp" for n in "abcd"]
    for name in names:
        write(project, name, '#include "shared.h"\n')
    write_database(project, *names, flags="-std=c++17 -DON")
    result = lint(project)
    expect(result.status == 1 and result.out.count(f"[{CHECK}]") == 1, "one finding, four sources")
    expect("[1/4]" in result.err and "[4/4]" in result.err, "the counter")
    expect(lint(project, "-j1").out == result.out, "the same with one thread")
    result = lint(os.path.join(project, "b.cpp"))
    expect(result.status == 1 and "default flags" not in result.err, "the file's own database")

    # Could not do its job: never 0, never mistaken for findings.
    result = lint(os.path.join(folder, "one"))
    expect(result.status == 2 and "compile_commands.json" in result.err, "no database")
    result = lint(os.path.join(folder, "nothing.cpp"))
    expect(result.status == 2 and "no such file" in result.err, "a missing file")
    broken = write(folder, "one/broken.cpp", "#include <no_such_header.h>\n")
    result = lint(broken)
    expect(result.status == 2 and "no_such_header.h" in result.err, "a file that does not parse")
    result = lint(broken, bad)
    expect(result.status == 2 and result.out.count(f"[{CHECK}]") == 1, "both: 2, and the finding is shown")
    result = lint(good, binary=CLANG_TIDY)
    expect(result.status == 2 and "no threadlint checks" in result.err, "no check loaded")
    result = lint(good, binary="/bin/false")
    expect(result.status == 2, "a linter that does not work")
    result = lint(good, binary=os.path.join(folder, "missing"))
    expect(result.status == 2, "no linter")
    for text in ("[]", "{", '[{"directory": "/"}]'):
        write(folder, "three/compile_commands.json", text)
        expect(lint(os.path.join(folder, "three")).status == 2, f"a database with {text}")
    gone = os.path.join(folder, "four")
    write(gone, "here.cpp", GOOD)
    write_database(gone, "here.cpp", "gone.cpp")
    result = lint(gone)
    expect(result.status == 2 and "gone.cpp" in result.err, "the database names a missing file")

    # A project's own configuration counts; a wrong one is an error.
    own = os.path.join(folder, "five")
    source = write(own, "bad.cpp", BAD)
    config = write(own, ".clang-tidy", "Checks: '-*,threadlint-*'\nCheckOptions:\n"
                   f"  - key: {CHECK}.IgnoredFunctions\n    value: '::fsync;fsync'\n")
    expect(lint(source).status == 0, "an option of the project's .clang-tidy")
    write(own, ".clang-tidy", "Checks: '-*,threadlint-*'\nCheckOptions:\n"
          f"  - key: {CHECK}.ShortWaitMs\n    value: 'soon'\n")
    result = lint(source)
    expect(result.status == 2 and "ShortWaitMs" in result.err, "a wrong option")

# The example has one mistake and one repair.
result = lint()
expect(result.status == 1 and result.out.count(f"[{CHECK}]") == 1, "the example")
expect("addresses.cpp:18:9: warning:" in result.out, "where the example's mistake is")
