# RUN: %python %s
# REQUIRES: clangd
"""threadlint-clangd survives what editors send while somebody types: 200 versions of
five files that are cut off, lack a brace or a word, or have one too many. All are open
at once, and in the end each has the findings that it had in the beginning.
"""
import random
import re

from lsp import Server, environment
from support import *

EDITS = 40  # of each file
FILES = ("01-slow-calls-under-lock/bad.cpp", "03-thread-per-user/bad.cpp", "04-abandoned-task/bad.cpp",
         "07-copied-lock/bad.cpp", "09-worker-without-stop/bad-flag.cpp")


def broken(text, chance):
    """\\p text after its #include lines, with one mistake in it."""
    start = text.rindex("#include")
    start = text.index("\n", start) + 1
    at = chance.randrange(start, len(text))
    kind = chance.randrange(6)
    if kind == 0:  # not typed yet
        return text[:at]
    if kind == 1:  # a bracket that is missing
        brackets = [m.start() for m in re.finditer(r"[(){}\[\]<>;]", text) if m.start() >= start]
        at = chance.choice(brackets)
        return text[:at] + text[at + 1:]
    if kind == 2:  # a word that is missing
        words = [m.span() for m in re.finditer(r"\w+", text) if m.start() >= start]
        begin, end = chance.choice(words)
        return text[:begin] + text[end:]
    if kind == 3:  # something that does not belong there
        return text[:at] + chance.choice(["{", "}", "(", "[&", "auto x =", "#if 1\n", "std::", "\"", "/*", "co_await "]) + text[at:]
    if kind == 4:  # lines that are selected and deleted
        end = min(len(text), at + chance.randrange(1, 400))
        return text[:at] + text[end:]
    lines = text[start:].splitlines(keepends=True)  # a line that is pasted twice
    number = chance.randrange(len(lines))
    return text[:start] + "".join(lines[:number + 1] + lines[number:])


def findings(server, path):
    return [(d["range"]["start"]["line"], d["code"]) for d in server.wait(path, "threadlint-")]


with scratch() as folder:
    write(folder, ".clangd", "Diagnostics:\n  ClangTidy:\n    Add: [threadlint-*]\n")
    write(folder, "compile_flags.txt", f"-std=c++20\n-I{SOURCE}/test/gallery/include\n")
    texts = {}
    for name in FILES:
        with open(f"{SOURCE}/test/gallery/{name}", encoding="utf-8") as source:
            texts[write(folder, name, source.read())] = random.Random(name)
    paths = list(texts)
    with Server([CLANGD], folder, env=environment(folder)) as server:
        for path in paths:
            server.open(path)
        before = {path: findings(server, path) for path in paths}
        expect(all(before.values()), f"every file has findings: {before}")
        # Versions without diagnostics are passed over; these are all looked at.
        for number in range(EDITS):
            for path, chance in texts.items():
                with open(path, encoding="utf-8") as source:
                    server.change(path, broken(source.read(), chance))
            if number % 8 == 7:
                for path in paths:
                    server.wait(path)
        for path in paths:
            with open(path, encoding="utf-8") as source:
                server.change(path, source.read())
        after = {path: findings(server, path) for path in paths}
        expect(after == before, f"{after} instead of {before}")
