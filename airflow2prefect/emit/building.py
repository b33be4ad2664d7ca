"""A flow whose graph is made when it runs: the user's code that made tasks, inside the flow."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from dataclasses import dataclass

from airflow2prefect.emit.calls import Group, arguments, lay_out
from airflow2prefect.emit.edits import apart, apply_edits, loaded, reindent
from airflow2prefect.emit.flow import FlowWriter
from airflow2prefect.emit.strings import literal
from airflow2prefect.emit.tasks import Impossible
from airflow2prefect.emit.values import Scope, text_of
from airflow2prefect.findings import finding
from airflow2prefect.model import Building, Edit, Step
from airflow2prefect.plan.rules import KNOWN, rule_of

CHOICES = ("branch", "short_circuit")


@dataclass
class BuildingWriter(FlowWriter):
    """Writes one flow over `airflow_graph`."""

    def body_lines(self) -> list[str]:
        building = self.dag.building
        assert building is not None
        for step in self.order.steps:
            if not step.varies:
                self.variables[step.index] = f"xcom({literal(step.task.name)})"
        edits = apart([*building.edits, *map(self._edit, self.order.steps)])
        graph = self.dag.variable if self.dag.variable.isidentifier() else self.names.claim("graph")
        functions = self._blocks(building, edits, 0, building.functions, 0)
        lines = [*functions, ""] if functions else []
        inner = self._blocks(building, edits, building.functions, len(building.blocks), 4)
        self.draft.helper("airflow_graph", "Graph", "add", *building.orders)
        for helper in building.helpers:
            self.draft.helper("airflow_variables", helper)
        return [
            *lines,
            *self._lost([*lines, "if True:", *inner], building, graph),
            f"with Graph() as {graph}:",
            *self._given(building, inner),
            *inner,
            f"return {graph}.run()",
        ]

    def _given(self, building: Building, lines: list[str]) -> list[str]:
        """What the function was called with whose body this is."""
        used = loaded("\n".join(["if True:", *lines]))
        made = []
        for name, value in building.given:
            text = text_of(value, Scope(self.draft, frozenset(), lambda need: None)) if name in used else name
            if text is None:
                self.draft.lost |= {name}
            elif text != name:
                made.append(f"    {name} = {text}")
        return made

    def _lost(self, lines: list[str], building: Building, graph: str) -> list[str]:
        """A raise where the code needs what went with Airflow."""
        there = {graph, *building.names, *building.orders, *self.draft.kept, *self.names.taken, "Graph", "add", "xcom", *vars(builtins)}
        names = loaded("\n".join(lines))
        self.draft.used |= names & self.draft.kept
        lost = sorted(names & self.draft.lost - there)
        if not lost:
            return []
        span, what = self.dag.span, ", ".join(lost)
        found = finding("A2P292", span.line, span.column, what=what)
        self.draft.note(found)
        return [f"raise NotImplementedError({literal(f'{found.code}: {found.message}')})"]

    def _blocks(self, building: Building, edits: list[Edit], first: int, last: int, indent: int) -> list[str]:
        parts = [(apply_edits(self.draft.text, start, end, edits), old) for start, end, old in building.blocks[first:last]]
        return "".join(reindent(text, old, indent) for text, old in parts).strip("\n").split("\n") if parts else []

    def _edit(self, step: Step) -> Edit:
        """The call of an operator becomes one of `add`."""
        definition, task = self.definitions[step.index], step.task
        body = self.plan.bodies[task.task_id]
        if task.trigger_rule not in KNOWN and body.gap is None:
            raise Impossible("trigger_rule", task.trigger_rule, step)
        if body.chooses and body.chooses not in CHOICES:
            raise Impossible("operator", task.operator.rpartition(".")[2], step)
        try:
            target = self._with_options(step, definition)
            pairs, _ = self._arguments(step, definition)
        except Impossible as impossible:
            impossible.step, impossible.dag_id = step, self.dag.dag_id
            raise
        rule = rule_of(task, self.dag) if task.trigger_rule in KNOWN else "all_success"
        more = [("trigger_rule", literal(rule))] if rule != "all_success" else []
        more += [("chooses", literal(body.chooses))] if body.chooses else []
        self.draft.use("airflow_rules", *self._uses(step, rule))
        if any(text.startswith("xcom(") for _, text in pairs if isinstance(text, str)):
            self.draft.helper("airflow_graph", "xcom")
        line = self.draft.text[self.draft.text.rfind("\n", 0, task.site.start) + 1 : task.site.start]
        margin = line[: len(line) - len(line.lstrip())]
        room = " " * (len(line) - len(margin) + 4)  # what stands before it on its line, and the flow's own indentation
        return Edit(task.site.start, task.site.end, lay_out(Group("add(", (target, *arguments([*pairs, *more])), ")"), margin, room))

    def _uses(self, step: Step, rule: str) -> Iterator[str]:
        """What the rules helper must have for a task: any may stand below one that chooses or skips, and take what another returns."""
        yield rule
        yield from ("submit", "xcoms")
        kind = self.plan.bodies[step.task.task_id].chooses
        if kind in CHOICES:
            yield kind
        if step.task.task_id in self.plan.skipping:
            yield "Skip"
        if "cache_policy" in self.options[step.index]:
            yield "cached"
