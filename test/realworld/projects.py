# Gets a project of projects.json ready: source package, build dependencies, build, compilation database.
# The recipes are data; this file only carries them out. What is done with the database is left to the callers.

import fnmatch
import hashlib
import json
import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEFAULT_CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "threadlint" / "realworld"
KEYS = {"name", "version", "dsc_sha256", "kind", "packages", "build_dep", "steps", "database", "extra_args", "exclude"}
SOURCE_ENDINGS = {".c", ".cc", ".cpp", ".cxx", ".c++", ".C", ".m", ".mm"}


class CannotPrepare(Exception):
    """The project could not be made; the text says why and where the log is."""


@dataclass
class TranslationUnit:
    name: str  # relative to the project, with #2, #3 … when one file is compiled in several ways
    file: str
    directory: str
    arguments: list

    def entry(self):
        return {"directory": self.directory, "file": self.file, "arguments": self.arguments}


@dataclass
class Project:
    name: str
    version: str
    dsc_sha256: str
    kind: str
    steps: list
    database: str
    packages: list = field(default_factory=list)
    build_dep: bool = True
    extra_args: list = field(default_factory=list)
    exclude: list = field(default_factory=list)

    @property
    def dsc_name(self):
        return f"{self.name}_{self.version.split(':', 1)[-1]}.dsc"

    def digest(self):
        """Changes when the prepared tree has to be made anew."""
        made_of = [self.version, self.dsc_sha256, self.packages, self.steps, self.database]
        return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()

    def excluded(self, path):
        return any(fnmatch.fnmatch(path, rule["path"]) for rule in self.exclude)


def load(path=HERE / "projects.json"):
    """All projects by name. Raises ValueError for a key that is unknown or missing."""
    projects = {}
    for data in json.loads(Path(path).read_text())["projects"]:
        unknown = set(data) - KEYS
        if unknown:
            raise ValueError(f"{path}: {data.get('name')}: unknown key {', '.join(sorted(unknown))}")
        try:
            project = Project(**data)
        except TypeError as error:
            raise ValueError(f"{path}: {data.get('name')}: {error}") from None
        for rule in project.exclude:
            if not rule.get("path") or not rule.get("reason"):
                raise ValueError(f"{path}: {project.name}: every exclude needs a path and a reason")
        if project.name in projects:
            raise ValueError(f"{path}: {project.name} is there twice")
        projects[project.name] = project
    return projects


