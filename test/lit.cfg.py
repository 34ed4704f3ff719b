# The lit suites: test/checks (sources with FileCheck expectations, run through
# test/check) and test/integration (Python scripts about hosts and tools).
# Unit tests are a program of their own; real code has test/realworld/run.
import os
import shlex
import shutil
import sys

import lit.formats

config.name = "threadlint-" + config.threadlint_llvm
if config.threadlint_sanitized:
    config.name += "-asan"
config.test_format = lit.formats.ShTest(False)
config.suffixes = [".cpp", ".hpp", ".c", ".py"]
config.excludes = ["unit", "tools", "realworld", "gallery", "Inputs", "lit.cfg.py", "support.py", "lsp.py",
                   "check", "fix"]
config.test_source_root = os.path.join(config.threadlint_source, "test")
config.test_exec_root = os.path.join(config.threadlint_build, "test")

source, llvm = config.threadlint_source, config.threadlint_llvm
# The plugin in the distribution's clang-tidy is what most people run; a build
# with sanitizers has the executable only.
if config.threadlint_plugin:
    host = [config.threadlint_clang_tidy, "--load=" + config.threadlint_plugin]
else:
    host = [config.threadlint_executable]

inputs = os.path.join(config.test_source_root, "Inputs")
config.environment.update({
    "THREADLINT_TEST_HOST": shlex.join(host),
    "THREADLINT_TEST_LLVM": llvm,
    "THREADLINT_TEST_SOURCE": source,
    "THREADLINT_TEST_PLUGIN": config.threadlint_plugin,
    "THREADLINT_TEST_EXECUTABLE": config.threadlint_executable,
    "THREADLINT_TEST_CLANGD": config.threadlint_clangd,
    "THREADLINT_TEST_CLANG_TIDY": config.threadlint_clang_tidy,
    "THREADLINT_TEST_FILECHECK": config.threadlint_filecheck,
    "THREADLINT_TEST_INPUTS": inputs,
    "PYTHONPATH": os.path.join(config.test_source_root, "integration"),
    "PYTHONDONTWRITEBYTECODE": "1",
    # As in tools/test, which says why.
    "ASAN_OPTIONS": "detect_leaks=0:allow_user_poisoning=0",
    "UBSAN_OPTIONS": "print_stacktrace=1",
})

config.substitutions += [
    ("%threadlint", shlex.join(host + ["-checks=-*,threadlint-*", "--quiet"])),
    ("%check", shlex.join([sys.executable, os.path.join(config.test_source_root, "check")])),
    ("%fix", shlex.join([sys.executable, os.path.join(config.test_source_root, "fix")])),
    ("%python", shlex.quote(sys.executable)),
    ("%filecheck", shlex.quote(config.threadlint_filecheck)),
    ("%inputs", inputs),
]

# llvm-19 for "exactly", llvm-at-least-16 for "or newer".
config.available_features.add("llvm-" + llvm)
for major in (14, 16, 19, 22):
    if int(llvm) >= major:
        config.available_features.add("llvm-at-least-%d" % major)
    if str(major) != llvm and shutil.which("clang-tidy-%d" % major):
        config.available_features.add("other-clang-tidy")
if config.threadlint_plugin:
    config.available_features.add("plugin")
if config.threadlint_executable:
    config.available_features.add("executable")
if config.threadlint_clangd:
    config.available_features.add("clangd")
if shutil.which("nvim"):
    config.available_features.add("neovim")
if config.threadlint_sanitized:
    config.available_features.add("asan")
# Programs that single tests need; tools/setup.py has their packages.
for tool in ("bazel", "debootstrap", "pre-commit", "tmux"):
    if shutil.which(tool):
        config.available_features.add(tool)
if shutil.which("help2man"):
    config.available_features.add("help2man")
if shutil.which("sphinx-build"):
    config.available_features.add("sphinx")
if os.geteuid() == 0:
    config.available_features.add("root")
