"""Prefect's side: bodies, steps, flows, and what a conversion gives. `operators` and `plan` fill it, `emit` prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal as OneOf

from airflow2prefect.findings import Finding
from airflow2prefect.model.airflow import Dag, Loop, Task, TaskGroup
from airflow2prefect.model.modules import ModuleUse
from airflow2prefect.model.values import Literal, Need, Value


@dataclass(frozen=True, slots=True)
class Body:
    """What a task does, from its operator's converter.

    `template` names a file of templates/tasks (without .py.j2) and `fields` what it prints; those in `templated` Airflow
    renders with Jinja; what ends with one of `extensions` is a file of a template. A python_callable has no template: `args` and `kwargs` go to `callable`.
    `polls`: a sensor, for which template or callable is the condition, with the arguments of `wait_until`. `skips`: it may end as skipped.
    `over`: what it is mapped over, by parameter ("**": mappings of all of them); a field or keyword that is mapped is a Template of a Need of
    that kind. `may_be_empty`: that may be nothing, and the task is skipped.
    `around`: the template that says what is done with what the callable returns. `builds`: the class of the file that `kwargs` go to, before its method is called.
    `gap`: nothing could be converted, the task raises with this finding. `words` are texts for the template that are no values of the user's,
    `keys`: XComs that it can give besides what it returns. `locals` the variables that its lines bind, `helpers` what they use of helper modules: (module, name), `driver` the hook whose database driver they need.
    """

    template: str = ""
    fields: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    templated: frozenset[str] = frozenset()
    extensions: tuple[str, ...] = ()
    flags: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    args: Value | None = None
    kwargs: Value | None = None
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    locals: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    returns: bool = False
    passive: bool = False
    chooses: OneOf["", "branch", "short_circuit", "short_circuit_next", "soft_fail"] = ""
    findings: tuple[Finding, ...] = ()
    gap: Finding | None = None
    helpers: tuple[tuple[str, str], ...] = ()
    polls: Mapping[str, Value] | None = None
    skips: bool = False
    over: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    may_be_empty: bool = False
    builds: str = ""
    fails_now: bool = False
    driver: str = ""
    around: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A dependency of a step on another, by index: on its one run, the run of the same pass of the loops, or all runs."""

    step: int
    kind: OneOf["one", "all"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A dependency on a step's run in the pass before (all passes before, if `every`); of the first pass on `initial` steps."""

    step: int
    every: bool
    initial: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A call of a task in the flow: one task run, or one a pass of the loops around it. `tasks` are those Airflow tasks.

    `leaf`: its state counts for that of the flow; `awaited`: it does not, though nothing follows.
    """

    index: int
    tasks: tuple[Task, ...]
    loops: tuple[int, ...]
    after: tuple[Link, ...]
    leaf: bool
    collected: bool
    earlier: tuple[Earlier, ...] = ()
    awaited: bool = False

    @property
    def task(self) -> Task:
        return self.tasks[0]

    @property
    def varies(self) -> bool:
        """Whether its runs have names that the flow computes."""
        return (bool(self.loops) and not self.task.mapped) or any(not isinstance(value, Literal) for value in (*self.task.outer, self.task.id_value))


@dataclass(frozen=True, slots=True)
class Block:
    """A loop of the flow with what is in it, in order."""

    loop: Loop
    items: tuple[Step | Block | Part, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A group of tasks that becomes a function of its own, called in the flow; `loops` are those around the call."""

    group: TaskGroup
    loops: tuple[int, ...]
    items: tuple[Step | Block | Part, ...]


@dataclass(frozen=True, slots=True)
class Guard:
    """A short-circuit on a path: what follows only runs if the task of `step` returns something true."""

    step: Step


@dataclass(frozen=True, slots=True)
class Arm:
    """What runs if a branching task chooses `choice`, a task_id. `ends`: nothing runs behind it, also not where the arms meet."""

    choice: str
    items: tuple[Step | Guard | Fork, ...]
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Fork:
    """A branching task on a path, which chooses one of the arms; what follows in the path is where they meet."""

    step: Step
    arms: tuple[Arm, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The steps of a flow in an order in which each finds what it waits for.

    `line`: it is one path, forks that meet again included; each step starts when the one before it has succeeded.
    """

    items: tuple[Step | Block | Guard | Fork | Part, ...]
    steps: tuple[Step, ...]
    line: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """By task_id. `ruled`: submitted through the rules helper, since plain Prefect would differ.

    `when`: for a task below branches, by the id of the branching task, the choices on which it runs (True for a short-circuit;
    False below a soft-failing sensor: on anything but a skip; None: by a first task of its sub-DAG, if that one started).
    `choices`: for a branching task that may return anything, what it may choose. `skippable`: tasks that may end as skipped.
    """

    ruled: frozenset[str]
    when: Mapping[str, Mapping[str, tuple[str, ...] | bool | None]]
    choices: Mapping[str, tuple[str, ...]]
    skippable: frozenset[str]


@dataclass(frozen=True, slots=True)
class FlowParameter:
    """A parameter of the flow, as Python source; dotted names that the annotation needs imported. No default: each run must be told it."""

    name: str
    annotation: str
    default: str
    imports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """Python source in the flow, what it is called as a variable or parameter, and dotted names to import."""

    text: str
    name: str
    imports: tuple[str, ...] = ()
    helper: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class FlowPlan:
    """A flow, before it is text.

    `expressions` give what its tasks need of Airflow's context; what a task can get at by itself (Variables, macros) is in
    `inside`. `prelude` makes logical_date. `name` is the source of the flow's name, `docstring` the text of its docstring.
    """

    dag: Dag
    function: str
    order: Order
    bodies: Mapping[str, Body]
    rules: Rules
    skipping: frozenset[str]
    steps_by_task: Mapping[str, Step]
    expressions: Mapping[Need, Expression]
    parameters: tuple[FlowParameter, ...]
    options: Mapping[str, str]
    prelude: tuple[str, ...] = ()
    prelude_imports: tuple[str, ...] = ()
    prelude_helpers: tuple[tuple[str, str], ...] = ()
    docstring: str = ""
    name: str = ""
    inside: Mapping[Need, Expression] = field(default_factory=lambda: MappingProxyType({}))

    def targets(self, loops: tuple[int, ...]) -> frozenset[str]:
        """The variables of these loops, and of those around the DAG; all that its building code binds."""
        if self.dag.building is not None:
            return self.dag.building.names
        inside = (self.dag.loops[loop] for loop in loops)
        return frozenset(name for loop in (*self.dag.around, *inside) for name in loop.targets)

    def is_mapped(self, step: Step) -> bool:
        """Whether the call of `step` makes a run for each of some values."""
        return bool(self.bodies[step.task.task_id].over)

    def is_expanded(self, task: Task, step: Step) -> bool:
        """Whether `step` sees a run of `task` for each of the values that a group is mapped over."""
        return any(self.dag.loops[each.loop].over and each.loop not in step.loops for each in task.iterations)

    def producer(self, step: Step, task_id: str) -> Link | None:
        """The run(s) of the task that `step` takes a value from; None if it comes no earlier in the flow."""
        inner = step.task.within + task_id
        return self.run_before(step, inner if inner in self.steps_by_task else task_id)

    def run_before(self, step: Step, task_id: str) -> Link | None:
        """The same for a task by its id in the flow, which that of a task of a sub-DAG is with its prefix."""
        found = self.steps_by_task.get(task_id)
        if found is None or found.index >= step.index:
            return None
        shared = len(found.loops) <= len(step.loops) and step.loops[: len(found.loops)] == found.loops
        shared = shared and not self.is_mapped(found)
        return Link(found.index, "one" if shared else "all")


@dataclass(frozen=True, slots=True)
class File:
    """A file to write, `path` relative to the folder of the flow.

    `uses`: of a helper module, what the flow uses of it. One for several flows is made of all that they use.
    """

    path: str
    text: str
    encoding: str = "utf-8"
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deployment:
    """One entry of `deployments:` in prefect.yaml, as plain data in the order of its keys."""

    flow: str
    entries: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of one DAG file. No flow among `files`: it was not converted, and `findings` say why.

    `files[0]` is the flow module; behind it come the helper modules that it imports. `requirements`: see packages.requirements_of.
    `modules` are those of the user's own that it imports.
    """

    path: str
    dags: tuple[str, ...]
    files: tuple[File, ...]
    deployments: tuple[Deployment, ...]
    findings: tuple[Finding, ...]
    requirements: tuple[str, ...] = ()
    modules: tuple[ModuleUse, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkPool:
    """Where deployments run: the pool's name and type, for docker and kubernetes the image with the flows, and what a run gets.

    `image` may end with a tag; `cpu` and `memory` are as the type writes them (kubernetes: 500m, 512Mi; docker: 0.5, 512m), "" for no
    say. `build`: prefect.yaml builds the image of a Dockerfile, and with `push` pushes it.
    """

    name: str = "default"
    type: OneOf["process", "docker", "kubernetes"] = "process"
    image: str = ""
    cpu: str = ""
    memory: str = ""
    build: bool = False
    push: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What the user can choose. `retries`: added where a DAG sets none. `cache`: resume, inputs or none.
    `bridge`: operators that nothing converts run in Airflow's environment. `task_runner`: where tasks run. `subflows`: groups are flows."""

    retries: int = 2
    cache: OneOf["resume", "inputs", "none"] = "resume"
    paused: bool = False
    airflow: OneOf["auto", "1", "2"] = "auto"
    bridge: bool = False
    pool: WorkPool = WorkPool()
    task_runner: OneOf["thread", "process", "dask", "ray"] = "thread"
    subflows: bool = False
