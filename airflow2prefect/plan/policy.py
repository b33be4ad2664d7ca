"""What Airflow does around a task or a DAG, as options of `@task` and `@flow`: retries, timeouts, hooks, tags.

Airflow: https://github.com/apache/airflow/blob/1.10.15/airflow/models/baseoperator.py
Prefect: https://docs.prefect.io/v3/how-to-guides/workflows/retries
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Body, Dag, Literal, Options, Sequence, Task, Value, pool_tag
from airflow2prefect.plan.datasets import outlets_of

Render = Callable[[Value], str | None]
MOST_DELAYS = 50  # Prefect refuses longer lists
DEFAULT_DELAY = 300.0  # Airflow's retry_delay, in seconds
# Arguments that change where or when Airflow runs a task, and that a flow does not have.
UNLIKE = ("queue", "run_as_user", "executor_config", "resources", "priority_weight", "weight_rule", "end_date", "inlets", "outlets")
USUAL = {"queue": "default", "priority_weight": 1, "weight_rule": "downstream"}
# Arguments of a DAG that change what its tasks do, and that a flow does not have.
UNLIKE_DAG = (
    "sla_miss_callback", "template_undefined", "jinja_environment_kwargs", "render_template_as_native_obj", "fail_stop", "access_control",
    "on_retry_callback",
)  # fmt: skip
LATE = ("depends_on_past", "wait_for_downstream")
HOOKS = {"on_failure_callback": "on_failure", "on_success_callback": "on_completion", "on_execute_callback": "on_running"}
RETRY = "retry_condition_fn"  # what Prefect asks where Airflow calls on_retry_callback


@dataclass(frozen=True, slots=True)
class Policy:
    """Arguments of a decorator as Python source, what they import, and whether they were added to what Airflow had.

    `callbacks`: Airflow's callbacks by the hook of Prefect that they become.
    """

    options: Mapping[str, str]
    imports: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    added: bool = False
    callbacks: tuple[tuple[str, Value], ...] = ()


def read_policy(task: Task, dag: Dag, options: Options, render: Render, placed: frozenset[str]) -> Policy:
    """The options of a task. `options.retries` are added where neither the task nor its DAG says anything of retries.

    `placed`: arguments that the deployment's work pool takes.
    """
    made: dict[str, str] = {}
    found: list[Finding] = []
    added = False
    if task.argument("retries") is not None:
        made |= _retries(task, render, found)
    elif options.retries:
        made |= added_retries(options.retries)
        added = True
    timeout = task.argument("execution_timeout")
    if not _none(timeout):
        made |= _seconds_option("timeout_seconds", "execution_timeout", timeout, task, render, found)
    tags = _tags(task, dag, render, found)
    if tags:
        made["tags"] = "[" + ", ".join(tags) + "]"
    found += _unlike(task, dag, placed)
    return Policy(made, (), tuple(found), added, _callbacks(task))


def added_retries(count: int) -> dict[str, str]:
    """Exponential backoff from ten seconds on, with jitter."""
    delays = [10 * 2**n for n in range(min(count, MOST_DELAYS))]
    return {"retries": str(count), "retry_delay_seconds": str(delays if count > 1 else delays[0]), "retry_jitter_factor": "0.5"}


def _retries(task: Task, render: Render, found: list[Finding]) -> dict[str, str]:
    value = task.argument("retries")
    assert value is not None
    count = value.value if isinstance(value, Literal) else None
    if isinstance(value, Literal) and (count is None or count == 0):
        return {}
    text = str(count) if isinstance(count, int) and not isinstance(count, bool) else render(value)
    if text is None:
        found.append(_unknown(task, "retries"))
        return {}
    delay = task.argument("retry_delay")
    seconds = DEFAULT_DELAY if delay is None else _seconds(delay)
    base = number(seconds) if seconds is not None else _rendered_seconds(delay, render)
    if base is None:
        found.append(_unknown(task, "retry_delay"))
        base = number(DEFAULT_DELAY)
    backoff = task.argument("retry_exponential_backoff")
    if isinstance(backoff, Literal) and backoff.value:
        return {"retries": text, "retry_delay_seconds": _backoff(task, count, text, seconds, base, render)}
    return {"retries": text, "retry_delay_seconds": base}


def _backoff(task: Task, count: object, retries: str, seconds: float | None, base: str, render: Render) -> str:
    """Airflow's shortest delays: each twice the one before, up to max_retry_delay; at most 50 of them.

    https://github.com/apache/airflow/blob/1.10.15/airflow/models/taskinstance.py, `next_retry_datetime`
    """
    limit = task.argument("max_retry_delay")
    top = None if _none(limit) else _seconds(limit)
    if isinstance(count, int) and seconds is not None and (top is not None or _none(limit)):
        delays = [min(seconds * 2**n, top) if top is not None else seconds * 2**n for n in range(min(count, MOST_DELAYS))]
        while len(delays) > 1 and delays[-1] == delays[-2]:
            delays.pop()  # the last one repeats by itself
        return "[" + ", ".join(number(delay) for delay in delays) + "]"
    cap = number(top) if top is not None else None if _none(limit) else _rendered_seconds(limit, render)
    each = f"{base} * 2**n"
    each = f"min({each}, {cap})" if cap else each
    return f"[{each} for n in range(min({retries}, {MOST_DELAYS}))]"


def late_timeout(task: Task, body: Body, dag: Dag) -> tuple[Finding, ...]:
    """A finding for a timeout that comes late: of a task in a thread that does anything but wait, or run a command."""
    waits = body.passive or body.gap is not None or body.polls is not None or body.flags.get("timed")
    if waits or (task.callable is not None and task.callable.is_async):
        return ()
    if "execution_timeout" in task.arguments:
        return (finding("A2P530", task.site.line, task.site.column, task.task_id),)
    return (finding("A2P530", dag.span.line, dag.span.column),)


def _seconds_option(option: str, argument: str, value: Value | None, task: Task, render: Render, found: list[Finding]) -> dict[str, str]:
    seconds = _seconds(value)
    text = number(seconds) if seconds is not None else _rendered_seconds(value, render)
    if text is None:
        found.append(_unknown(task, argument))
        return {}
    return {option: text}


def _seconds(value: Value | None) -> float | None:
    if not isinstance(value, Literal):
        return None
    if isinstance(value.value, timedelta):
        return value.value.total_seconds()
    if isinstance(value.value, (int, float)) and not isinstance(value.value, bool):
        return float(value.value)
    return None


def _rendered_seconds(value: Value | None, render: Render) -> str | None:
    text = render(value) if value is not None else None
    if text is None:
        return None
    return f"{text}.total_seconds()" if text.isidentifier() or text.endswith(")") else f"({text}).total_seconds()"


def number(seconds: float) -> str:
    return str(int(seconds)) if seconds == int(seconds) else str(seconds)


def _tags(task: Task, dag: Dag, render: Render, found: list[Finding]) -> list[str]:
    """Sources of tags: concurrency limits of Prefect go by tag. https://docs.prefect.io/v3/concepts/tag-based-concurrency-limits"""
    tags: list[str] = []
    pool = task.argument("pool")
    if isinstance(pool, Literal) and isinstance(pool.value, str):
        tag = pool_tag(pool.value)
        tags.append(json.dumps(tag, ensure_ascii=False))
        found.append(finding("A2P509", task.site.line, task.site.column, task.task_id, tag=tag, argument=f"pool={pool.value}", limit="N"))
    elif pool is not None and not _none(pool):
        text = render(pool)
        tags += [f'"pool:" + {text}'] if text else []
        found.append(_unknown(task, "pool") if text is None else _tag(task, text, "pool"))
    for name in ("task_concurrency", "max_active_tis_per_dag"):
        limit = task.argument(name)
        if isinstance(limit, Literal) and isinstance(limit.value, int):
            tag = f"{dag.dag_id}.{task.task_id}"
            tags.append(json.dumps(tag, ensure_ascii=False))
            found.append(
                finding(
                    "A2P509",
                    task.site.line,
                    task.site.column,
                    task.task_id,
                    tag=tag,
                    argument=f"{name}={limit.value}",
                    limit=limit.value,
                )
            )
        elif not _none(limit):
            found.append(_unknown(task, name))
    return tags


