"""The module being written: names taken, imports and helpers needed, what of the user's it uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from airflow2prefect.emit.names import Names
from airflow2prefect.findings import Finding
from airflow2prefect.model import Edit, Options, Region


@dataclass(slots=True)
class Draft:
    """Mutable, one for a conversion, and only inside `emit`."""

    text: str
    regions: tuple[Region, ...]
    options: Options
    names: Names
    kept: frozenset[str]  # globals of the user's that can stand in the flow module
    lost: frozenset[str] = frozenset()  # those that cannot, for Airflow is in what made them
    imports: set[str] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)  # dotted names imported under another name
    helpers: dict[str, set[str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    above: list[str] = field(default_factory=list)  # generated definitions before the flows

    def need(self, *paths: str) -> None:
        """Import these dotted names."""
        self.imports.update(paths)

    def helper(self, module: str, *names: str) -> None:
        """Import `names` from an emitted helper module."""
        self.helpers.setdefault(module, set()).update(names)

    def note(self, *found: Finding) -> None:
        self.findings.extend(f for f in found if f not in self.findings)


def kept_names(regions: Iterable[Region]) -> frozenset[str]:
    """Globals that the flow may use: those of the user's code that stays, unless they lean on what goes."""
    regions = tuple(regions)
    gone = {name for r in regions if r.role != "keep" for name in r.defines}
    lost: set[str] = set()
    kept: set[str] = set()
    for region in regions:
        if region.role != "keep":
            continue
        if region.kind not in ("function", "class", "import") and region.uses - set(region.defines) & (gone | lost):
            if (region.uses - set(region.defines)) & (gone | lost):
                lost.update(region.defines)
                continue
        kept.update(region.defines)
    return frozenset(kept - gone)
