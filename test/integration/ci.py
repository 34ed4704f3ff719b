# RUN: %python %s
# REQUIRES: executable, llvm-19
"""What docs/ci.md promises: the GitHub action's own step runs and writes a report, and
every `threadlint run` in the documentation uses options that exist.
"""
import glob
import json
import re

from support import *


def yaml(path):
    # Debian's own Python has the package.
    loaded = run("/usr/bin/python3", "-c",
                 "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)", path)
    expect(loaded.status == 0, f"{path} is YAML")
    return json.loads(loaded.out)


known = set(re.findall(r"--[\w-]+", run(EXECUTABLE, "run", "--help").out)) | {"-p", "-j"}
for path in glob.glob(f"{SOURCE}/docs/*.md") + [f"{SOURCE}/README.md", f"{SOURCE}/.pre-commit-hooks.yaml"]:
    for line in open(path, encoding="utf-8"):
        for command in re.findall(r"threadlint run([^`'|#;&]*)", line):
            used = set(re.findall(r"(?<!\S)(--?[a-z][\w-]*)", command))
            expect(used <= known, f"{path}: {used - known} in {line}")

hook, = yaml(f"{SOURCE}/.pre-commit-hooks.yaml")
expect(hook["entry"] == "threadlint run --staged" and not hook["pass_filenames"], "the hook")

action = yaml(f"{SOURCE}/action.yml")
lint, = (step for step in action["runs"]["steps"] if step["name"] == "Lint")
inputs = {name: given["default"] if "default" in given else "" for name, given in action["inputs"].items()}
with scratch() as folder:
    # In place of tools/lint, which would build threadlint first.
    write(folder, "tools/lint", f'#!/bin/sh\nexec {EXECUTABLE} run "$@"\n')
    os.chmod(f"{folder}/tools/lint", 0o755)
    project = f"{folder}/a project"
    write(project, "bad.cpp", BAD)
    write_database(project, "bad.cpp")
    environment = {name: inputs[re.search(r"inputs\.(\w+)", value).group(1)]
                   for name, value in lint["env"].items()}
    environment.update(BUILD=project, GITHUB_ACTION_PATH=folder, RUNNER_TEMP=folder)
    step = run("bash", "-e", "-c", lint["run"], cwd=project, env=environment)
    expect(step.status == 1, "a finding fails the step")
    with open(f"{folder}/threadlint.sarif", encoding="utf-8") as report:
        expect(json.load(report)["runs"][0]["results"][0]["ruleId"] == CHECK, "the report to upload")