def _tag(task: Task, text: str, argument: str) -> Finding:
    return finding("A2P509", task.site.line, task.site.column, task.task_id, tag=f"pool:{text}", argument=argument, limit="N")


def _unlike(task: Task, dag: Dag, placed: frozenset[str]) -> list[Finding]:
    """Arguments without an equivalent: one finding for a task's own, one a DAG for those in its default_args."""

    def told(code: str, *names: str, **facts: str) -> Finding:
        if any(name in task.arguments for name in names):
            return finding(code, task.site.line, task.site.column, task.task_id, **facts)
        return finding(code, dag.span.line, dag.span.column, **facts)

    found = [told("A2P502", name, argument=name) for name in LATE if _true(task.argument(name))]
    if not _none(task.argument("sla")):
        found.append(told("A2P504", "sla"))
    if any(_mails(task, event) for event in ("failure", "retry")):
        found.append(told("A2P505", "email", "email_on_failure", "email_on_retry"))
    found += [
        told("A2P508", name, argument=name)
        for name in UNLIKE
        if name not in placed and not _none(task.argument(name)) and not _usual(name, task)
        and (name != "end_date" or name in task.arguments)  # of all tasks: A2P503 tells
    ]
    slots = task.argument("pool_slots")
    if not _none(slots) and not (isinstance(slots, Literal) and slots.value == 1):
        found.append(told("A2P508", "pool_slots", argument="pool_slots"))
    return found


