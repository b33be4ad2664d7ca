"""Operators of the file's own that lean on Airflow: their tasks raise, and say why."""
import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_operators import Airflow1BashOperator
from airflow_resume import SAME_DATE
from airflow_sql import PostgresHook


class Query:
    def execute(self):
        return PostgresHook('db').get_records('select 1')


class Shell(Airflow1BashOperator):
    def execute(self):
        return super().execute()


class Plain:
    def __init__(self, path):
        self.path = path

    def execute(self, context):
        self._report(context)
        return self.path

    def _report(self, context):
        print(self.path, context['ds'])


@task(name="query", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def query():
    return Query().execute()


@task(name="defaults")
def defaults():
    # Defaults(task_id='defaults')
    raise NotImplementedError("A2P212: the class Defaults cannot do without Airflow: retries=3 for Airflow's own __init__")


@task(name="neighbours")
def neighbours():
    # Neighbours(task_id='neighbours')
    raise NotImplementedError("A2P212: the class Neighbours cannot do without Airflow: self.downstream_list, which Airflow's class has")


@task(name="shell", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def shell():
    return Shell(bash_command="echo").execute()


@task(name="plain", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def plain(context):
    return Plain(path="/{{ ds }}").execute(context)


@flow(name="custom_operators_gaps", log_prints=True)
def custom_operators_gaps(logical_date: datetime | None = None):
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
    }

    query_run = query.submit()
    defaults_run = defaults.submit()
    neighbours_run = neighbours.submit()
    shell_run = shell.submit()
    plain_run = plain.submit(context)
    return [query_run, defaults_run, neighbours_run, shell_run, plain_run]


if __name__ == "__main__":
    sys.exit(not custom_operators_gaps(return_state=True).is_completed())
