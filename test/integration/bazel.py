# RUN: %python %s
# REQUIRES: executable, llvm-19, bazel
"""The example workspace for Bazel: the aspect finds the mistake, passes clean code, and
runs again when the program is another one. Without a network: Bazel's rules come from
Debian's packages.
"""
import shutil

from support import *

EXAMPLE = f"{SOURCE}/docs/examples/bazel"
SHARE = "/usr/share/bazel"

# The C++ rules of Bazel 4 are in Bazel itself; @rules_cc only names them.
DEFS = "".join(f"{name} = native.{name}\n" for name in (
    "cc_library", "cc_binary", "cc_import", "cc_test", "cc_toolchain", "cc_toolchain_suite",
    "cc_proto_library", "objc_library", "fdo_prefetch_hints", "fdo_profile")) + """
def _nothing(ctx):
    return [platform_common.TemplateVariableInfo({})]

cc_flags_supplier = rule(implementation = _nothing)
compiler_flag = rule(implementation = _nothing)
"""


def bazel(workspace, state, *targets):
    rules = {"rules_cc": f"{state}/rules_cc", "rules_java": f"{SHARE}/rules/java",
             "rules_proto": f"{SHARE}/rules/proto", "bazel_skylib": f"{SHARE}/tools/skylib"}
    return run("bazel", "--batch", f"--output_user_root={state}/output", "build", *targets,
               "--aspects=//:threadlint.bzl%threadlint", "--output_groups=threadlint", "--keep_going",
               *(f"--override_repository={name}={path}" for name, path in rules.items()), cwd=workspace)


with scratch() as folder:
    workspace, state = f"{folder}/workspace", f"{folder}/state"
    shutil.copytree(EXAMPLE, workspace)
    write(state, "rules_cc/WORKSPACE", 'workspace(name = "rules_cc")\n')
    write(state, "rules_cc/cc/BUILD", "")
    write(state, "rules_cc/cc/defs.bzl", DEFS)
    try:
        missing = bazel(workspace, state, "//:clean")
        expect(missing.status != 0, "no program, no pass")
        os.symlink(EXECUTABLE, f"{workspace}/threadlint")

        clean = bazel(workspace, state, "//:clean")
        expect(clean.status == 0, "a clean target")
        found = bazel(workspace, state, "//...")
        expect(found.status != 0 and f"[{CHECK},-warnings-as-errors]" in found.err, "the mistake fails the build")
        expect("addresses.cpp:8:7: error: call to 'getaddrinfo' may block" in found.err, "and is shown")

        os.remove(f"{workspace}/threadlint")
        write(workspace, "threadlint", "#!/bin/sh\necho another program\nexit 1\n")
        os.chmod(f"{workspace}/threadlint", 0o755)
        changed = bazel(workspace, state, "//:clean")
        expect(changed.status != 0 and "another program" in changed.err, "another program lints again")
    finally:
        run("chmod", "-R", "u+w", state)  # Bazel's output is read-only
