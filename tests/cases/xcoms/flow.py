"""XComs in every form that the census has."""
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_context import TaskInstance
from airflow_resume import SAME_DATE


@task(name="push", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def push(ds):
    xcoms = {}
    xcoms["rows"] = [1, 2, 3]
    xcoms["size"] = 3
    if ds > '2000':
        return xcoms | {"return_value": 'done'}
    return xcoms


@task(name="by_key", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def by_key(push):
    rows = push["rows"]
    size = push["size"] or 0
    return len(rows) + size


@task(name="several", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def several(by_key, told):
    first, second = [by_key, told]
    missing = None
    return {'sum': first, 'text': second, 'missing': missing}


def helper(task_instance, key):
    task_instance.xcom_push(key=key, value=1)
    return task_instance.xcom_pull(task_ids='several')['sum']


@task(name="with_helper", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def with_helper(several):
    ti = TaskInstance({"several": {"return_value": several}})
    total = helper(ti, 'helped')
    return ti.pushed | {"return_value": total}


@task(name="by_any", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def by_any(push, by_key, told, several, with_helper):
    ti = TaskInstance(
        {
            "push": push,
            "by_key": {"return_value": by_key},
            "told": {"return_value": told},
            "several": {"return_value": several},
            "with_helper": with_helper,
        }
    )
    return ti.xcom_pull(key='helped')


@task(name="computed", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def computed(by_key, several):
    ti = TaskInstance({"by_key": {"return_value": by_key}, "several": {"return_value": several}})
    found = []
    for name in ('by_key', 'several'):
        found.append(ti.xcom_pull(task_ids=name))
    return found


@task(name="told", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def told(push_value):
    return ShellOperation(commands=[f"echo {push_value['size']}"]).run()[-1]


@flow(name="xcoms")
def xcoms(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    t_push = push.submit(ds)
    t_key = by_key.submit(t_push)
    told_run = told.submit(t_push)
    t_several = several.submit(t_key, told_run)
    t_helper = with_helper.submit(t_several)
    t_any = by_any.submit(t_push, t_key, told_run, t_several, t_helper)
    t_computed = computed.submit(t_key, t_several, wait_for=[t_any])
    return [t_computed]


if __name__ == "__main__":
    sys.exit(not xcoms(return_state=True).is_completed())
