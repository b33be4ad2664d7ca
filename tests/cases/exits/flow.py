"""Ways to leave a callable: Airflow 1.10 fails the task whatever the code, and tries again."""
import os
import sys
from datetime import datetime, timedelta

from prefect import allow_failure, flow, task
from prefect.runtime import flow_run

from airflow_exits import exit_fails
from airflow_resume import SAME_DATE


@task(name="clean", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def clean():
    print('all done')
    raise RuntimeError(0)


@task(name="code", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def code(ds):
    if ds < '3000':
        raise RuntimeError('too early: %s' % ds)
    return 1


@task(name="in_try", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
@exit_fails
def in_try():
    try:
        sys.exit(1)
    except Exception as e:
        print('never comes here', e)
    return 'nor here'


@task(name="caught", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
@exit_fails
def caught():
    try:
        quit()
    except SystemExit:
        return 'caught'


@task(name="by_raise", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
@exit_fails
def by_raise():
    raise SystemExit(2)


def check(path):
    if not os.path.exists(path):
        print('no', path)
        exit()


@task(name="by_helper", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
@exit_fails
def by_helper():
    check('/no/such/path')


@task(name="killed", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def killed():
    raise RuntimeError('os._exit(1)')


@task(name="late", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def late():
    raise RuntimeError('too late')


@task(name="timed", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def timed():
    raise RuntimeError('too slow')


@task(name="asked", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def asked():
    raise RuntimeError('bad')


@task(name="inline", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
@exit_fails
def inline():
    return sys.exit(0)


@task(name="end")
def end():
    pass


@flow(name="exits", log_prints=True)
def exits(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    cleaned = clean.submit()
    in_try_run = in_try.submit()
    caught_run = caught.submit()
    by_raise_run = by_raise.submit()
    by_helper_run = by_helper.submit()
    killed_run = killed.submit()
    late_run = late.submit()
    timed_run = timed.submit()
    asked_run = asked.submit()
    code_run = code.submit(ds)
    inline_run = inline.submit()
    ended = end.submit(
        wait_for=[
            allow_failure(cleaned),
            allow_failure(in_try_run),
            allow_failure(caught_run),
            allow_failure(by_raise_run),
            allow_failure(by_helper_run),
            allow_failure(killed_run),
            allow_failure(late_run),
            allow_failure(timed_run),
            allow_failure(asked_run),
            allow_failure(code_run),
            allow_failure(inline_run),
        ]
    )
    return [ended]


if __name__ == "__main__":
    sys.exit(not exits(return_state=True).is_completed())
