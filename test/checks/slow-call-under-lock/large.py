# RUN: %python %s
"""Functions that are too large or too deeply nested are skipped with a remark, in
seconds; what stands beside them is checked as ever.
"""
import resource
import time

from support import *

BUDGET_SECONDS = 60  # of a whole clang-tidy run, on a busy machine


def main():
    # clang's own parser recurses for each level.
    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    wanted = 256 << 20
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_STACK, (wanted, hard))
    with scratch() as folder:
        statements = write(folder, "statements.cpp", BAD + "int f(int);\nvoid large(int a) {\n"
                           + "  a += f(a);\n" * 50_000 + "  mu.lock();\n  fsync(a);\n}\n")
        check(statements, expected={6})  # of BAD; `large` may be reported as well
        locks = write(folder, "locks.cpp", BAD + "void pairs(int a) {\n"
                      + "  { std::lock_guard<std::mutex> g(mu); ++a; }\n" * 10_000
                      + "  fsync(a);\n}\n")
        check(locks, expected={6})
        nested = write(folder, "nested.cpp", BAD + "void deep(int a) {\n" + "if (a) {\n" * 5_000
                       + "mu.lock(); fsync(a);\n" + "}\n" * 5_000 + "}\n")
        done = check(nested, "-fbracket-depth=6000", expected={6})
        expect("skipped 'deep'" in done.all, "no remark about the function that was skipped")
        branches = write(folder, "branches.cpp", BAD + "void chain(int a) {\n"
                         + "  if (a == 0) mu.lock();\n"
                         + "".join(f"  else if (a == {i}) fsync(a);\n" for i in range(1, 800))
                         + "}\n")
        check(branches, expected={6})
        operators = write(folder, "operators.cpp", BAD + "void sum(int a) {\n  mu.lock();\n  a = "
                          + " + ".join(["a"] * 3_000) + ";\n}\n")
        check(operators, expected={6})


def check(source, *flags, expected):
    begin = time.monotonic()
    done = run(*HOST, "-checks=-*,threadlint-*", "--quiet", source, "--", "-std=c++17", "-w",
               *flags, env={"THREADLINT_DEBUG": "1"})
    seconds = time.monotonic() - begin
    expect(done.status == 0, f"{os.path.basename(source)}: exit status {done.status}")
    found = {int(line.split(":")[1]) for line in done.out.splitlines() if ": warning: " in line}
    expect(expected <= found, f"{os.path.basename(source)}: warnings at {found}")
    expect(seconds < BUDGET_SECONDS, f"{os.path.basename(source)}: {seconds:.1f} s")
    print(f"{os.path.basename(source)}: {seconds:.1f} s", flush=True)
    return done


main()
