"""What a report tells of DAG files: plain facts. `survey` finds them, `report` shows them.

Frozen, and made of strings, numbers and tuples only: they travel between processes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal as OneOf
from typing import TypeAlias

from airflow2prefect.findings import Finding

# What a task spends its time on, as far as its operator and its code tell; those that most need retries come first.
Kind: TypeAlias = OneOf["network", "database", "sensor", "file", "shell", "python", "nothing", "unknown"]
KINDS: tuple[Kind, ...] = ("network", "database", "sensor", "file", "shell", "python", "unknown", "nothing")
Outcome: TypeAlias = OneOf["as it is", "with changes", "with gaps", "not at all"]
OUTCOMES: tuple[Outcome, ...] = ("as it is", "with changes", "with gaps", "not at all")
Status: TypeAlias = OneOf["read", "assumed", "unread", "no producer", "not before", "computed", "other DAG", "earlier run"]


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A task as Airflow has it. `line` to `end` are the operator's call.

    None stands for a figure that is only known at run time: `retries`; `retry_delay` and `timeout`, in seconds, where 0.0 is no
    timeout. `own_retries`: its own call says how many. `added`: retries that `convert` adds. `evidence`: what it is of that kind for.
    `bridged`: it runs in Airflow's environment. `again`: why it runs again where a run resumes that it has succeeded in, "" if it does not.
    """

    task_id: str
    operator: str
    kind: Kind
    line: int
    end: int
    group: str
    trigger_rule: str
    pool: str | None
    depends_on_past: bool | None
    retries: int | None
    retry_delay: float | None
    backoff: bool
    own_retries: bool
    timeout: float | None
    added: int
    converted: bool
    evidence: str = ""
    bridged: bool = False
    again: str = ""


@dataclass(frozen=True, slots=True)
class XCom:
    """A value from one task to another, or one end of it.

    `push_line` and `pull_line` are 0 where there is none. `key` is "*" for any and "" for one that the code computes. `implicit`: pushed
    by returning. `how` it is read: by code, by a template, or as a task's output. `value` names what is large or cannot be pickled in it.

    read         pulled by `consumer`
    assumed      it may be, but who pulls it (no `consumer`), or what `producer` pushes, cannot be seen from here
    unread       no task of the DAG pulls it
    no producer  no task of the DAG pushes it
    not before   `producer` need not have run before `consumer`
    computed     task or key are only known at run time
    other DAG    pulled from another DAG
    earlier run  pulled from runs before this one
    """

    producer: str
    key: str
    push_line: int
    consumer: str
    pull_line: int
    status: Status
    how: OneOf["python", "template", "output", ""] = ""
    implicit: bool = False
    certain: bool = True
    value: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Another DAG or dataset that a task starts, waits for, contains, reads or writes."""

    task_id: str
    line: int
    kind: OneOf["triggers", "waits for", "contains", "reads", "writes"]
    target: str


@dataclass(frozen=True, slots=True)
class DagFacts:
    """A DAG, and the flow that it becomes. `shape` says how the flow calls its tasks, `parts` what it has besides: loops, branches, groups.
    `converts`: what convert makes of it, by the worst that it says: nothing but notes, CHECK, GAP, ERROR. Findings that are not told do not change that.
    """

    dag_id: str
    line: int
    end: int
    schedule: str
    start: str
    catchup: bool | None
    airflow: int
    flow: str
    shape: str
    tasks: tuple[TaskFacts, ...]
    edges: tuple[tuple[str, str], ...]
    xcoms: tuple[XCom, ...]
    links: tuple[Link, ...]
    converts: Outcome = "as it is"
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Needs:
    """What the flows of a file need around them, each sorted: names of Airflow's things, modules, packages of PyPI.

    `plugins`: modules of Airflow's folder of plugins. `airflow`: packages of the environment that bridged operators run in.
    """

    connections: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    integrations: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    airflow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Lines [start, end] of the DAG file, and those of the flow that came of them, both from 1."""

    start: int
    end: int
    flow_start: int
    flow_end: int
    task: str = ""


@dataclass(frozen=True, slots=True)
class Texts:
    """The file and its flow as text, for reports that show code."""

    source: str
    flow: str
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file that was looked at. `converted`: it has a flow. `error`: it could not even be read by us."""

    path: str
    lines: int
    dags: tuple[DagFacts, ...] = ()
    findings: tuple[Finding, ...] = ()
    needs: Needs = field(default_factory=Needs)
    converted: bool = False
    texts: Texts | None = None

    def findings_of(self, dag: DagFacts) -> tuple[Finding, ...]:
        """The findings that concern this DAG: all of the file's but those of tasks of its other DAGs."""
        if len(self.dags) == 1:
            return self.findings
        own = {task.task_id for task in dag.tasks}
        lines = {(task.task_id, line) for task in dag.tasks for line in range(task.line, task.end + 1)}
        others = {(d.line, d.dag_id) for d in self.dags if d is not dag}
        return tuple(
            found
            for found in self.findings
            if (found.task, found.line) in lines
            or (found.task in own and not any(found.task == t.task_id for d in self.dags if d is not dag for t in d.tasks))
            or (not found.task and not any(found.line == line for line, _ in others))
        )
