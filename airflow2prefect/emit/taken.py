"""What a callable takes from the run: keys of the context, XComs of other tasks, or a stand-in for the task instance."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from airflow2prefect.emit.callables import OBJECTS, assigned
from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.pulls import BY_ID, NOTHING, WHOLE_RUN, access_of, gives, is_open, of_shape, resolve_pull
from airflow2prefect.emit.tasks import Impossible
from airflow2prefect.emit.values import value_needs
from airflow2prefect.findings import finding
from airflow2prefect.model import WHOLE_CONTEXT, Callable, Dag, FlowPlan, Literal, Need, Pairs, Pull, Sequence, Step, Task, Value, XComOf
from airflow2prefect.plan.flow import CONTEXT_KEYS, KEYS_OF_AIRFLOW_2
from airflow2prefect.plan.mapping import gives_nothing
from airflow2prefect.plan.rules import descendants

# What is always in Airflow 2's context: nothing may be given by position under such a name.
# https://github.com/apache/airflow/blob/2.10.5/airflow/utils/operator_helpers.py, `KeywordParameters.determine`
RESERVED = frozenset((
    "conf", "conn", "dag", "dag_run", "data_interval_end", "data_interval_start", "ds", "ds_nodash", "execution_date", "inlets",
    "logical_date", "macros", "next_ds", "next_ds_nodash", "next_execution_date", "outlets", "params", "prev_ds", "prev_ds_nodash",
    "prev_execution_date", "prev_execution_date_success", "prev_start_date_success", "run_id", "task", "task_instance",
    "task_instance_key_str", "templates_dict", "test_mode", "ti", "tomorrow_ds", "tomorrow_ds_nodash", "triggering_dataset_events", "ts",
    "ts_nodash", "ts_nodash_with_tz", "var", "yesterday_ds", "yesterday_ds_nodash",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """What a callable takes from the run, found for one step: needs in the order of its text, and by pull."""

    needs: tuple[Need, ...]
    pulls: Mapping[Pull, tuple[Need, ...]]
    context: bool
    stand_in: bool = False
    handed: bool = False


def take(draft: Draft, plan: FlowPlan, step: Step, function: Callable) -> Taken:
    """What the callable takes from the run; raises Impossible where that cannot be said."""
    context = gives_context(plan.dag, step.task)
    if not context:
        return Taken((), {}, context)
    handed = function.hands_on
    needs: list[tuple[int, Need]] = []
    pulls: dict[Pull, tuple[Need, ...]] = {}
    named = {p.name for p in function.parameters if p.kind in ("positional", "keyword")} - given_keywords(step.task)
    for position, parameter in enumerate(function.parameters):
        need = Need("context", parameter.name)
        if parameter.name in named and parameter.name not in OBJECTS and _known(plan, need):
            needs.append((position - len(function.parameters), need))
    whole = any(what == "context" for _, what in function.escapes)
    needs += [(read.span.start, read.need) for read in function.reads if not (whole and in_context(read.need))]
    dynamic: list[Pull] = []
    for pull in function.pulls:
        found = _resolved(draft, plan, step, pull)
        if found is None:
            dynamic.append(pull)
            continue
        pulls[pull] = found
        needs += [(pull.span.start, need) for need in found]
    if handed or dynamic:
        needs += [(len(draft.text), need) for need in _by_name(plan, step, (*dynamic, *function.helper_pulls), handed, function)]
    if whole:
        needs.append((len(draft.text), WHOLE_CONTEXT))
        draft.note(finding("A2P422", step.task.site.line, step.task.site.column, step.task.task_id, what=function.name))
    ordered = [need for _, need in sorted(needs, key=lambda pair: pair[0])]
    return Taken(tuple(dict.fromkeys(ordered)), pulls, context, handed or bool(dynamic), handed)


def _resolved(draft: Draft, plan: FlowPlan, step: Step, pull: Pull) -> tuple[Need, ...] | None:
    """What a pull takes; None where the callable computes it. Raises Impossible for what no flow can give."""
    needs = resolve_pull(plan, step, pull)
    text = draft.text[pull.span.start : pull.span.end]
    if needs is None and not pull.foreign:
        draft.note(finding("A2P426", pull.span.line, pull.span.column, step.task.task_id, what=text[:80]))
        return None
    if needs is None or any(need.default != NOTHING and plan.producer(step, need.name) is None for need in needs):
        raise Impossible(
            "xcom_pull", text, step, found=finding("A2P423", pull.span.line, pull.span.column, step.task.task_id, what=text[:80])
        )
    if any(need.default == NOTHING for need in needs):
        draft.note(finding("A2P424", pull.span.line, pull.span.column, step.task.task_id, what=text[:80]))
    return needs


def sparse(plan: FlowPlan, step: Step, pulls: Mapping[Pull, tuple[Need, ...]]) -> frozenset[Pull]:
    """The pulls from several tasks of which some may have given nothing when the task starts: Airflow 2 leaves these out.

    https://github.com/apache/airflow/blob/2.10.5/airflow/models/taskinstance.py, `TaskInstance.xcom_pull`
    """
    if plan.dag.airflow < 2:
        return frozenset()
    strict = all(task.trigger_rule == "all_success" for task in plan.dag.tasks)
    below = descendants(plan.dag) if any(pull.many for pull in pulls) else {}

    def gives(need: Need) -> bool:
        producer = plan.steps_by_task[step.task.within + need.name].task
        return strict and step.task.task_id in below[producer.task_id] and not gives_nothing(producer, plan.bodies[producer.task_id])

    return frozenset(
        pull for pull, needs in pulls.items() if pull.many and not all(need.default != NOTHING and gives(need) for need in needs)
    )


def _by_name(plan: FlowPlan, step: Step, pulls: tuple[Pull, ...], handed: bool, function: Callable) -> list[Need]:
    """The tasks whose XComs are looked up at run time: those that are named, or all before this one."""
    names: dict[str, None] = {}
    below = descendants(plan.dag)
    within = step.task.within
    before = [t for t in plan.dag.tasks if step.task.task_id in below[t.task_id] and t.within == within and gives(plan, t)]
    every = [t.task_id.removeprefix(within) for t in before]
    for pull in pulls:
        names |= dict.fromkeys(pull.task_ids or pull.candidates or of_shape(plan, pull.shape) or every)
    if handed and not function.helper_pulls:
        names |= dict.fromkeys(every)
    made = {name: plan.steps_by_task[within + name] for name in names if plan.producer(step, name) is not None}
    return [Need("xcom", name, "return_value", BY_ID if is_open(plan, each) else WHOLE_RUN) for name, each in made.items()]


def _known(plan: FlowPlan, need: Need) -> bool:
    return need in plan.expressions or need.name in ("params", "templates_dict", "conf", "task_instance_key_str")


def has_param(plan: FlowPlan, step: Step, need: Need) -> bool:
    own = step.task.arguments.get("params")
    known = isinstance(own, Pairs) and any(isinstance(k, Literal) and k.value == need.name for k, _ in own.items)
    return known or need in plan.expressions


def in_context(source: Need | str) -> bool:
    """Whether `**context` holds it."""
    return isinstance(source, Need) and source.kind == "context" and source.name in (*CONTEXT_KEYS, *KEYS_OF_AIRFLOW_2, "params")


def gives_context(dag: Dag, task: Task) -> bool:
    """Whether Airflow calls the callable with its context: always from 2.0 on, with provide_context before.

    https://airflow.apache.org/docs/apache-airflow/2.0.0/upgrading-to-2.html#changes-to-pythonoperator
    """
    asking = ("airflow.operators.python_operator", "airflow.operators.PythonOperator", "airflow.contrib.sensors.python_sensor")
    if dag.airflow >= 2 or not task.operator.startswith(asking):
        return True
    given = task.argument("provide_context")
    return given is not None and not (isinstance(given, Literal) and not given.value)


def misfit(dag: Dag, task: Task, function: Callable) -> str:
    """The parameter that nobody gives the callable, or the argument that it does not take; "" where all fits, as far as can be seen.

    Airflow calls `python_callable(*op_args, **op_kwargs)`, in 1.10 without the context unless provide_context says so.
    """
    args, kwargs = task.argument("op_args"), task.argument("op_kwargs")
    if function.led or task.made_of is not None or not (args is None or isinstance(args, Sequence)) or not (kwargs is None or isinstance(kwargs, Pairs)):
        return ""
    count = len(args.items) if isinstance(args, Sequence) else 0
    own = [p for p in function.parameters if p.kind in ("positional", "keyword") and p.name != function.bound]
    by_place = [p for p in own if p.kind == "positional"]
    kinds = {p.kind for p in function.parameters}
    named = given_keywords(task)
    if count > len(by_place) and "args" not in kinds:
        return f"{count} arguments"
    if gives_context(dag, task):
        twice = [p.name for p in by_place[:count] if p.name in RESERVED]
        return f"a value for {twice[0]} by position" if twice and dag.airflow >= 2 else ""
    if "kwargs" not in kinds and (extra := named - {p.name for p in own}):
        return min(extra)
    missing = [p.name for p in own if p not in by_place[:count] and p.default is None and p.name not in named]
    return missing[0] if missing else ""


def given_keywords(task: Task) -> frozenset[str]:
    """Parameters that the DAG gives values for, by name or by position; to a class of the user's it gives op_kwargs as they are."""
    if task.made_of is not None:
        return frozenset()
    kwargs, args = task.argument("op_kwargs"), task.argument("op_args")
    named = kwargs.items if isinstance(kwargs, Pairs) else ()
    found = {str(key.value) for key, _ in named if isinstance(key, Literal)}
    if task.callable is not None and isinstance(args, Sequence):
        positional = [p.name for p in task.callable.parameters if p.kind == "positional" and p.name != task.callable.bound]
        found |= set(positional[: len(args.items)])
    return frozenset(found)


