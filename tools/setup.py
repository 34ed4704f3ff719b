"""What tools/lint and tools/test share: installing Debian packages that are missing,
and building one preset. Imported, not run; knows nothing of what is built.
"""
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD_DIRS = {"llvm-14": "build-14", "llvm-16": "build-16", "llvm-19": "build",
              "llvm-22": "build-22", "asan": "build-asan"}
SITE_PACKAGES = ["python3-sphinx", "python3-myst-parser", "furo"]
BASE = ["cmake", "ninja-build", "g++", "ccache"]


def say(*words):
    print("threadlint:", *words, file=sys.stderr, flush=True)


def build_packages(major):
    return BASE + [f"llvm-{major}-dev", f"libclang-{major}-dev", f"clang-tidy-{major}"]


def test_packages(major):
    return build_packages(major) + [f"llvm-{major}-tools", "libgtest-dev", "binutils", "git",
                                    "debootstrap", "dpkg-dev", "pre-commit", "neovim", "tmux",
                                    "python3-jsonschema", "python3-yaml", "help2man", "mandoc", "groff", "zsh", "fish"] + SITE_PACKAGES


# For tests that are left out where the system does not package it.
OPTIONAL_TEST_PACKAGES = ["bazel-bootstrap", "bazel-rules-java", "bazel-rules-proto", "bazel-skylib"]


def installed(package):
    done = subprocess.run(["dpkg-query", "-W", "-f=${Status}", package], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return done.returncode == 0 and done.stdout.endswith("ok installed")


def available(package):
    """True if apt could install the package (or has)."""
    done = subprocess.run(["apt-cache", "policy", package], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return any("Candidate:" in line and "(none)" not in line
               for line in done.stdout.splitlines())


_updated = None


def can_be_root():
    return os.geteuid() == 0 or shutil.which("sudo") is not None


def as_root(*command):
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    return can_be_root() and subprocess.run(prefix + list(command),
                                            stdout=sys.stderr).returncode == 0


def update_lists():
    """apt-get update, once per run; whether it worked."""
    global _updated
    if _updated is None:
        _updated = as_root("apt-get", "update", "-q")
    return _updated


def optional(packages):
    """\p packages, or none of them where the system does not package all."""
    if not all(installed(p) for p in packages):
        update_lists()
    absent = [p for p in packages if not installed(p) and not available(p)]
    if absent:
        say("not packaged here, so what needs it is not tested:", *absent)
    return [] if absent else packages


def system_name():
    try:
        with open("/etc/os-release", encoding="utf-8") as f:
            for line in f:
                if line.startswith("PRETTY_NAME="):
                    return line.split("=", 1)[1].strip().strip('"')
    except OSError:
        pass
    return "this system"


def install(packages):
    """Installs what is missing of \\p packages; an error message, or None."""
    packages = list(dict.fromkeys(packages))
    if not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        needed = [tool for tool in ("cmake", "ninja") if not shutil.which(tool)]
        return f"this is no Debian or Ubuntu, and {', '.join(needed)} is missing" if needed else None
    missing = [p for p in packages if not installed(p)]
    if not missing:
        return None
    if not can_be_root():
        return ("root or sudo is needed to install " + " ".join(missing))
    say("installing", *missing)
    updated = update_lists()
    unknown = [p for p in missing if not available(p)]
    if unknown and not updated:
        return "apt-get update failed; missing: " + " ".join(missing)
    if unknown:
        return (f"{system_name()} has no package {' '.join(unknown)} in its enabled sources "
                "(Debian 12 and 13 have LLVM 19 in 'main', Ubuntu 24.04 in 'universe')")
    if not as_root("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q",
                   "--no-install-recommends", *missing):
        return "could not install " + " ".join(missing)
    return None


def compilers(preset, folder):
    """clang, which comes with clang-tidy, reads its precompiled headers twice as fast as g++. A build
    folder keeps the compiler that it has, and CXX that of the user."""
    major = preset.rpartition("-")[2]
    cxx = shutil.which(f"clang++-{major}")
    if not cxx or "CXX" in os.environ or os.path.exists(os.path.join(folder, "CMakeCache.txt")):
        return []
    return [f"-DCMAKE_C_COMPILER=clang-{major}", f"-DCMAKE_CXX_COMPILER={cxx}"]


def build(preset, targets=(), jobs=None):
    """Configures and builds; quiet unless it fails. The build folder, or None."""
    folder = os.path.join(ROOT, BUILD_DIRS[preset])
    steps = [["cmake", "--preset", preset, *compilers(preset, folder)],
             ["cmake", "--build", folder, "--parallel", str(jobs or os.cpu_count() or 1)]]
    if targets:
        steps[1] += ["--target", *targets]
    steps[1] += ["--", "-k0"]  # all errors at once
    for step in steps:
        done = subprocess.run(step, cwd=ROOT, text=True, errors="replace",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            print(done.stdout, file=sys.stderr)
            say("failed:", *step)
            return None
    return folder
