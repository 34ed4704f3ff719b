# RUN: %python %s
# REQUIRES: executable
"""The informing sub-commands: help, list, explain and models. What they show, and that a
wrong call says what is wrong and ends with 2.
"""
import json
import re

from support import *


def threadlint(*arguments, env=None):
    return run(EXECUTABLE, *arguments, env=env)


def fails(result, *words):
    expect(result.status == 2 and not result.out, "status 2, nothing on stdout")
    expect(all(word in result.err for word in words), f"the message has {words}")


# One overview; every command is in it and has a help of its own, without clang-tidy's.
overview = threadlint("help")
commands = re.findall(r"^  ([a-z]+) {2,}\S", overview.out, re.M)
expect(overview.status == 0 and {"run", "list", "explain", "models", "init"} <= set(commands), "help")
expect(max(map(len, overview.out.splitlines())) <= 80, "80 columns")
everything = threadlint("--help")
expect(everything.status == 0 and everything.out.startswith(overview.out), "--help begins with it")
expect("USAGE: threadlint [options]" in everything.out and "--checks=<string>" in everything.out
       and re.search("-p[ =]<string>", everything.out) and "SUBCOMMAND" not in everything.out, "and has clang-tidy's")
for command in commands:
    one = threadlint(command, "--help")
    expect(one.status == 0 and one.out.startswith(f"Usage: threadlint {command} "), command)
    expect("--help" in one.out and "--checks" not in one.out and len(one.out.splitlines()) < 60, command)
    expect(threadlint("help", command).out == one.out, f"help {command}")
fails(threadlint("help", "ru"), "no command 'ru'", "did you mean 'run'")
fails(threadlint("exlain", "x"), "no command 'exlain'", "'explain'")
missing = threadlint("nothing.cpp", "--")
expect(missing.status == 1 and "no command" not in missing.err, "a missing file is clang-tidy's affair")

# list
checks = json.loads(threadlint("list", "--json").out)
names = [check["name"] for check in checks]
expect(CHECK in names and names == sorted(names), "list --json")
listed = threadlint("list")
expect(all(c["name"] in listed.out and c["summary"] in listed.out for c in checks), "list")
fails(threadlint("list", "--no-such-option"), "--no-such-option")

# explain: every check has a page, with or without the prefix; plain text in a pipe.
for check in checks:
    page = threadlint("explain", check["name"])
    expect(page.status == 0 and page.out.startswith(check["name"] + "\n"), check["name"])
    expect("\nWhat it finds\n" in page.out and "\x1b" not in page.out and "```" not in page.out, "rendered")
    expect(f"since {check['since']}." in page.out, "facts")
    expect(threadlint("explain", check["name"][len("threadlint-"):]).out == page.out, "without prefix")
fails(threadlint("explain", "slow-cal-under-lock"), "no check 'threadlint-slow-cal-under-lock'", f"'{CHECK}'")
fails(threadlint("explain", "copied"), "'threadlint-copied-sync-primitive'")
fails(threadlint("explain"), "positional")

# models
known = threadlint("models", "std::mutex::lock")
expect(known.status == 0 and known.out.startswith("std::mutex::lock\n"), "a qualified name")
expect("acquire: locks the object" in known.out and "models/std.yaml" in known.out, "effect and file")
expect(threadlint("models", "::std::mutex::lock").out == known.out, "leading colons")
entries = threadlint("models", "lock").out
expect("std::mutex::lock\n" in entries and "QMutex::lock\n" in entries, "the last component")
recv = threadlint("models", "recv").out
expect("network: " in recv and "MSG_DONTWAIT in the fourth argument" in recv, "when it does not block")
expect("lock\n" in threadlint("models", "std::mutex").out, "a type")
unknown = threadlint("models", "acme::Fetch")
expect(unknown.status == 1 and not unknown.out and "docs/models.md" in unknown.err, "an unknown name")
with scratch() as folder:
    mine = write(folder, "acme.yaml", "library: acme\nfunctions:\n"
                 '  - {names: ["acme::Fetch"], does: block, category: network}\n'
                 '  - {names: ["std::mutex::lock"], does: inert}\n')
    fetch = threadlint("models", "--model-file", mine, "Fetch")
    expect(fetch.status == 0 and f"{mine}:3:" in fetch.out, "the user's file and line")
    lock = threadlint("models", "--model-file", mine, "std::mutex::lock").out
    expect("inert" in lock and "acquire" not in lock, "the user's model replaces ours")
    fails(threadlint("models", "--model-file", write(folder, "bad.yaml", "library: [\n"), "x"), "bad.yaml:")
    fails(threadlint("models", "--model-file", os.path.join(folder, "gone.yaml"), "x"), "gone.yaml")
fails(threadlint("models"), "positional")

# Every word that a model file can say has its meaning in docs/models.md.
words = open(f"{SOURCE}/analysis/ModelReader.cpp", encoding="utf-8").read()
page = open(f"{SOURCE}/docs/models.md", encoding="utf-8").read()
for enum in ("Effect", "Category", "TaskEnd"):
    cases = re.search(rf"THREADLINT_ENUM\({enum},(.*?)\)\)", words, re.S).group(1)
    for word in re.findall(r'"([a-z-]+)"', cases):
        expect(re.search(rf"^\| `{word}` \| \S", page, re.M), f"docs/models.md explains {word}")