def taken_names(function: Callable, need: Need, taken: Taken, text: str) -> set[str]:
    """Names that a parameter for `need` must not have: the function's own, but for those that it only gives to this value."""
    own = set(function.locals)
    same = {pull.target for pull, needs in taken.pulls.items() if need in needs and pull.statement is not None}
    same |= {assigned(text, read.span) for read in function.reads if read.need == need}
    same |= {p.name for p in function.parameters if need == Need("context", p.name)}
    reads = [read for read in function.reads if read.need == need]
    if len(reads) == 1:
        # `conf = context["dag_run"].conf or {}`: the parameter may have the name that its one use is given to.
        line = text[text.rfind("\n", 0, reads[0].span.start) + 1 : reads[0].span.start]
        found = re.match(r"\s*(\w+)\s*=(?!=)", line)
        same |= {found[1]} if found else set()
    return own - same


def made_of_xcoms(value: Value | None, producers: Mapping[Need, str]) -> bool:
    """Whether a value is computed from XComs; the whole run of a task goes where Prefect waits for it."""
    match value:
        case XComOf():
            return access_of(Need("xcom", value.task_id, value.key), producers) != "{0}"
        case Sequence():
            return any(made_of_xcoms(item, producers) for item in value.items)
        case Pairs():
            return any(made_of_xcoms(item, producers) for pair in value.items for item in pair)
    return any(need.kind == "xcom" for need in value_needs(value))
