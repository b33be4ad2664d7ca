import sys
from functools import partial
from datetime import datetime, timedelta

from prefect import flow, task
from prefect_shell import ShellOperation
from alerts import Alert, notify, make_alert

from airflow_callbacks import flow_hook, retry_hook, task_hook
from airflow_resume import SAME_DATE


class Own:
    def __init__(self, name):
        self.name = name

    def __call__(self, context):
        print(self.name, context["ti"].task_id)


def tell(context, channel="x"):
    print(channel, context["task_instance"].task_id, context["ds"])


def make(channel):
    def inner(context):
        print(channel, context["ti"].task_id)
    return inner


@task(
    name="a",
    retries=1,
    retry_delay_seconds=300,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(tell, timedelta(days=1)), task_hook(notify, timedelta(days=1))],
    retry_condition_fn=retry_hook(tell, timedelta(days=1)),
)
def a():
    return ShellOperation(commands=["echo 1"]).run()[-1]


@task(
    name="b",
    retries=1,
    retry_delay_seconds=300,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(Own("b"), timedelta(days=1))],
    retry_condition_fn=retry_hook(tell, timedelta(days=1)),
)
def b():
    return ShellOperation(commands=["echo 1"]).run()[-1]


@task(
    name="c",
    retries=1,
    retry_delay_seconds=300,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(partial(tell, channel="y"), timedelta(days=1))],
    retry_condition_fn=retry_hook(tell, timedelta(days=1)),
)
def c():
    return ShellOperation(commands=["echo 1"]).run()[-1]


@task(
    name="d",
    retries=1,
    retry_delay_seconds=300,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(make("d"), timedelta(days=1)), task_hook(Alert("x"), timedelta(days=1)), task_hook(make_alert("y"), timedelta(days=1))],
    on_completion=[task_hook(lambda context: tell(context, "l"), timedelta(days=1))],
    retry_condition_fn=retry_hook(tell, timedelta(days=1)),
)
def d():
    return ShellOperation(commands=["echo 1"]).run()[-1]


@task(
    name="e",
    retries=1,
    retry_delay_seconds=300,
    cache_policy=SAME_DATE,
    retry_condition_fn=retry_hook(tell, timedelta(days=1)),
)
def e():
    return ShellOperation(commands=["echo 1"]).run()[-1]


@task(
    name="f",
    retries=1,
    retry_delay_seconds=300,
    cache_policy=SAME_DATE,
    retry_condition_fn=retry_hook(tell, timedelta(days=1)),
)
def f():
    return ShellOperation(commands=["echo 1"]).run()[-1]


@flow(
    name="callback_lists",
    log_prints=True,
    on_failure=[flow_hook(tell, timedelta(days=1)), flow_hook(make("dag"), timedelta(days=1))],
)
def callback_lists(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    a_run = a.submit()
    b_run = b.submit()
    c_run = c.submit()
    d_run = d.submit()
    e_run = e.submit()
    f_run = f.submit()
    return [a_run, b_run, c_run, d_run, e_run, f_run]


if __name__ == "__main__":
    sys.exit(not callback_lists(return_state=True).is_completed())
