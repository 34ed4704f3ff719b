#!/usr/bin/env python3
"""What tools/lint and tools/test say and do on a system where something is missing.
Nothing is installed here: apt and its like are stand-ins.
"""
import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tools"))
import setup  # noqa: E402


class Install(unittest.TestCase):
    """setup.install() on a system of which the test says what it has."""

    def install(self, packages, has=(), knows=(), root=True, lists=True, apt=True):
        ran = []

        def as_root(*command):
            ran.append(command)
            return lists if "update" in command else apt

        with mock.patch.multiple(setup, installed=lambda p: p in has, available=lambda p: p in knows,
                                 can_be_root=lambda: root, as_root=as_root, _updated=None), \
                mock.patch.object(setup.shutil, "which", lambda tool: "/usr/bin/" + tool), \
                contextlib.redirect_stderr(io.StringIO()):
            return setup.install(packages), ran

    def test_nothing_is_missing(self):
        self.assertEqual(self.install(["a"], has=["a"], root=False), (None, []))

    def test_installs_what_is_missing(self):
        problem, ran = self.install(["a", "b"], has=["a"], knows=["a", "b"])
        self.assertIsNone(problem)
        self.assertEqual([c[-1] for c in ran], ["-q", "b"])

    def test_without_root(self):
        problem, ran = self.install(["a", "b"], has=["a"], root=False)
        self.assertEqual(problem, "root or sudo is needed to install b")
        self.assertEqual(ran, [])

    def test_not_packaged(self):
        with mock.patch.object(setup, "system_name", lambda: "Debian GNU/Linux 11 (bullseye)"):
            problem, _ = self.install(["a", "llvm-19-dev"], knows=["a"])
        self.assertIn("Debian GNU/Linux 11 (bullseye) has no package llvm-19-dev", problem)

    def test_no_lists(self):
        problem, _ = self.install(["a"], lists=False)
        self.assertEqual(problem, "apt-get update failed; missing: a")

    def test_apt_fails(self):
        problem, _ = self.install(["a"], knows=["a"], apt=False)
        self.assertEqual(problem, "could not install a")


class WithoutPython(unittest.TestCase):
    """The scripts' first lines, with a PATH that has hardly anything."""

    def run_tool(self, tool, **stand_ins):
        with tempfile.TemporaryDirectory() as path:
            for name in ("sh", "dirname", "env"):
                os.symlink(shutil.which(name), os.path.join(path, name))
            for name, script in stand_ins.items():
                with open(os.path.join(path, name.replace("_", "-")), "w", encoding="utf-8") as f:
                    f.write(f"#!/bin/sh\n{script}\n")
                os.chmod(f.name, 0o755)
            return subprocess.run([os.path.join(ROOT, "tools", tool), "--help"], text=True,
                                  env={"PATH": path, "SCRATCH": path},
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def assert_fails(self, done, text):
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(text, done.stderr)
        self.assertEqual(done.stdout, "")

    def test_no_debian(self):
        for tool in ("lint", "test"):
            self.assert_fails(self.run_tool(tool), "is no Debian or Ubuntu")

    def test_no_root_no_sudo(self):
        self.assert_fails(self.run_tool("lint", apt_get="exit 9", id="echo 1000"),
                          "needs root or sudo")

    def test_apt_fails(self):
        self.assert_fails(self.run_tool("test", apt_get="exit 9", id="echo 0"),
                          "could not install python3")

    def test_installs_python(self):
        # The stand-in "installs" this Python.
        apt = f'[ "$1" = update ] || printf "#!/bin/sh\\nexec {sys.executable} \\"\\$@\\"\\n" ' \
              '> "$SCRATCH/python3"; /bin/chmod +x "$SCRATCH/python3" 2>/dev/null; :'
        done = self.run_tool("lint", apt_get=apt, id="echo 0")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("usage: lint", done.stdout)


if __name__ == "__main__":
    unittest.main()
