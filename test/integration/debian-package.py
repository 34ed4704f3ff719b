# RUN: %python %s
# REQUIRES: executable, plugin, llvm-19, root, debootstrap
"""cpack makes a Debian package; it is installed with dpkg in a root that has nothing but
Debian's minimal system, and lints there.
"""
import glob

from support import *

BUILD = os.path.dirname(os.path.dirname(EXECUTABLE))
SLOW = """#include <pthread.h>
#include <unistd.h>
pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
void flush(int fd) {
  pthread_mutex_lock(&lock);
  fsync(fd);
  pthread_mutex_unlock(&lock);
}
"""


def system(field):
    for line in open("/etc/os-release", encoding="utf-8"):
        if line.startswith(field + "="):
            return line.split("=", 1)[1].strip().strip('"')
    return ""


def mirror():
    """The first archive of this machine's own apt sources."""
    policy = run("apt-cache", "policy")
    for line in policy.out.splitlines():
        words = line.split()
        if len(words) > 2 and words[1].startswith("http") and "security" not in words[1]:
            return words[1]
    raise AssertionError("apt has no sources")


def chroot(root, *command):
    return run("chroot", root, *command, env={"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8",
                                              "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})


with scratch() as folder:
    packed = run("cpack", "--config", f"{BUILD}/CPackConfig.cmake", "-B", folder, cwd=folder)
    expect(packed.status == 0, "cpack")
    package, = glob.glob(f"{folder}/threadlint_*.deb")
    about = run("dpkg-deb", "--info", package).out
    expect("libllvm19" in about and "libclang-cpp19" in about and "libclang-common-19-dev" in about,
           "it depends on LLVM's libraries and clang's headers")
    content = run("dpkg-deb", "--contents", package).out
    for path in ("/usr/bin/threadlint", "threadlint-19.so", "ThreadlintConfig.cmake",
                 "/usr/share/doc/threadlint/copyright", "/usr/share/bash-completion/completions/threadlint",
                 "/usr/share/zsh/vendor-completions/_threadlint",
                 "/usr/share/fish/vendor_completions.d/threadlint.fish"):
        expect(path in content, f"{path} in the package")

    root = os.path.join(folder, "root")
    made = run("debootstrap", "--variant=minbase", system("VERSION_CODENAME"), root, mirror())
    expect(made.status == 0, "debootstrap")
    run("sh", "-c", f"cp -r /etc/apt/sources.list* /etc/apt/apt.conf.d /etc/apt/preferences.d {root}/etc/apt/; "
        f"cp -rn /etc/apt/trusted.gpg.d /etc/apt/keyrings {root}/etc/apt/; cp /etc/resolv.conf /etc/hosts {root}/etc/")
    run("cp", package, f"{root}/threadlint.deb")
    write(root, "slow.c", SLOW)

    expect(chroot(root, "apt-get", "update", "-q").status == 0, "apt-get update in the new root")
    # dpkg alone unpacks it and names what is missing; apt brings that.
    chroot(root, "dpkg", "-i", "/threadlint.deb")
    fixed = chroot(root, "apt-get", "install", "-f", "-y", "-q", "--no-install-recommends")
    expect(fixed.status == 0, "what it depends on can be installed")
    run_time = chroot(root, "apt-get", "install", "-y", "-q", "--no-install-recommends", "libc6-dev")
    expect(run_time.status == 0, "headers for the example")
    again = chroot(root, "dpkg", "-i", "/threadlint.deb")
    expect(again.status == 0, "dpkg -i")

    listed = chroot(root, "threadlint", "list")
    expect(listed.status == 0 and CHECK in listed.out, "the checks are there")
    linted = chroot(root, "threadlint", "-checks=-*,threadlint-*", "/slow.c", "--")
    expect("call to 'fsync' may block" in linted.out, "it lints")
