# RUN: %python %s
# REQUIRES: executable
"""threadlint init: what it writes parses, nothing that exists is changed, and it asks a
person on a terminal, or says how to go without one.
"""
import pty
import re
import shutil

from support import *

try:
    import yaml
except ImportError:
    yaml = None

YAML = (".clang-tidy", ".clangd", ".pre-commit-config.yaml", ".gitlab-ci.yml",
        ".github/workflows/threadlint.yml")


def init(*arguments, **more):
    return run(EXECUTABLE, "init", *arguments, **more)


def files(folder):
    return {os.path.relpath(os.path.join(at, name), folder): open(os.path.join(at, name)).read()
            for at, _, names in os.walk(folder) if "/.git" not in at + "/" or at.endswith("hooks")
            or "/.github" in at for name in names if not name.endswith(".sample")}


def answer(folder, text):
    """Runs it on a terminal, with the answers typed in."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(EXECUTABLE, [EXECUTABLE, "init", folder])
    os.write(terminal, text.encode())
    screen = b""
    try:
        while chunk := os.read(terminal, 4096):
            screen += chunk
    except OSError:  # the other end is closed
        pass
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(screen.decode(), status)
    return status


with scratch() as folder:
    project = os.path.join(folder, "all")
    os.mkdir(project)
    done = init("--yes", project)
    written = files(project)
    expect(done.status == 0 and set(written) == set(YAML), f"--yes writes everything: {sorted(written)}")
    for name in YAML:
        if yaml:
            expect(isinstance(yaml.safe_load(written[name]), dict), f"{name} parses")
    expect("threadlint run --staged" in written[".pre-commit-config.yaml"], "the hook")
    ci = open(f"{SOURCE}/docs/ci.md", encoding="utf-8").read()
    for start, name in (("jobs:\n", ".github/workflows/threadlint.yml"), ("threadlint:\n", ".gitlab-ci.yml")):
        block = re.search(rf"```yaml\n({start}.*?)```", ci, re.S).group(1)
        expect(block in written[name], f"docs/ci.md shows {name}")
    if LLVM >= 16:
        verified = run(*HOST, "--verify-config", "--config-file=" + os.path.join(project, ".clang-tidy"))
        expect(verified.status == 0 and "No config errors" in verified.all, ".clang-tidy")
    listed = run(*HOST, "--list-checks", "--config-file=" + os.path.join(project, ".clang-tidy"))
    expect(CHECK in listed.out, ".clang-tidy turns the checks on")

    clangd = shutil.which(f"clangd-{LLVM}")
    if clangd:
        source = write(project, "a.cpp", "int a;\n")
        checked = run(clangd, f"--check={source}", "--log=verbose", cwd=project)
        os.remove(source)
        expect(f"{project}/.clangd" in checked.all, "clangd reads .clangd")
        expect("config error" not in checked.all and "config warning" not in checked.all, "without complaint")

    again = init("--yes", project)
    expect(again.status == 0 and files(project) == written, "again: harmless")
    expect(again.out.count("is there already") == len(YAML), "and says so")

    write(project, ".clangd", "mine: 1\n")
    kept = init("--yes", project)
    expect(kept.status == 0 and files(project)[".clangd"] == "mine: 1\n", "an own file is kept")
    expect(".clangd exists and stays as it is" in kept.out and "Add: threadlint-*" in kept.out, "what to add")

    # A git repository without pre-commit gets a plain hook, which can be run.
    plain = os.path.join(folder, "plain")
    run("git", "init", "-q", plain)
    os.makedirs(os.path.join(plain, ".git", "hooks"), exist_ok=True)
    done = init("--yes", plain, env={"PATH": os.path.join(folder, "nothing")})
    hook = os.path.join(plain, ".git", "hooks", "pre-commit")
    expect(done.status == 0 and os.access(hook, os.X_OK), "the git hook")
    expect("threadlint run --staged" in open(hook).read() and run("sh", "-n", hook).status == 0, "its text")

    # Questions: yes to the first, an empty line is yes, no to the rest.
    asked = os.path.join(folder, "asked")
    os.mkdir(asked)
    expect(answer(asked, "y\n\nn\nn\nno\n") == 0, "answers")
    expect(set(files(asked)) == {".clang-tidy", ".clangd"}, f"{files(asked).keys()}")

    silent = init(asked)
    expect(silent.status == 2 and "--yes" in silent.err, "no terminal")
    gone = init("--yes", os.path.join(folder, "gone"))
    expect(gone.status == 2 and "no folder" in gone.err, "no folder")
    blocked = os.path.join(folder, "blocked")
    write(blocked, ".github", "a file where a folder should be\n")
    done = init("--yes", blocked)
    expect(done.status == 2 and "cannot write" in done.err and ".github" in done.err, "a file in the way")
    expect(".clang-tidy" in files(blocked), "the others are written")
