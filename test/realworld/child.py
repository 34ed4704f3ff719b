# Runs one child process and tells what it cost: wall, user and system seconds, peak memory.
# The real-code test and the benchmarks use it; it knows nothing of linters.

import os
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass


@dataclass
class Outcome:
    """status is the exit status, negative for a signal; timed_out says that the child was killed by us."""

    status: int
    stdout: str
    stderr: str
    user: float
    system: float
    wall: float
    max_rss_kb: int
    timed_out: bool = False

    @property
    def cpu(self):
        return self.user + self.system


def run(command, cwd=None, timeout=None, env=None):
    """Runs command to its end. The usage is that of this child and its waited-for children only."""
    expired = threading.Event()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err)

        def expire():
            expired.set()
            process.kill()

        timer = threading.Timer(timeout, expire) if timeout else None
        if timer:
            timer.daemon = True
            timer.start()
        # wait4 and not communicate(): only wait4 gives the usage of this one child when several run at once.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
        if timer:
            timer.cancel()
        out.seek(0)
        err.seek(0)
        return Outcome(
            process.returncode,
            out.read().decode(errors="replace"),
            err.read().decode(errors="replace"),
            usage.ru_utime,
            usage.ru_stime,
            wall,
            usage.ru_maxrss,
            expired.is_set(),
        )
