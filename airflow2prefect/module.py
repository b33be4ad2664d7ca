"""From the DAGs of a file to its flow module: bodies, plans, text. The part of the pipeline behind analysis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from airflow2prefect.bodies import ReadTemplate, body_of
from airflow2prefect.emit.building import BuildingWriter
from airflow2prefect.emit.draft import Draft, absolute, kept_names, without_lost
from airflow2prefect.emit.edits import words
from airflow2prefect.emit.flow import FlowWriter
from airflow2prefect.emit.helpers import helper_module, helper_modules, home_of
from airflow2prefect.emit.hooks import Hooks
from airflow2prefect.emit.module import flow_text, main_text
from airflow2prefect.emit.modules import drafts_of, main_regions, missing_names, stuck_names, with_modules
from airflow2prefect.emit.names import FLOW_LOCALS, Names, identifier
from airflow2prefect.emit.passes import check_alike, check_passes
from airflow2prefect.emit.pulls import accesses
from airflow2prefect.emit.python import PythonTasks
from airflow2prefect.emit.runners import task_runner
from airflow2prefect.emit.strings import literal
from airflow2prefect.emit.tasks import Definition, Impossible, generated
from airflow2prefect.emit.values import Scope, fixed_text, text_of
from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import (
    Body,
    Code,
    Dag,
    Deployment,
    Edit,
    File,
    FlowPlan,
    Literal,
    ModuleUse,
    Options,
    Pairs,
    Region,
    Step,
    Task,
    Value,
)
from airflow2prefect.needs import asks_pendulum, consumes, needs_of, pulled_by, sees_timezone, unordered, with_pulled_keys
from airflow2prefect.plan.building import without_lost_pulls
from airflow2prefect.plan.dates import scheduled_date
from airflow2prefect.plan.deployment import plan_deployment
from airflow2prefect.plan.flow import Facts, params_of, plan_flow
from airflow2prefect.plan.mapping import may_be_empty, may_skip
from airflow2prefect.plan.params import is_required, typed_params
from airflow2prefect.plan.policy import RETRY, Policy, dag_options, late_timeout, read_policy
from airflow2prefect.plan.schedule import read_schedule
from airflow2prefect.plan.work_pool import placed


@dataclass(frozen=True, slots=True)
class Source:
    """The user's file, as far as writing needs it. `edits` take Airflow out of code that stays; `helpers` are names that they use.

    `modules` are those of the user's own, whose texts stand behind that of the file; `depth` folders are between it and the folder of all DAGs.
    """

    text: str
    newline: str
    name: str
    dags: tuple[Dag, ...]
    regions: tuple[Region, ...]
    edits: tuple[Edit, ...] = ()
    helpers: frozenset[str] = frozenset()
    modules: tuple[ModuleUse, ...] = ()
    depth: int = 0


@dataclass(slots=True)
class Refusals:
    """What turned out not to be possible while writing: tasks that raise instead, loops that are written out."""

    tasks: dict[tuple[str, str], Finding] = field(default_factory=dict)
    loops: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Written:
    """`kept`: texts of the user's that must be in the module as they were, in this order. `late`: lines whose values the functions make that use them."""

    files: tuple[File, ...]
    kept: tuple[str, ...]
    plans: tuple[FlowPlan, ...]
    deployments: tuple[Deployment, ...]
    findings: tuple[Finding, ...]
    modules: tuple[ModuleUse, ...] = ()
    late: frozenset[int] = frozenset()


def write_module(source: Source, options: Options, read: ReadTemplate) -> Written:
    """The flow module of a file. What can't stand in it becomes a raising task, and it is written again."""
    refusals = Refusals()
    while True:
        try:
            return _Writer(source, options, read, refusals).write()
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
        unread = impossible.unread and replace(impossible.unread, task=task.task_id)
        refusals.tasks[key] = impossible.found or unread or finding(
            "A2P206", task.site.line, task.site.column, task.task_id, argument=impossible.argument, what=impossible.what[:80]
        )


def helper_file(name: str, uses: frozenset[str], place: str = "") -> File:
    """A helper module for flows that use this of it; it stands in `place` ("../" for the folder above)."""
    return File(f"{place}{name}.py", helper_module(name, uses), uses=tuple(sorted(uses)))