def _usual(name: str, task: Task) -> bool:
    """What Airflow does by itself, and datasets that are told of by a hook."""
    value = task.argument(name)
    if name == "outlets":
        return outlets_of(task) is not None
    return isinstance(value, Literal) and USUAL.get(name) == value.value


def _mails(task: Task, event: str) -> bool:
    address, wanted = task.argument("email"), task.argument(f"email_on_{event}")
    if _none(address) or (isinstance(address, Literal) and not address.value) or (isinstance(address, Sequence) and not address.items):
        return False
    return not (isinstance(wanted, Literal) and not wanted.value)


def _callbacks(task: Task) -> tuple[tuple[str, Value], ...]:
    names = (*HOOKS, "on_retry_callback")
    return tuple((HOOKS.get(name, RETRY), value) for name in names if not _none(value := task.argument(name)) and value is not None)


def dag_options(dag: Dag, render: Render) -> tuple[dict[str, str], tuple[str, ...], tuple[Finding, ...]]:
    """Options of `@flow`, what they import, and findings about the DAG's own arguments."""
    made: dict[str, str] = {}
    found: list[Finding] = []
    line, column = dag.span.line, dag.span.column
    timeout = dag.arguments.get("dagrun_timeout")
    if not _none(timeout):
        seconds = _seconds(timeout)
        text = number(seconds) if seconds is not None else _rendered_seconds(timeout, render)
        if text is None:
            found.append(finding("A2P507", line, column, what="dagrun_timeout"))
        else:
            made["timeout_seconds"] = text
    description = dag.arguments.get("description")
    if description is not None and not _none(description) and not (isinstance(description, Literal) and not str(description.value).strip()):
        text = render(description)
        if text is None:
            found.append(finding("A2P507", line, column, what="description"))
        else:
            made["description"] = text
    for name in ("concurrency", "max_active_tasks"):
        if not _none(dag.arguments.get(name)):
            found.append(finding("A2P510", line, column, argument=name))
    for name in UNLIKE_DAG:
        value = dag.arguments.get(name)
        if not _none(value) and not (isinstance(value, Literal) and value.value is False):
            found.append(finding("A2P508", line, column, argument=name))
    return {key: text for key, text in made.items() if text}, (), tuple(found)


def _unknown(task: Task, what: str) -> Finding:
    return finding("A2P507", task.site.line, task.site.column, task.task_id, what=what)


def _none(value: Value | None) -> bool:
    return value is None or (isinstance(value, Literal) and value.value is None)


def _true(value: Value | None) -> bool:
    return value is not None and not (isinstance(value, Literal) and not value.value)
