# RUN: %python %s
# REQUIRES: executable
"""Completions for bash, zsh and fish, by really completing in each shell that is there:
commands, names of checks, options of a command, clang-tidy's options, files.
"""
import pty
import re
import select
import shutil
import time

from support import *

PATH = os.path.dirname(EXECUTABLE) + os.pathsep + os.environ["PATH"]
COMMANDS = re.findall(r"^  ([a-z]+) {2,}\S", run(EXECUTABLE, "help").out, re.M)


def script(folder, shell):
    written = run(EXECUTABLE, "completion", shell)
    expect(written.status == 0, shell)
    path = write(folder, f"_{shell}", written.out)
    expect(run(shell, "-n", path).status == 0, f"{shell} reads it")
    return path


def check(complete, shell):
    """\\p complete gives the candidates for the end of a command line."""
    expect(set(COMMANDS) <= set(complete("threadlint ")), f"{shell}: commands")
    expect(CHECK in complete("threadlint explain threadlint-s"), f"{shell}: checks")
    expect(any(w.startswith("--model-file") for w in complete("threadlint models --m")), f"{shell}: options")
    expect(any(w.startswith("--checks") for w in complete("threadlint --chec")), f"{shell}: clang-tidy's")
    expect("zsh" in complete("threadlint completion "), f"{shell}: shells")
    # bash and zsh give the value alone, fish gives the option with it.
    formats = [word.split("=")[-1] for word in complete("threadlint run --format=s")]
    expect("sarif" in formats and "text" not in formats, f"{shell}: formats")


def bash(folder):
    path = script(folder, "bash")

    def complete(line):
        # bash breaks words at = as well.
        words = [part for word in line.split(" ") for part in re.split("(=)", word)]
        asked = run("bash", "-c", f'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _threadlint 2>&1; '
                    'printf "%s\\n" "${COMPREPLY[@]}"', path, *words)
        return asked.out.split("\n")

    check(complete, "bash")
    # Each option of clang-tidy's help is known.
    listed = re.findall(r"^  --([a-z-]+)", run(EXECUTABLE, "--help").out.split("USAGE:")[1], re.M)
    known = " ".join(complete("threadlint -"))
    expect(len(listed) > 15, "clang-tidy's options")
    for option in listed:
        expect(option == "help-list" or f"--{option}" in known, f"bash: --{option}")


def fish(folder):
    path = script(folder, "fish")

    def complete(line):
        done = run("fish", "--no-config", "-c", f"source {path}; complete -C '{line}'", env={"PATH": PATH})
        return [one.split("\t")[0] for one in done.out.split("\n")]

    check(complete, "fish")


def zsh(folder):
    path = script(folder, "zsh")

    def complete(line):
        """Types the line and a tab twice into a real zsh, and reads its screen."""
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(folder)
            os.execvpe("zsh", ["zsh", "-f", "-i"], dict(os.environ, PATH=PATH, TERM="dumb", COLUMNS="400"))
        screen = ""

        def until(done, seconds=20):
            nonlocal screen
            end = time.time() + seconds
            while time.time() < end and not done():
                if select.select([terminal], [], [], 0.2)[0]:
                    screen += os.read(terminal, 65536).decode(errors="replace")

        def send(text):
            os.write(terminal, text.encode())

        send("unsetopt zle; PS1='>'; LISTMAX=1000; autoload -Uz compinit && compinit -u -D; "
             f"source {path}; setopt zle bash_auto_list; echo rea''dy\n")
        until(lambda: "ready" in screen)
        expect("ready" in screen, f"zsh starts: {screen}")
        screen = ""
        send(line + "\t\t")
        quiet = time.time()
        size = 0
        while time.time() < quiet + 2:  # until nothing more comes
            until(lambda: len(screen) > size, 0.5)
            if len(screen) > size:
                size, quiet = len(screen), time.time()
        os.close(terminal)
        os.waitpid(child, 0)
        print(f"zsh: {line!r}: {screen}")
        return re.split(r"[\s\x07\x08\r]+", screen)

    check(complete, "zsh")


with scratch() as folder:
    for shell, test in (("bash", bash), ("zsh", zsh), ("fish", fish)):
        if shutil.which(shell):
            test(folder)
    wrong = run(EXECUTABLE, "completion", "tcsh")
    expect(wrong.status == 2 and not wrong.out and "tcsh" in wrong.err, "another shell")
