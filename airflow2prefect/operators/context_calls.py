"""Functions that Airflow 2 calls with what they take of the context, after what an operator gives them."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.model import Call, Reference, Sequence, Value
from airflow2prefect.operators.polling import context

# Values, as against objects that lead to Airflow's database.
VALUES = frozenset((
    "ds", "ds_nodash", "ts", "ts_nodash", "ts_nodash_with_tz", "execution_date", "logical_date", "data_interval_start", "data_interval_end",
    "yesterday_ds", "yesterday_ds_nodash", "tomorrow_ds", "tomorrow_ds_nodash", "prev_ds", "prev_ds_nodash", "next_ds", "next_ds_nodash",
    "prev_execution_date", "next_execution_date", "run_id",
))  # fmt: skip
# What else Airflow gives to parameters of these names, whether they have defaults or not.
OBJECTS = frozenset((
    "conf", "conn", "context", "dag", "dag_run", "expanded_ti_count", "exception", "inlets", "inlet_events", "macros", "map_index_template",
    "outlets", "outlet_events", "params", "prev_data_interval_start_success", "prev_data_interval_end_success", "prev_execution_date_success",
    "prev_start_date_success", "prev_end_date_success", "reason", "task", "task_instance", "task_instance_key_str", "templates_dict", "test_mode",
    "ti", "triggering_dataset_events", "try_number", "var",
))  # fmt: skip


def with_context(function: Value) -> Value | None:
    """A function of one argument, which takes the rest of its parameters from the context; None where that is not known.

    https://github.com/apache/airflow/blob/2.10.5/airflow/utils/operator_helpers.py
    """
    taken = _taken(function)
    if not taken:
        return None if taken is None else function
    return Call("functools.partial", (function,), MappingProxyType({name: context(name) for name in taken}))


def called_with_context(function: Value, first: Value, without: frozenset[str]) -> Value | None:
    """The call of such a function. `without`: keys of the context that this operator keeps from it."""
    taken = _taken(function)
    if taken is None or without.intersection(taken):
        return None
    return Call("", (function, first), MappingProxyType({name: context(name) for name in taken}))


def given_context(function: Value, args: Value | None) -> Value | None:
    """A python_callable with what it takes of the context, besides `args`; None where that is not known."""
    taken = _taken(function, 0)
    if not taken:
        return None if taken is None else function
    facts = function.callable if isinstance(function, Reference) else None
    places = [p.name for p in facts.parameters if p.kind == "positional"] if facts is not None else []
    if args is not None and (not isinstance(args, Sequence) or set(taken) & set(places[: len(args.items)])):
        return None
    return Call("functools.partial", (function,), MappingProxyType({name: context(name) for name in taken}))


def _taken(function: Value, led: int = 1) -> tuple[str, ...] | None:
    """The keys of the context that a function takes after its first arguments; None where they are not known, or lead elsewhere."""
    facts = function.callable if isinstance(function, Reference) else None
    if facts is None or facts.kind not in ("function", "lambda") or facts.pulls or facts.pushes or facts.escapes or facts.own_keys:
        return None
    positional = [p for p in facts.parameters if p.kind == "positional"]
    first = positional[:led]
    if len(first) < led or any(p.name in VALUES for p in first) or any(p.kind == "args" for p in facts.parameters):
        return None
    named = [p for p in facts.parameters if p not in first and p.kind != "kwargs"]
    if any(p.name in OBJECTS or (led and p.name not in VALUES and p.default is None) for p in named) or any(read.need.kind != "context" for read in facts.reads):
        return None
    wanted = dict.fromkeys([*(p.name for p in named if p.name in VALUES), *(read.need.name for read in facts.reads)])
    return tuple(wanted) if wanted.keys() <= VALUES else None
