from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation
import json
import sys

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


args = {'retries': int(variable('retries', 1)), 'retry_delay': timedelta(minutes=int(variable('delay', default=5)))}


@task(name="e")
def e():
    # PythonOperator(task_id='e', python_callable=print, op_args=[Variable.get('My-Name'), models.Variable.get('config', deserialize_json=True)['a']])
    raise NotImplementedError("A2P206: python_callable cannot stand in the flow: print")


@task(
    name="f",
    retries=int(variable('retries', 1)),
    retry_delay_seconds=timedelta(minutes=int(variable('delay', default=5))).total_seconds(),
    tags=["pool:" + variable('pool')],
    cache_policy=SAME_DATE,
)
def f(ds):
    ShellOperation(commands=[f"echo {variable('region')} {ds}"], env={"A": variable('b', 'c')}).run()


@task(
    retries=int(variable('retries', 1)),
    retry_delay_seconds=timedelta(minutes=int(variable('delay', default=5))).total_seconds(),
    cache_policy=SAME_DATE,
)
def load(table):
    ShellOperation(commands=[f"echo {table}"]).run()


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


@flow(name="inline", log_prints=True)
def inline(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    e_run = e.submit()
    f_run = f.submit(ds, wait_for=[e_run])
    loads = []
    for table in variable('tables', as_json=True):
        loaded = load.with_options(name=f"load_{table}").submit(table, wait_for=[f_run])
        loads.append(loaded)
    return loads


if __name__ == "__main__":
    states = [each(return_state=True) for each in (variables, inline)]
    sys.exit(not all(state.is_completed() for state in states))
