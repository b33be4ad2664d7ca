"""Tasks that share a callable, each with XComs of its own: by an argument, or looked up at run time."""
import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_context import TaskInstance


@task
def make(n):
    xcoms = {}
    xcoms["k"] = n
    return xcoms | {"return_value": n}

@task
def take(source, region="eu", *, make_a):
    a = make_a["return_value"]
    b = make_a["k"]
    return f"{source} {a} {b} {region}"

@task(name="single")
def single(upstream="make_b", *, make_b):
    return make_b["return_value"]

@task
def shared(which, make_a, make_b):
    ti = TaskInstance({"make_a": make_a or {}, "make_b": make_b or {}})
    found = []
    for letter in which:
        found.append(ti.xcom_pull(task_ids=f"make_{letter.lower()}"))
    return found

@task
def logs(make_a, make_b, **context):
    ti = TaskInstance({"make_a": make_a or {}, "make_b": make_b or {}})
    context |= {"ti": ti, "task_instance": ti}
    return helper(context)

def helper(context):
    return context["ti"].xcom_pull(task_ids="make_" + context["ds"][-1].replace("1", "a"))


@flow(name="a_b")
def a_b(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
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

    make_a_run = make.with_options(name="make_a").submit(1)
    make_b_run = make.with_options(name="make_b").submit(n=2)
    ta = take.with_options(name="take_a").submit(source="make_a", make_a=make_a_run)
    tb = take.with_options(name="take_b").submit("make_b", make_a=make_b_run)
    s = single.submit(make_b=make_b_run, wait_for=[tb])
    s2 = shared.with_options(name="shared1").submit("A", make_a_run, None)
    s3 = shared.with_options(name="shared2").submit("B", None, make_b_run)
    la = logs.with_options(name="log_a").submit(make_a_run, None, **context)
    lb = logs.with_options(name="log_b").submit(None, make_b_run, **context)
    return [ta, s, s2, s3, la, lb]


if __name__ == "__main__":
    sys.exit(not a_b(return_state=True).is_completed())
