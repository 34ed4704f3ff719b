# RUN: %python %s
# REQUIRES: executable
"""threadlint run --diff and --staged: which findings of which sources are shown,
and that nothing passes because it was not linted.
"""
from support import *

HEADER = ("#pragma once\n" + BAD).replace("std::mutex mu", "static std::mutex mu") \
    .replace("void", "inline void")


def tidy(*arguments, cwd):
    return run(EXECUTABLE, "run", *arguments, cwd=cwd)


class Repository:
    def __init__(self, folder):
        self.folder = folder
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments):
        result = run("git", "-c", "user.name=t", "-c", "user.email=t@t.invalid", *arguments,
                     cwd=self.folder)
        expect(result.status == 0, f"git {arguments}")

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "all")

    def write(self, name, text):
        return write(self.folder, name, text)

    def lint(self, *arguments):
        return tidy(*arguments, cwd=self.folder)

    def expect_findings(self, arguments, *places):
        """Exactly these findings, as file:line."""
        result = self.lint(*arguments)
        shown = sorted(":".join(os.path.relpath(line, self.folder).split(":")[:2])
                       for line in result.out.splitlines() if f" [{CHECK}]" in line)
        expect(shown == sorted(places), f"{arguments}: {shown}, not {sorted(places)}")
        expect(result.status == (1 if places else 0), f"{arguments}: exit status")
        return result


def function(name):
    return f"""void {name}(int fd) {{
  std::lock_guard<std::mutex> guard(mu);
  fsync(fd);
}}
"""


PRELUDE = "#include <mutex>\n#include <unistd.h>\nstatic std::mutex mu;\n"
MUCH = "".join(f"int much_{n};\n" for n in range(30))  # git pairs files that are alike

with scratch() as folder:
    r = Repository(folder)
    r.write("old.cpp", PRELUDE + function("a"))
    r.write("moved.cpp", PRELUDE + function("b") + MUCH)
    r.write("gone.cpp", "int gone;\n")
    r.write("with space.cpp", PRELUDE)
    r.write(".gitignore", "compile_commands.json\n")
    write_database(folder, "old.cpp", "moved.cpp", "gone.cpp", flags="-std=c++17 -DON")
    r.commit()
    expect("no C or C++ file has changed since HEAD" in r.expect_findings(["--diff", "HEAD"]).err,
           "it says that nothing changed")
    expect("no C or C++ file is staged" in r.expect_findings(["--staged"]).err, "nothing is staged")

    # A new function, in front of one with an old finding.
    r.write("old.cpp", PRELUDE + function("fresh") + function("a"))
    result = r.expect_findings(["--diff", "HEAD"], "old.cpp:6")
    expect("in 1 source" in result.out, "what did not change is not linted")
    r.expect_findings(["--diff", "HEAD", "old.cpp"], "old.cpp:6")
    r.expect_findings(["--diff", "HEAD", "moved.cpp"])
    r.expect_findings(["--diff", "HEAD", "."], "old.cpp:6")

    # A note on a changed line: the lock is new, the call is not.
    r.write("old.cpp", PRELUDE + function("a").replace("guard(mu)", "other(mu)"))
    r.expect_findings(["--diff", "HEAD"], "old.cpp:6")
    # Only lines around it changed; or lines went away.
    r.write("old.cpp", "// a comment\n" + PRELUDE + "\n" + function("a"))
    r.expect_findings(["--diff", "HEAD"])
    # A line that looks like a header of the diff.
    r.write("old.cpp", PRELUDE + function("a") + "int i;\nvoid f() {\n++ i;\n}\n")
    r.expect_findings(["--diff", "HEAD"])

    # Renamed and changed, deleted, new, with a space in its name.
    r.git("checkout", "-q", ".")
    r.git("mv", "moved.cpp", "renamed.cpp")
    r.git("rm", "-q", "gone.cpp")
    r.write("renamed.cpp", PRELUDE + function("b") + function("d") + MUCH)
    r.write("new.cpp", PRELUDE + function("e"))
    r.write("with space.cpp", PRELUDE + function("f"))
    r.git("add", "-A")
    write(folder, "compile_commands.json", json.dumps([
        {"directory": folder, "file": name, "arguments": ["c++", "-std=c++17", "-c", name]}
        for name in ("old.cpp", "renamed.cpp", "new.cpp", "with space.cpp")]))
    r.expect_findings(["--diff", "HEAD"], "renamed.cpp:10", "new.cpp:6", "with space.cpp:6")
    r.expect_findings(["--staged"], "renamed.cpp:10", "new.cpp:6", "with space.cpp:6")
    r.git("config", "diff.noprefix", "true")
    r.git("config", "color.ui", "always")
    r.git("config", "diff.interHunkContext", "100")
    r.git("config", "diff.relative", "true")
    os.makedirs(os.path.join(folder, "below"))
    result = tidy("--diff=HEAD", "-p", "..", cwd=os.path.join(folder, "below"))
    expect("3 findings in 3 sources" in result.out, "the user's configuration, and a folder below")

    # Staged and changed since: the work tree counts, and it says so.
    r.write("new.cpp", PRELUDE + "// shifts\n\n" + function("e"))
    r.write("old.cpp", PRELUDE + function("fresh") + function("a"))
    result = r.expect_findings(["--staged"], "renamed.cpp:10", "new.cpp:8", "with space.cpp:6")
    expect("new.cpp has changes that are not staged" in result.err, "says what is linted")
    expect("old.cpp has changes" not in result.err, "not staged at all")
    r.git("checkout", "-q", "old.cpp")
    os.remove(os.path.join(folder, "new.cpp"))
    result = r.lint("--staged")
    expect(result.status == 2 and "new.cpp: no such file" in result.err, "staged, and gone since")
    r.write("new.cpp", PRELUDE + function("e"))

    # Since a branch left main.
    r.commit()
    r.git("checkout", "-q", "-b", "topic", "HEAD~1")
    r.write("old.cpp", PRELUDE + function("topic") + function("a"))
    r.commit()
    r.expect_findings(["--diff", "main..."], "old.cpp:6")

    # A source that does not parse is no clean one.
    r.write("old.cpp", "#include <no_such_header.h>\n")
    result = r.lint("--diff", "HEAD")
    expect(result.status == 2 and "no_such_header.h" in result.err, "a file that does not parse")

    # Wrong uses.
    for arguments, sentence in ((("--diff", "no-such-branch"), "'no-such-branch' is no commit"),
                                (("--diff", "main..topic"), "is no commit"),
                                (("--diff=--output=x",), "is no commit"),
                                (("--diff", ""), "is no commit"),
                                (("--diff", "HEAD", "--staged"), "exclude one another"),
                                (("--diff", "HEAD", "nothing.cpp"), "no such file"),
                                (("--staged", "--write-baseline", "--baseline=b"), "not with --diff"),
                                (("--diff", "HEAD", "-p", "nowhere"), "no compile_commands.json")):
        result = r.lint(*arguments)
        expect(result.status == 2 and sentence in result.err, f"{arguments}: {sentence}")

