# RUN: %python %s
"""Version and model digest are part of the dumped configuration, so that caches of
results notice them; --verify-config knows every option; a wrong value is an error
that names the option.
"""
import re

from support import *


def dump(*arguments):
    dumped = run(*HOST, "-checks=-*,threadlint-*", *arguments, "--dump-config")
    expect(dumped.status == 0, "--dump-config failed")
    # LLVM 14 writes key and value on two lines, the later ones on one.
    return dict(re.findall(rf"(?:key: *)?'?{CHECK}\.(\w+)'?(?::|\n *value:) *'?([^'\n]*)'?",
                           dumped.out)), dumped.out


values, _ = dump()
expect(re.match(r"\d+\.\d+\.\d+$", values.get("Version", "")), "Version in --dump-config")
expect(re.match(r"[0-9a-f]{16,}$", values.get("Models", "")), "Models in --dump-config")
names = {"BlockingCategories", "BlockingFunctions", "IgnoredFunctions", "IgnoredLocks",
         "ReportSerializedIo", "ShortWaitMs", "MaxCallDepth", "ModelFiles"}
expect(names <= set(values), f"missing in --dump-config: {names - set(values)}")

with scratch() as folder:
    # A user's model file changes the digest.
    models = write(folder, "mine.yaml", "library: mine\n")
    source = write(folder, "good.cpp", GOOD)
    with_models, _ = dump(options(ModelFiles=models))
    if with_models.get("Models") != "invalid":  # an empty model file may be an error
        expect(with_models["Models"] != values["Models"], "the digest ignores ModelFiles")

    if LLVM >= 16:
        known = "\n".join(f"  {CHECK}.{name}: '{value}'" for name, value in values.items())
        right = write(folder, "right.clang-tidy", f"Checks: '-*,threadlint-*'\nCheckOptions:\n{known}\n")
        verified = run(*HOST, "--verify-config", "--config-file=" + right)
        expect(verified.status == 0 and "No config errors" in verified.all, "known options")
        wrong = write(folder, "wrong.clang-tidy",
                      f"Checks: '-*,threadlint-*'\nCheckOptions:\n  {CHECK}.NoSuchOption: '1'\n")
        verified = run(*HOST, "--verify-config", "--config-file=" + wrong)
        expect(verified.status != 0 and "NoSuchOption" in verified.all, "an unknown option")

    missing = os.path.join(folder, "missing.yaml")
    broken = write(folder, "broken.yaml", "library: [\n")
    for name, value in (("ShortWaitMs", "soon"), ("ShortWaitMs", "-1"), ("MaxCallDepth", "3x"),
                        ("ReportSerializedIo", "perhaps"), ("BlockingCategories", "netwrk"),
                        ("ModelFiles", missing), ("ModelFiles", broken)):
        host = run(*HOST, "-checks=-*,threadlint-*", options(**{name: value}), source, "--")
        expect(host.status != 0, f"{name}={value} was accepted")
        expect(host.status > 0 and f"{CHECK}.{name}" in host.all, f"{name}={value}: the message")
