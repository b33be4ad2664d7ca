"""Callbacks that call their context what they like, and hand it on."""
from datetime import datetime, timedelta

from prefect import flow, task
from prefect_shell import ShellOperation

from airflow_callbacks import flow_hook, task_hook
from airflow_resume import SAME_DATE


def send(state, ctx):
    print(state, ctx['ds'], ctx['dag'].dag_id)


def run_failed(ctx):
    send('failed', ctx)


def run_done(c):
    print('done {} {}'.format(c['run_id'], c.get('exception')))


def task_failed(kwargs):
    print("""{task} of {dag}""".format(task=kwargs.get('task_instance').task_id, dag=kwargs['task_instance'].dag_id))


def only_known(task, task_run, state):
    print(state.result(raise_on_failure=False))


@task(
    name="first",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(task_failed, timedelta(days=1))],
)
def first():
    ShellOperation(commands=["true"]).run()


@task(
    name="last",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
    on_failure=[only_known],
)
def last():
    ShellOperation(commands=["true"]).run()


@task(name="end")
def end():
    pass


@flow(
    name="callbacks_by_any_name",
    log_prints=True,
    on_failure=[flow_hook(run_failed, timedelta(days=1))],
    on_completion=[flow_hook(run_done, timedelta(days=1))],
)
def callbacks_by_any_name(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    first()
    last()
    end()


if __name__ == "__main__":
    callbacks_by_any_name()
