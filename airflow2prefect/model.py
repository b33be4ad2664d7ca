"""The nouns that all stages share: Airflow's on one side, Prefect's on the other.

Everything here is frozen and knows nothing of the stages. `analyse` fills the Airflow side, `plan` turns it
into the Prefect side, `emit` prints that. Offsets count characters of `Source.text`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal as OneOf
from typing import TypeAlias

from airflow2prefect.findings import Finding

# ---------------------------------------------------------------------------------------------- places


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of the source: character offsets [start, end), and where it starts (both from 1)."""

    start: int
    end: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters [start, end) of the source by `text`."""

    start: int
    end: int
    text: str


# ---------------------------------------------------------------------------------------------- values


@dataclass(frozen=True, slots=True)
class Literal:
    """A value known without running the file.

    `value` is None, bool, number, str, bytes, datetime (aware ones with a zoneinfo.ZoneInfo or timezone.utc), timedelta.
    `code` is how the user wrote it, if the text can stand where the flow is.
    """

    value: object
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """An expression kept as the user wrote it.

    `names` are the places, relative to `text`, of its free names; `bound` says what those that are not
    plain globals of the module stood for (loop variables, parameters of helper functions).
    `parts`: string formatting (`%`, `+`, `.format`, f-string) as literal text and expressions in turn.
    """

    text: str
    span: Span | None = None
    names: tuple[tuple[int, int, str], ...] = ()
    bound: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    parts: tuple[str | Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, tuple or set whose items are values: `kind` is "list", "tuple" or "set"."""

    kind: str
    items: tuple[Value, ...]
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Pairs:
    """A dict of values, in the order of the source."""

    items: tuple[tuple[Value, Value], ...]
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class XComOf:
    """The XCom of a task as a value: `task.output`, `task.output["key"]`, a TaskFlow call's result."""

    task_id: str
    key: str = "return_value"


@dataclass(frozen=True, slots=True)
class Reference:
    """A function, class or object of the module or of an import; `path` is its qualified import path if imported."""

    name: str
    path: str | None = None
    code: Code | None = None
    callable: Callable | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A call whose function is known by its qualified import path but whose result is not: `days_ago(2)`,
    `Variable.get("x")` (path "airflow.models.Variable.get"), `relativedelta(months=1)`, `partial(f, 1)`.
    """

    path: str
    args: tuple[Value, ...]
    kwargs: Mapping[str, Value]
    code: Code | None = None


Value: TypeAlias = "Literal | Code | Sequence | Pairs | XComOf | Reference | Call | Template"


# ---------------------------------------------------------------------------------------------- needs


@dataclass(frozen=True, slots=True)
class Need:
    """Something of Airflow's context that a callable or template uses.

    kind      name                                                          key
    context   the context's key: "ds", "execution_date", "run_id", ...      ""
    param     a key of `params`                                             ""
    conf      a key of `dag_run.conf`, or "" for all of it                  ""
    xcom      the task_id pulled from                                       the XCom key
    variable  an Airflow Variable                                           "json" if deserialised, else ""
    macro     a name of `user_defined_macros`                               ""
    filter    a name of `user_defined_filters`                              ""

    `default` is the Python text of what stands for a missing Variable (`var.value.get("x", "y")`), None for: it raises.
    """

    kind: OneOf["context", "param", "conf", "xcom", "variable", "macro", "filter"]
    name: str
    key: str = ""
    default: str | None = None


def variable_name(name: str) -> str:
    """Prefect's name for an Airflow Variable: lowercase letters, digits and underscores.

    https://docs.prefect.io/v3/concepts/variables
    """
    return re.sub(r"[^a-z0-9_]", "_", name.lower())


# All of the context that a flow knows, as one mapping.
WHOLE_CONTEXT = Need("context", "*")


@dataclass(frozen=True, slots=True)
class Piece:
    """An expression inside a template, as Python: `text` holds `{0}`-like holes for `needs`, in their order.

    `{{ macros.ds_add(ds, -7) }}` gives `Piece("{0} - timedelta(days=7)", (Need("context", "execution_date"),), "%Y-%m-%d",
    imports=("datetime.timedelta",))`; `spec` is the format spec of an f-string field, "" for none. Literal braces are doubled.
    `is_string`: the value is certainly a str, so that a template which is only this piece needs no f-string.
    """

    text: str
    needs: tuple[Need, ...] = ()
    spec: str = ""
    imports: tuple[str, ...] = ()
    is_string: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A string that Airflow renders with Jinja: literal text and pieces in turn, or None where only jinja2 can render it.

    `context` are the keyword arguments of `render` then: `(("ds", Piece("{0}", (Need("context", "ds"),))),)`. `includes` are the
    files that it reads (`{% include %}`); `file`: it is such a file, of which nothing is known. `findings` tell what no flow can give: with a GAP among them, nothing may render it.
    """

    text: str
    parts: tuple[str | Piece | Code, ...] | None
    needs: tuple[Need, ...] = ()
    findings: tuple[Finding, ...] = ()
    context: tuple[tuple[str, Piece], ...] = ()
    includes: tuple[str, ...] = ()
    file: str = ""


