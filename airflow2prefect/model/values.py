"""Places in the source, values and callables in it, and what those need of a run: what both sides speak of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal as OneOf
from typing import TypeAlias

from airflow2prefect.findings import Finding


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
    plain globals of the module stood for (loop variables, parameters of helper functions). A name of "=" and a text is no name:
    at its place stands what it is bound to, as `variable` for Airflow's `Variable.get`.
    `parts`: string formatting (`%`, `+`, `.format`, f-string) as literal text and expressions in turn. `templated`: there is Jinja in a
    string of it, or of what its names stand for.
    """

    text: str
    span: Span | None = None
    names: tuple[tuple[int, int, str], ...] = ()
    bound: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    parts: tuple[str | Code, ...] = ()
    templated: bool = False


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
    """A function, class or object of the module or of an import; `path` is its qualified import path if imported.

    `callable`: the facts of a function that is no task's, `closure` what it takes from the functions around it.
    """

    name: str
    path: str | None = None
    code: Code | None = None
    callable: Callable | None = None
    closure: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A call whose function is known by its qualified import path but whose result is not: `days_ago(2)`,
    `Variable.get("x")` (path "airflow.models.Variable.get"), `relativedelta(months=1)`, `partial(f, 1)`.
    Without `code` it is one that a converter made; with an empty path, of the first of `args`.
    """

    path: str
    args: tuple[Value, ...]
    kwargs: Mapping[str, Value]
    code: Code | None = None


Value: TypeAlias = "Literal | Code | Sequence | Pairs | XComOf | Reference | Call | Template"


def parts_of(value: Value) -> tuple[Value, ...]:
    """The values that a value is made of."""
    match value:
        case Sequence():
            return value.items
        case Pairs():
            return tuple(item for pair in value.items for item in pair)
        case Call():
            return (*value.args, *value.kwargs.values())
    return ()


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
    mapped    a parameter that each run of a mapped task has a value of     ""

    `default` is the Python text of what stands for a missing Variable (`var.value.get("x", "y")`), None for: it raises.
    """

    kind: OneOf["context", "param", "conf", "xcom", "variable", "macro", "filter", "mapped"]
    name: str
    key: str = ""
    default: str | None = None


def variable_name(name: str) -> str:
    """Prefect's name for an Airflow Variable: lowercase letters, digits and underscores.

    https://docs.prefect.io/v3/concepts/variables
    """
    return re.sub(r"[^a-z0-9_]", "_", name.lower())


def block_name(conn_id: str) -> str:
    """Prefect's name of the block for an Airflow connection: lowercase letters, digits and dashes.

    https://docs.prefect.io/v3/concepts/blocks
    """
    return re.sub(r"[^a-z0-9]+", "-", conn_id.lower()).strip("-") or "default"


def pool_tag(pool: str) -> str:
    """The tag of tasks of an Airflow pool; its limit stands for the pool's slots.

    https://docs.prefect.io/v3/concepts/tag-based-concurrency-limits
    """
    return f"pool:{pool}"


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
    files that it reads (`{% include %}`); `file`: it is such a file, of which nothing is known. `source`: the text, or the name of the
    file, as what only the run knows. `findings` tell what no flow can give: with a GAP among them, nothing may render it.
    """

    text: str
    parts: tuple[str | Piece | Code, ...] | None
    needs: tuple[Need, ...] = ()
    findings: tuple[Finding, ...] = ()
    context: tuple[tuple[str, Piece], ...] = ()
    includes: tuple[str, ...] = ()
    file: str = ""
    source: Value | None = None


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
    it is formatted, with {} for what varies, and `holes` the source of that.
    `statement` spans the whole statement if it is only `name = <this pull>`, and `target` is that name.
    """

    span: Span
    task_ids: tuple[str, ...] | None
    key: str | None
    many: bool = False
    candidates: tuple[str, ...] = ()
    shape: str = ""
    holes: tuple[str, ...] = ()
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
    `exits`: it may raise SystemExit, or what it calls.
    `own_keys`: it reads keys of its `**kwargs` that are not Airflow's. `replacements`: exceptions of Airflow's by ours.
    `helper_pulls` and `helper_pushes` are in functions of the file that it may hand its task instance to; `hands_on`: what it
    hands the context or the task instance to may use the latter. `taskflow`: its decorator of Airflow's, with the line's end.
    `edits` take Airflow out of a function that leaves its place, `helpers` are names of helper modules that these use, and `notes` what to tell then. `context`: the parameter that gets it whole; `led`: it comes first, before what the operator gives.
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
    exits: bool = False
    choices: tuple[str, ...] | None = None
    own_keys: bool = False
    replacements: tuple[tuple[Span, str], ...] = ()
    helper_pulls: tuple[Pull, ...] = ()
    helper_pushes: tuple[Push, ...] = ()
    handed_to: tuple[str, ...] = ()
    hands_on: bool = False
    taskflow: Span | None = None
    findings: tuple[Finding, ...] = ()
    edits: tuple[Edit, ...] = ()
    helpers: frozenset[str] = frozenset()
    notes: tuple[Finding, ...] = ()
    context: str = ""
    led: bool = False


@dataclass(frozen=True, slots=True)
class OperatorClass:
    """An operator that the file, or a `module` of the user's own, defines: `does` is its `method` (execute, poke, choose_branch), `parameters` those of its `__init__`,
    of which Airflow renders `templated`. `edits` take Airflow out of it, `needs` are imported then; `problem`: why that cannot be.
    `empty`: it derives from DummyOperator or EmptyOperator. `named`: of a pod's, those of `parameters` that its own `__init__` names;
    `renders`: there are templates in its own code. `base`: what it derives from in a flow, of model/derived.py."""

    name: str
    method: str
    does: Callable | None
    parameters: tuple[str, ...]
    templated: frozenset[str]
    extensions: tuple[str, ...]
    edits: tuple[Edit, ...]
    needs: frozenset[str]
    problem: Finding | None = None
    module: str = ""
    empty: bool = False
    named: frozenset[str] = frozenset()
    renders: bool = False
    base: str = ""
