"""From the DAGs of a file to its flow module: bodies, plans, text. The part of the pipeline behind analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from airflow2prefect.bodies import ReadTemplate, body_of
from airflow2prefect.emit.draft import Draft, kept_names
from airflow2prefect.emit.flow import FlowWriter
from airflow2prefect.emit.module import assemble, flow_text, main_text
from airflow2prefect.emit.names import Names, identifier
from airflow2prefect.emit.python import PythonTasks
from airflow2prefect.emit.tasks import Impossible, generated
from airflow2prefect.emit.templates import helper_module
from airflow2prefect.emit.values import Scope, text_of, value_needs
from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Body, Dag, Deployment, File, FlowPlan, Need, Options, Region, Step, Task, Value
from airflow2prefect.plan.deployment import plan_deployment
from airflow2prefect.plan.flow import params_of, plan_flow
from airflow2prefect.plan.policy import Policy, dag_options, read_policy
from airflow2prefect.plan.schedule import read_schedule


@dataclass(slots=True)
class Refusals:
    """What turned out not to be possible while writing: tasks that raise instead, loops that are written out."""

    tasks: dict[tuple[str, str], Finding] = field(default_factory=dict)
    loops: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Written:
    files: tuple[File, ...]
    kept: tuple[str, ...]
    plans: tuple[FlowPlan, ...]
    deployments: tuple[Deployment, ...]
    findings: tuple[Finding, ...]


def write_module(
    text: str, newline: str, path: str, dags: tuple[Dag, ...], regions: tuple[Region, ...], options: Options, read: ReadTemplate
) -> Written:
    """The flow module of a file. What can't stand in it becomes a raising task, and it is written again."""
    refusals = Refusals()
    while True:
        try:
            return _Writer(text, newline, path, dags, regions, options, read, refusals).write()
        except Impossible as impossible:
            _refuse(refusals, impossible)


def _refuse(refusals: Refusals, impossible: Impossible) -> None:
    step, dag_id = impossible.step, impossible.dag_id
    if impossible.argument == "for" and impossible.loop is not None:
        refusals.loops.add(impossible.loop)
        return
    assert step is not None
    for task in step.tasks:
        key = (dag_id, task.task_id)
        if key in refusals.tasks:
            if not step.loops:
                raise RuntimeError(f"refused twice: {key} {impossible.what}")
            refusals.loops.update(step.loops)
        refusals.tasks[key] = finding(
            "A2P206", task.site.line, task.site.column, task.task_id, argument=impossible.argument, what=impossible.what[:80]
        )


