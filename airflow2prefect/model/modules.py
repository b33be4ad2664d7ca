"""Modules of the user's own that DAG files import: who finds them, and what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from airflow2prefect.findings import Finding
from airflow2prefect.model.airflow import Region
from airflow2prefect.model.values import Edit


@dataclass(frozen=True, slots=True)
class LocalModule:
    """A module beside the DAG files.

    `name` is what it is imported as, `path` where its copy goes, below the output folder, with slashes; "" for a folder
    without `__init__.py`. `data` are its bytes, `origin` names it in findings. `apart`: it is found below the folder of
    all DAGs and not beside this DAG file, so that a flow in a folder of its own must say where to look.
    """

    name: str
    path: str
    data: bytes
    origin: str
    package: bool = False
    apart: bool = False
    problem: str = ""


Changes = frozenset[tuple[int, tuple[Edit, ...]]]


@dataclass(frozen=True, slots=True)
class Settled:
    """What flows, of which `other` is one, have made of the functions of a module."""

    other: str
    changes: Changes


class Loader(Protocol):
    """Finds modules by name, for one DAG file. Deterministic; it never runs anything."""

    depth: int  # folders between the DAG file and the folder of all DAGs
    settled: dict[str, Settled]  # by module: what other flows have made of it already

    def find(self, name: str) -> LocalModule | None:
        """The module `name`; None if it is not the user's own. With `problem`: it is there and cannot be read."""

    def plugins(self) -> tuple[str, ...]:
        """The names of the modules at the top of the plugins folders."""

    def search(self, folder: str) -> None:
        """Look in one more folder, relative to that of the DAG file: the file puts it on sys.path."""


@dataclass(frozen=True, slots=True)
class ModuleUse:
    """A local module as one flow needs it; uses by several flows become one copy.

    `edits` take Airflow out of its text, `regions` are its statements; those in `stuck` cannot do without Airflow and stay only
    where a flow wants one of their names: `wanted`. `missing` are full names that copies lack, `lame` those that they
    only have where they are wanted. `imports` and `helpers` are what edited code needs. A module without any of
    these is copied byte for byte. `line` is where the DAG file imports it; the lines of `findings` are the module's.
    `changes`: by where a function starts that the flow calls, the edits that it needs; other flows may have `settled` on some.
    `base`: what offsets count from, while the text stands behind that of the DAG file.
    """

    module: LocalModule
    text: str = ""
    newline: str = "\n"
    encoding: str = "utf-8"
    regions: tuple[Region, ...] = ()
    edits: tuple[Edit, ...] = ()
    stuck: frozenset[int] = frozenset()
    wanted: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    lame: frozenset[str] = frozenset()
    imports: frozenset[str] = frozenset()
    helpers: frozenset[tuple[str, str]] = frozenset()
    findings: tuple[Finding, ...] = ()
    line: int = 0
    changes: Changes = frozenset()
    settled: Settled | None = None

    base: int = 0

    @property
    def converted(self) -> bool:
        """Whether the copy differs from the module."""
        return bool(self.edits or self.stuck or any(region.role != "keep" for region in self.regions))
