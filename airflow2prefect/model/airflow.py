"""Airflow's side: tasks, DAGs, and the statements of the user's file. `analyse` fills it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal as OneOf

from airflow2prefect.findings import Finding
from airflow2prefect.model.values import Callable, Code, Edit, Literal, OperatorClass, Span, Value


@dataclass(frozen=True, slots=True)
class Carried:
    """An order from one pass of a loop to a later one, of a loop whose items only the run knows.

    `down` comes after `up` of the pass before (of all before, if `every`), in the first pass after `initial` instead.
    """

    up: str
    down: str
    initial: tuple[str, ...]
    every: bool


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop that makes tasks. `count`: its passes, None if only known at run time; then `carried` are orders between them.

    `over`: it stands for a group that is mapped over these values, by parameter ("**": mappings of all of them, one a pass).
    `rebound`: its statements bind its variable to something else (`name = name.strip()`).
    """

    id: int
    span: Span
    targets: tuple[str, ...]
    target_text: str
    iterable: Code
    count: int | None
    carried: tuple[Carried, ...] = ()
    over: tuple[tuple[str, Value], ...] = ()
    rebound: bool = False


@dataclass(frozen=True, slots=True)
class Iteration:
    loop: int
    index: int


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """A TaskGroup or a sub-DAG, `id_value` being its own id. `loops` are those around it; `made_by`: the function of the user's that makes it.

    `doc` is its tooltip, or what that function's docstring says; `above` are the comments above that function, if it is TaskFlow's.
    """

    group_id: str
    id_value: Value
    statement: Span
    loops: tuple[int, ...] = ()
    made_by: str = ""
    doc: str = ""
    comment: str = ""
    above: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """An operator instance. `operator` is its qualified import path, as canonical as imports tell.

    `arguments` are those of its call; `inherited` what default_args of the DAG (or the task's own) add to them.
    `site` spans the call (the same for all iterations of a loop), `statement` the statement with it.
    `inlined`: made by a helper function, so that names in its arguments need not be the module's. `gap`: why it can't be converted.
    `subdag`: the DAG of a SubDagOperator; `within`: the ids of those that the task is in, each with a dot behind it.
    `closure`: what its callable, a function in a function, takes from around it; `defaults` of its parameters
    that hold on to the value of a name. `airflow` is the major version that its file is written for.
    `outer`: the ids of the groups and sub-DAGs that stand in front of its own, outermost first.
    `role`: whether it is a setup or teardown (2.7); `fails_dag`: its failure fails the DAG run, which is not so of teardowns.
    `over`: what it is mapped over, by parameter; under "**" the mappings of `.expand_kwargs`.
    `after`: a first task of the sub-DAG that it is in (or that it ends), which starts if the sub-DAG does.
    `groups`: the groups and sub-DAGs that it is in, outermost first.
    `pulled`: the XCom keys that others read of it, where only its operator knows what it pushes.
    """

    task_id: str
    operator: str
    site: Span
    statement: Span
    id_value: Value
    arguments: Mapping[str, Value]
    inherited: Mapping[str, Value]
    trigger_rule: str = "all_success"
    variable: str = ""
    comment: str = ""
    iterations: tuple[Iteration, ...] = ()
    callable: Callable | None = None
    group: str = ""
    mapped: bool = False
    role: OneOf["", "setup", "teardown"] = ""
    fails_dag: bool = True
    over: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    inlined: bool = False
    gap: Finding | None = None
    within: str = ""
    subdag: Dag | None = None
    closure: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    defaults: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    airflow: int = 1
    made_of: OperatorClass | None = None
    pulled: tuple[str, ...] = ()
    outer: tuple[Value, ...] = ()
    after: str = ""
    groups: tuple[TaskGroup, ...] = ()

    @property
    def name(self) -> str:
        """Its id in Airflow, where `task_id` tells it from a task of another branch with the same."""
        own = self.id_value.value if isinstance(self.id_value, Literal) else None
        return own if isinstance(own, str) and self.task_id.startswith((f"{own} #", f"{own} (line ")) else self.task_id

    def argument(self, name: str) -> Value | None:
        """The value of an operator argument, from the call or from default_args."""
        return self.arguments.get(name, self.inherited.get(name))


@dataclass(frozen=True, slots=True)
class Building:
    """The code that makes the tasks of a DAG, where only the run knows which: it stays, in the flow.

    `blocks`: its statements as (start, end, indentation) in the source, the first `functions` of which are functions that make tasks.
    `names` are bound by it, `edits` take Airflow out of it but for the calls of operators, `orders` are functions of Airflow's that it calls,
    `helpers` those of helper modules that the edits do. `given`: the parameters of the function that it is the body of.
    """

    blocks: tuple[tuple[int, int, int], ...]
    functions: int
    names: frozenset[str]
    edits: tuple[Edit, ...]
    orders: frozenset[str]
    helpers: frozenset[str] = frozenset()
    given: tuple[tuple[str, Value], ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Dag:
    """A DAG. `airflow` is the major version that the file is written for.

    `building`: how its graph is made, if only the run knows that; its tasks are then one for each call of an operator.
    `made_by`: the function of the user's that makes it, `doc` its docstring.
    `around`: the loops that make it, where only the run knows their items: it stands for as many DAGs as they have passes.
    """

    dag_id: str
    span: Span
    arguments: Mapping[str, Value]
    default_args: Mapping[str, Value]
    tasks: tuple[Task, ...]
    edges: tuple[tuple[str, str], ...]
    loops: Mapping[int, Loop] = field(default_factory=lambda: MappingProxyType({}))
    variable: str = ""
    comment: str = ""
    findings: tuple[Finding, ...] = ()
    airflow: int = 1
    around: tuple[Loop, ...] = ()
    building: Building | None = None
    made_by: str = ""
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a DAG runs, in Airflow's terms. `kind`: none, once, cron, interval (seconds), relative (months/years), unknown.

    `cron` is five fields (presets are expanded). `timezone` is an IANA name. `start` and `end` are None unless literal.
    """

    kind: OneOf["none", "once", "cron", "interval", "relative", "unknown"]
    cron: str = ""
    seconds: float = 0.0
    months: int = 0
    timezone: str = "UTC"
    start: datetime | None = None
    end: datetime | None = None
    catchup: bool = True

    @property
    def interval(self) -> timedelta | None:
        """The fixed length between two runs, if there is one."""
        return timedelta(seconds=self.seconds) if self.kind == "interval" else None


@dataclass(frozen=True, slots=True)
class Imported:
    """One name that an import binds; `alias` is the range of `name as local` in the source."""

    local: str
    path: str
    alias: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Region:
    """A statement of the module, and what becomes of it.

    `start` to `end` are whole lines with the blank and comment lines above, `comment` is where those comments begin.
    `role`: "keep" for the user's own code, "dag" for what makes DAGs (it turns into flows), "airflow" for imports of Airflow.
    `indent` is what a statement out of a `with DAG` block loses when it moves to the top of the module.
    `pure`: leaving it out has no effect but that its names are missing. `cuts`: what goes from a condition that stays.
    """

    span: Span
    start: int
    comment: int
    end: int
    kind: OneOf["import", "function", "class", "assign", "docstring", "main", "other"]
    role: OneOf["keep", "dag", "airflow"]
    indent: int = 0
    defines: tuple[str, ...] = ()
    uses: frozenset[str] = frozenset()
    pure: bool = False
    imported: tuple[Imported, ...] = ()
    cuts: tuple[Edit, ...] = ()
