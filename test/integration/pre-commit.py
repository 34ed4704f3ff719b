# RUN: %python %s
# REQUIRES: executable, pre-commit, llvm-19
"""The hook for pre-commit in a fresh repository: a commit with a mistake in a changed line
is refused, one without passes, and one without a compilation database is told how to
make one.
"""
import shutil

from support import *


def git(folder, *arguments):
    return run("git", *arguments, cwd=folder, env=ENVIRONMENT)


def commit(folder, *names):
    git(folder, "add", *names)
    return git(folder, "commit", "-q", "-m", "a change")


def repository(folder):
    os.makedirs(folder)
    git(folder, "init", "-q")
    git(folder, "config", "user.email", "someone@example.com")
    git(folder, "config", "user.name", "Someone")
    return folder


with scratch() as folder:
    ENVIRONMENT = {"PATH": os.path.dirname(EXECUTABLE) + os.pathsep + os.environ["PATH"],
                   "PRE_COMMIT_HOME": f"{folder}/home", "HOME": folder}
    hooks = repository(f"{folder}/hooks")
    shutil.copy(f"{SOURCE}/.pre-commit-hooks.yaml", hooks)
    expect(commit(hooks, ".pre-commit-hooks.yaml").status == 0, "a repository with the hook")
    revision = git(hooks, "rev-parse", "HEAD").out.strip()

    project = repository(f"{folder}/project")
    write(project, ".pre-commit-config.yaml",
          f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks:\n      - id: threadlint\n")
    expect(commit(project, ".pre-commit-config.yaml").status == 0, "the first commit")
    expect(git(project, "config", "--unset", "core.hooksPath").status in (0, 5), "own hooks")
    installed = run("pre-commit", "install", cwd=project, env=ENVIRONMENT)
    expect(installed.status == 0, "pre-commit install")

    write(project, "a.cpp", GOOD)
    refused = commit(project, "a.cpp")
    expect(refused.status != 0 and "compile_commands.json" in refused.all
           and "CMAKE_EXPORT_COMPILE_COMMANDS" in refused.all, "without a database")

    write_database(project, "a.cpp")
    write(project, ".gitignore", "compile_commands.json\n")
    passed = commit(project, "a.cpp", ".gitignore")
    expect(passed.status == 0, "a clean commit passes")

    write(project, "a.cpp", BAD)
    refused = commit(project, "a.cpp")
    expect(refused.status != 0 and f"[{CHECK}]" in refused.all, "a mistake is refused")
    expect(git(project, "status", "--porcelain").out.startswith("M  a.cpp"), "and stays staged")

    # The mistake is older than the hook: only changed lines count.
    expect(git(project, "commit", "-q", "--no-verify", "-m", "old").status == 0, "without the hook")
    write(project, "a.cpp", BAD + "int later;\n")
    expect(commit(project, "a.cpp").status == 0, "a change elsewhere in the file passes")
