# RUN: %python %s
# REQUIRES: clangd, llvm-19
"""An editor shows what the command line prints: threadlint-clangd and threadlint have
the same findings, at the same places, in every file of the gallery and in every place of a file. What follows from a
function's body in a header is left out: clangd does not read such bodies. Other files can
be named as arguments; they are parsed as C++20 or C11.
"""
import glob
import re
import sys

from lsp import Server, environment
from support import *

DIAGNOSTIC = re.compile(r"^(\S.*?):(\d+):(\d+): (?:(note)|warning: .* \[(threadlint-[\w-]+)\]$)", re.M)


def flags(path):
    std = ["-std=c11", "-D_GNU_SOURCE"] if path.endswith(".c") else ["-std=c++20"]
    includes = (os.environ["THREADLINT_TEST_INPUTS"], f"{SOURCE}/test/gallery/include")
    return [*std, "-pthread", *(part for folder in includes for part in ("-I", folder))]


def of_command_line(path):
    result = run(EXECUTABLE, "-checks=-*,threadlint-*", "--quiet", path, "--", *flags(path))
    expect(result.status == 0, f"{path} does not parse")
    found = []
    for name, line, column, note, check in DIAGNOSTIC.findall(result.out):
        here = os.path.realpath(name) == os.path.realpath(path)
        if not note:
            found.append((int(line), int(column), check) if here else None)
        elif not here:
            found[-1] = None
    return sorted(filter(None, found))


def of_editor(server, path):
    server.open(path, language="c" if path.endswith(".c") else "cpp")
    found = sorted((d["range"]["start"]["line"] + 1, d["range"]["start"]["character"] + 1, d["code"])
                   for d in server.wait(path, "threadlint-"))
    server.close(path)
    return found


paths = [os.path.abspath(p) for p in sys.argv[1:]] or sorted(
    glob.glob(f"{SOURCE}/test/gallery/*/*.cpp") + glob.glob(f"{SOURCE}/test/checks/*/places.cpp"))
expect(paths, "no sources")
wrong = total = 0
with scratch() as folder:
    env = environment(folder)
    with open(os.path.join(env["XDG_CONFIG_HOME"], "clangd", "config.yaml"), "a", encoding="utf-8") as config:
        config.write("Diagnostics:\n  ClangTidy:\n    Add: [threadlint-*]\n")
    write(folder, "compile_commands.json", json.dumps([
        {"directory": folder, "file": path, "arguments": ["c++", *flags(path), "-c", path]}
        for path in paths]))
    with Server([CLANGD, f"--compile-commands-dir={folder}"], folder, env=env) as server:
        for path in paths:
            expected, found = of_command_line(path), of_editor(server, path)
            total += len(expected)
            if expected != found:
                wrong += 1
                print(f"{path}\n  command line only: {sorted(set(expected) - set(found))}\n"
                      f"  editor only: {sorted(set(found) - set(expected))}")
expect(total > 0, "no findings to compare")
expect(not wrong, f"{wrong} of {len(paths)} files differ")
