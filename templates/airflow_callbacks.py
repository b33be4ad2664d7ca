"""Airflow's callbacks as Prefect's hooks: they get a context with what a flow knows of its run."""

from datetime import timedelta, timezone
from types import SimpleNamespace

from prefect.logging import get_run_logger
from prefect.runtime import flow_run as running
from prefect.utilities.urls import url_for


def task_hook(callback, interval=timedelta(0), logical_date=None):
    """A hook of a task that calls `callback(context)`.

    The date of a run that was given none is `logical_date()`, or `interval` before its scheduled start.
    """

    def hook(task, task_run, state):
        if state.name == "Skipped":
            return  # Airflow calls nothing then
        facts = _facts(running.id, running.flow_name, running.parameters, interval, logical_date)
        facts |= {"task_id": task.name, "try_number": task_run.run_count}
        callback(_context(facts, task_run, state))

    return _named(hook, callback)


def flow_hook(callback, interval=timedelta(0), logical_date=None):
    """The same for a flow. Airflow has the context of one of the tasks there: what is of a task is not known here."""

    def hook(flow, flow_run, state):
        callback(_context(_facts(str(flow_run.id), flow.name, flow_run.parameters, interval, logical_date), flow_run, state))

    return _named(hook, callback)


def retry_hook(callback, interval=timedelta(0), logical_date=None):
    """A `retry_condition_fn` that calls `callback(context)` before each retry, and always retries."""
    hook = task_hook(callback, interval, logical_date)

    def condition(task, task_run, state):
        try:
            hook(task, task_run, state)
        except Exception:
            get_run_logger().exception("the callback failed")
        return True

    return condition


def _named(hook, callback):
    hook.__name__ = getattr(callback, "__name__", "callback")
    return hook


def _facts(run_id, dag_id, parameters, interval, logical_date):
    parameters = dict(parameters)
    date = parameters.pop("logical_date", None) or (logical_date() if logical_date else running.scheduled_start_time - interval)
    return {
        "dag_id": dag_id,
        "run_id": run_id,
        "logical_date": date.replace(tzinfo=date.tzinfo or timezone.utc),
        "conf": parameters.pop("conf", None) or {},
        "params": parameters,
    }


def _context(facts, run, state):
    """https://airflow.apache.org/docs/apache-airflow/1.10.15/macros-ref.html, as far as a flow knows it"""
    date, facts = facts["logical_date"], facts | {"execution_date": facts["logical_date"]}
    own = {key: facts[key] for key in ("dag_id", "task_id", "run_id", "try_number", "logical_date", "execution_date") if key in facts}
    dag, dag_run = SimpleNamespace(dag_id=facts["dag_id"]), SimpleNamespace(**facts)
    task = SimpleNamespace(dag=dag, **{key: own[key] for key in ("dag_id", "task_id") if key in own})
    ti = SimpleNamespace(
        **own,
        task=task,
        state="failed" if state.is_failed() or state.is_crashed() else "success" if state.is_completed() else "running",
        start_date=run.start_time,
        end_date=run.end_time,
        duration=run.total_run_time.total_seconds(),
        log_url=url_for(run) or "",
    )
    return {
        **{key: facts[key] for key in ("run_id", "params", "logical_date", "execution_date")},
        "conf": facts["conf"],
        "dag": dag,
        "dag_run": dag_run,
        "ds": f"{date:%Y-%m-%d}",
        "ds_nodash": f"{date:%Y%m%d}",
        "exception": state.result(raise_on_failure=False) if state.is_failed() else None,
        "reason": state.message,
        "task": task,
        "task_instance": ti,
        "ti": ti,
        "ts": date.isoformat(),
        "ts_nodash": f"{date:%Y%m%dT%H%M%S}",
    }
