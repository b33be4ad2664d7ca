"""Ways to leave a callable: for Airflow 2 it is success by code 0 or none, else the task fails and is tried again."""
import sys
from datetime import datetime

from prefect import allow_failure, flow, task

from airflow_exits import exit_counts
from airflow_resume import SAME_DATE
from airflow_rules import FailNow, may_retry


@task(name="clean", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def clean(task_id):
    xcoms = {}
    xcoms["seen"] = 1
    if task_id:
        return xcoms
    return xcoms | {"return_value": 'never'}


@task(name="plain", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def plain():
    print('nothing to do')
    return


@task(name="bad", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def bad():
    raise RuntimeError(1)


def main():
    return 0


@task(name="computed", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
@exit_counts
def computed():
    sys.exit(main())


@task(name="in_try", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
@exit_counts
def in_try():
    try:
        sys.exit(None)
    except Exception as e:
        print('never comes here', e)
    return 'nor here'


@task(
    name="late",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    retry_condition_fn=may_retry,
    cache_policy=SAME_DATE,
)
def late():
    raise FailNow('too late')


@task(name="read", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def read(clean):
    return clean["seen"], clean.get("return_value")


@task(name="decorated", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
@exit_counts
def decorated():
    try:
        sys.exit(3)
    except ValueError:
        return 'caught'


@task(name="end")
def end():
    pass


@flow(name="exits_2", log_prints=True)
def exits_2(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    cleaned = clean.submit("clean")
    plain_run = plain.submit()
    bad_run = bad.submit()
    computed_run = computed.submit()
    in_try_run = in_try.submit()
    late_run = late.submit()
    decorated_run = decorated.submit()
    ended = end.submit(
        wait_for=[
            allow_failure(cleaned),
            allow_failure(plain_run),
            allow_failure(bad_run),
            allow_failure(computed_run),
            allow_failure(in_try_run),
            allow_failure(late_run),
            allow_failure(decorated_run),
        ]
    )
    read_run = read.submit(cleaned)
    return [ended, read_run]


if __name__ == "__main__":
    sys.exit(not exits_2(return_state=True).is_completed())
