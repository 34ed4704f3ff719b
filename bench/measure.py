# What the benchmarks share: the two commands that are compared, and the cost of one run in instructions or CPU seconds.
# Which files are measured is left to the benchmarks.

import re
import shutil
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "test" / "realworld"))
import child
import plugin

# The no-op check of the baseline: it is created for every file but registers no matcher. One that is not created at all
# (Objective-C's on C++) would let clang-tidy skip its own walk over the AST, which is not threadlint's cost.
NO_OP = "portability-restrict-system-includes"
OURS = "threadlint-*"


class CannotMeasure(Exception):
    pass


def add_options(parser):
    parser.add_argument("--llvm", type=int, default=19, help="N of clang-tidy-N and of the plugin (19)")
    parser.add_argument("--baseline", help="program of the baseline (clang-tidy-N)")
    parser.add_argument("--host", help="program that runs our checks (clang-tidy-N)")
    parser.add_argument("--load", help="plugin to load; an empty text for none (the one that was built for N)")
    parser.add_argument("--baseline-checks", default=NO_OP, help=f"no-op check of the baseline ({NO_OP})")
    parser.add_argument("--checks", default=OURS, help=f"what is measured ({OURS})")
    parser.add_argument("--control", action="store_true", help="run the baseline on both sides: the ratio is then the noise")
    parser.add_argument("--metric", choices=["auto", "instructions", "cpu", "valgrind"], default="auto",
                        help="auto: user-mode instructions when perf can count them, otherwise CPU seconds; "
                             "valgrind: instructions counted by valgrind, exact and thirty times slower")
    parser.add_argument("--json", type=Path, help="where the numbers go (build/bench/NAME.json)")


def commands(options):
    """(baseline, ours) without the file. Both name exactly their checks and ignore every .clang-tidy. The plugin is loaded
    on our side only: loading it is a part of what it costs. Raises CannotMeasure when a side enables no check."""

    def program(name):
        path = shutil.which(name)
        if not path:
            raise CannotMeasure(f"not found: {name}")
        return path

    default = f"clang-tidy-{options.llvm}"
    common = ["--config={}", "--quiet"]
    baseline = [program(options.baseline or default), *common, f"--checks=-*,{options.baseline_checks}"]
    if options.control:
        ours = list(baseline)
    else:
        load = options.load
        if load is None and not options.host:
            built = plugin.built(options.llvm)
            if not built.is_file():
                raise CannotMeasure(f"no {built}: build it, or say --load")
            load = str(built)
        loads = [f"--load={Path(load).resolve()}"] if load else []
        ours = [program(options.host or default), *loads, *common, f"--checks=-*,{options.checks}"]
    for command in (baseline, ours):
        outcome = child.run([*command, "--list-checks"])
        if outcome.status or not any(line.startswith("    ") for line in outcome.stdout.splitlines()):
            raise CannotMeasure(f"{' '.join(command)} enables no check:\n{(outcome.stderr or outcome.stdout).strip()[-800:]}")
    return baseline, ours


def valgrind_counts(tool, log):
    """What to put in front of a command so that valgrind writes to the file LOG how many instructions it takes."""
    return [tool, "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", "--trace-children=yes",
            f"--log-file={log}"]


def counted(tool, text):
    """The instructions that perf or valgrind wrote down in TEXT."""
    found = re.search(r"^(\d+),[^,]*,instructions|I +refs: +([\d,]+)", text, re.MULTILINE)
    if not found:
        raise CannotMeasure(f"{tool} counted nothing")
    return int((found[1] or found[2]).replace(",", "")) / 1e9


class Metric:
    """Instructions hardly vary from run to run; CPU seconds vary by some percent. perf counts instructions at full speed,
    but not in every virtual machine; valgrind counts them everywhere, slowly."""

    def __init__(self, wanted):
        self.kind = "instructions" if wanted == "auto" else wanted
        tools = {"instructions": "perf", "valgrind": "valgrind"}
        self.tool = shutil.which(tools.get(self.kind, "true"))
        try:
            if not self.tool:
                raise CannotMeasure(f"not found: {tools[self.kind]}")
            self.cost(["true"])
        except CannotMeasure as error:
            if wanted != "auto":
                raise CannotMeasure(f"cannot count instructions with {tools.get(self.kind)} here: {error}") from None
            self.kind = "cpu"
        names = {"instructions": "10^9 user-mode instructions (perf)", "valgrind": "10^9 instructions (valgrind)",
                 "cpu": "CPU seconds (user + system)"}
        self.name = names[self.kind]

    def cost(self, command, cwd=None, timeout=None):
        """The cost of one run: CPU seconds, or 10^9 instructions. Raises CannotMeasure unless it ends with status 0."""
        with tempfile.NamedTemporaryFile("r", prefix="threadlint-bench-") as log:
            if self.kind == "instructions":
                measured = [self.tool, "stat", "-x,", "-o", log.name, "-e", "instructions:u", "--", *command]
            elif self.kind == "valgrind":
                measured = [*valgrind_counts(self.tool, log.name), *command]
            else:
                measured = command
            outcome = child.run(measured, cwd=cwd, timeout=timeout)
            if outcome.status or outcome.timed_out:
                text = "\n".join((outcome.stderr + outcome.stdout).strip().splitlines()[-5:])
                why = f"no end after {timeout} s" if outcome.timed_out else f"status {outcome.status}"
                raise CannotMeasure(f"{' '.join(command)}: {why}\n{text}")
            if self.kind == "cpu":
                return outcome.cpu
            return counted(self.tool, log.read())
