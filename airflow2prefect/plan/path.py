"""DAGs that are one path: direct calls, an early return for a short-circuit, `if` or `match` for branches that meet again.

A direct call that fails ends the flow, as a failure ends all that follows on a path in Airflow: no rule on it may run a
task after a failure, and nothing may run beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from airflow2prefect.model import Arm, Body, Dag, Fork, Guard, Order, Step
from airflow2prefect.plan.choices import known_choices
from airflow2prefect.plan.groups import parts_of_path

Items = tuple[Step | Guard | Fork, ...]
# Rules by which a task runs after success and not after a failure.
# https://airflow.apache.org/docs/apache-airflow/1.10.15/concepts.html#trigger-rules
AFTER_SUCCESS = frozenset(("all_success", "none_failed", "none_failed_or_skipped", "none_failed_min_one_success"))
# Of these, the ones that run a task where branches meet, all but one of them skipped; in 2.x also one_success.
MEETING = AFTER_SUCCESS - {"all_success"}


class _NoPath(Exception):
    """The DAG is no path."""


def plan_path(dag: Dag, order: Order, bodies: Mapping[str, Body], skipping: frozenset[str]) -> Order:
    """`order` as a path if it is one, else as it is. `skipping`: tasks that may skip themselves."""
    if skipping or not order.steps or any(body.over for body in bodies.values()) or any(step.loops or step.earlier for step in order.steps):
        return order
    path = _Path(dag, order, bodies, tuple(frozenset(link.step for link in step.after) for step in order.steps))
    try:
        items = path.items(frozenset(step.index for step in order.steps))
        return replace(order, items=parts_of_path(order, items), line=True)
    except _NoPath:
        return order


@dataclass(frozen=True, slots=True)
class _Path:
    dag: Dag
    order: Order
    bodies: Mapping[str, Body]
    up: tuple[frozenset[int], ...]  # by step index, which is a topological order

    def items(self, nodes: frozenset[int], optional: frozenset[int] = frozenset(), entry: int | None = None) -> Items:
        """The path through all of `nodes`, from `entry` on. Nothing of it may wait for one of `optional`, which may not have run."""
        made: list[Step | Guard | Fork] = []
        current = self._next(nodes, None, optional) if entry is None else entry
        while True:
            nodes -= {current}
            step = self.order.steps[current]
            kind = self.bodies[step.task.task_id].chooses
            kind = kind if kind and self._below(current) else ""
            if kind not in ("", "branch", "short_circuit"):
                raise _NoPath
            if kind == "branch":
                fork, meeting = self._fork(step, nodes, optional)
                made.append(fork)
                if meeting is None:
                    return tuple(made)
                rest = (self._below(meeting) & nodes) | {meeting}
                optional |= nodes - rest
                nodes, current = rest, meeting
                continue
            made.append(Guard(step) if kind == "short_circuit" else step)
            if not nodes:
                return tuple(made)
            current = self._next(nodes, current, optional)

    def _next(self, nodes: frozenset[int], before: int | None, optional: frozenset[int]) -> int:
        first = min(nodes)
        if self.up[first] & optional or (before is not None and (before not in self.up[first] or self._rule(first) not in AFTER_SUCCESS)):
            raise _NoPath
        return first

    def _fork(self, step: Step, nodes: frozenset[int], optional: frozenset[int]) -> tuple[Fork, int | None]:
        """The arms of a branching task, and where they meet."""
        children = [n for n in sorted(nodes) if step.index in self.up[n]]
        regions = {child: (self._below(child) & nodes) | {child} for child in children}
        counted = [n for region in regions.values() for n in region]
        joined = frozenset(n for n in counted if counted.count(n) > 1)
        choices = known_choices(step.task, self.bodies[step.task.task_id])
        if choices is None or not set(choices) <= {self._id(n) for n in children} or set(counted) != nodes:
            raise _NoPath
        meeting = self._meeting(joined, nodes, optional)
        return Fork(step, tuple(self._arm(child, regions[child] - joined, nodes, optional, meeting) for child in children)), meeting

    def _meeting(self, joined: frozenset[int], nodes: frozenset[int], optional: frozenset[int]) -> int | None:
        first = [n for n in joined if not self.up[n] & joined]
        if not first:
            return None
        rules = MEETING | {"one_success"} if self.dag.airflow >= 2 else MEETING
        whole = (self._below(first[0]) & nodes) | {first[0]}
        if len(first) != 1 or joined != whole or self.up[first[0]] & optional or self._rule(first[0]) not in rules:
            raise _NoPath
        return first[0]

    def _arm(self, child: int, own: frozenset[int], nodes: frozenset[int], optional: frozenset[int], meeting: int | None) -> Arm:
        if child == meeting:
            return Arm(self._id(child), ())
        if child not in own or self._rule(child) not in AFTER_SUCCESS or any(self.up[n] & nodes - own for n in own):
            raise _NoPath
        items = self.items(own, optional, child)
        if meeting is None:
            return Arm(self._id(child), items)
        leading = {n in self.up[meeting] for n in _tails(items)}
        # The arm leads to where the others meet, or past it: then none_failed runs what is there, and its like skip it.
        runs_on = self._rule(meeting) == "none_failed"
        if len(leading) > 1 or (leading == {False} and runs_on and _may_return(items)):
            raise _NoPath
        return Arm(self._id(child), items, ends=leading == {False} and not runs_on)

    def _below(self, n: int) -> frozenset[int]:
        below = {n}
        for other in range(n + 1, len(self.up)):
            if self.up[other] & below:
                below.add(other)
        return frozenset(below - {n})

    def _rule(self, n: int) -> str:
        return self.order.steps[n].task.trigger_rule

    def _id(self, n: int) -> str:
        return self.order.steps[n].task.task_id


def _tails(items: Items) -> Iterator[int]:
    """The last steps of a path, by index."""
    last = items[-1]
    if isinstance(last, Fork):
        for arm in last.arms:
            yield from _tails(arm.items) if arm.items else (last.step.index,)
    else:
        yield (last.step if isinstance(last, Guard) else last).index


def _may_return(items: Items) -> bool:
    return any(isinstance(i, Guard) or (isinstance(i, Fork) and any(a.ends or _may_return(a.items) for a in i.arms)) for i in items)
