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


class FailNow(Exception):
    """Raised in a task, fails it without a retry (Airflow's AirflowFailException)."""


def may_retry(task, run, state):
    """`retry_condition_fn` of tasks that may raise FailNow."""
    return not isinstance(state.data, FailNow)


# What a task becomes, given how many of its upstream tasks are ok, bad (failed or
# upstream_failed), skipped, and failed. None: it runs. "NotReady": upstream_failed.
RULES = {
    "all_success": lambda ok, bad, skip, failed: "NotReady" if bad else "Skipped" if skip else None,
    "all_failed": lambda ok, bad, skip, failed: "Skipped" if ok or skip else None,
    "all_done": lambda ok, bad, skip, failed: None,
    "all_skipped": lambda ok, bad, skip, failed: "Skipped" if ok or bad else None,
    "one_success": lambda ok, bad, skip, failed: None if ok else "Skipped",
    "one_success_airflow_2": lambda ok, bad, skip, failed: None if ok else "NotReady" if bad else "Skipped",
    "one_failed": lambda ok, bad, skip, failed: None if bad else "Skipped",
    "one_done": lambda ok, bad, skip, failed: None if ok or failed else "Skipped",
    "none_failed": lambda ok, bad, skip, failed: "NotReady" if bad else None,
    "none_failed_or_skipped": lambda ok, bad, skip, failed: "NotReady" if bad else None if ok else "Skipped",
    "none_failed_min_one_success": lambda ok, bad, skip, failed: "NotReady" if bad else None if ok else "Skipped",
    "none_skipped": lambda ok, bad, skip, failed: "Skipped" if skip else None,
}
NOT_SKIPPED = object()
# Rules that do not wait for the others.
EARLY = {"one_success": ["ok"], "one_success_airflow_2": ["ok"], "one_failed": ["bad"], "one_done": ["ok", "failed"]}


def submit(task, *args, after=(), rule="all_success", when=None, choices=None, **kwargs):
    """Submit `task`; it runs once `after` have ended, if Airflow's trigger `rule` lets it.

    `when` maps the future of a branching task to the choice(s) on which this task runs,
    or that of a short-circuit to True: on anything else it is skipped, whatever its rule.
    (`NOT_SKIPPED`: skipped if that task was, as below Airflow 1's soft-failing sensors.)
    `choices`: all that a branching task may return; on anything else it fails.
    An argument that is the future of a task without success is None in the task, as an XCom is.
    """
    bind = signature(task.fn).bind
    given = bind(*args, **kwargs).arguments

    @cache
    def verdict():
        for gate, wanted in (when or {}).items():
            if not taken(gate, wanted):
                return Completed(name="Skipped", message="Not on the branch taken")
        count = Counter()
        for future in as_completed(list(after)):
            count[outcome(future)] += 1
            count["failed"] += future.state.is_failed()
            if any(count[kind] for kind in EARLY.get(rule, ())):
                break
        name = RULES[rule](count["ok"], count["bad"], count["skip"], count["failed"]) if after else None
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
            return checked(task.fn(*called.args, **called.kwargs), choices)
        except Skip as skip:
            return uncached(Completed(name="Skipped", message=str(skip)))

    gated = task.with_options()
    gated.fn = run
    if isinstance(task.cache_policy, CachePolicy):
        gated.cache_policy = IfItRuns(task.cache_policy, verdict)
    early = rule in EARLY and not task.tags  # a tagged task may hold the slot its upstream needs
    wait_for = [] if early else [allow_failure(future) for future in after]
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


def taken(gate, wanted):
    if wanted is NOT_SKIPPED or outcome(gate) != "ok":
        return wanted is not NOT_SKIPPED or outcome(gate) != "skip"
    choice = gate.result()
    if wanted is True:
        return bool(choice)
    choices = [choice] if isinstance(choice, str) else choice or []
    return any(name in choices for name in ([wanted] if isinstance(wanted, str) else wanted))


def checked(result, choices):
    if choices is not None:
        wrong = [name for name in ([result] if result is None or isinstance(result, str) else result) if name not in choices]
        if wrong:
            raise ValueError(f"chose {wrong}, of which no task follows")
    return result


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