class _Writer:
    """One attempt at the module."""

    def __init__(
        self, text: str, newline: str, path: str, dags: tuple[Dag, ...], regions: tuple[Region, ...], options: Options,
        read: ReadTemplate, refusals: Refusals,
    ) -> None:  # fmt: skip
        self.newline, self.path, self.dags, self.options, self.read, self.refusals = newline, path, dags, options, read, refusals
        kept = kept_names(regions)
        taken = {name for r in regions for name in (*r.defines, *r.uses)} - {name for r in regions if r.role != "keep" for name in r.defines}
        self.draft = Draft(text, regions, options, Names(taken), kept)

    def write(self) -> Written:
        draft = self.draft
        flows = {dag.dag_id: self._flow_name(dag) for dag in self.dags}
        plans: list[tuple[FlowPlan, Mapping[str, Policy]]] = []
        deployments: list[Deployment] = []
        for dag in self.dags:
            plan, policies, deployment = self._plan(dag, flows[dag.dag_id])
            plans.append((plan, policies))
            deployments.append(deployment)
        python = PythonTasks(draft, [plan for plan, _ in plans])
        texts = [self._flow(plan, policies, python) for plan, policies in plans]
        main = main_text(draft, [plan for plan, _ in plans])
        module = assemble(draft, texts, main, self.newline)
        name = self.path.replace("\\", "/").rpartition("/")[2] or "flow.py"
        helpers = tuple(File(f"{helper}.py", helper_module(helper)) for helper in sorted(draft.helpers))
        kept = tuple(draft.text[r.span.start : r.span.end] for r in draft.regions if self._untouched(r))
        return Written((File(name, module), *helpers), (), tuple(p for p, _ in plans), tuple(deployments), tuple(sorted(draft.findings))) if not kept else Written(
            (File(name, module), *helpers), kept, tuple(p for p, _ in plans), tuple(deployments), tuple(sorted(draft.findings)))

    def _untouched(self, region: Region) -> bool:
        """Whether the text of `region` must be in the output as it was."""
        if region.role != "keep" or region.kind in ("import", "main", "assign") or region.indent:
            return False
        return not any(region.start <= edit.start < region.end for edit in self.draft.edits)

    def _flow_name(self, dag: Dag) -> str:
        name = identifier(dag.dag_id, "flow")
        return self.draft.names.claim(name, f"{name}_flow")

    def _render(self, value: Value) -> str | None:
        return text_of(value, Scope(self.draft, frozenset(), lambda need: None))

    def _plan(self, dag: Dag, function: str) -> tuple[FlowPlan, Mapping[str, Policy], Deployment]:
        draft, options = self.draft, self.options
        draft.note(*dag.findings)
        bodies = {task.task_id: self._body(dag, task) for task in dag.tasks}
        schedule, found = read_schedule(dag)
        draft.note(*found)
        for body in bodies.values():
            draft.note(*body.findings, *((body.gap,) if body.gap else ()))
        defaults = {name: self._render(value) or "None" for name, value in params_of(dag).items()}
        flow_options, imports, more = dag_options(dag, self._render)
        draft.need(*imports)
        draft.note(*more)
        skipping = frozenset(t.task_id for t in dag.tasks if t.callable is not None and t.callable.may_skip)
        plan, missing = plan_flow(
            dag, schedule, function, MappingProxyType(bodies), self._needs(dag, bodies), skipping, flow_options, options, defaults,
            frozenset(self.refusals.loops),
        )  # fmt: skip
        draft.note(*missing)
        policies = {t.task_id: self._policy(t, dag, bodies[t.task_id]) for t in dag.tasks}
        for policy in policies.values():
            draft.note(*policy.findings)
        if any(policy.added for policy in policies.values()):
            draft.note(finding("A2P541", dag.span.line, dag.span.column, retries=options.retries, dag_id=dag.dag_id))
        name = self.path.replace("\\", "/").rpartition("/")[2]
        deployment = plan_deployment(dag, schedule, options, f"{name}:{function}", {})
        return plan, policies, deployment

    def _policy(self, task: Task, dag: Dag, body: Body) -> Policy:
        none = Options(retries=0, cache="none") if body.passive or body.gap is not None else self.options
        return read_policy(task, dag, none, self._render)

    def _body(self, dag: Dag, task: Task) -> Body:
        refused = self.refusals.tasks.get((dag.dag_id, task.task_id))
        return Body(gap=refused) if refused is not None else body_of(task, dag, self.read)

    def _needs(self, dag: Dag, bodies: Mapping[str, Body]) -> Iterable[Need]:
        for task in dag.tasks:
            body = bodies[task.task_id]
            if body.gap is not None:
                continue
            for value in (*body.fields.values(), body.args, body.kwargs):
                yield from value_needs(value)
            if task.callable is not None:
                yield from dict.fromkeys(read.need for read in task.callable.reads)

    def _flow(self, plan: FlowPlan, policies: Mapping[str, Policy], python: PythonTasks) -> str:
        draft = self.draft
        options: dict[int, Mapping[str, str]] = {}
        definitions = {}
        for step in plan.order.steps:
            policy, body = policies[step.task.task_id], plan.bodies[step.task.task_id]
            draft.need(*policy.imports)
            options[step.index] = {**policy.options, **self._caching(body)}
        for step in plan.order.steps:
            body = plan.bodies[step.task.task_id]
            with _telling(step, plan.dag.dag_id):
                if body.gap is None and not body.template:
                    definitions[step.index] = python.definition(plan, step, options)
                else:
                    wanted = self._function_name(plan, step)
                    producers = python.access(plan)
                    definitions[step.index] = generated(draft, step, body, options[step.index], wanted, producers, plan.targets(step.loops))
        names = Names(self.draft.names.taken | {d.function for d in definitions.values()} | {p.name for p in plan.parameters})
        names.taken |= {e.name for e in plan.expressions.values()} | set(draft.kept)
        writer = FlowWriter(draft, plan, definitions, options, names)
        return flow_text(writer)

    def _function_name(self, plan: FlowPlan, step: Step) -> str:
        from airflow2prefect.emit.flow import fixed_text

        task = step.task
        if step.loops:
            return identifier(fixed_text(task.id_value) or task.variable or "step")
        return identifier(task.task_id)

    def _caching(self, body: Body) -> dict[str, str]:
        if body.passive or body.gap is not None or self.options.cache == "none":
            return {}
        self.draft.helper("airflow_resume", "SAME_DATE")
        return {"cache_policy": "SAME_DATE"}


class _telling:
    """Adds to an Impossible which step of which DAG it was."""

    def __init__(self, step: Step, dag_id: str) -> None:
        self.step, self.dag_id = step, dag_id

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Impossible):
            error.step, error.dag_id = error.step or self.step, self.dag_id


__all__ = ["Callable", "Written", "write_module"]
