"""Callbacks: as hooks where they read what a hook is told, else called with a context."""
import sys
from datetime import timedelta

from prefect import flow, task

from airflow_callbacks import flow_hook, retry_hook, task_hook
from airflow_email import airflow_mail

SEEN = {}


def note(context):
    SEEN['note'] = [context['task_instance'].task_id, context['ds'], str(context.get('exception'))]


def tell(context):
    ti = context['ti']
    SEEN.setdefault('tell', []).append([ti.task_id, ti.dag_id, ti.state, ti.try_number, str(context['execution_date']), context['params']])


def plain(task, task_run, state):
    print(task.name, state.result(raise_on_failure=False))


def again(context):
    SEEN.setdefault('again', []).append([context['task'].task_id, context['task_instance'].try_number])


def ended(context):
    SEEN['ended'] = [context['dag'].dag_id, context['ts'], context['reason'] is not None]


def mail(task, task_run, state):
    airflow_mail(to=['a@b.c'], subject=task.name, html_content='y')


def elsewhere(context):
    raise NotImplementedError("A2P420: the callable uses airflow.contrib.operators.jira_operator.JiraOperator, which a flow does not have")
    JiraOperator(task_id='slack', message='failed').execute(context)


@task
def fail():
    raise ValueError('no')


@task(name="a", on_failure=[task_hook(note, timedelta(days=1))], on_completion=[task_hook(tell, timedelta(days=1))])
def a():
    return 1


@task(
    name="d",
    on_failure=[task_hook(note, timedelta(days=1))],
    on_completion=[task_hook(lambda context: print(context['ti'].log_url), timedelta(days=1))],
)
def d():
    return 1


@task(name="e", on_failure=[mail])
def e():
    return 1


@task(name="f", on_failure=[task_hook(elsewhere, timedelta(days=1))])
def f():
    return 1


@flow(name="callbacks", log_prints=True, on_failure=[flow_hook(ended, timedelta(days=1))])
def callbacks(region: str = "eu"):
    a_run = a.submit()
    b = fail.with_options(
        name="b",
        retries=2,
        retry_delay_seconds=0,
        on_failure=[task_hook(note, timedelta(days=1))],
        retry_condition_fn=retry_hook(again),
    ).submit(wait_for=[a_run])
    c = fail.with_options(name="c", on_failure=[plain]).submit(wait_for=[a_run])
    d_run = d.submit(wait_for=[a_run])
    e_run = e.submit(wait_for=[a_run])
    f_run = f.submit(wait_for=[a_run])
    return [b, c, d_run, e_run, f_run]


if __name__ == "__main__":
    sys.exit(not callbacks(return_state=True).is_completed())
