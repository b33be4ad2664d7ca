import sys
from datetime import datetime

from prefect import allow_failure, flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_resume import SAME_DATE
from airflow_rules import submit
from airflow_shell import run_or_skip


@task(name="skips", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def skips():
    return run_or_skip(ShellOperation(commands=["echo nothing to do; exit 99"]), 99)


@task(name="fails", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def fails():
    return (ShellOperation(commands=["exit 99"]).run() or [""])[-1]


@task(name="several", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def several():
    return run_or_skip(ShellOperation(commands=["test -e /nonexistent-input || exit 42"], working_dir="/"), 41, 42)


@task(name="older", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def older():
    return run_or_skip(ShellOperation(commands=["exit 0"]), 0)


@task(name="long", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def long(ds):
    return run_or_skip(ShellOperation(commands=[f"""
        set -e
        test "{ds}" = "2000-01-01" && exit 99
        echo "{ds} is another day"
        """], env={"STAGE": "test"}), 99)


@task(name="plain", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def plain(ds):
    return ShellOperation(commands=[f"echo {ds}"]).run()[-1]


@task(name="elsewhere", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def elsewhere():
    ShellOperation(commands=["python3 -c 'print(1)'"]).run()


@task(name="after", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def after():
    return ShellOperation(commands=["echo after"]).run()[-1]


@task(name="below", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def below():
    return ShellOperation(commands=["echo below"]).run()[-1]


@task(name="at_last", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def at_last():
    return ShellOperation(commands=["echo done"]).run()[-1]


@flow(name="bash_skips", log_prints=True)
def bash_skips(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    skips_run = submit(skips)
    fails_run = fails.submit()
    several_run = submit(several)
    older_run = submit(older)
    long_run = submit(long, ds)
    plain_run = plain.submit(ds)
    elsewhere_run = elsewhere.submit(wait_for=[plain_run])
    after_run = after.submit(wait_for=[skips_run, several_run, older_run, long_run])
    below_run = submit(below, after=[skips_run])
    at_last_run = at_last.submit(wait_for=[allow_failure(fails_run)])
    return [elsewhere_run, after_run, below_run, at_last_run]


if __name__ == "__main__":
    sys.exit(not bash_skips(return_state=True).is_completed())
