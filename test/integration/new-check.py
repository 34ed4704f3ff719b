# RUN: %python %s
# REQUIRES: llvm-19, plugin, executable
"""tools/new-check in a copy of the repository: what it writes compiles, the plugin with the
new check passes the new test and the tests of layers and pages. So the script and its
templates keep up with the code.
"""
import re
import shutil
import sys

from support import *

BUILD = os.path.dirname(os.path.dirname(PLUGIN))
NAME, CLASS = "quite-new-example", "QuiteNewExampleCheck"


def copy_of_repository(folder):
    """Only what belongs to it, with what is not committed yet."""
    listed = run("git", "-c", "safe.directory=*", "-C", SOURCE, "ls-files", "--cached", "--others",
                 "--exclude-standard")
    names = listed.out.split("\n")[:-1] if listed.status == 0 else []
    expect(names, "git ls-files")
    for name in names:
        if os.path.isfile(f"{SOURCE}/{name}"):
            os.makedirs(os.path.dirname(f"{folder}/{name}"), exist_ok=True)
            shutil.copy(f"{SOURCE}/{name}", f"{folder}/{name}")


def objects():
    """Directory, command and output of each object of the plugin, by source."""
    found = {}
    with open(f"{BUILD}/compile_commands.json", encoding="utf-8") as f:
        for entry in json.load(f):
            command = shlex.split(entry["command"])
            output = command[command.index("-o") + 1]
            if re.search(r"CMakeFiles/threadlint-(objects|analysis|plugin)\.dir/(?!cmake_pch)", output):
                found[entry["file"]] = entry["directory"], command, output
    return found


def compile_like(like, root, source):
    """Compiles a source of the copy as this build compiles one like it."""
    directory, command, _ = like
    output = os.path.join(root, os.path.basename(source) + ".o")
    command = [f"-I{root}" if word == f"-I{SOURCE}" else word for word in command]
    command[command.index("-o") + 1] = output
    command[command.index("-c") + 1] = f"{root}/{source}"
    expect(run(*command, cwd=directory).status == 0, f"{source} compiles")
    return output


with scratch() as root:
    copy_of_repository(root)
    new = f"{root}/tools/new-check"
    for wrong in ("Upper-Case", "single", "with_underscore", "a--b"):
        result = run(new, wrong)
        expect(result.status == 2 and "no name for a check" in result.err, wrong)
    result = run(new, "slow-call-under-lock")
    expect(result.status == 2 and "exists" in result.err, "a check that exists")
    expect(run(new).status == 2, "no name")
    before = open(f"{root}/plugin/Module.cpp").read()
    expect(before == open(f"{SOURCE}/plugin/Module.cpp").read(), "nothing has changed yet")
    expect(run(new, NAME).status == 0, "a new check")
    expect(run(new, NAME).status == 2, "the same again")

    built = objects()
    module = f"{SOURCE}/plugin/Module.cpp"
    fresh = [compile_like(built[f"{SOURCE}/checks/Check.cpp"], root, f"checks/{CLASS}.cpp"),
             compile_like(built[module], root, "plugin/Module.cpp")]
    others = [os.path.join(at, output) for source, (at, _, output) in built.items() if source != module]
    plugin = f"{root}/threadlint-19.so"
    expect(run("c++", "-shared", "-o", plugin, *fresh, *others).status == 0, "it links")

    names = "\n".join(re.findall(r"entry<(\w+)>", open(f"{root}/plugin/Module.cpp").read()))
    expect(names == "\n".join(sorted(names.split("\n"))) and CLASS in names, "the entries are sorted")
    host = shlex.join([CLANG_TIDY, f"--load={plugin}"])
    environment = {"THREADLINT_TEST_SOURCE": root, "THREADLINT_TEST_HOST": host, "THREADLINT_TEST_PLUGIN": plugin,
                   "THREADLINT_TEST_INPUTS": f"{root}/test/Inputs"}
    test = f"{root}/test/checks/{NAME}/basic.cpp"
    expect(run(f"{root}/test/check", test, env=environment).status == 0, "its test passes")
    write(root, f"test/checks/{NAME}/basic.cpp", open(test).read().replace("example_ok", "example_bad"))
    expect(run(f"{root}/test/check", test, env=environment).status != 0, "its test is one")
    for name in ("layers", "check-pages"):
        done = run(sys.executable, f"{root}/test/integration/{name}.py", env=environment)
        expect(done.status == 0, f"{name}.py with the new check")