with scratch() as folder:
    result = tidy("--diff", "HEAD", cwd=folder)
    expect(result.status == 2 and "not the work tree of a git repository" in result.err, "no repository")
    result = run(EXECUTABLE, "run", "--staged", cwd=folder, env={"PATH": folder})
    expect(result.status == 2 and "git is needed" in result.err, "no git")

    # Before the first commit; without a database; in no database.
    r = Repository(folder)
    expect(r.lint("--diff", "HEAD").status == 2, "HEAD is nothing yet")
    r.write("first.cpp", PRELUDE + function("first"))
    r.git("add", "first.cpp")
    result = r.lint("--staged")
    expect(result.status == 2 and "first.cpp has changed, but there is no compile_commands.json" in result.err,
           "no database")
    write_database(folder, "other.cpp")
    result = r.expect_findings(["--staged"], "first.cpp:6")
    expect("default flags" in result.err, "a source in no database")
    r.write("first.cpp", PRELUDE)
    expect("in 1 source" in r.expect_findings(["--staged"]).out, "a mended source")

with scratch() as folder:
    # A changed header is linted in a source that really includes it, and in one only.
    r = Repository(folder)
    r.write("lib/net/pool.h", "#pragma once\n")
    r.write("lib/io/pool.h", "#pragma once\n")
    r.write("lib/all.h", '#pragma once\n#include "net/pool.h"\n')
    r.write("src/a.cpp", '#if 0\n#include "net/pool.h"\n#endif\n')
    r.write("src/b.cpp", '#include "io/pool.h"\n')
    r.write("src/c.cpp", "#include <all.h>\nint c;\n")
    r.write("src/d.cpp", "#include <all.h>\nint d;\n")
    r.write(".gitignore", "build\n")
    r.write("lib/net/gone.cpp", '#include "net/pool.h"\n')
    commands = [{"directory": folder + "/build", "file": f"../src/{n}.cpp",
                 "command": f"c++ -std=c++17 -I{folder}/lib -c ../src/{n}.cpp"} for n in "abcd"]
    lost = {"directory": folder + "/no-such-folder", "file": folder + "/lib/net/gone.cpp",
            "command": f"c++ -I{folder}/lib -c gone.cpp"}
    write(folder, "build/compile_commands.json", json.dumps(commands + [lost]))
    r.commit()
    r.write("lib/net/pool.h", HEADER)
    result = r.expect_findings(["--diff", "HEAD"], "lib/net/pool.h:7")
    expect("in 1 source" in result.out, "one source is enough")
    # With a changed source that includes it, that one.
    r.write("src/d.cpp", "#include <all.h>\nint e;\n")
    result = r.expect_findings(["--diff", "HEAD"], "lib/net/pool.h:7")
    expect("in 1 source" in result.out, "the changed source includes the header")
    r.expect_findings(["--diff", "HEAD", "lib/io"])
    r.expect_findings(["--diff", "HEAD", "-p", "build", "lib"], "lib/net/pool.h:7")
    # Which nothing includes.
    write(folder, "build/compile_commands.json", json.dumps(commands))
    r.write("lib/lonely.h", HEADER)
    r.write("lib/lonely.inc", "nonsense\n")
    r.git("add", "-A")
    result = r.expect_findings(["--staged"], "lib/net/pool.h:7", "lib/lonely.h:7")
    expect("lonely.h; it is linted by itself" in result.err, "says what it does")
    expect("lonely.inc; it is not linted" in result.err, "a fragment cannot stand alone")
    # Through a symbolic link.
    link = folder + "-link"
    os.symlink(folder, link)
    try:
        result = tidy("--staged", "lib/net", cwd=link)
        expect("1 finding in 1 source" in result.out, "in a linked folder")
    finally:
        os.remove(link)
