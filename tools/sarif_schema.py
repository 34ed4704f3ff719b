"""Fetches the schema of SARIF 2.1.0, which the tests of the reports validate against.

Imported, not run. The schema is Microsoft's (MIT); npm, not this repository, carries it.
"""
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile

import setup

PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
MEMBER = "package/lib/schemas/sarif-2.1.0-rtm.5.json"
SHA256 = "2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8"
CACHE = os.path.join(setup.ROOT, "build", "sarif", os.path.basename(MEMBER))


class Unavailable(Exception):
    """There is no schema; the text says why."""


def _fetched():
    if not shutil.which("npm"):
        problem = setup.install(["npm"])
        if problem:
            raise Unavailable(f"the SARIF schema comes from npm: {problem}")
    with tempfile.TemporaryDirectory() as folder:
        # `pack` downloads and checks the archive; nothing of it is installed or run.
        done = subprocess.run(["npm", "pack", PACKAGE, "--pack-destination", folder], cwd=folder,
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        archives = [f for f in os.listdir(folder) if f.endswith(".tgz")]
        if done.returncode or len(archives) != 1:
            raise Unavailable(f"npm pack {PACKAGE} failed; the test needs the npm registry once:\n{done.stdout}")
        with tarfile.open(os.path.join(folder, archives[0])) as archive:
            return archive.extractfile(MEMBER).read()


def path():
    """The schema's file, fetched at the first call."""
    if os.path.exists(CACHE):
        with open(CACHE, "rb") as f:
            text = f.read()
    else:
        text = _fetched()
    if hashlib.sha256(text).hexdigest() != SHA256:
        raise Unavailable(f"{CACHE}: not the file that {PACKAGE} had; remove it and try again")
    if not os.path.exists(CACHE):
        os.makedirs(os.path.dirname(CACHE), exist_ok=True)
        with open(CACHE + f".{os.getpid()}", "wb") as out:
            out.write(text)
        os.replace(out.name, CACHE)  # another test may be doing the same
    return CACHE
