"""Operators that add to Airflow's."""
import sys
import time
from datetime import datetime, timedelta
from functools import partial

from prefect import flow, get_run_logger, task
from prefect.runtime import flow_run

from airflow_operators import Airflow1BashOperator, PythonOperator
from airflow_resume import SAME_DATE
from airflow_rules import Skip, submit


class TimedBash(Airflow1BashOperator):
    """Says how long it took."""

    def execute(self):
        started = time.time()
        get_run_logger().info('running %s', self.bash_command)
        result = super(TimedBash, self).execute()
        print('took', time.time() - started)
        return result


class Retold(Airflow1BashOperator):
    def __init__(self, script, prefix='told', *args, **kwargs):
        super(Retold, self).__init__(bash_command='echo ' + script, xcom_push=True, *args, **kwargs)
        self.prefix = prefix

    def execute(self, ds):
        line = super().execute()
        return '{} {} {}'.format(self.prefix, line, ds)


class Guarded(PythonOperator):
    def __init__(self, tries=1, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.tries = tries

    def execute(self):
        try:
            return super().execute()
        except ValueError as error:
            raise Skip(str(error))


def load(table, limit):
    if limit > 10:
        raise ValueError(table)
    return table + str(limit)


def with_context(table, **kwargs):
    return table + kwargs['ds']


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def a(ds):
    return TimedBash(bash_command=f"echo {ds}").execute()


@task(name="b", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def b(ds, ds_nodash):
    return TimedBash(bash_command=f"echo {ds} $X", env={"X": ds_nodash}, xcom_push=True).execute()


@task(name="c", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def c(ds):
    return Retold(script=ds).execute(ds)


@task(name="d", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def d():
    return Guarded(python_callable=load, op_args=["x", 5]).execute()


@task(name="e", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def e(ds):
    return Guarded(python_callable=load, op_kwargs={"table": ds, "limit": 11}).execute()


@task(name="f", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def f(ds):
    return Guarded(python_callable=partial(with_context, ds=ds), op_kwargs={"table": "x"}).execute()


@flow(name="derived", log_prints=True)
def derived(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"

    a_run = a.submit(ds)
    b_run = b.submit(ds, ds_nodash, wait_for=[a_run])
    c_run = c.submit(ds, wait_for=[b_run])
    d_run = submit(d)
    e_run = submit(e, ds, after=[d_run])
    f_run = submit(f, ds, after=[e_run])
    return [c_run, f_run]


if __name__ == "__main__":
    sys.exit(not derived(return_state=True).is_completed())
