from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run
import json

from airflow_context import TaskInstance
from airflow_resume import SAME_DATE
from airflow_variables import variable

config = variable('my_config', as_json=True)
ENV = variable('env', default='dev')


class Runner(object):
    def __init__(self, **context):
        self.context = context

    def run(self):
        return self.context['ti'].xcom_pull(task_ids='first')


@task(name="first", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def first(ds, ds_nodash, params):
    print(ds, ds_nodash, params)
    return json.dumps({'d': ds})


@task(name="second", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def second(first, **context):
    ti = TaskInstance({"first": {"return_value": first}})
    context |= {"ti": ti, "task_instance": ti}
    runner = Runner(**context)
    return runner.run()


@task(name="third", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def third(*args, **kwargs):
    print(args)
    print(kwargs['execution_date'] if 'execution_date' in kwargs else None)
    for key in kwargs:
        print(key)


@task(name="fourth", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def fourth():
    return variable('x')


@flow(name="variables", description='uses ' + ENV, log_prints=True)
def variables(logical_date: datetime | None = None, a: int = 1):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"
    params = {"a": a}
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
        "params": {"a": a},
    }

    first_run = first(ds, ds_nodash, params)
    second(first_run, **context)
    third(1, 2, **context)
    d = fourth()
    return d


if __name__ == "__main__":
    variables()
