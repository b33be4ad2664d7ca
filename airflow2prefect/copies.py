"""The user's own modules that flows import: one copy of each for all flows, whatever each needs of it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from airflow2prefect.convert import merged_use, module_file
from airflow2prefect.discovery import Found
from airflow2prefect.model import Conversion, File, ModuleUse, Settled

Again = Callable[[Found, Mapping[str, Settled]], Conversion]


@dataclass(slots=True)
class Copies:
    """`uses` by the path of the copy, `flows` the DAG files that lead to it; `wanted`: the names that each takes of it."""

    uses: dict[str, ModuleUse] = field(default_factory=dict)
    flows: dict[str, list[str]] = field(default_factory=dict)
    wanted: dict[str, list[tuple[str, frozenset[str]]]] = field(default_factory=dict)

    def settle(self, found: Sequence[Found], conversions: Iterable[Conversion], again: Again) -> list[Conversion]:
        """The conversions, such that all flows can share the copies: a later one keeps to what earlier ones made of them.

        What they say of modules is taken out of them, so that it is there once.
        """
        made: list[Conversion] = []
        for item, conversion in zip(found, conversions, strict=True):
            clashes = {use.module.name: clash for use in conversion.modules if (clash := self._clash(use)) is not None}
            if clashes:
                conversion = again(item, clashes)
            for use in conversion.modules if conversion.files else ():
                self._add(use, item.relative)
            made.append(replace(conversion, modules=()))
        return made

    def _clash(self, use: ModuleUse) -> Settled | None:
        known = self.uses.get(use.module.path)
        if known is None or merged_use([known, use]) is not None:
            return None
        return Settled(self.flows[use.module.path][0], known.changes)

    def _add(self, use: ModuleUse, flow: str) -> None:
        path = use.module.path
        if not path:
            return
        known = self.uses.get(path)
        use_of_all = merged_use([known, use]) if known is not None else use
        self.wanted.setdefault(flow, []).append((path, use.wanted))
        if use_of_all is not None:
            self.uses[path] = use_of_all
            self.flows.setdefault(path, []).append(flow)

    def file(self, path: str) -> File:
        """A copy: the module as it is, or without Airflow."""
        return module_file(self.uses[path])


def absent(names: frozenset[str], text: str) -> list[str]:
    """Those of the names that a module's text does not define."""
    there: set[str] = {"*"}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            there.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            there.add(node.name)
        elif isinstance(node, ast.alias):
            there.add((node.asname or node.name).partition(".")[0])
    return sorted(names - there)
