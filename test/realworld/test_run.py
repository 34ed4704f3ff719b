# Tests of the real-code test itself: reading output, merging, comparing, updating, the exit status of `run`.
# A fake linter and a fake prepared project stand in for the real ones; no network, no clang.

import contextlib
import importlib.machinery
import importlib.util
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import child
import findings
import projects
from findings import Finding

loader = importlib.machinery.SourceFileLoader("realworld_run", str(HERE / "run"))
spec = importlib.util.spec_from_loader("realworld_run", loader)
run = importlib.util.module_from_spec(spec)
sys.modules["realworld_run"] = run
sys.dont_write_bytecode, kept = True, sys.dont_write_bytecode
loader.exec_module(run)
sys.dont_write_bytecode = kept

OUTPUT = """\
/p/source/lib/a.cpp:10:3: warning: 'sleep' blocks while 'm' is held [threadlint-slow-call-under-lock]
   10 |   sleep(1);
      |   ^
/p/source/lib/../lib/a.cpp:8:3: note: 'm' is acquired here
/usr/include/unistd.h:464:1: note: declared here
lib/b.h:4:5: warning: second [threadlint-x,-warnings-as-errors]
/usr/include/c++/12/mutex:1:1: warning: not the project's [threadlint-x]
/usr/include/c++/12/mutex:2:1: note: belongs to nothing
lib/b.h:5:5: warning: unused variable [clang-diagnostic-unused-variable]
third_party/c.h:5:5: warning: left out [threadlint-x]
"""


def finding(line=1, message="m", notes=(), verdict=None, reason="", file="a.cpp", check="threadlint-x"):
    return Finding(file, line, 1, check, message, list(notes), verdict, reason)


class Parse(unittest.TestCase):
    def parse(self, text):
        return findings.parse(text, "/p/source", "/p/source", lambda path: path.startswith("third_party/"))

    def test_findings_of_the_project_with_their_notes(self):
        parsed = self.parse(OUTPUT)
        self.assertEqual([str(f) for f in parsed.findings], [
            "lib/a.cpp:10:3: 'sleep' blocks while 'm' is held [threadlint-slow-call-under-lock]",
            "lib/b.h:4:5: second [threadlint-x]",
        ])
        self.assertEqual(parsed.findings[0].notes, ["lib/a.cpp:8:3: 'm' is acquired here", "<outside>/unistd.h: declared here"])
        self.assertEqual(parsed.findings[1].notes, [])
        self.assertEqual(parsed.errors, [])

    def test_errors(self):
        self.assertEqual(len(self.parse("/p/source/a.c:1:1: error: no such type [clang-diagnostic-error]\n").errors), 1)
        self.assertEqual(len(self.parse("/usr/include/x.h:1:1: error: no such type [clang-diagnostic-error]\n").errors), 1)
        self.assertEqual(len(self.parse("error: unknown argument '-x' [clang-diagnostic-error]\n").errors), 1)
        self.assertEqual(len(self.parse("/p/source/a.c:1:1: error: because of -Werror [clang-diagnostic-x]\n").errors), 1)
        self.assertEqual(self.parse("/p/source/a.c:1:1: error: as error [threadlint-x,-warnings-as-errors]\n").errors, [])

    def test_crash(self):
        self.assertTrue(findings.crashed(-11, ""))
        self.assertTrue(findings.crashed(134, ""))
        self.assertTrue(findings.crashed(1, "PLEASE submit a bug report to"))
        self.assertFalse(findings.crashed(1, "1 warning generated."))


