"""Writes the manual pages from threadlint's own help: man-pages.py THREADLINT VERSION FOLDER

threadlint.1 is the overview; each command has a page, such as threadlint-run.1. help2man
does the work.
"""
import os
import re
import subprocess
import sys

SEE_ALSO = "[see also]\n.BR {pages}\n"


def help2man(program, version, page, name, help_option, include):
    subprocess.run(["help2man", "--no-info", "--section=1", f"--name={name}", f"--help-option={help_option}",
                    f"--version-string={version}", f"--include={include}", f"--output={page}", program],
                   check=True)


def main(program, version, folder):
    overview = subprocess.run([program, "help"], check=True, text=True, stdout=subprocess.PIPE).stdout
    commands = re.findall(r"^  ([a-z]+) {2,}(.*)$", overview, re.M)
    if not commands:
        sys.exit(f"{program} help shows no commands")
    os.makedirs(folder, exist_ok=True)
    include = os.path.join(folder, "see-also.h2m")

    def see(*names):
        with open(include, "w", encoding="utf-8") as out:
            out.write(SEE_ALSO.format(pages=" (1),\n.BR ".join(names) + " (1)"))

    see("clang-tidy", *(f"threadlint-{command}" for command, _ in commands))
    help2man(program, version, f"{folder}/threadlint.1", "finds concurrency mistakes in C and C++",
             "help", include)
    see("threadlint")
    for command, description in commands:
        help2man(program, version, f"{folder}/threadlint-{command}.1",
                 description[0].lower() + description[1:], f"help {command}", include)
    os.remove(include)


main(*sys.argv[1:])
