import datetime
import logging
import os
import sys
from datetime import timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE

log = logging.getLogger(__name__)
PROJECT = os.getenv('PROJECT', 'demo')


def now():
    return datetime.datetime.utcnow().isoformat()


@task(name="extract", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE, description="Extracts *things*.")
def extract(ds):
    xcoms = {}
    log.info('started %s', now())
    xcoms["files"] = ['a', 'b']
    return xcoms | {"return_value": {'count': 2, 'day': ds}}


@task(name="transform", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def transform(bucket, extract):
    files = extract["files"]
    info = extract["return_value"]
    for f in files:
        log.info('%s/%s', bucket, f)
    if not files:
        return
    return [f.upper() for f in files], info


def load(files, day, **_):
    print(files, day)


@task(name="load", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def load_task(transform_value, ds):
    return load(files=f"{transform_value}", day=ds)


@task(name="notify", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def notify(extract_value):
    ShellOperation(commands=[f"echo {extract_value['return_value']['count']} {extract_value['files'][0]}"]).run()


@task(name="script", retries=1, retry_delay_seconds=300, cache_policy=SAME_DATE)
def script():
    ShellOperation(commands=["run.sh "]).run()


@flow(name='etl_%s' % PROJECT, log_prints=True)
def etl(logical_date: datetime.datetime | None = None):
    """# Docs

    of the DAG

    logical_date: start of the day to process; by default, of the scheduled run.
    """
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    t1 = extract.submit(ds)
    t2 = transform.submit(bucket=PROJECT + '-bucket', extract=t1)
    t3 = load_task.submit(t2, ds)
    t4 = notify.submit(t1, wait_for=[t2])
    t5 = script.submit(wait_for=[t3, t4])
    return [t5]


if __name__ == "__main__":
    sys.exit(not etl(return_state=True).is_completed())
