# RUN: %python %s
# REQUIRES: executable
"""threadlint run: what becomes a finding and what a problem, the same report for any
-j, the options, and that what it starts ends with it. tools/lint has the rest.
"""
import pty
import re
import signal
import sys
import time

from support import *


def tidy(*arguments, cwd=None, env=None):
    return run(EXECUTABLE, "run", *arguments, cwd=cwd, env=env)


def leftovers(folder):
    return [name for name in os.listdir(folder) if name.startswith("threadlint")]


def children(process):
    with open(f"/proc/{process}/task/{process}/children", encoding="utf-8") as f:
        return f.read().split()


def running(process):
    """Nobody may be there to take the exit status of an orphan."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as f:
            return f.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def until(question, what):
    end = time.time() + 60
    while time.time() < end:
        answer = question()
        if answer:
            return answer
        time.sleep(0.001)
    raise AssertionError(what)


with scratch() as folder:
    # -p, its sources below a folder, and the database of the current folder.
    project = os.path.join(folder, "project")
    for name in ("a/one.cpp", "a/two.cpp", "b/three.cpp"):
        write(project, name, BAD)
    write_database(os.path.join(project, "build"), *(os.path.join(project, name) for name in
                                                     ("a/one.cpp", "a/two.cpp", "b/three.cpp")))
    everything = tidy("-p", os.path.join(project, "build"))
    expect(everything.status == 1 and "3 findings in 3 sources" in everything.out, "-p")
    expect("[" not in everything.err, "no progress for three sources")
    expect(tidy(cwd=project).out == everything.out, "the database of ./build")
    expect(tidy(cwd=os.path.join(project, "build")).out == everything.out, "the database of .")
    for jobs in ("-j1", "-j2", "-j8", "--jobs=3"):
        expect(tidy(jobs, "-p", "build", cwd=project).out == everything.out, f"the same with {jobs}")
    result = tidy("-p", "build", "a", cwd=project)
    expect("2 findings in 2 sources" in result.out and "three.cpp" not in result.out, "a folder of -p")
    result = tidy("-p", "build", "b/three.cpp", "a/one.cpp", "b", cwd=project)
    expect("2 findings in 2 sources" in result.out, "each source once")
    expect(result.out.index("one.cpp") < result.out.index("three.cpp"), "sorted")
    expect("^\n" in result.out and "  fsync(fd);\n" in result.out, "the line and the caret")
    result = tidy("-p", "build", ".git", cwd=project)
    expect(result.status == 2 and "no such file" in result.err, "a folder that is not there")
    os.mkdir(os.path.join(project, "empty"))
    result = tidy("-p", "build", "empty", cwd=project)
    expect(result.status == 2 and "no source below empty" in result.err, "nothing to lint")
    result = tidy(cwd=folder)
    expect(result.status == 2 and "no compile_commands.json" in result.err, "no database here")

    write(folder, "empty/compile_commands.json", "[]")
    result = tidy("-p", "empty", cwd=folder)
    expect(result.status == 2 and "names no C or C++ source" in result.err, "an empty database")
    result = tidy(write(folder, "empty/below/good.cpp", GOOD))
    expect(result.status == 0 and "default flags" in result.err, "a file below an empty database")

    # A header under different names is one header; what it contains is shown once.
    split = os.path.join(folder, "split")
    write(split, "include/h.h", "#pragma once\n" + BAD.replace("std::mutex", "static std::mutex")
          .replace("void", "inline void"))
    write(split, "src/a.cpp", '#include "../include/h.h"\n')
    write(split, "src/b.cpp", '#include <h.h>\n')
    write(split, "compile_commands.json", json.dumps([
        {"directory": split + "/src", "file": f"{n}.cpp",
         "arguments": ["c++", "-std=c++17", "-I../include", "-c", f"{n}.cpp"]} for n in "ab"]))
    result = tidy(split)
    expect(result.out.count(f"[{CHECK}]") == 1 and f"{split}/include/h.h:7:3: " in result.out,
           "one header, two spellings")

    # What the compiler warns of is no error here, whatever the flags make of it, nor
    # what GCC only warns of.
    strict = os.path.join(folder, "strict")
    write(strict, "bad.cpp", BAD + "static int unused(int i) { unsigned char narrow{i}; return 0; }\n")
    for flags in ("-Wall -Wextra -Werror", "-Wall -Werror=unused-function -pedantic-errors"):
        write_database(strict, "bad.cpp", flags=flags)
        result = tidy(strict)
        expect(result.status == 1 and "1 finding in 1 source\n" in result.out, flags)

    # Problems: a crash, a time-out, a parse error; the others are linted all the same.
    temporary = os.path.join(folder, "tmp")
    os.mkdir(temporary)
    trouble = os.path.join(folder, "trouble")
    write(trouble, "crash.cpp", "#pragma clang __debug crash\n")
    write(trouble, "broken.cpp", "int i = nothing;\n")
    write(trouble, "waits.cpp", '#include "fifo.h"\n')
    os.mkfifo(os.path.join(trouble, "fifo.h"))
    write(trouble, "bad.cpp", BAD)
    names = ["crash.cpp", "broken.cpp", "waits.cpp", "bad.cpp"]
    write_database(trouble, *names)
    result = tidy("--timeout=20", "-j4", trouble, env={"TMPDIR": temporary})
    expect(result.status == 2, "problems win over findings")
    expect("1 finding in 4 sources; 3 could not be linted" in result.out, "the others are linted")
    expect(re.search(r"crash\.cpp: threadlint (crashed|failed) \(", result.err), "a crash")
    expect("waits.cpp: not linted within 20 seconds (--timeout)" in result.err, "a time-out")
    expect("broken.cpp:1:9: error: use of undeclared identifier 'nothing'" in result.err, "a parse error")
    expect("[4/4] " in result.err, "the counter")
    expect(not leftovers(temporary), f"files stay behind: {leftovers(temporary)}")

    # Interrupted, by Ctrl-C or by a signal to it alone: nothing stays behind, and it is no pass.
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a background job of a shell ignores it
    for number, kill in ((signal.SIGINT, os.killpg), (signal.SIGTERM, os.kill)):
        process = subprocess.Popen([EXECUTABLE, "run", os.path.join(trouble, "waits.cpp")],
                                   env=dict(os.environ, TMPDIR=temporary), start_new_session=True,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        started = until(lambda: children(process.pid), "it starts a process")
        kill(process.pid, number)
        expect(process.wait(timeout=60) == -number, "an interrupted run ends by the signal")
        expect(not leftovers(temporary), f"an interrupted run leaves {leftovers(temporary)}")
        until(lambda: not any(map(running, started)), "what it started ends with it")

    # The configuration of the project.
    own = os.path.join(folder, "own")
    source = write(own, "x.cpp", '#include "h.h"\n' + BAD)
    write(own, "h.h", "inline void f(int fd);\n")
    write(own, ".clang-tidy", "Checks: '-*,threadlint-unbounded-*,bugprone-*'\n")
    expect(tidy(source).status == 0, "only the checks that it turns on")
    write(own, ".clang-tidy", f"Checks: '-*,{CHECK}'\nWarningsAsErrors: '*'\n")
    result = tidy(source)
    expect(result.status == 1 and "7:3: warning: " in result.out,
           "as errors: a finding all the same")
    write(own, ".clang-tidy", "Checks: [\n")
    result = tidy(source)
    expect(result.status == 2 and "Error parsing" in result.err, "a broken .clang-tidy")
    os.remove(os.path.join(own, ".clang-tidy"))
    write(own, "x.cpp", BAD.replace("fsync(fd);", "fsync(fd); // NOLINT"))
    expect(tidy(source).status == 0, "NOLINT")
    write(own, "quiet/h.h", "#pragma once\n" + BAD.replace("void", "inline void"))
    source = write(own, "quiet/x.cpp", '#include "h.h"\n')
    expect(tidy(source).status == 1, "headers count")
    write(own, "quiet/.clang-tidy", "HeaderFilterRegex: 'nothing'\n")
    expect(tidy(source).status == 0, "the project's header filter")

    # Options.
    bad = write(folder, "bad.cpp", BAD)
    report = os.path.join(folder, "report.txt")
    shown = tidy(bad).out
    result = tidy("--output", report, bad)
    expect(result.status == 1 and not result.out, "--output")
    expect(open(report, encoding="utf-8").read() == shown, "the same text")
    result = tidy("--output", os.path.join(folder, "no/such/folder"), bad)
    expect(result.status == 2 and "no/such/folder: No such file" in result.err, "a wrong --output")
    result = tidy("--format=poem", bad)
    expect(result.status == 2 and "not one of text" in result.err, "a wrong --format")
    # A run that ends without a report leaves none of an earlier run, which might look clean.
    for wrong in ("--no-such-option", "-jx", "--timeout=soon", "--format=poem", "--baseline=gone.json",
                  "-p=gone"):
        write(folder, "report.txt", "0 findings in 1 source\n")
        expect(tidy(f"--output={report}", wrong, bad).status == 2, wrong)
        expect(not os.path.exists(report), f"{wrong}: an old report")
    expect(tidy("--help").status == 0, "--help")

    # clang-tidy itself keeps its own -p, also beside the sub-command's.
    result = run(EXECUTABLE, "--checks=-*,threadlint-*", "-p", os.path.join(project, "build"),
                 os.path.join(project, "a/one.cpp"))
    expect(result.status == 0 and f"[{CHECK}]" in result.out, "the drop-in clang-tidy")

    # On a terminal: colours, and a bar instead of lines.
    many = os.path.join(folder, "many")
    names = [f"{n}.cpp" for n in "abcde"]
    for name in names:
        write(many, name, BAD)
    write_database(many, *names)
    seen = []

    def reader(descriptor):
        seen.append(os.read(descriptor, 4096))
        return seen[-1]

    sys.stdout.flush()
    status = pty.spawn([EXECUTABLE, "run", many], reader)
    text = b"".join(seen).decode()
    expect(os.waitstatus_to_exitcode(status) == 1, "the status on a terminal")
    expect("\033[" in text and "5/5 " in text and "[5/5]" not in text, "colours and a bar")
    expect("5 findings in 5 sources" in text, "the summary on a terminal")
