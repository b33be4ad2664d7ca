"""Parameters with names of Airflow's context that the DAG gives values for, keys of the context with a default, and an empty conf."""
import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_resume import SAME_DATE
from airflow_rules import submit


@task(name="counted", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def count(tables, ds):
    return [table + ds for table in tables]


@task(name="named", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def connect(conn, conf, ds, **kwargs):
    if not conn:
        raise RuntimeError("no connection")
    return f"{conn} {conf} {kwargs['macros']} {ds > '2000'}"


def reserved(dag, macros):
    return dag + macros


@task(name="known", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def defaults(conf, logical_date, task_id, run_id, params):
    limit = conf.get("limit", 3)
    day = logical_date
    return f"{task_id} {limit} {day:%Y} {run_id != ''} {params.get('size', 4)}"


@task(name="chosen", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def choose(conf):
    return "named" if conf.get("full") else "counted"


@task(name="shown", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def shown(**context):
    return show(context)


def show(context):
    return f"{context['data_interval_end']:%H} {context.get('logical_date'):%H}"


@task(name="taken", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def taken(var, conf_value):
    return [var, conf_value.get("x", "none")]


@task(name="fails")
def fails():
    # PythonOperator(task_id="fails", python_callable=reserved, op_args=["a", "b"])
    raise NotImplementedError("A2P322: the callable reserved does not take what it is called with: a value for dag by position")


@flow(name="named_as_context")
def named_as_context(logical_date: datetime | None = None, conf: dict | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    conf = conf or {}
    run_id = flow_run.id
    params = {}
    ds = f"{logical_date:%Y-%m-%d}"
    context = {
        "ds": f"{logical_date:%Y-%m-%d}",
        "ds_nodash": f"{logical_date:%Y%m%d}",
        "ts": logical_date.isoformat(),
        "ts_nodash": f"{logical_date:%Y%m%dT%H%M%S}",
        "yesterday_ds": f"{logical_date - timedelta(days=1):%Y-%m-%d}",
        "tomorrow_ds": f"{logical_date + timedelta(days=1):%Y-%m-%d}",
        "prev_ds": f"{logical_date - timedelta(days=1):%Y-%m-%d}",
        "next_ds": f"{logical_date + timedelta(days=1):%Y-%m-%d}",
        "execution_date": logical_date,
        "prev_execution_date": logical_date - timedelta(days=1),
        "next_execution_date": logical_date + timedelta(days=1),
        "logical_date": logical_date,
        "data_interval_start": logical_date,
        "data_interval_end": logical_date + timedelta(days=1),
    }

    fails_run = fails.submit()
    known = defaults.submit(conf, logical_date, "known", run_id, params)
    chosen = choose.submit(conf)
    counted = submit(count, ["orders", "items"], ds, after=[chosen], when={chosen: "counted"})
    named = submit(connect, conn="pg", conf={"a": 1}, macros="m", ds=ds, after=[chosen], when={chosen: "named"})
    shown_run = shown.submit(**context)
    taken_run = taken.submit(var="v", conf_value=conf)
    return [fails_run, known, counted, named, shown_run, taken_run]


if __name__ == "__main__":
    sys.exit(not named_as_context(return_state=True).is_completed())
