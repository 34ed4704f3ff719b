# RUN: %python %s
# REQUIRES: clangd
"""threadlint-clangd in a session as editors hold it: findings appear and go as the text
changes, carry their notes, and are fixed by a code action; configuration decides which
checks run; the program says what it is.
"""
from lsp import Server, apply_edits, environment
from support import *

CAPTURE = """#include <cstdio>
#include <thread>
void start() {
  int value = 1;
  std::thread([&value] { std::printf("%d", value); }).detach();
}
"""
WANTED = "Diagnostics:\n  ClangTidy:\n    Add: [threadlint-*]\n"


def session(folder):
    write(folder, "compile_flags.txt", "-std=c++17\n")
    return Server([CLANGD], folder, env=environment(folder))


def server_log(folder):
    with open(f"{folder}/server.log", encoding="utf-8", errors="replace") as log:
        return log.read()


def lines(diagnostics):
    return [d["range"]["start"]["line"] + 1 for d in diagnostics]


result = run(CLANGD, "--version")
expect(result.status == 0 and "threadlint version " in result.out, "threadlint's version")
expect(f"clangd version {LLVM}." in result.out, "clangd's version")

# A finding, its words and its notes; it goes and comes with the text.
with scratch() as folder:
    write(folder, ".clangd", WANTED)
    path = write(folder, "flush.cpp", BAD)
    with session(folder) as server:
        server.open(path)
        found = server.wait(path)
        expect([d["code"] for d in found] == [CHECK], f"exactly our finding: {found}")
        expect(found[0]["source"] == "clang-tidy", "who says so")
        expect(found[0]["message"] == "Call to 'fsync' may block (sync-io) while lock 'mu' is held", "the message")
        expect(lines(found) == [6] and found[0]["range"]["start"]["character"] == 2, "the place")
        notes = found[0]["relatedInformation"]
        expect([n["location"]["range"]["start"]["line"] + 1 for n in notes] == [5, 6], "the notes' places")
        expect("cquired here" in notes[0]["message"], "the note about the lock")

        server.change(path, GOOD)
        expect(server.wait(path) == [], "mended")
        server.change(path, BAD + BAD.replace("mu;", "mu2;").replace("(mu)", "(mu2)").replace("flush", "again")
                      .split("#include <unistd.h>")[1])
        expect(lines(server.wait(path, CHECK)) == [6, 12], "two mistakes")
        server.change(path, BAD.replace("fsync(fd);", "fsync(fd); // NOLINT"))
        expect(server.wait(path) == [], "NOLINT")
        server.change(path, "#include <mutex>\n")
        expect(server.wait(path, "threadlint-") == [], "a file without a declaration")
        server.change(path, "")
        expect(server.wait(path) == [], "an empty file")

        # A second file, of another language, while the first is open.
        other = write(folder, "other.c", "#include <pthread.h>\n#include <unistd.h>\n"
                      "static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;\n"
                      "void f(void) {\n  pthread_mutex_lock(&mu);\n  sleep(1);\n  pthread_mutex_unlock(&mu);\n}\n")
        write(folder, ".clangd", WANTED + "---\nIf: {PathMatch: .*\\.c}\nCompileFlags: {Remove: [-std=*]}\n")
        server.change(path, BAD)
        server.open(other, language="c")
        expect(lines(server.wait(other, CHECK)) == [6], "the second file")
        expect(lines(server.wait(path, CHECK)) == [6], "the first file")
        server.close(path)
        server.close(other)

# Fixes: what an editor applies is accepted, and the finding is gone.
COPY = ("#include <pthread.h>\nstruct Queue {\n  pthread_mutex_t mu;\n  int size;\n};\n"
        "static int size(Queue queue) {\n  return queue.size;\n}\n"
        "int of(Queue &queue) {\n  return size(queue);\n}\n")
with scratch() as folder:
    write(folder, ".clangd", WANTED)
    with session(folder) as server:
        for check, text, wanted in (
                ("threadlint-reference-capture-in-task", CAPTURE, "[value]"),
                ("threadlint-copied-sync-primitive", COPY, "Queue &queue) {\n  return queue")):
            path = write(folder, f"{check}.cpp", text)
            server.open(path)
            found = server.wait(path)
            expect([d["code"] for d in found] == [check], f"one finding of {check}: {found}")
            actions = [a for a in server.actions(path, found[0]) if a.get("edit")]
            expect(actions, f"a quick fix of {check}")
            edits = actions[0]["edit"]["changes"][f"file://{path}"]
            fixed = apply_edits(text, edits)
            expect(wanted in fixed, f"what the fix makes:\n{fixed}")
            server.change(path, fixed)
            expect(server.wait(path) == [], "fixed")

# Which checks run is the configuration's matter; clangd's filter of slow checks lets ours pass.
EXPECTED = {
    "": [],
    WANTED: [CHECK],
    WANTED + "    FastCheckFilter: Strict\n": [CHECK],
    WANTED + "    FastCheckFilter: Loose\n": [CHECK],
    WANTED + "    FastCheckFilter: None\n": [CHECK],
    WANTED + f"    Remove: [{CHECK}]\n": [],
    f"Diagnostics:\n  ClangTidy:\n    Add: [{CHECK}]\n": [CHECK],
    WANTED + f"    CheckOptions:\n      {CHECK}.BlockingCategories: network\n": [],
    f"Diagnostics:\n  Suppress: [{CHECK}]\n  ClangTidy:\n    Add: [threadlint-*]\n": [],
}
with scratch() as folder:
    for number, (config, wanted) in enumerate(EXPECTED.items()):
        project = os.path.join(folder, str(number))
        path = write(project, "flush.cpp", BAD)
        if config:
            write(project, ".clangd", config)
        with session(project) as server:
            server.open(path)
            codes = [d["code"] for d in server.wait(path)]
            expect(codes == wanted, f"{codes} instead of {wanted} with\n{config}")
            server.open(f"{project}/.clangd", config, language="yaml")
        # clangd writes what is wrong with a configuration to its log.
        expect("config warning" not in server_log(project) and "config error" not in server_log(project),
               f"clangd does not like\n{config}\n{server_log(project)}")

    # The project's .clang-tidy, and an option that cannot be read: it is an error at the top.
    project = os.path.join(folder, "tidy")
    path = write(project, "flush.cpp", BAD)
    write(project, ".clang-tidy", "Checks: '-*,threadlint-*'\n")
    with session(project) as server:
        server.open(path)
        expect([d["code"] for d in server.wait(path)] == [CHECK], "checks of .clang-tidy")
        write(project, ".clang-tidy", "Checks: '-*,threadlint-*'\nCheckOptions:\n"
              f"  - key: {CHECK}.ShortWaitMs\n    value: soon\n")
    with session(project) as server:
        server.open(path)
        found = [(d["severity"], d["range"]["start"]["line"], "ShortWaitMs" in d["message"])
                 for d in server.wait(path, CHECK)]
        expect((1, 0, True) in found and len(found) == 2, f"the error and the finding: {found}")
