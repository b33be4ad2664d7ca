"""The class of Variables under another name, asked in a class, set and changed."""
from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation
from datetime import datetime, timedelta, timezone

from airflow_resume import SAME_DATE
from airflow_variables import delete_variable, update_variable, variable, variable_or_set

variable_or_set("first_run", "yes")


class Config:
    token = variable("token", default=None)


def limited(name):
    def inner(**context):
        most = variable("%s_limit" % name, default=10)
        update_variable("counter", int(variable("counter")) + 1)
        update_variable("state", {"most": most}, as_json=True)
        delete_variable("old_" + name)
        return most
    return inner


a = task(
    limited("x"),
    name="a",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    tags=["pool:" + variable("pool", "default_pool")],
    cache_policy=SAME_DATE,
)


@task(
    name="b",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    tags=["pool:" + variable("pool", "default_pool")],
    cache_policy=SAME_DATE,
)
def b(day):
    settings = variable("my_settings", as_json=True)
    ShellOperation(
        commands=[f"echo {day} {variable('settings', as_json=True)['region']}"],
        env={"T": Config.token, "R": settings["region"]},
    ).run()


@task(
    name="c",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    tags=["pool:" + variable("pool", "default_pool")],
    cache_policy=SAME_DATE,
)
def c():
    return variable("last")


@flow(name="renamed")
def renamed(logical_date: datetime | None = None, day: object = variable("day", "1")):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    logical_date = logical_date.replace(tzinfo=logical_date.tzinfo or timezone.utc)
    context = {
        "ds": f"{logical_date:%Y-%m-%d}",
        "ds_nodash": f"{logical_date:%Y%m%d}",
        "ts": logical_date.isoformat(),
        "ts_nodash": f"{logical_date:%Y%m%dT%H%M%S}",
        "yesterday_ds": f"{logical_date - timedelta(days=1):%Y-%m-%d}",
        "tomorrow_ds": f"{logical_date + timedelta(days=1):%Y-%m-%d}",
        "prev_ds": f"{logical_date:%Y-%m-%d}",
        "next_ds": f"{logical_date:%Y-%m-%d}",
        "execution_date": logical_date,
        "prev_execution_date": logical_date,
        "next_execution_date": logical_date,
        "params": {"day": day},
    }

    a(**context)
    b(day)
    c()


if __name__ == "__main__":
    renamed()