class Compare(unittest.TestCase):
    def test_merge_is_sorted_and_independent_of_order(self):
        one, other = finding(2, notes=["b"]), finding(2, notes=["a"])
        first = findings.merge([[one], [finding(1), other]])
        second = findings.merge([[finding(1), other], [one]])
        self.assertEqual(first, second)
        self.assertEqual([(f.line, f.notes) for f in first], [(1, []), (2, ["a"])])

    def test_same(self):
        recorded = [finding(verdict=True, reason="r", notes=["n"])]
        self.assertTrue(findings.compare(recorded, [finding(notes=["n"])]).same())

    def test_each_difference_is_told(self):
        recorded = [finding(1, verdict=True, reason="r"), finding(2, verdict=False, reason="r", notes=["n1"]), finding(3)]
        found = [finding(2, notes=["n2"]), finding(3), finding(4)]
        comparison = findings.compare(recorded, found)
        self.assertFalse(comparison.same())
        text = "\n".join(findings.readable(comparison))
        self.assertIn("+ a.cpp:4:1: m", text)
        self.assertIn("- a.cpp:1:1: m [threadlint-x]  (was true: r)", text)
        self.assertIn("~ a.cpp:2:1: m", text)
        self.assertIn("? a.cpp:3:1: m", text)
        self.assertNotIn("? a.cpp:2", text)

    def test_a_verdict_without_a_reason_is_not_judged(self):
        self.assertFalse(findings.compare([finding(verdict=True)], [finding()]).same())

    def test_update_keeps_verdicts(self):
        recorded = [finding(1, "old words", verdict=True, reason="r"), finding(2, verdict=False, reason="s"), finding(3)]
        found = [finding(1, "new words"), finding(2, notes=["n"]), finding(5)]
        now = findings.update(recorded, found)
        self.assertEqual([(f.line, f.message, f.verdict, f.reason, f.notes) for f in now], [
            (1, "new words", True, "r", []), (2, "m", False, "s", ["n"]), (5, "m", None, "", []),
        ])

    def test_update_does_not_guess_between_several(self):
        recorded = [finding(1, "a", verdict=True, reason="r"), finding(1, "b", verdict=False, reason="s")]
        self.assertEqual([f.verdict for f in findings.update(recorded, [finding(1, "c")])], [None])

    def test_precision(self):
        self.assertEqual(findings.precision([finding(verdict=True)] * 9 + [finding(verdict=False), finding()]), (9, 1, 0.9))
        self.assertEqual(findings.precision([]), (0, 0, None))

    def test_recorded_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "p.json"
            self.assertEqual(findings.read(path), (None, []))
            findings.write(path, "p", "1", [finding(verdict=True, reason="r")])
            self.assertEqual(findings.read(path), ("1", [finding(verdict=True, reason="r")]))
            for wrong in ("{", '{"version": "1"}', path.read_text().replace("true", '"yes"'), path.read_text().replace("true", "1")):
                path.write_text(wrong)
                with self.assertRaises(ValueError):
                    findings.read(path)


class Projects(unittest.TestCase):
    def test_the_list_is_well_formed(self):
        known = projects.load()
        self.assertLessEqual({"leveldb", "libfilezilla", "memcached"}, set(known))
        for project in known.values():
            self.assertRegex(project.dsc_sha256, "^[0-9a-f]{64}$")

    def test_every_recorded_file_belongs_to_a_project(self):
        known = projects.load()
        for path in (HERE / "expected").glob("*.json"):
            version, recorded = findings.read(path)
            self.assertEqual(version, known[path.stem].version, path)
            for item in recorded:
                self.assertIsNotNone(item.verdict, f"{path}: {item}")
                self.assertTrue(item.reason, f"{path}: {item}")

    def test_reduce(self):
        project = projects.Project("p", "1", "0", "k", [], "db", extra_args=["-w"], exclude=[{"path": "ext/*", "reason": "r"}])
        entries = [
            {"directory": "/p/b", "file": "../a.c", "command": "cc -DA='1 2' -fPIC -Dx_EXPORTS -c ../a.c -o shared.o"},
            {"directory": "/p/b", "file": "../a.c", "command": "cc -DA='1 2' -c ../a.c -o static.o"},
            {"directory": "/p/b", "file": "/p/a.c", "arguments": ["cc", "-DB", "-c", "../a.c"]},
            {"directory": "/p", "file": "ext/e.c", "command": "cc -c ext/e.c"},
            {"directory": "/p", "file": "/usr/src/gtest.cc", "command": "cc -c /usr/src/gtest.cc"},
            {"directory": "/p", "file": "s.S", "command": "cc -c s.S"},
        ]
        units = projects.reduce(entries, "/p", project)
        self.assertEqual([unit.name for unit in units], ["a.c", "a.c#2"])
        self.assertEqual(units[0].arguments[-1], "-w")
        self.assertIn("-DA=1 2", units[0].arguments)


FAKE = """\
#!/bin/sh
# A fake linter: lists one check, or prints the file `output` beside it and ends as the file `status` says.
here=$(dirname "$0")
case "$*" in *--list-checks*) echo "Enabled checks:"; cat "$here/checks"; exit 0;; esac
cat "$here/output"
exit "$(cat "$here/status")"
"""