class _Writer:
    """One attempt at the module."""

    def __init__(self, source: Source, options: Options, read: ReadTemplate, refusals: Refusals) -> None:
        self.source, self.options, self.read, self.refusals = source, options, read, refusals
        missing = missing_names(source.modules)
        regions, dropped = without_lost(main_regions(source.regions, missing))
        gone = {name for r in regions if r.role != "keep" for name in r.defines}
        # A name that the user's code uses and the module does not define is local to a function: no clash.
        taken = {name for r in regions if r.role == "keep" for name in (*r.defines, *(r.uses & gone))}
        kept = kept_names(regions)
        lost = frozenset(name for r in regions if r.kind != "import" for name in r.defines) - kept
        lost |= {item.local for r in regions for item in r.imported if absolute(item.path, None) in missing}
        loops = (loop for dag in source.dags for loop in (*dag.around, *dag.loops.values()))
        own = FLOW_LOCALS | {name for loop in loops for name in loop.targets}
        own |= {name for dag in source.dags for name in params_of(dag)}
        own |= {name for dag in source.dags if dag.building is not None for name in (*dag.building.names, *dag.building.orders)}
        names = Names(taken | own)
        self.draft = Draft(source.text, regions, options, names, kept, own, lost, edits=list(source.edits), missing=missing)
        self.draft.stuck = stuck_names(source.modules)
        self.draft.others = drafts_of(source.modules, missing, options)
        for other in self.draft.others:
            other.text = source.text
        for region in dropped:
            if not region.pure:
                what = source.text[region.span.start : region.span.end].splitlines()[0][:60]
                self.draft.note(finding("A2P115", region.span.line, region.span.column, what=what))
        for name in source.helpers:
            self.draft.helper(*home_of(name))
        self.hooks = Hooks(self.draft)

    def write(self) -> Written:
        draft, source = self.draft, self.source
        flows = [self._flow_name(dag) for dag in source.dags]
        plans: list[tuple[FlowPlan, Mapping[str, Policy]]] = []
        deployments: list[Deployment] = []
        for dag, function in zip(source.dags, flows, strict=True):
            plan, policies, deployment = self._plan(dag, function)
            plans.append((plan, policies))
            deployments += [] if dag.around else [deployment]
        draft.names.taken |= {name for plan, _ in plans for name in _brought(plan)}
        python = PythonTasks(draft, [plan for plan, _ in plans])
        texts = [self._flow(plan, policies, python) for plan, policies in plans]
        python.undecorate(plan for plan, _ in plans)
        main = main_text(draft, [plan for plan, _ in plans])
        module, modules, beside = with_modules(draft, texts, main, source.newline, source.modules, source.depth)
        helpers = tuple(helper_file(name, uses, home) for home, more in beside.items() for name, uses in helper_modules(more).items())
        kept = tuple(source.text[r.span.start : r.span.end] for r in draft.regions if self._untouched(r))
        files = (File(source.name, module), *helpers)
        moved = (r for r in draft.regions if draft.late.intersection(r.defines) and r.kind == "assign")
        late = frozenset(line for r in moved for line in range(r.span.line, r.span.line + source.text.count("\n", r.span.start, r.span.end) + 1))
        return Written(files, kept, tuple(plan for plan, _ in plans), tuple(deployments), tuple(sorted(draft.findings)), modules, late)

    def _untouched(self, region: Region) -> bool:
        """Whether the text of `region` must be in the output as it was."""
        if region.role != "keep" or region.kind in ("import", "main", "assign") or region.indent or region.pure:
            return False
        return not any(region.start <= edit.start < region.end for edit in self.draft.edits)

    # ------------------------------------------------------------------ plans

    def _flow_name(self, dag: Dag) -> str:
        given = dag.arguments.get("dag_id")
        name = identifier((fixed_text(given) if isinstance(given, Code) else "") or dag.dag_id, "flow")
        return self.draft.names.claim(name, f"{name}_flow")

    def _render(self, value: Value, variables: frozenset[str] = frozenset()) -> str | None:
        return text_of(value, Scope(self.draft, variables, lambda need: None))

    def _plan(self, dag: Dag, function: str) -> tuple[FlowPlan, Mapping[str, Policy], Deployment]:
        draft = self.draft
        draft.note(*dag.findings)
        if dag.around:
            what, names = dag.around[-1].iterable.text, ", ".join(name for loop in dag.around for name in loop.targets)
            draft.note(finding("A2P116", dag.span.line, dag.span.column, what=what[:60], names=names))
        bodies = {task.task_id: self._body(dag, task) for task in dag.tasks}
        dag, bodies = with_pulled_keys(dag, bodies)
        if dag.building is not None:
            pulled = {task.task_id: pulled_by(task, bodies[task.task_id]) for task in dag.tasks}
            bodies = without_lost_pulls(dag, bodies, pulled)
            draft.note(finding("A2P291", dag.span.line, dag.span.column, what=dag.dag_id), *dag.building.findings)
        schedule, found = read_schedule(dag)
        draft.note(*found)
        for body in bodies.values():
            draft.note(*body.findings, *((body.gap,) if body.gap else ()))
        defaults = {name: text for name, value in params_of(dag).items() if (text := self._render(value)) is not None}
        required = {name for name, value in params_of(dag).items() if is_required(value)}
        defaults |= dict.fromkeys(required, "")
        for name in params_of(dag).keys() - defaults.keys():
            draft.note(finding("A2P125", dag.span.line, dag.span.column, name=name))
        for name, said in typed_params(dag).items():
            if said.unsaid and name in defaults:
                draft.note(finding("A2P124", dag.span.line, dag.span.column, name=name, what=", ".join(said.unsaid)))
            if name in required:
                draft.note(finding("A2P137", dag.span.line, dag.span.column, name=name))
        needs = tuple(dict.fromkeys(needs_of(dag, bodies)))
        functions = (draft.text[r.start : r.end] for r in draft.regions if r.kind in ("function", "class"))
        facts = Facts(
            needs=needs,
            zoned=sees_timezone(dag, bodies),
            skipping=may_be_empty(dag, bodies) | frozenset(t.task_id for t in dag.tasks if may_skip(t, bodies[t.task_id])),
            consuming=frozenset(t.task_id for t in dag.tasks if consumes(t, bodies[t.task_id])),
            apart=unordered(dag, bodies),
            defaults=defaults,
            macros=self._macros(dag),
            flow_options=self._flow_options(dag),
            name=self._name(dag),
            unrolled=frozenset(self.refusals.loops),
            pendulum=asks_pendulum(dag, needs, (*functions, *(use.text for use in self.source.modules))),
        )
        plan, missing = plan_flow(dag, schedule, function, MappingProxyType(bodies), facts, self.options)
        draft.note(*missing)
        there = placed(dag, self.options.pool)
        around = frozenset(name for loop in dag.around for name in loop.targets)
        varying = {t.task_id: around | plan.targets(step.loops) for step in plan.order.steps for t in step.tasks}
        policies = {t.task_id: self._policy(t, dag, bodies[t.task_id], there, varying[t.task_id]) for t in dag.tasks}
        self._note_additions(dag, policies, bodies)
        deployment, more = plan_deployment(dag, schedule, self.options, f"{self.source.name}:{function}", _constants(dag, plan))
        draft.note(*more)
        return plan, policies, deployment

    def _name(self, dag: Dag) -> str:
        """The source of the flow's name: the dag_id, computed where the DAG computes it."""
        given = dag.arguments.get("dag_id")
        around = frozenset(name for loop in dag.around for name in loop.targets)
        return (self._render(given, around) if isinstance(given, Code) else None) or literal(dag.dag_id)

    def _macros(self, dag: Dag) -> dict[str, str]:
        """Python source of user_defined_macros and user_defined_filters by name."""
        made: dict[str, str] = {}
        for argument in ("user_defined_macros", "user_defined_filters"):
            value = dag.arguments.get(argument)
            for key, item in value.items if isinstance(value, Pairs) else ():
                text = self._render(item)
                if isinstance(key, Literal) and text is not None:
                    made[str(key.value)] = text
        return made

    def _flow_options(self, dag: Dag) -> Mapping[str, str]:
        made, imports, found = dag_options(dag, self._render)
        self.draft.need(*imports)
        self.draft.note(*found)
        hooks = self.hooks.of_dag(dag, scheduled_date(read_schedule(dag)[0]))
        printing = {"log_prints": "True"} if "print" in self.source.text and _PRINTS.search(self.source.text) else {}
        return {**made, **printing, **task_runner(self.draft, dag), **hooks}

    def _note_additions(self, dag: Dag, policies: Mapping[str, Policy], bodies: Mapping[str, Body]) -> None:
        draft, line, column = self.draft, dag.span.line, dag.span.column
        for policy in policies.values():
            draft.note(*policy.findings)
        if any(policy.added for policy in policies.values()):
            draft.note(finding("A2P541", line, column, retries=self.options.retries, dag_id=dag.dag_id))
        if self.options.cache != "none" and any(self._caching(body) for body in bodies.values()):
            draft.note(finding("A2P542" if self.options.cache == "resume" else "A2P543", line, column))

    def _policy(self, task: Task, dag: Dag, body: Body, there: frozenset[str], varying: frozenset[str]) -> Policy:
        # A task that does nothing, or only raises, needs no retries.
        if body.passive or body.gap is not None:
            return Policy({})
        # A sensor asks again by itself: retries would only make its timeout longer.
        options = replace(self.options, retries=0) if body.polls is not None or body.flags.get("waits") else self.options
        policy = read_policy(task, dag, options, partial(self._render, variables=varying), there)
        # What the operator takes is its own affair.
        policy = replace(
            policy, findings=tuple(f for f in policy.findings if f.code != "A2P508" or dict(f.facts)["argument"] not in body.fields)
        )
        if body.template != "bridge":
            return policy
        return replace(policy, options={k: v for k, v in policy.options.items() if k != "timeout_seconds"})

    def _body(self, dag: Dag, task: Task) -> Body:
        refused = self.refusals.tasks.get((dag.dag_id, task.task_id))
        return Body(gap=refused) if refused is not None else body_of(task, dag, self.read, self.options.bridge)

    # ------------------------------------------------------------------ text

    def _flow(self, plan: FlowPlan, policies: Mapping[str, Policy], python: PythonTasks) -> str:
        draft, date = self.draft, scheduled_date(read_schedule(plan.dag)[0])
        options: dict[int, Mapping[str, str]] = {}
        fixed: dict[int, Mapping[str, str]] = {}  # those that are the same in every pass of the loops
        definitions: dict[int, Definition] = {}
        for step in plan.order.steps:
            policy, body = policies[step.task.task_id], plan.bodies[step.task.task_id]
            draft.need(*policy.imports)
            if "timeout_seconds" in policy.options and not plan.order.line:
                draft.note(*late_timeout(step.task, body, plan.dag))
            varying = plan.targets(step.loops)
            hooks, fails = self.hooks.of_task(step.task, plan.dag, policy, date, varying), self._fail_now(step.task, body)
            if fails and RETRY in hooks:
                draft.note(finding("A2P512", step.task.site.line, step.task.site.column, step.task.task_id, what=hooks[RETRY]))
            caching = {} if _same_in_each_pass(step.task) else self._caching(body)
            options[step.index] = {**policy.options, **fails, **caching, **{k: v for k, v in hooks.items() if k not in fails}}
            fixed[step.index] = {key: text for key, text in options[step.index].items() if not words(text) & varying}
        for step in plan.order.steps:
            body = plan.bodies[step.task.task_id]
            with _telling(step, plan.dag.dag_id):
                check_passes(plan, step)
                check_alike(draft, plan, step, policies)
                if body.gap is None and not body.template:
                    definitions[step.index] = python.definition(plan, step, fixed)
                else:
                    producers = accesses(plan, step)
                    definitions[step.index] = generated(draft, plan, step, body, fixed[step.index], self._function_name(step), producers)
        names = Names(draft.names.taken | {d.function for d in definitions.values()} | {p.name for p in plan.parameters})
        names.taken |= {e.name for e in plan.expressions.values()} | set(draft.kept)
        kind = FlowWriter if plan.dag.building is None else BuildingWriter
        return flow_text(kind(draft, plan, definitions, options, names))

    def _function_name(self, step: Step) -> str:
        task = step.task
        name = identifier(fixed_text(task.id_value) or task.variable or "step") if step.varies else identifier(task.task_id)
        return f"{name}_ended" if task.subdag is not None else name  # the name is that of the sub-DAG's function

    def _fail_now(self, task: Task, body: Body) -> dict[str, str]:
        """A callable that may say that no retry helps."""
        if body.gap is not None or not (body.fails_now or (task.callable is not None and task.callable.may_fail_now)):
            return {}
        self.draft.helper("airflow_rules", "may_retry")
        return {"retry_condition_fn": "may_retry"}

    def _caching(self, body: Body) -> dict[str, str]:
        if body.passive or body.gap is not None or self.options.cache == "none":
            return {}
        if self.options.cache == "inputs":
            self.draft.need("prefect.cache_policies.INPUTS", "prefect.cache_policies.TASK_SOURCE")
            return {"cache_policy": "INPUTS + TASK_SOURCE"}
        self.draft.helper("airflow_resume", "SAME_DATE")
        return {"cache_policy": "SAME_DATE"}


