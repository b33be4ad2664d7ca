import sys
from datetime import datetime, timedelta, timezone

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_external import DagRunOrder, external_done, trigger_dag_run, trigger_ordered
from airflow_resume import SAME_DATE
from airflow_rules import NOT_SKIPPED, Skip, submit
from airflow_sensors import wait_until

DAY = timedelta(days=1)


def both_halves(date):
    return [date, date - timedelta(hours=12)]


def on_first_of_month(dag_run_obj, logical_date, wanted, ds):
    """Whether to start the run, and with what."""
    if logical_date.day != 1 or not wanted:
        return None
    dag_run_obj.payload = {"month": ds[:7]}
    return dag_run_obj


def always(context, run):
    print(context)
    return run


@task(name="load", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def load(ds):
    ShellOperation(commands=[f"echo load {ds}"]).run()


@task(name="marker")
def marker():
    pass


@task(name="whole", cache_policy=SAME_DATE)
def whole(logical_date):
    wait_until(lambda: external_done("upstream", logical_date), poke_interval=0.5, timeout=5)


@task(name="loaded", cache_policy=SAME_DATE)
def loaded(logical_date):
    wait_until(lambda: external_done("upstream", logical_date, "load"), poke_interval=0.5, timeout=5)


@task(name="yesterday", cache_policy=SAME_DATE)
def yesterday(logical_date):
    wait_until(lambda: external_done("upstream", logical_date - DAY), poke_interval=0.2, timeout=1)


@task(name="hour", cache_policy=SAME_DATE)
def hour(logical_date):
    wait_until(
        lambda: external_done(
            "upstream", logical_date - timedelta(hours=1), "load", allowed_states=["success", "failed", "skipped"]
        ),
        poke_interval=0.2,
        timeout=1,
        on_timeout=Skip,
    )


@task(name="monday", cache_policy=SAME_DATE)
def monday(logical_date):
    wait_until(
        lambda: external_done("upstream", (lambda dt: dt - timedelta(days=dt.weekday()))(logical_date)),
        poke_interval=0.2,
        timeout=1,
    )


@task(name="halves", cache_policy=SAME_DATE)
def halves(logical_date):
    wait_until(
        lambda: external_done("upstream", both_halves(logical_date), check_existence=True), poke_interval=0.2, timeout=1
    )


@task(name="unknown", cache_policy=SAME_DATE)
def unknown(logical_date):
    wait_until(lambda: external_done("no_such_flow", logical_date, check_existence=True))


@task(name="start", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def start(next_execution_date):
    trigger_dag_run("upstream", logical_date=f"{next_execution_date and next_execution_date.isoformat()}")


@task(name="done")
def done():
    pass


@task(name="order", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def order(logical_date, wanted, ds):
    trigger_ordered("upstream", on_first_of_month(DagRunOrder(), logical_date, wanted, ds))


@task(name="order_always", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def order_always(context, dag_id, ts):
    trigger_ordered(f"{dag_id}_2", always(context, DagRunOrder()), logical_date=ts)


@flow(name="upstream", log_prints=True)
def upstream(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    load(ds)
    marker()


@flow(name="downstream", log_prints=True)
def downstream(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    next_execution_date = logical_date + timedelta(days=1)

    whole_run = whole.submit(logical_date)
    loaded_run = loaded.submit(logical_date)
    yesterday_run = yesterday.submit(logical_date)
    hour_run = submit(hour, logical_date)
    monday_run = monday.submit(logical_date)
    halves_run = halves.submit(logical_date)
    unknown_run = unknown.submit(logical_date)
    started = start.submit(next_execution_date, wait_for=[whole_run, loaded_run])
    done_run = submit(
        done,
        after=[yesterday_run, hour_run, monday_run, halves_run, unknown_run, started],
        rule="all_done",
        when={hour_run: NOT_SKIPPED},
    )
    return [done_run]


@flow(name="ordering", log_prints=True)
def ordering(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    ds = f"{logical_date:%Y-%m-%d}"
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
    ts = logical_date.isoformat()

    order(logical_date, True, ds)
    order_always(context, "ordering", ts)


if __name__ == "__main__":
    states = [each(return_state=True) for each in (upstream, downstream, ordering)]
    sys.exit(not all(state.is_completed() for state in states))
