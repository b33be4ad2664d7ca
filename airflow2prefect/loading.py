"""Modules beside the DAG files on disk: where Airflow, or the file itself, would find what it imports."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from airflow2prefect.discovery import Found
from airflow2prefect.model import LocalModule, Settled

LARGEST = 1_000_000  # bytes of a module that is read
# Modules of Airflow's and of flows: nothing of the user's stands before them.
OTHERS = frozenset(("airflow", "prefect", "prefect_shell", "prefect_sqlalchemy", "jinja2", "dateutil", "cronsim", "pendulum", "airflow_rules", "airflow_resume",
                    "airflow_templates", "airflow_dates", "airflow_context", "airflow_variables", "airflow_sql", "airflow_bridge"))  # fmt: skip
_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Root:
    """A folder in which modules are looked for. `only`: the names that it is for; all where there are none."""

    folder: str
    below: str  # where copies go, below the output folder
    apart: bool
    only: frozenset[str] = frozenset()


@dataclass(slots=True)
class DiskLoader:
    """The modules that one DAG file can import: beside it, in the folder of all DAGs, in `plugins/` and `dags/` beside or above.

    `path` is the file, `relative` its path below the folder that the user named. Nothing is read that is not below one of these.
    """

    path: str
    relative: str
    depth: int = 0
    settled: dict[str, Settled] = field(default_factory=dict)
    _roots: list[Root] = field(default_factory=list)
    _plugins: list[str] = field(default_factory=list)
    _found: dict[str, LocalModule | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = os.path.dirname(os.path.realpath(self.path))
        inner = os.path.dirname(self.relative.replace(os.sep, "/"))
        self.depth = inner.count("/") + 1 if inner else 0
        top = own
        for _ in range(self.depth):
            top = os.path.dirname(top)
        self._add(Root(own, inner, apart=False))
        self._add(Root(top, "", apart=True))
        above = os.path.dirname(top)
        # A DAG file named alone may stand in a folder of the folder of all DAGs.
        outer = [folder for folder in _parents(own) if os.path.basename(folder) == "dags"][:1]
        for folder in outer:
            self._add(Root(folder, "", apart=True))
        homes = dict.fromkeys((top, above, *map(os.path.dirname, outer)))
        for home in homes:
            for name in ("dags", "plugins"):
                folder = os.path.join(home, name)
                if os.path.isdir(folder):
                    self._add(Root(folder, "", apart=True))
                    self._plugins += [folder] if name == "plugins" else []
                    # `from plugins.x import y` and `from dags.x import y`
                    self._add(Root(home, "", apart=True, only=frozenset((name,))))
        for folder in (top, *outer):
            if os.path.basename(folder) == "dags":
                self._add(Root(os.path.dirname(folder), "", apart=True))

    def _add(self, root: Root) -> None:
        if root not in self._roots:
            self._roots.append(root)

    def search(self, folder: str) -> None:
        """Look in one more folder that the file puts on sys.path, if it is below a folder that is looked in."""
        wanted = os.path.realpath(os.path.join(os.path.dirname(os.path.realpath(self.path)), folder))
        if os.path.isdir(wanted) and any(_within(wanted, root.folder) for root in self._roots if not root.only):
            self._add(Root(wanted, "", apart=True))
            self._found.clear()

    def plugins(self) -> tuple[str, ...]:
        """The names of the modules at the top of the plugins folders, and of packages there."""
        names: dict[str, None] = {}
        for folder in self._plugins:
            for entry in sorted(os.listdir(folder)):
                stem = entry.removesuffix(".py")
                if _NAME.fullmatch(stem) and (entry.endswith(".py") or os.path.isfile(os.path.join(folder, entry, "__init__.py"))):
                    names[stem] = None
        return tuple(names)

    def find(self, name: str) -> LocalModule | None:
        """The module `name`; None where no folder has it, or Python would find another first."""
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def _search(self, name: str) -> LocalModule | None:
        first = name.partition(".")[0]
        if _NAME.fullmatch(name) is None or first in sys.stdlib_module_names or first in OTHERS:
            return None
        relative = name.replace(".", "/")
        for root in self._roots:
            if root.only and first not in root.only:
                continue
            # The first folder that has the top package has all of it.
            if not (os.path.isdir(os.path.join(root.folder, first)) or os.path.isfile(os.path.join(root.folder, f"{first}.py"))):
                continue
            for inside, package in ((f"{relative}/__init__.py", True), (f"{relative}.py", False)):
                full = os.path.join(root.folder, inside)
                if os.path.isfile(full):
                    return self._read(name, root, full, inside, package)
            if os.path.isdir(os.path.join(root.folder, relative)) and _has_python(os.path.join(root.folder, relative)):
                return LocalModule(name, "", b"", relative, package=True, apart=root.apart)
            if os.path.isfile(os.path.join(root.folder, first, "__init__.py")):
                return None
        return None

    def _read(self, name: str, root: Root, full: str, inside: str, package: bool) -> LocalModule | None:
        real = os.path.realpath(full)
        if real == os.path.realpath(self.path):
            return None
        origin = os.path.relpath(real, os.path.dirname(self._roots[1].folder)).replace(os.sep, "/")
        below = f"{root.below}/{inside}" if root.below else inside
        made = LocalModule(name, below, b"", origin, package, root.apart)
        problem, data = "", b""
        if not _within(real, root.folder):
            problem = "it is a link to what is outside of the folder"
        else:
            try:
                data = _bounded(real)
            except OSError as error:
                problem = error.strerror or str(error)
            except ValueError as error:
                problem = str(error)
        return LocalModule(made.name, made.path, data, made.origin, made.package, made.apart, problem)


def loader_for(item: Found) -> DiskLoader | None:
    """The loader of a DAG file; stdin has none."""
    return DiskLoader(item.path, item.relative) if item.path != "-" else None


def _bounded(path: str) -> bytes:
    if not Path(path).is_file():
        raise ValueError("it is no regular file")
    with open(path, "rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST // 1000} kB")
    return data


def _has_python(folder: str) -> bool:
    """Whether a folder without `__init__.py` is taken for a package: it holds modules, or folders that do."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return False
    return any(entry.name.endswith(".py") or (entry.is_dir() and not entry.name.startswith(".")) for entry in entries)


def _within(path: str, folder: str) -> bool:
    return os.path.commonpath((os.path.realpath(path), os.path.realpath(folder))) == os.path.realpath(folder)


def _parents(folder: str) -> list[str]:
    made = [folder]
    while os.path.dirname(made[-1]) != made[-1]:
        made.append(os.path.dirname(made[-1]))
    return made
