"""The module being written: names taken, imports and helpers needed, what of the user's it uses."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from airflow2prefect.emit.names import Names
from airflow2prefect.findings import Finding
from airflow2prefect.model import Edit, LocalModule, Options, Region, Settled

# Modules of the standard library that are modules of packages.
_SUBMODULES = frozenset(("os.path", "urllib.parse", "urllib.request", "collections.abc", "concurrent.futures", "xml.etree.ElementTree"))


@dataclass(slots=True)
class Draft:
    """Mutable, one for a conversion, and only inside `emit`."""

    text: str
    regions: tuple[Region, ...]
    options: Options
    names: Names
    kept: frozenset[str]  # globals of the user's that can stand in the flow module
    locals: frozenset[str] = frozenset()  # names that flows may give to parameters and variables of their own
    lost: frozenset[str] = frozenset()  # those that cannot, for Airflow is in what made them
    imports: set[str] = field(default_factory=set)
    references: dict[str, str] = field(default_factory=dict)  # names of what imports of its own bring, by path
    aliases: dict[str, str] = field(default_factory=dict)  # dotted names imported under another name
    helpers: dict[str, set[str]] = field(default_factory=dict)
    uses: dict[str, set[str]] = field(default_factory=dict)  # what the flows use of helper modules besides names
    used: set[str] = field(default_factory=set)
    late: frozenset[str] = frozenset()  # names that the functions make that use them, and no longer the module
    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    missing: frozenset[str] = frozenset()  # full names that the user's own modules will not have
    stuck: frozenset[str] = frozenset()  # full names of what they have that calls Airflow
    module: LocalModule | None = None  # the module of the user's own that this is; None for the flow
    base: int = 0  # where its text begins
    end: int = 0
    changes: dict[int, tuple[Edit, ...]] = field(default_factory=dict)  # of its functions, by where they start
    settled: Settled | None = None
    others: tuple[Draft, ...] = ()  # the modules of the user's own that come with the flow
    above: list[str] = field(default_factory=list)  # generated definitions before the flows

    def need(self, *paths: str) -> None:
        """Import these dotted names."""
        self.imports.update(paths)

    def helper(self, module: str, *names: str) -> None:
        """Import `names` from an emitted helper module; `x as y` where the user has x for something else."""
        self.helpers.setdefault(module, set()).update(names)
        self.use(module, *(name.partition(" as ")[0] for name in names))

    def use(self, module: str, *what: str) -> None:
        """An emitted helper module must have this: names that it defines, or what else its template asks for."""
        self.uses.setdefault(module, set()).update(what, () if self.options.task_runner == "thread" else ("processes",))

    def home(self, at: int) -> Draft:
        """The module in which an offset lies."""
        return next((other for other in self.others if other.base <= at < other.end), self)

    def reference(self, path: str) -> str | None:
        """How the module's code names what is imported under `path`; None if no import can bring it."""
        head, _, name = path.rpartition(".")
        if path.startswith("builtins."):
            return name
        for region in self.regions:
            for item in region.imported if region.role == "keep" else ():
                if self.canonical(item.path) == path:
                    self.used.add(item.local)
                    return item.local
        parts = path.split(".")
        if path in self.missing or parts[0] in ("airflow", "") or any(part[:1].isupper() for part in parts[:-1]) or "<" in name:
            return None
        if parts[0] in sys.stdlib_module_names and len(parts) > 2 and head not in _SUBMODULES:
            return None
        if path not in self.references:
            made = self.references[path] = self.names.claim(name, f"{head.rpartition('.')[2] or 'own'}_{name}")
            if made == name:
                self.need(path)
            else:
                self.aliases[path] = made
        return self.references[path]

    def canonical(self, path: str) -> str:
        """Where what is imported under `path` comes from, if a module of the user's own imports it too."""
        for _ in range(10):
            head, _, name = path.rpartition(".")
            items = (i for o in self.others if o.module is not None and o.module.name == head for r in o.regions for i in r.imported)
            through = next((item for item in items if item.local == name), None)
            if through is None:
                return path
            path = absolute(through.path, next(o.module for o in self.others if o.module is not None and o.module.name == head))
        return path

    def note(self, *found: Finding) -> None:
        self.findings.extend(f for f in found if f not in self.findings)


def absolute(path: str, module: LocalModule | None) -> str:
    """The full name of what a module imports under a relative path."""
    dots = len(path) - len(path.lstrip("."))
    if not dots or module is None:
        return path[dots:]
    package = module.name.split(".") if module.package else module.name.split(".")[:-1]
    return ".".join([*package[: len(package) - dots + 1], path[dots:]]).strip(".")


def without_lost(regions: Iterable[Region]) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
    """The regions with those turned to role "dag" that run when the module is imported and lean on what goes; and these."""
    regions = tuple(regions)
    lost: list[Region] = []
    while True:
        gone = {name for r in regions if r.role != "keep" for name in r.defines} - _defined(regions)
        found = [r for r in regions if r.role == "keep" and r.kind in ("assign", "other") and (r.uses - set(r.defines)) & gone]
        if not found:
            return regions, tuple(lost)
        lost += found
        regions = tuple(replace(r, role="dag") if r in found else r for r in regions)


def _defined(regions: Iterable[Region]) -> set[str]:
    return {name for r in regions if r.role == "keep" for name in r.defines}


def kept_names(regions: Iterable[Region]) -> frozenset[str]:
    """Globals that the flow may use: those of the user's code that stays."""
    regions = tuple(regions)
    return frozenset(_defined(regions) - {name for r in regions if r.role != "keep" for name in r.defines})