# ---------------------------------------------------------------------------------------------- callables


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a callable. `kind` is "positional", "keyword", "args" (`*a`) or "kwargs" (`**k`)."""

    name: str
    kind: OneOf["positional", "keyword", "args", "kwargs"]
    span: Span
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Pull:
    """`ti.xcom_pull(...)`: `span` is the whole call. None in `task_ids` or `key`: not a literal; key "*": any key.

    `many`: the ids were given as a list, so that the value is a list. `pattern`: ids made by a comprehension,
    as (iterable's text, variable, text of the id). `candidates`: what the id can be, for a variable of a loop over literals; `shape`: its form where
    it is formatted, with {} for what varies.
    `statement` spans the whole statement if it is only `name = <this pull>`, and `target` is that name.
    """

    span: Span
    task_ids: tuple[str, ...] | None
    key: str | None
    many: bool = False
    candidates: tuple[str, ...] = ()
    shape: str = ""
    pattern: tuple[str, str, str] | None = None
    ids_text: str = ""
    any_task: bool = False
    foreign: str = ""
    statement: Span | None = None
    target: str = ""


@dataclass(frozen=True, slots=True)
class Push:
    """`ti.xcom_push(key=..., value=...)`. `always`: runs whenever the callable returns. `statement`: it is one by itself."""

    span: Span
    key: str | None
    key_text: str
    value_text: str
    value_span: Span
    always: bool
    statement: bool = True


@dataclass(frozen=True, slots=True)
class ContextRead:
    """A use of a key of the context, `context["ds"]`: `span` is what an edit replaces by the parameter."""

    span: Span
    need: Need


@dataclass(frozen=True, slots=True)
class Return:
    """A return statement of the callable itself; `value` is the span of what it returns, None for a bare one.

    `keys`: those of a dict that is written out there.
    """

    span: Span
    value: Span | None
    is_none: bool = False
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Callable:
    """What a python_callable is made of, as far as a conversion must know.

    `bound`: the parameter that Python fills (`cls`). `locals` are all names in it, `free` those that it does not bind. `escapes`: uses of an object of the context ("ti", "context", "dag_run", ...) that are none of the other facts.
    `choices`: all that it can return, if they are strings known from the file (None: not so).
    `own_keys`: it reads keys of its `**kwargs` that are not Airflow's. `replacements`: exceptions of Airflow's by ours.
    `helper_pulls` and `helper_pushes` are in functions of the file that it may hand its task instance to; `hands_on`: what it
    hands the context or the task instance to may use the latter. `taskflow`: its decorator of Airflow's, with the line's end. `context`: the parameter that gets it whole.
    """

    name: str
    kind: OneOf["function", "lambda", "imported", "partial", "method", "other"]
    span: Span
    parameters: tuple[Parameter, ...] = ()
    parameter_list: Span | None = None
    body: Span | None = None
    indent: str = "    "
    pulls: tuple[Pull, ...] = ()
    pushes: tuple[Push, ...] = ()
    reads: tuple[ContextRead, ...] = ()
    returns: tuple[Return, ...] = ()
    ends_open: bool = True
    removals: tuple[Span, ...] = ()
    escapes: tuple[tuple[Span, str], ...] = ()
    locals: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset()
    is_async: bool = False
    is_generator: bool = False
    decorated: bool = False
    first_statement: Span | None = None
    bound: str = ""
    may_skip: bool = False
    may_fail_now: bool = False
    choices: tuple[str, ...] | None = None
    own_keys: bool = False
    replacements: tuple[tuple[Span, str], ...] = ()
    helper_pulls: tuple[Pull, ...] = ()
    helper_pushes: tuple[Push, ...] = ()
    handed_to: tuple[str, ...] = ()
    hands_on: bool = False
    taskflow: Span | None = None
    findings: tuple[Finding, ...] = ()
    context: str = ""


@dataclass(frozen=True, slots=True)
class OperatorClass:
    """An operator that the file defines: `does` is its `method` (execute, poke, choose_branch), `parameters` those of its `__init__`,
    of which Airflow renders `templated`. `edits` take Airflow out of it, `needs` are imported then; `problem`: why that cannot be."""

    name: str
    method: str
    does: Callable | None
    parameters: tuple[str, ...]
    templated: frozenset[str]
    extensions: tuple[str, ...]
    edits: tuple[Edit, ...]
    needs: frozenset[str]
    problem: Finding | None = None


# ---------------------------------------------------------------------------------------------- Airflow


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
    """A loop that makes tasks. `count`: its passes, None if only known at run time; then `carried` are orders between them."""

    id: int
    span: Span
    targets: tuple[str, ...]
    target_text: str
    iterable: Code
    count: int | None
    carried: tuple[Carried, ...] = ()


@dataclass(frozen=True, slots=True)
class Iteration:
    loop: int
    index: int


@dataclass(frozen=True, slots=True)
class Task:
    """An operator instance. `operator` is its qualified import path, as canonical as imports tell.

    `arguments` are those of its call; `inherited` what default_args of the DAG (or the task's own) add to them.
    `site` spans the call (the same for all iterations of a loop), `statement` the statement with it.
    `inlined`: made by a helper function, so that names in its arguments need not be the module's. `gap`: why it can't be converted.
    `subdag`: the DAG of a SubDagOperator; `within`: the ids of those that the task is in, each with a dot behind it.
    `closure`: what its callable, a function in a function, takes from around it; `defaults` of its parameters
    that hold on to the value of a name. `airflow` is the major version that its file is written for.
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
    inlined: bool = False
    gap: Finding | None = None
    within: str = ""
    subdag: Dag | None = None
    closure: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    defaults: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    airflow: int = 1
    made_of: OperatorClass | None = None

    def argument(self, name: str) -> Value | None:
        """The value of an operator argument, from the call or from default_args."""
        return self.arguments.get(name, self.inherited.get(name))


@dataclass(frozen=True, slots=True)
class Dag:
    """A DAG. `airflow` is the major version that the file is written for."""

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


# ---------------------------------------------------------------------------------------------- Prefect


@dataclass(frozen=True, slots=True)
class Body:
    """What a task does, from its operator's converter.

    `template` names a file of templates/tasks (without .py.j2) and `fields` what it prints; those in `templated` Airflow
    renders with Jinja; what ends with one of `extensions` is a file of a template. A python_callable has no template: `args` and `kwargs` go to `callable`.
    `polls`: a sensor, for which template or callable is the condition, with the arguments of `wait_until`. `skips`: it may end as skipped.
    `builds`: the class of the file that `kwargs` go to, before its method is called.
    `gap`: nothing could be converted, the task raises with this finding. `words` are texts for the template that are no values of the user's,
    `locals` the variables that its lines bind, `helpers` what they use of helper modules: (module, name).
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
    builds: str = ""
    fails_now: bool = False


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
    """A call of a task in the flow: one task run, or one a pass of the loops around it. `tasks` are those Airflow tasks."""

    index: int
    tasks: tuple[Task, ...]
    loops: tuple[int, ...]
    after: tuple[Link, ...]
    leaf: bool
    collected: bool
    earlier: tuple[Earlier, ...] = ()

    @property
    def task(self) -> Task:
        return self.tasks[0]


@dataclass(frozen=True, slots=True)
class Block:
    """A loop of the flow with what is in it, in order."""

    loop: Loop
    items: tuple[Step | Block, ...]


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

    items: tuple[Step | Block | Guard | Fork, ...]
    steps: tuple[Step, ...]
    line: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """By task_id. `ruled`: submitted through the rules helper, since plain Prefect would differ.

    `when`: for a task below branches, by the id of the branching task, the choices on which it runs (True for a short-circuit;
    False below a soft-failing sensor: on anything but a skip).
    `choices`: for a branching task that may return anything, what it may choose. `skippable`: tasks that may end as skipped.
    """

    ruled: frozenset[str]
    when: Mapping[str, Mapping[str, tuple[str, ...] | bool]]
    choices: Mapping[str, tuple[str, ...]]
    skippable: frozenset[str]


@dataclass(frozen=True, slots=True)
class FlowParameter:
    """A parameter of the flow, as Python source."""

    name: str
    annotation: str
    default: str


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
    prelude_helper: tuple[str, str] | None = None
    docstring: str = ""
    name: str = ""
    inside: Mapping[Need, Expression] = field(default_factory=lambda: MappingProxyType({}))

    def targets(self, loops: tuple[int, ...]) -> frozenset[str]:
        """The variables of these loops."""
        return frozenset(name for loop in loops for name in self.dag.loops[loop].targets)

    def producer(self, step: Step, task_id: str) -> Link | None:
        """The run(s) of the task that `step` takes a value from; None if it comes no earlier in the flow."""
        found = self.steps_by_task.get(step.task.within + task_id) or self.steps_by_task.get(task_id)
        if found is None or found.index >= step.index:
            return None
        shared = len(found.loops) <= len(step.loops) and step.loops[: len(found.loops)] == found.loops
        return Link(found.index, "one" if shared else "all")


# ---------------------------------------------------------------------------------------------- the file


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
    `pure`: leaving it out has no effect but that its names are missing.
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


# ---------------------------------------------------------------------------------------------- results


@dataclass(frozen=True, slots=True)
class File:
    """A file to write, `path` relative to the folder of the flow."""

    path: str
    text: str
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Deployment:
    """One entry of `deployments:` in prefect.yaml, as plain data in the order of its keys."""

    flow: str
    entries: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of one DAG file. No flow among `files`: it was not converted, and `findings` say why.

    `files[0]` is the flow module; behind it come the helper modules that it imports.
    """

    path: str
    dags: tuple[str, ...]
    files: tuple[File, ...]
    deployments: tuple[Deployment, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What the user can choose. `retries`: added where a DAG sets none. `cache`: resume, inputs or none."""

    retries: int = 2
    cache: OneOf["resume", "inputs", "none"] = "resume"
    paused: bool = False
    airflow: OneOf["auto", "1", "2"] = "auto"
