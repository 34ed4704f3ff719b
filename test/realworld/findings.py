# Findings of a clang-tidy-compatible linter: read from its output, merged over translation units, compared with the
# recorded ones. No processes and no clock here, so that test_run.py can test all of it.

import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

LINE = re.compile(
    r"^(?P<file>[^\s:][^:]*):(?P<line>\d+):(?P<column>\d+): "
    r"(?P<level>warning|error|fatal error|note|remark): (?P<message>.*?)(?: \[(?P<check>[\w.,+-]+)\])?$"
)
CRASH = ("PLEASE submit a bug report", "Stack dump:", "LLVM ERROR:", "AddressSanitizer", "runtime error:")


@dataclass
class Finding:
    """One report. notes are texts of the form `file:line:column: message`; verdict None means nobody has judged it."""

    file: str
    line: int
    column: int
    check: str
    message: str
    notes: list = field(default_factory=list)
    verdict: object = None
    reason: str = ""

    @property
    def key(self):
        return (self.file, self.line, self.column, self.check, self.message)

    def __str__(self):
        return f"{self.file}:{self.line}:{self.column}: {self.message} [{self.check}]"


@dataclass
class Parsed:
    findings: list
    errors: list  # what the compiler could not parse


def place(path, line, column, root, directory):
    """Relative to the project; a place outside keeps its name only, for its path and lines differ between systems."""
    absolute = os.path.normpath(os.path.join(directory, path))
    relative = os.path.relpath(absolute, root)
    if relative.startswith(".."):
        return f"<outside>/{os.path.basename(path)}"
    return f"{relative}:{line}:{column}"


def parse(output, root, directory, excluded=lambda path: False):
    """Findings in files of the project that are not excluded, each with the notes that follow it."""
    findings, errors, current = [], [], None
    for text in output.splitlines():
        match = LINE.match(text)
        if not match:
            if text.startswith("error: "):
                errors.append(text)
            continue
        where = place(match["file"], match["line"], match["column"], root, directory)
        if match["level"] == "note":
            if current:
                current.notes.append(f"{where}: {match['message']}")
            continue
        current = None
        check = (match["check"] or "").replace(",-warnings-as-errors", "")
        is_error = match["level"] in ("error", "fatal error")
        if is_error and (not check or check.startswith("clang-diagnostic-")):
            errors.append(text)
        elif check and not check.startswith("clang-diagnostic-") and not where.startswith("<outside>"):
            file = where.rsplit(":", 2)[0]
            current = Finding(file, int(match["line"]), int(match["column"]), check, match["message"])
            if not excluded(file):
                findings.append(current)
    return Parsed(findings, errors)


def crashed(status, stderr):
    """clang-tidy ends with 0 or 1; a signal, or the text of LLVM's crash handler, is a crash."""
    return status < 0 or status >= 128 or any(mark in stderr for mark in CRASH)


def merge(lists):
    """The findings of several translation units, each once and sorted. When one is reported with different notes (a
    header seen from two files) the smallest notes win, so that the order of the runs does not matter."""
    merged = {}
    for finding in (finding for findings in lists for finding in findings):
        known = merged.get(finding.key)
        if known is None or finding.notes < known.notes:
            merged[finding.key] = finding
    return sorted(merged.values(), key=lambda finding: finding.key)


@dataclass
class Comparison:
    new: list
    vanished: list
    changed: list  # (recorded, found): the same finding with other notes
    unjudged: list  # recorded, found, but verdict is null or there is no reason

    def same(self):
        return not (self.new or self.vanished or self.changed or self.unjudged)


def compare(recorded, found):
    was = {finding.key: finding for finding in recorded}
    now = {finding.key: finding for finding in found}
    return Comparison(
        new=[finding for finding in found if finding.key not in was],
        vanished=[finding for finding in recorded if finding.key not in now],
        changed=[(was[f.key], f) for f in found if f.key in was and was[f.key].notes != f.notes],
        unjudged=[f for f in recorded if f.key in now and (f.verdict is None or not f.reason)],
    )


def readable(comparison):
    """The lines of the difference, + new, - vanished, ~ other notes, ? without a verdict."""
    lines = []
    for finding in comparison.new:
        lines += [f"+ {finding}", *(f"+     {note}" for note in finding.notes)]
    for finding in comparison.vanished:
        lines.append(f"- {finding}  (was {verdict_name(finding.verdict)}: {finding.reason})")
    for recorded, found in comparison.changed:
        lines.append(f"~ {found}")
        lines += [f"~   - {note}" for note in recorded.notes if note not in found.notes]
        lines += [f"~   + {note}" for note in found.notes if note not in recorded.notes]
        if sorted(recorded.notes) == sorted(found.notes):
            lines.append("~   the same notes in another order")
    for finding in comparison.unjudged:
        lines.append(f"? {finding}  (verdict or reason missing)")
    return lines


def verdict_name(verdict):
    return {True: "true", False: "false", None: "not judged"}[verdict]


def update(recorded, found):
    """What to record now: a verdict stays with its finding; it also stays when only the message changed, i.e. when the
    old and the new finding of one check at one place are alone there. Everything else new has verdict None."""
    was = {finding.key: finding for finding in recorded}
    now = {finding.key for finding in found}
    spot = lambda finding: (finding.file, finding.line, finding.column, finding.check)
    gone = {}
    for finding in recorded:
        if finding.key not in now:
            gone.setdefault(spot(finding), []).append(finding)
    fresh = {}
    for finding in found:
        if finding.key not in was:
            fresh[spot(finding)] = fresh.get(spot(finding), 0) + 1
    result = []
    for finding in found:
        old = was.get(finding.key)
        candidates = gone.get(spot(finding), [])
        if old is None and len(candidates) == 1 and fresh[spot(finding)] == 1:
            old = candidates[0]
        result.append(Finding(*finding.key, finding.notes, old.verdict if old else None, old.reason if old else ""))
    return result


def precision(findings):
    """(true, false, true / all judged or None when nothing is judged)."""
    yes = sum(finding.verdict is True for finding in findings)
    no = sum(finding.verdict is False for finding in findings)
    return yes, no, (yes / (yes + no) if yes + no else None)


def read(path):
    """(version, findings) of a recorded file; (None, []) when there is none. Raises ValueError when it is malformed."""
    path = Path(path)
    if not path.is_file():
        return None, []
    try:
        data = json.loads(path.read_text())
        findings = [Finding(**item) for item in data["findings"]]
        version = data["version"]
    except (json.JSONDecodeError, TypeError, KeyError) as error:
        raise ValueError(f"{path}: {error}") from None
    seen = set()
    for finding in findings:
        if finding.verdict not in (True, False, None) or isinstance(finding.verdict, int) != isinstance(finding.verdict, bool):
            raise ValueError(f"{path}: {finding}: verdict is true, false or null")
        if finding.key in seen:
            raise ValueError(f"{path}: {finding}: recorded twice")
        seen.add(finding.key)
    return version, findings


def write(path, project, version, findings):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    items = [
        {"file": f.file, "line": f.line, "column": f.column, "check": f.check, "message": f.message, "notes": f.notes,
         "verdict": f.verdict, "reason": f.reason}
        for f in findings
    ]
    text = json.dumps({"project": project, "version": version, "findings": items}, indent=2, ensure_ascii=False)
    path.write_text(text + "\n")
