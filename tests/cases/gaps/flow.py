"""What is not converted raises, and the graph around it stays."""
import os
import sys
from datetime import datetime

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_sensors import landed, wait_until
from airflow_sql import PostgresHook
from airflow_variables import variable


class Checksum:
    def execute(self):
        return 1


@task(name="rows", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def read():
    return PostgresHook('db').get_records('select 1')


@task(name="http", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def local_import():
    raise NotImplementedError("A2P420: the callable uses airflow.hooks.hdfs_hook.HDFSHook, which a flow does not have")

    return HDFSHook("x").get_conn()


@task(name="bucket", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def bucket():
    BUCKET = variable('bucket')
    return BUCKET


@task(name="wait", cache_policy=SAME_DATE)
def wait():
    wait_until(lambda: landed("/tmp/x"))


@task(name="check", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def check():
    return Checksum().execute()


@task(name="echo", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def echo():
    BUCKET = variable('bucket')
    ShellOperation(commands=['echo ' + BUCKET]).run()


@task(name="ok", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def ok():
    ShellOperation(commands=['echo ' + os.sep]).run()


@task(name="no_rule")
def no_rule():
    # BashOperator(task_id='no_rule', bash_command='echo never', trigger_rule='all_succes', dag=dag)
    raise NotImplementedError("A2P206: trigger_rule cannot stand in the flow: all_succes")


@task(name="lent")
def lent():
    # PythonOperator(task_id='lent', python_callable=print_stuff, dag=dag)
    raise NotImplementedError("A2P129: the callable is a function of Airflow's own package: airflow.contrib.example_dags.libs.helper.print_stuff")


@flow(name="gaps")
def gaps(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    waited = wait.submit()
    checked = check.submit(wait_for=[waited])
    rows = read.submit(wait_for=[checked])
    http = local_import.submit(wait_for=[checked])
    keep = bucket.submit(wait_for=[checked])
    echo_run = echo.submit(wait_for=[rows, http, keep])
    ok_run = ok.submit(wait_for=[waited])
    no_rule_run = no_rule.submit()
    lent_run = lent.submit()
    return [echo_run, ok_run, no_rule_run, lent_run]


if __name__ == "__main__":
    sys.exit(not gaps(return_state=True).is_completed())
