# RUN: %python %s
# REQUIRES: executable, plugin, llvm-19
"""`cmake --install`, find_package(Threadlint) and threadlint_enable(): a target is linted
when it is compiled.
"""
from support import *

BUILD = os.path.dirname(os.path.dirname(EXECUTABLE))


def project(folder, enable):
    write(folder, "own.h", "#pragma once\n" + BAD.replace("std::mutex mu", "inline std::mutex mu")
          .replace("void flush", "inline void flush"))
    write(folder, "bad.cpp", '#include "own.h"\n')
    write(folder, "CMakeLists.txt", f"""cmake_minimum_required(VERSION 3.22)
project(example LANGUAGES C CXX)
set(CMAKE_CXX_STANDARD 17)
find_package(Threadlint 0.1 REQUIRED)
add_library(bad STATIC bad.cpp)
{enable}
""")
    return folder


def configure(folder, prefix):
    return run("cmake", "-G", "Ninja", "-S", folder, "-B", f"{folder}/b",
               f"-DCMAKE_PREFIX_PATH={prefix}")


with scratch() as root:
    prefix = os.path.join(root, "prefix")
    installed = run("cmake", "--install", BUILD, "--prefix", prefix)
    expect(installed.status == 0, "cmake --install")
    threadlint = os.path.join(prefix, "bin", "threadlint")
    listed = run(threadlint, "list")
    expect(listed.status == 0 and CHECK in listed.out, "the installed program runs")

    quiet = project(os.path.join(root, "a b", "quiet+"), "threadlint_enable(bad)")
    expect(configure(quiet, prefix).status == 0, "find_package()")
    built = run("cmake", "--build", f"{quiet}/b")
    expect(built.status == 0 and built.all.count(f"[{CHECK}]") == 1, "a warning, and the build goes on")

    strict = project(os.path.join(root, "strict"), "threadlint_enable(bad WARNINGS_AS_ERRORS)")
    expect(configure(strict, prefix).status == 0, "find_package()")
    built = run("cmake", "--build", f"{strict}/b")
    expect(built.status != 0 and f"[{CHECK},-warnings-as-errors]" in built.all, "the finding fails the build")

    other = project(os.path.join(root, "other"),
                    "threadlint_enable(bad CHECKS threadlint-copied-sync-primitive)")
    expect(configure(other, prefix).status == 0, "find_package()")
    built = run("cmake", "--build", f"{other}/b")
    expect(built.status == 0 and CHECK not in built.all, "other checks")

    wrong = project(os.path.join(root, "wrong"), "threadlint_enable(worse)")
    told = configure(wrong, prefix)
    expect(told.status != 0 and "there is no target 'worse'" in told.err, "a wrong target")
