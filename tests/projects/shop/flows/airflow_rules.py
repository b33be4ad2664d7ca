"""Airflow trigger rules, branching and skipping for Prefect tasks."""

from collections import Counter
from functools import cache, wraps
from inspect import signature

from prefect import allow_failure
from prefect.cache_policies import CachePolicy
from prefect.futures import PrefectFuture, as_completed
from prefect.states import Completed, Pending
from prefect.transactions import get_transaction


class Skip(Exception):
    """Raised in a task, ends it as "Skipped" (Airflow's AirflowSkipException)."""


# What a task becomes, given how many of its upstream tasks are ok, bad (failed or
# upstream_failed) and skipped. None: it runs. "NotReady": upstream_failed.
RULES = {
    "all_success": lambda ok, bad, skip: "NotReady" if bad else "Skipped" if skip else None,
}


def submit(task, *args, after=(), rule="all_success", **kwargs):
    """Submit `task`; it runs once `after` have ended, if Airflow's trigger `rule` lets it.

    An argument that is the future of a task without success is None in the task, as an XCom is.
    """
    bind = signature(task.fn).bind
    given = bind(*args, **kwargs).arguments

    @cache
    def verdict():
        count = Counter()
        for future in as_completed(list(after)):
            count[outcome(future)] += 1
        name = RULES[rule](count["ok"], count["bad"], count["skip"]) if after else None
        state = Completed if name == "Skipped" else Pending
        return name and state(name=name, message=f"Trigger rule {rule!r} not met: {dict(count)}")

    @wraps(task.fn)
    def run(*args, **kwargs):
        if verdict():
            return verdict()
        called = bind(*args, **kwargs)
        for name, value in called.arguments.items():
            called.arguments[name] = known(given.get(name), value)
        try:
            return task.fn(*called.args, **called.kwargs)
        except Skip as skip:
            return uncached(Completed(name="Skipped", message=str(skip)))

    gated = task.with_options()
    gated.fn = run
    if isinstance(task.cache_policy, CachePolicy):
        gated.cache_policy = IfItRuns(task.cache_policy, verdict)
    wait_for = [allow_failure(future) for future in after]
    args = [allowing_failure(value) for value in args]
    kwargs = {name: allowing_failure(value) for name, value in kwargs.items()}
    return gated.submit(*args, wait_for=wait_for, **kwargs)


class IfItRuns(CachePolicy):
    """The cache policy of a task for which a rule decides first: what does not run has no result to keep or to find."""

    def __init__(self, policy, verdict):
        super().__init__(policy.key_storage, policy.isolation_level, policy.lock_manager)
        self.policy, self.verdict = policy, verdict

    def compute_key(self, task_ctx, inputs, flow_parameters, **kwargs):
        return None if self.verdict() else self.policy.compute_key(task_ctx, inputs, flow_parameters, **kwargs)


def outcome(future):
    future.wait()
    state = future.state
    return "skip" if state.name == "Skipped" else "ok" if state.is_completed() else "bad"


def allowing_failure(value):
    if isinstance(value, list):
        return [allowing_failure(item) for item in value]
    return allow_failure(value) if isinstance(value, PrefectFuture) else value


def known(given, value):
    if isinstance(given, list) and isinstance(value, list):
        return [known(*pair) for pair in zip(given, value, strict=True)]
    return None if isinstance(given, PrefectFuture) and outcome(given) != "ok" else value


def uncached(state):
    """The state; a cache must not take it for the result of the task."""
    transaction = get_transaction()
    if transaction is not None:
        transaction.key = None
    return state
