"""Airflow's context, read in every way."""
import logging
import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run, task_run

from airflow_resume import SAME_DATE


@task(name="a", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def dates(ds, ds_nodash, ts, yesterday_ds, tomorrow_ds, prev_ds, next_ds, logical_date, ts_nodash):
    month = logical_date.strftime('%Y-%m')
    return [ds, ds_nodash, ts, yesterday_ds, tomorrow_ds, prev_ds, next_ds, month, ts_nodash]


@task(name="b", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def objects(task_id, dag_id, conf):
    conf = conf or {}
    logging.info('%s.%s: %s', dag_id, task_id, conf.get('path', 'none'))
    return [dag_id, task_id, task_run.run_count]


@task(name="c", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def escaping(**kwargs):
    return describe(kwargs)


def describe(context):
    return '%s in %s' % (context['ds'], context.get('params', {}).get('region'))


@task(name="d", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def asked(conf):
    if conf and (conf.get('debug')):
        print('debug')
    region = conf['region'] if conf else 'eu'
    if False:
        raise ValueError('no run')
    if region == 'us' and conf and conf.get('skip'):
        return None
    return region, (conf or {}) if True else None


@flow(name="context", log_prints=True)
def context_flow(logical_date: datetime | None = None, region: str = "eu", conf: dict | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"
    ts = logical_date.isoformat()
    yesterday_ds = f"{logical_date - timedelta(days=1):%Y-%m-%d}"
    tomorrow_ds = f"{logical_date + timedelta(days=1):%Y-%m-%d}"
    prev_ds = f"{logical_date - timedelta(days=1):%Y-%m-%d}"
    next_ds = f"{logical_date + timedelta(days=1):%Y-%m-%d}"
    ts_nodash = f"{logical_date:%Y%m%dT%H%M%S}"
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
        "params": {"region": region},
    }

    a = dates.submit(ds, ds_nodash, ts, yesterday_ds, tomorrow_ds, prev_ds, next_ds, logical_date, ts_nodash)
    b = objects.submit("b", "context", conf, wait_for=[a])
    c = escaping.submit(**context, wait_for=[a])
    d = asked.submit(conf)
    return [b, c, d]


if __name__ == "__main__":
    sys.exit(not context_flow(return_state=True).is_completed())
