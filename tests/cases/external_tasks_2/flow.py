import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_external import external_done_or_skip, trigger_dag_run, wait_for_run
from airflow_resume import SAME_DATE
from airflow_rules import Skip, submit
from airflow_sensors import wait_until


@task(name="several", cache_policy=SAME_DATE)
def several(logical_date):
    wait_until(
        lambda: external_done_or_skip(
            "other", logical_date, ["a", "b"], skipped_states=["skipped"], failed_states=["failed", "upstream_failed"]
        )
    )


@task(name="soft", cache_policy=SAME_DATE)
def soft(logical_date):
    wait_until(lambda: external_done_or_skip("other", logical_date, skipped_states=["failed"]), on_timeout=Skip)


@task(name="group")
def group():
    # ExternalTaskSensor(task_id="group", external_dag_id="other", external_task_group_id="section")
    raise NotImplementedError("A2P220: ExternalTaskSensor(external_task_group_id=...) changes what the task does and cannot be carried over")


@task(name="start", cache_policy=SAME_DATE)
def start(ds, logical_date, ds_nodash):
    run = trigger_dag_run(
        "other",
        conf={"day": ds, "limit": 3},
        logical_date=logical_date.isoformat(),
        run_id=f"other_{ds_nodash}",
        reset_dag_run=True,
        overrides_params=True,
    )
    wait_for_run(run, poke_interval=5, allowed_states=["success"], failed_states=["failed"])


@task(name="once", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def once(ts):
    trigger_dag_run("other", logical_date=ts, on_existing=Skip)


@task(name="plain", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def plain():
    trigger_dag_run("other", conf={"message": "Hello World"}, overrides_params=True)


@task(name="end")
def end():
    pass


@flow(name="waiting")
def waiting(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
    ds_nodash = f"{logical_date:%Y%m%d}"
    ts = logical_date.isoformat()

    several_run = submit(several, logical_date)
    soft_run = submit(soft, logical_date)
    group_run = group.submit()
    started = submit(start, ds, logical_date, ds_nodash, after=[several_run, soft_run, group_run])
    once_run = submit(once, ts, after=[started])
    plain_run = submit(plain, after=[once_run])
    ended = submit(end, after=[plain_run])
    return [ended]


if __name__ == "__main__":
    sys.exit(not waiting(return_state=True).is_completed())