_PRINTS = re.compile(r"(?<!\w)p?print\s*\(|python_callable\s*=\s*p?print\b")


def _brought(plan: FlowPlan) -> Iterator[str]:
    """Names that the bodies of tasks import: no task may have them, for its own body would call the task."""
    for body in plan.bodies.values():
        yield from (name.rpartition(" as ")[2] for _, name in body.helpers)
        yield from (path.rpartition(".")[2] for path in body.imports)


def _same_in_each_pass(task: Task) -> bool:
    """Whether a task of a mapped group takes nothing: the result of one pass must not stand for that of another."""
    given = (task.argument("op_args"), task.argument("op_kwargs"))
    taskflow = task.operator.startswith("airflow.decorators.")
    return task.mapped and not task.over and taskflow and not any(getattr(value, "items", ()) for value in given)


def _constants(dag: Dag, plan: FlowPlan) -> dict[str, object]:
    """The params that are flow parameters and that YAML can hold."""
    names = {parameter.name for parameter in plan.parameters}
    values = {name: value.value for name, value in params_of(dag).items() if isinstance(value, Literal)}
    return {name: value for name, value in values.items() if name in names and isinstance(value, (str, int, float, bool))}


@contextmanager
def _telling(step: Step, dag_id: str) -> Iterator[None]:
    """Adds to an Impossible which step of which DAG it was."""
    try:
        yield
    except Impossible as impossible:
        impossible.step, impossible.dag_id = impossible.step or step, dag_id
        raise
