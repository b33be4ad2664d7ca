"""A DAG with the bodies of its tasks becomes a FlowPlan: order, rules, parameters, and where each needed value comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from inspect import cleandoc
from keyword import iskeyword
from types import MappingProxyType

from airflow2prefect.findings import Finding
from airflow2prefect.model import (
    Body,
    Call,
    Dag,
    Expression,
    FlowParameter,
    FlowPlan,
    Literal,
    Need,
    Options,
    Pairs,
    Schedule,
    Value,
    variable_name,
)
from airflow2prefect.plan.building import unordered
from airflow2prefect.plan.choices import refused_choices
from airflow2prefect.plan.dates import context_expression, logical_date_line
from airflow2prefect.plan.order import plan_order
from airflow2prefect.plan.params import PARAMS, typed_params
from airflow2prefect.plan.path import plan_path
from airflow2prefect.plan.rules import descendants, plan_rules
from airflow2prefect.plan.schedule import fixed_period


@dataclass(frozen=True, slots=True)
class Facts:
    """What a plan is made from besides the DAG.

    `needs`: all that the tasks use of the context; `zoned`: they see the timezone of a date. `skipping`: tasks that may skip
    themselves, `consuming`: those that take XComs, `apart`: of tasks that are not before them. `defaults`: Python source of the params' values by name, `macros` of
    user_defined_macros and user_defined_filters. `flow_options`: arguments of `@flow`, `name` the source of its name. `unrolled`: loops to write out.
    `pendulum`: tasks call methods of pendulum's on dates.
    """

    needs: tuple[Need, ...]
    zoned: bool
    skipping: frozenset[str]
    consuming: frozenset[str]
    apart: frozenset[str]
    defaults: Mapping[str, str]
    macros: Mapping[str, str]
    flow_options: Mapping[str, str]
    name: str
    unrolled: frozenset[int] = frozenset()
    pendulum: bool = False


def plan_flow(
    dag: Dag, schedule: Schedule, function: str, bodies: Mapping[str, Body], facts: Facts, options: Options
) -> tuple[FlowPlan, tuple[Finding, ...]]:
    """Findings tell of needs that no flow can give; the tasks with them can't be converted."""
    needs, defaults = facts.needs, facts.defaults
    mapped = frozenset(name for name, body in bodies.items() if body.over)
    order = plan_order(dag, facts.unrolled, mapped) if dag.building is None else unordered(dag)
    if options.task_runner == "thread" and dag.building is None:  # a path of direct calls runs in the flow itself
        order = plan_path(dag, order, bodies, facts.skipping)
    rules = plan_rules(dag, bodies, facts.skipping, facts.consuming, facts.apart, options.task_runner)
    expressions, found = _expressions(dag, schedule, needs, defaults)
    dated = options.cache == "resume" or any(need.kind == "context" and _is_date(expressions.get(need)) for need in expressions)
    parameters = [FlowParameter(name, "", "") for loop in dag.around for name in loop.targets]
    prelude: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    helpers: tuple[tuple[str, str], ...] = ()
    if dated:
        parameters.append(FlowParameter("logical_date", "datetime | None", "None"))
    # A subflow is told the date.
    if any(_is_date(e) for e in expressions.values()) or (options.subflows and dated and any(task.groups for task in dag.tasks)):
        line = logical_date_line(schedule, aware=facts.zoned or facts.pendulum, pendulum=facts.pendulum, airflow=dag.airflow)
        prelude, imports, helpers = line.lines, line.imports, line.helpers
    typed = typed_params(dag)
    for name, default in defaults.items():
        if Need("param", name) in expressions:
            said = typed.get(name)
            text, more = (said.text, said.imports) if said is not None and said.text else (_annotation(dag, name), ())
            made = FlowParameter(expressions[Need("param", name)].name, text, default, more)
            parameters.insert(len(parameters) if default else sum(not each.default for each in parameters), made)
    if any(need.kind == "conf" for need in expressions):
        parameters.append(FlowParameter("conf", "dict | None", "None"))
    steps = {task.task_id: step for step in order.steps for task in step.tasks}
    plan = FlowPlan(
        dag=dag, function=function, order=order, bodies=bodies, rules=rules, skipping=facts.skipping,
        steps_by_task=MappingProxyType(steps), expressions=MappingProxyType(expressions), parameters=tuple(parameters),
        options=facts.flow_options, prelude=prelude, prelude_imports=imports, prelude_helpers=helpers,
        docstring=_docstring(dag, schedule, dated), name=facts.name, inside=MappingProxyType(dict(_inside(needs, facts.macros, schedule))),
    )  # fmt: skip
    found += refused_choices(dag, rules, bodies, descendants(dag)) if rules.choices else ()
    return plan, (*order.findings, *found)


def _inside(needs: Iterable[Need], macros: Mapping[str, str], schedule: Schedule) -> Iterator[tuple[Need, Expression]]:
    for need in needs:
        if need.kind in ("macro", "filter") and need.name in macros:
            yield need, Expression(macros[need.name], need.name)
        elif need == Need("context", "timezone"):
            utc = schedule.timezone == "UTC"
            text, path = ("timezone.utc", "datetime.timezone") if utc else (f'ZoneInfo("{schedule.timezone}")', "zoneinfo.ZoneInfo")
            yield need, Expression(text, need.name, (path,))
        elif need.kind == "variable":
            arguments = [json.dumps(variable_name(need.name))]
            arguments += [need.default] if need.default is not None else []
            arguments += ["as_json=True"] if need.key == "json" else []
            yield need, Expression(f"variable({', '.join(arguments)})", need.name, (), ("airflow_variables", "variable"))


