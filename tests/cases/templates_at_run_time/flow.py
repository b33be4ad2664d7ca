from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation
import sys
from datetime import datetime, timedelta

from airflow_callbacks import retry_hook, task_hook
from airflow_email import airflow_mail
from airflow_resume import SAME_DATE
from airflow_shell import run_in_time
from airflow_templates import TaskInstance, render


def on_fail(context):
    ti = context['ti']
    msg = "Task {} in {} failed at {}".format(ti.task_id, ti.dag_id, context['execution_date'])
    airflow_mail('a@b', 'x', msg)

def slack(context):
    print(context['ti'].log_url)

@task(
    name="push_task",
    retries=2,
    retry_delay_seconds=60,
    timeout_seconds=3600,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(on_fail)],
    retry_condition_fn=retry_hook(slack),
)
def push_function():
    ls = ['a','b','c']
    return ls

@task(
    name="pull_task",
    retries=2,
    retry_delay_seconds=60,
    timeout_seconds=3600,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(on_fail)],
    retry_condition_fn=retry_hook(slack),
)
def pull_function(push_task):
    ls = push_task
    print(ls)
    for x in ls: print(x)

@task(
    name="cond",
    retries=2,
    retry_delay_seconds=60,
    timeout_seconds=3600,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(on_fail)],
    retry_condition_fn=retry_hook(slack),
)
def cond(push_task, conf_value, **kwargs):
    xcoms = {}
    value = push_task if kwargs.get('flag') else None
    conf = conf_value.get("a") if conf_value else "none"
    xcoms.update({"cond": value}) if value else None
    return xcoms | {"return_value": conf}


@task(
    name="b",
    retries=2,
    retry_delay_seconds=60,
    timeout_seconds=3600,
    cache_policy=SAME_DATE,
    on_failure=[task_hook(on_fail)],
    retry_condition_fn=retry_hook(slack),
)
def b(conf, params, push_task, cond_value, ds):
    run_in_time(ShellOperation(commands=[render("""
echo "{{ params.p | up }}"   # comment
{% if dag_run.conf %}echo "{{ dag_run.conf['x'] }}"{% endif %}
echo '{{ ti.xcom_pull("push_task")[0] }}' {{ task_instance.xcom_pull(task_ids="cond", key="return_value") }}
""", filters={"up": (lambda s: s.upper())}, dag_run={"conf": conf}, params=params, task_instance=TaskInstance({("push_task", "return_value"): push_task, ("cond", "return_value"): cond_value["return_value"]}), ti=TaskInstance({("push_task", "return_value"): push_task, ("cond", "return_value"): cond_value["return_value"]}))], env={"A": ds, "B": "x"}))


# The pipeline
@flow(name="e1", log_prints=True)
def e1(logical_date: datetime | None = None, conf: dict | None = None):
    """logical_date: the date to process; by default, when the run was scheduled."""
    logical_date = logical_date or flow_run.scheduled_start_time
    ds = f"{logical_date:%Y-%m-%d}"

    push_task = push_function.submit()
    pull_task = pull_function.submit(push_task)
    c = cond.submit(flag=True, push_task=push_task, conf_value=conf)
    b_run = b.submit(conf, {"p": "v"}, push_task, c, ds)
    return [pull_task, b_run]


if __name__ == "__main__":
    sys.exit(not e1(return_state=True).is_completed())
