"""What the integration tests share: the build under test and a way to run it.

lit.cfg.py passes the build through THREADLINT_TEST_* variables; a test is a
script that calls these functions and ends with a traceback when it fails.
"""
import json
import os
import shlex
import subprocess
import tempfile

LLVM = int(os.environ["THREADLINT_TEST_LLVM"])
SOURCE = os.environ["THREADLINT_TEST_SOURCE"]
PLUGIN = os.environ["THREADLINT_TEST_PLUGIN"]
EXECUTABLE = os.environ["THREADLINT_TEST_EXECUTABLE"]
CLANGD = os.environ.get("THREADLINT_TEST_CLANGD", "")
CLANG_TIDY = os.environ["THREADLINT_TEST_CLANG_TIDY"]
HOST = shlex.split(os.environ["THREADLINT_TEST_HOST"])
CHECK = "threadlint-slow-call-under-lock"
MAJORS = (14, 16, 19, 22)

BAD = """#include <mutex>
#include <unistd.h>
std::mutex mu;
void flush(int fd) {
  std::lock_guard<std::mutex> guard(mu);
  fsync(fd);
}
"""
GOOD = """#include <mutex>
#include <unistd.h>
std::mutex mu;
int flushes;
void flush(int fd) {
  {
    std::lock_guard<std::mutex> guard(mu);
    ++flushes;
  }
  fsync(fd);
}
"""


class Result:
    def __init__(self, command, done):
        self.command, self.status = command, done.returncode
        self.out, self.err = done.stdout, done.stderr
        self.all = done.stdout + done.stderr

    def __str__(self):
        return (f"$ {shlex.join(self.command)}\n{self.out}\n--- stderr\n{self.err}\n"
                f"--- exit status {self.status}")


def run(*command, cwd=None, env=None):
    command = [str(part) for part in command]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          errors="replace", stdin=subprocess.DEVNULL, cwd=cwd,
                          env=dict(os.environ, **(env or {})))
    result = Result(command, done)
    print(result, flush=True)  # lit shows it when the test fails
    return result


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    return path


def write_database(folder, *names, flags="-std=c++17"):
    return write(folder, "compile_commands.json", json.dumps([
        {"directory": folder, "file": name, "command": f"c++ {flags} -c {name}"}
        for name in names]))


def options(**values):
    """--config= for options of the check, in the form that every major reads."""
    return "--config=" + json.dumps({"CheckOptions": [
        {"key": f"{CHECK}.{name}", "value": str(value)} for name, value in values.items()]})


def scratch():
    return tempfile.TemporaryDirectory(prefix="threadlint-test-")