def _is_date(expression: Expression | None) -> bool:
    return expression is not None and "logical_date" in expression.text


def _expressions(
    dag: Dag, schedule: Schedule, needs: Iterable[Need], defaults: Mapping[str, str]
) -> tuple[dict[Need, Expression], list[Finding]]:
    expressions: dict[Need, Expression] = {}
    found: list[Finding] = []
    for need in needs:
        match need.kind:
            case "conf":
                # Airflow 2 has {} where a run was given none; https://github.com/apache/airflow/blob/2.10.5/airflow/models/dagrun.py
                expressions[need] = Expression("conf or {}" if dag.airflow >= 2 else "conf", "conf")
            case "param" if need.name in defaults:
                _param(expressions, need.name)
            case "param":
                expressions[Need("context", "params")] = _params(expressions, defaults)
            case "context" if need.name == "task_instance_key_str":
                day = Need("context", "ds_nodash")
                made = context_expression("ds_nodash", schedule, dag.dag_id)
                if made is not None:
                    expressions[day] = made
            case "context" if need.name == "external_trigger":
                expressions[need] = Expression('"auto-scheduled" not in flow_run.tags', "external_trigger", ("prefect.runtime.flow_run",))
            case "context" if need.name == "params":
                expressions[need] = _params(expressions, defaults)
            case "context" if need.name == "*":
                expressions[need] = _whole(dag, schedule, expressions, defaults)
            case "context":
                made = context_expression(need.name, schedule, dag.dag_id)
                if made is not None:
                    expressions[need] = made
    return expressions, found


def _param(expressions: dict[Need, Expression], key: str) -> str:
    """The flow parameter of one of the DAG's params."""
    name = key if key.isidentifier() and not iskeyword(key) else "param_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in key)
    expressions[Need("param", key)] = Expression(name, name)
    return name


def _params(expressions: dict[Need, Expression], defaults: Mapping[str, str]) -> Expression:
    """All params as the dict that Airflow has."""
    return Expression("{" + ", ".join(f"{json.dumps(key)}: {_param(expressions, key)}" for key in defaults) + "}", "params")


# What `**kwargs` holds in Airflow, of what a flow can tell and a run of the same date tells again.
CONTEXT_KEYS = (
    "ds",
    "ds_nodash",
    "ts",
    "ts_nodash",
    "yesterday_ds",
    "tomorrow_ds",
    "prev_ds",
    "next_ds",
    "execution_date",
    "prev_execution_date",
    "next_execution_date",
)
KEYS_OF_AIRFLOW_2 = ("logical_date", "data_interval_start", "data_interval_end")


def _whole(dag: Dag, schedule: Schedule, expressions: dict[Need, Expression], defaults: Mapping[str, str]) -> Expression:
    items: list[str] = []
    imports: list[str] = []
    helper = None
    for name in (*CONTEXT_KEYS, *KEYS_OF_AIRFLOW_2) if dag.airflow >= 2 else CONTEXT_KEYS:
        made = context_expression(name, schedule, dag.dag_id)
        if made is not None and (made.helper is None or helper is None or made.helper == helper):
            items.append(f'    "{name}": {made.text},')
            imports += made.imports
            helper = made.helper or helper
    if defaults:
        items.append(f'    "params": {_params(expressions, defaults).text},')
    return Expression("{\n" + "\n".join(items) + "\n}", "context", tuple(imports), helper)


def _annotation(dag: Dag, name: str) -> str:
    value = params_of(dag).get(name)
    constant = value.value if isinstance(value, Literal) else None
    for kind in (bool, int, float, str):
        if isinstance(constant, kind):
            return kind.__name__
    return "dict" if isinstance(value, Pairs) else "object"


def params_of(dag: Dag) -> dict[str, Value]:
    """The DAG's `params` by name, in order."""
    found: dict[str, Value] = {}
    for given in (dag.arguments.get("params"), dag.default_args.get("params")):
        if isinstance(given, Pairs):
            for key, value in given.items:
                if isinstance(key, Literal) and isinstance(key.value, str):
                    found[key.value] = _default(value)
    return found


def _default(value: Value) -> Value:
    """What a `Param(...)` of Airflow 2 stands for where nobody gives another: its default; a required one stays a Param.

    https://airflow.apache.org/docs/apache-airflow/2.10.5/core-concepts/params.html
    """
    if not isinstance(value, Call) or value.path not in PARAMS:
        return value
    return value.args[0] if value.args else value.kwargs.get("default", value)


def _docstring(dag: Dag, schedule: Schedule, dated: bool) -> str:
    """The DAG's own documentation, and what `logical_date` means."""
    doc = dag.arguments.get("doc_md")
    parts = [cleandoc(doc.value)] if isinstance(doc, Literal) and isinstance(doc.value, str) else []
    length = fixed_period(schedule)
    period = {86400.0: "day", 3600.0: "hour", 604800.0: "week"}.get(length.total_seconds() if length else 0.0, "interval")
    if dated and schedule.kind in ("none", "once"):
        parts.append("logical_date: the date to process; by default, when the run was scheduled.")
    elif dated:
        parts.append(f"logical_date: start of the {period} to process; by default, of the scheduled run.")
    return "\n\n".join(part for part in parts if part)
