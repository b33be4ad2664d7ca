import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run

from airflow_dates import next_tick, previous_tick
from airflow_resume import SAME_DATE
from airflow_rules import submit


@task(name="report", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def say(name):
    print(name)


@task(name="latest_only")
def latest_only(external_trigger, data_interval_end, next_data_interval_end):
    return external_trigger or data_interval_end < datetime.now(timezone.utc) <= next_data_interval_end


@task(name="latest_only")
def latest_and_others_latest_only(external_trigger, data_interval_end, next_data_interval_end):
    return external_trigger or data_interval_end < datetime.now(timezone.utc) <= next_data_interval_end


@task(name="task1")
def task1():
    pass


@task(name="task2")
def task2():
    pass


@task(name="task3")
def task3():
    pass


@task(name="task4")
def task4():
    pass


@task(name="latest_only")
def by_hand_latest_only():
    pass


@task(name="always")
def always():
    pass


# A path: what follows is behind a return.
@flow(name="only_the_latest", log_prints=True)
def only_the_latest(logical_date: datetime | None = None):
    """logical_date: start of the interval to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(hours=4)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    external_trigger = "auto-scheduled" not in flow_run.tags
    data_interval_end = logical_date + timedelta(hours=4)
    next_data_interval_end = logical_date + timedelta(hours=8)

    if not latest_only(external_trigger, data_interval_end, next_data_interval_end):
        return
    say("report")


# All that follows is skipped, whatever its rule.
@flow(name="latest_and_others", log_prints=True)
def latest_and_others(logical_date: datetime | None = None):
    """logical_date: start of the interval to process; by default, of the scheduled run."""
    logical_date = logical_date or previous_tick("0 6 * * 1-5", flow_run.scheduled_start_time)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    external_trigger = "auto-scheduled" not in flow_run.tags
    data_interval_end = next_tick("0 6 * * 1-5", logical_date)
    next_data_interval_end = next_tick("0 6 * * 1-5", next_tick("0 6 * * 1-5", logical_date))

    latest_2 = latest_and_others_latest_only.submit(external_trigger, data_interval_end, next_data_interval_end)
    task1_run = submit(task1, after=[latest_2], when={latest_2: True})
    task2_run = task2.submit()
    task3_run = submit(task3, after=[task1_run, task2_run], when={latest_2: True})
    task4_run = submit(task4, after=[task1_run, task2_run], rule="all_done", when={latest_2: True})
    return [task3_run, task4_run]


# Without a schedule every run is started by hand, and none is skipped.
@flow(name="by_hand", log_prints=True)
def by_hand(logical_date: datetime | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    by_hand_latest_only()
    always()


if __name__ == "__main__":
    states = [each(return_state=True) for each in (only_the_latest, latest_and_others, by_hand)]
    sys.exit(not all(state.is_completed() for state in states))
