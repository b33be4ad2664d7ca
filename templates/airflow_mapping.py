"""Airflow's dynamic task mapping for Prefect tasks, where only the run knows what there is to map over."""

from collections.abc import Sequence
from concurrent.futures import Future
from itertools import product
from uuid import uuid4

from airflow_rules import outcome, submit
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectConcurrentFuture, PrefectFuture
from prefect.states import Completed, Pending


def submit_each(task, values, /, after=(), **given):
    """Submit `task` for each combination of `values`: what there is to map over, by parameter (or a list of keyword arguments).

    A future among them, or a function, is asked for its value: the flow waits for it. Without anything to map over there
    is one run, which is skipped; if the value is missing, it is "NotReady" (upstream_failed). The rest is for `submit`.
    """
    try:
        every = list(combinations(values))
    except Exception as missing:
        state, every = Pending(name="NotReady", message=f"Nothing to map over: {missing}"), []
    else:
        state = Completed(name="Skipped", message="Nothing to map over")
    if not every:
        unexpanded = task.with_options(cache_policy=NO_CACHE, retries=0)
        unexpanded.fn = lambda: state
        return [submit(unexpanded, after=after, **{name: given[name] for name in ("rule", "when") if name in given})]
    return [submit(task, **mapped, **given, after=after) for mapped in every]


def combinations(values):
    """The keyword arguments of each run, those of the last parameter varying first."""
    if not isinstance(values, dict):
        return items_of(values)
    lists = [items_of(value) for value in values.values()]
    return [dict(zip(values, row, strict=True)) for row in product(*lists)]


def items_of(value):
    """A list, or the pairs of a dict."""
    value = value.result() if isinstance(value, PrefectFuture) else value() if callable(value) else value
    if isinstance(value, dict):
        return list(value.items())
    if not isinstance(value, Sequence) or isinstance(value, (str, bytes)):
        raise TypeError(f"{type(value).__name__} is neither a list nor a dict")
    return value


def results(runs):
    """What the runs of a mapped task returned, when they have ended: without those that returned nothing."""

    def found():
        values = [run.result() for run in runs if outcome(run) == "ok"]
        return [value for value in values if value is not None] or None

    return found


def each_pass(values, /, after=()):
    """For each combination of `values`: these, and what the first tasks of a mapped group wait for.

    Without anything to map over there is one pass, whose tasks are skipped; if the value is missing, they are "NotReady" (upstream_failed).
    """
    try:
        every = list(combinations(values))
    except Exception as missing:
        state, every = Pending(name="NotReady", message=f"Nothing to map over: {missing}", data=()), []
    else:
        state = Completed(name="Skipped", message="Nothing to map over", data=())
    if not every:
        return [(*[None] * len(values), [*after, ended(state)])]
    return [(*mapped.values(), after) for mapped in every]


def ended(state):
    """The future of nothing: it has ended in that state (with data, or Prefect looks for a result)."""
    done = Future()
    done.set_result(state)
    future = PrefectConcurrentFuture(uuid4(), done)
    future.wait()  # it knows its state then: the server has no such run
    return future