class Run(unittest.TestCase):
    """The whole command on a project that is already prepared."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        self.root = self.folder / "cache" / "demo" / "source"
        self.root.mkdir(parents=True)
        (self.root / "a.cpp").write_text("int a;\n")
        (self.root / "db.json").write_text(json.dumps([{"directory": str(self.root), "file": "a.cpp", "command": "c++ -c a.cpp"}]))
        data = {"name": "demo", "version": "1-1", "dsc_sha256": "0", "kind": "k", "steps": [], "database": "db.json"}
        (self.folder / "projects.json").write_text(json.dumps({"projects": [data]}))
        stamp = {"digest": projects.load(self.folder / "projects.json")["demo"].digest()}
        (self.root.parent / "prepared.json").write_text(json.dumps(stamp))
        (self.folder / "linter").write_text(FAKE)
        (self.folder / "linter").chmod(0o755)
        self.linter(f"{self.root}/a.cpp:1:5: warning: words [threadlint-x]\n")

    def linter(self, output, status=0, checks="    threadlint-x\n"):
        (self.folder / "output").write_text(output)
        (self.folder / "status").write_text(str(status))
        (self.folder / "checks").write_text(checks)

    def run_it(self, *more):
        common = ["--list", self.folder / "projects.json", "--cache", self.folder / "cache", "--expected", self.folder / "expected",
                  "--host", self.folder / "linter", "-j1"]
        self.said = io.StringIO()
        with contextlib.redirect_stdout(self.said), contextlib.redirect_stderr(self.said):
            return run.main([str(word) for word in [*common, *more]])

    def judge(self, verdict, reason="r"):
        path = self.folder / "expected" / "demo.json"
        data = json.loads(path.read_text())
        for item in data["findings"]:
            item.update(verdict=verdict, reason=reason)
        path.write_text(json.dumps(data))

    def test_from_nothing_to_green(self):
        self.assertEqual(self.run_it(), 1)
        self.assertIn("nothing recorded", self.said.getvalue())
        self.assertEqual(self.run_it("--update"), 1)
        self.assertIn("? a.cpp:1:5: words", self.said.getvalue())
        self.judge(True)
        self.assertEqual(self.run_it(), 0)

    def test_differences(self):
        self.run_it("--update")
        self.judge(True)
        self.linter(f"{self.root}/a.cpp:2:5: warning: words [threadlint-x]\n")
        self.assertEqual(self.run_it("demo"), 1)
        self.assertIn("+ a.cpp:2:5", self.said.getvalue())
        self.assertIn("- a.cpp:1:5", self.said.getvalue())

    def test_too_many_false(self):
        self.run_it("--update")
        self.judge(False)
        self.assertEqual(self.run_it(), 1)
        self.assertEqual(self.run_it("--min-precision", "0"), 0)

    def test_a_crash_or_an_error_is_2_and_is_not_recorded(self):
        self.run_it("--update")
        self.judge(True)
        for output, status in (("", 139), (f"{self.root}/a.cpp:1:1: error: wrong [clang-diagnostic-error]\n", 1), ("", 1)):
            self.linter(output, status)
            self.assertEqual(self.run_it(), 2)
            self.assertEqual(self.run_it("--update"), 2)
        self.linter(f"{self.root}/a.cpp:1:5: warning: words [threadlint-x]\n")
        self.assertEqual(self.run_it(), 0)

    def test_no_check_no_pass(self):
        self.linter("", checks="")
        self.assertEqual(self.run_it(), 2)

    def test_another_version_is_2(self):
        self.run_it("--update")
        self.judge(True)
        path = self.folder / "expected" / "demo.json"
        path.write_text(path.read_text().replace('"1-1"', '"1-0"'))
        self.assertEqual(self.run_it(), 2)

    def test_what_cannot_be_made_is_2(self):
        (self.root / "db.json").write_text("[]")
        self.assertEqual(self.run_it(), 2)
        self.assertEqual(self.run_it("nobody"), 2)
        self.assertEqual(self.run_it("--host", "/no/such/linter"), 2)

    def test_report(self):
        self.run_it("--update")
        self.judge(True, "a | b")
        _, recorded = findings.read(self.folder / "expected" / "demo.json")
        project = projects.load(self.folder / "projects.json")["demo"]
        path = self.folder / "report.md"
        run.report([(run.Result(project, 1, recorded, cpu=2.0), recorded)], run.Host("/x/clang-tidy-19"), path)
        text = path.read_text()
        self.assertIn("| demo | 1-1 | k | 1 | 1 | 0 | 100% | 0 | 0 | 2 |", text)
        self.assertIn("| `threadlint-x` | 1 | 0 | 100% |", text)
        self.assertNotIn("@", text)


class Child(unittest.TestCase):
    def test_time_and_status(self):
        outcome = child.run(["sh", "-c", "echo out; echo err >&2; exit 3"])
        self.assertEqual((outcome.status, outcome.stdout, outcome.stderr), (3, "out\n", "err\n"))
        self.assertTrue(child.run(["sleep", "10"], timeout=0.1).timed_out)


if __name__ == "__main__":
    unittest.main()
