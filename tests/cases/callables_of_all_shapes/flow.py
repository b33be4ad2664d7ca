from prefect import flow, task
from prefect.runtime import flow_run
from datetime import datetime, timedelta, timezone

from airflow_resume import SAME_DATE

class Config:
    NAME = 'cfg'
    RETRIES = 2

def get_default_args(owner='x', **extra):
    args = {'owner': owner, 'retries': Config.RETRIES, 'retry_delay': timedelta(minutes=1)}
    args.update(extra)
    return args

@task(name="task_a", retries=2, retry_delay_seconds=60, cache_policy=SAME_DATE)
def task_a():
    """Docstring only."""
    xcoms = {}
    xcoms["a"] = 1
    return xcoms

@task(name="task_b", retries=2, retry_delay_seconds=60, cache_policy=SAME_DATE)
def task_b(x, y=2, *args, z=3, task_a, ds):
    xcoms = {}
    val = task_a["a"]
    xcoms["b"] = {'x': x, 'v': val,
                                            'ds': ds}
    if x:
        return xcoms
    for i in range(3):
        if i:
            return xcoms | {"return_value": i}
    return xcoms

@task(name="task_c", retries=2, retry_delay_seconds=60, cache_policy=SAME_DATE)
def task_c(execution_date, task_b):
    d = task_b["b"]
    with open('/dev/null') as f:
        return [d['v'], execution_date.strftime('%Y')]

@task(name="task_d", retries=2, retry_delay_seconds=60, cache_policy=SAME_DATE)
def task_d(ds): return ds

async def nope(): pass


@flow(name="cfg")
def cfg(logical_date: datetime | None = None):
    """logical_date: start of the week to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=7)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"

    a = task_a()
    b = task_b(0, task_a=a, ds=ds)
    task_c(logical_date, b)
    task_d_run = task_d(ds)
    return task_d_run


if __name__ == "__main__":
    cfg()