class Preparer:
    """Keeps one project in cache/NAME: download/, source/, prepared.json, compile_commands.json, prepare.log."""

    def __init__(self, project, cache, sources=None, jobs=1, install=True, say=print):
        self.project = project
        self.home = Path(cache).resolve() / project.name
        self.download = self.home / "download"
        self.root = self.home / "source"
        self.sources = Path(sources).resolve() if sources else None
        self.jobs = jobs
        self.install = install
        self.say = say

    def prepare(self, rebuild=False):
        """The translation units of the project, made first when they are not there. Raises CannotPrepare."""
        stamp = self.home / "prepared.json"
        done = stamp.is_file() and json.loads(stamp.read_text()).get("digest") == self.project.digest()
        if rebuild or not done:
            self.home.mkdir(parents=True, exist_ok=True)
            stamp.unlink(missing_ok=True)
            with open(self.home / "prepare.log", "w") as self.log:
                self.make()
            stamp.write_text(json.dumps({"digest": self.project.digest(), "version": self.project.version}) + "\n")
        units = self.units()
        if not units:
            raise CannotPrepare(f"{self.project.name}: the compilation database has no translation unit")
        database = json.dumps([unit.entry() for unit in units], indent=1) + "\n"
        (self.home / "compile_commands.json").write_text(database)
        return units

    def make(self):
        self.install_packages(["dpkg-dev", *self.project.packages])
        dsc = self.fetch()
        if self.root.exists():
            shutil.rmtree(self.root)
        self.step(["dpkg-source", "-x", str(dsc), str(self.root)], self.home)
        if self.project.build_dep:
            self.install_build_dependencies(dsc)
        for command in self.project.steps:
            self.step(["bash", "-euo", "pipefail", "-c", command], self.root)

    # -- the source package

    def fetch(self):
        dsc = self.download / self.project.dsc_name
        self.download.mkdir(parents=True, exist_ok=True)
        if not self.intact(dsc) and self.sources:
            for name in self.members(self.sources / self.project.dsc_name):
                if (self.sources / name).is_file():
                    shutil.copy(self.sources / name, self.download / name)
        if not self.intact(dsc):
            wanted = f"{self.project.name}={self.project.version}"
            get = ["source", "--download-only", "--only-source", wanted]
            try:
                self.step(["apt-get", *get], self.download)
            except CannotPrepare:
                # No deb-src entry, or another release than Debian 12: ask Debian 12 without touching the system's lists.
                options = self.private_apt()
                self.step(["apt-get", *options, "update"], self.download)
                self.step(["apt-get", *options, *get], self.download)
        if not self.intact(dsc):
            raise CannotPrepare(f"{self.project.name}: {dsc} is not the pinned one (sha256 {self.project.dsc_sha256})")
        return dsc

    def intact(self, dsc):
        if not dsc.is_file() or hashlib.sha256(dsc.read_bytes()).hexdigest() != self.project.dsc_sha256:
            return False
        return all((dsc.parent / name).is_file() for name in self.members(dsc))

    @staticmethod
    def members(dsc):
        """The names of a source package's files, the .dsc included; dpkg-source checks their sums."""
        if not dsc.is_file():
            return []
        names, inside = [dsc.name], False
        for line in dsc.read_text(errors="replace").splitlines():
            if inside and line.startswith(" "):
                names.append(line.split()[2])
            else:
                inside = line.startswith("Checksums-Sha256:")
        return names

    def private_apt(self):
        folder = self.home.parent / "apt"
        (folder / "lists" / "partial").mkdir(parents=True, exist_ok=True)
        key = "/usr/share/keyrings/debian-archive-keyring.gpg"
        trust = f"signed-by={key}" if Path(key).is_file() else "trusted=yes"  # the .dsc is pinned by its sha256 anyway
        lines = [
            f"deb-src [{trust}] http://deb.debian.org/debian bookworm main",
            f"deb-src [{trust}] http://deb.debian.org/debian-security bookworm-security main",
        ]
        (folder / "sources.list").write_text("\n".join(lines) + "\n")
        options = {
            "Dir::Etc::sourcelist": folder / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::State::lists": folder / "lists",
            "Dir::Cache::srcpkgcache": "",
            "Dir::Cache::pkgcache": "",
            "APT::Sandbox::User": "",
        }
        return [word for key, value in options.items() for word in ("-o", f"{key}={value}")]

    # -- what the build needs

    def install_packages(self, names):
        missing = []
        for name in names:
            query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", name]
            state = subprocess.run(query, capture_output=True, text=True)
            if state.returncode or state.stdout != "installed":
                missing.append(name)
        if missing:
            self.apt_install(["install", "-y", "--no-install-recommends", *missing], " ".join(missing))

    def install_build_dependencies(self, dsc):
        check = subprocess.run(["dpkg-checkbuilddeps", "-B"], cwd=self.root, capture_output=True, text=True)
        if check.returncode:
            command = ["build-dep", "-y", "--no-install-recommends", "--arch-only", str(dsc)]
            self.apt_install(command, "the build dependencies of " + self.project.name)

    def apt_install(self, arguments, what):
        if not self.install:
            raise CannotPrepare(f"{self.project.name}: not installed: {what}")
        self.say(f"{self.project.name}: installing {what}")
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=600", *arguments]
        self.step([*root, *command], self.home)

    # -- the build

    def step(self, command, cwd):
        flags = {"CC", "CXX", "CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS", "MAKEFLAGS", "DESTDIR"}
        env = {key: value for key, value in os.environ.items() if key not in flags}
        env.update(LC_ALL="C.UTF-8", JOBS=str(self.jobs))
        print("+", shlex.join(command), file=self.log, flush=True)
        try:
            result = subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=self.log,
                                    stderr=subprocess.STDOUT)
        except OSError as error:
            raise CannotPrepare(f"{self.project.name}: {error}") from None
        if result.returncode:
            log = self.home / "prepare.log"
            tail = "\n".join("    " + line for line in log.read_text(errors="replace").splitlines()[-8:])
            raise CannotPrepare(f"{self.project.name}: `{shlex.join(command)}` ended with {result.returncode}, see {log}\n{tail}")

    # -- the compilation database

    def units(self):
        path = self.root / self.project.database
        if not path.is_file():
            raise CannotPrepare(f"{self.project.name}: the build left no {path}")
        return reduce(json.loads(path.read_text()), self.root, self.project)


def reduce(entries, root, project):
    """The database without excluded files and without the same compilation twice (shared and static library, one object
    in several programs), sorted, with the project's extra arguments."""
    root = Path(root)
    seen, found = set(), []
    for entry in entries:
        directory = entry["directory"]
        file = os.path.normpath(os.path.join(directory, entry["file"]))
        arguments = entry.get("arguments") or shlex.split(entry["command"])
        if os.path.splitext(file)[1] not in SOURCE_ENDINGS:
            continue  # assembler
        relative = os.path.relpath(file, root)
        if relative.startswith("..") or project.excluded(relative):
            continue
        key = (file, tuple(essential(arguments)))
        if key not in seen:
            seen.add(key)
            found.append((relative, key[1], TranslationUnit(relative, file, directory, [*arguments, *project.extra_args])))
    units, count = [], {}
    for relative, _, unit in sorted(found, key=lambda item: item[:2]):
        count[relative] = count.get(relative, 0) + 1
        if count[relative] > 1:
            unit.name = f"{relative}#{count[relative]}"
        units.append(unit)
    return units


def essential(arguments):
    """The arguments without those that say where the output goes or that do not change what is parsed."""
    skip_next = False
    for index, argument in enumerate(arguments):
        if skip_next:
            skip_next = False
        elif argument in ("-o", "-MF", "-MT", "-MQ"):
            skip_next = True
        elif index == 0 or argument in ("-c", "-MD", "-MMD", "-MP", "-fPIC", "-fpic", "-fPIE", "-fpie", "-DPIC"):
            pass
        elif argument.startswith("-D") and argument.endswith("_EXPORTS"):
            pass
        elif argument.startswith(("-MF", "-MT", "-MQ")):
            pass
        else:
            yield argument
