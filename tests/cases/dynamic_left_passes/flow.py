import os
import sys
from datetime import datetime, timedelta

from jinja2 import StrictUndefined
from prefect import flow, task
from prefect.runtime import flow_run, task_run
from prefect_shell import ShellOperation

from airflow_graph import Graph, add, xcom
from airflow_resume import SAME_DATE
from airflow_templates import render

cfg = {"a": {"sql": "select a", "n": 1, "deps": []}, "b": {"sql": "select b {{ ds }}", "n": 2, "deps": ["a"]}, "c": {"sql": "x", "n": 3, "deps": ["a", "b"]}}
TPL = "echo {sql} {n} {{{{ ds }}}} {when}"
when = os.environ.get("WHEN", "now")
STEPS = [("x", 10), ("y", 20)]
SKIP = os.environ.get("SKIP", "y")

@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def show(name, size=0, *, ds):
    print(name, size, ds)
    return "%s-%s" % (name, size)

def late():
    return name


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def sql(c, context):
    ShellOperation(
        commands=[render(TPL.format(when=when, **{"sql": c["sql"], "n": c["n"]}), undefined=StrictUndefined, **context)]
    ).run()


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def cont(s, size, context):
    ShellOperation(commands=[render(f"echo {s} {size:04d} {{{{ ds }}}}", undefined=StrictUndefined, **context)]).run()


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def step(i, context):
    ShellOperation(commands=[render("echo %d of {{ ds }}" % (i + 1), undefined=StrictUndefined, **context)]).run()


@task(name="push", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def push_task():
    return (ShellOperation(commands=["echo 1; echo two"]).run() or [""])[-1]


@task(name="pull", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def pull_task(push, task_id, dag_id):
    ShellOperation(commands=[f'echo "{push}" {task_id} {dag_id} {task_run.run_count}']).run()


@task
def last_task():
    pass


@flow(name="dynamic_left_passes", log_prints=True)
def dynamic_left_passes(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
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
    ds = f"{logical_date:%Y-%m-%d}"

    with Graph() as dag:
        tasks = {}
        for name, c in sorted(cfg.items()):
            tasks[name] = add(sql.with_options(name=f"sql_{name}"), c, context)
        for name, c in cfg.items():
            for d in c["deps"]:
                tasks[d] >> tasks[name]

        fns = []
        for s, size in STEPS:
            fns.append(add(show.with_options(name=f"show_{s}"), s, **dict(size=size * 2), ds=ds))

        for s, size in STEPS:
            if s == SKIP:
                continue
            add(cont.with_options(name=f"cont_{s}"), s, size, context) >> fns[0]

        for i in range(int(os.environ.get("N", "3"))):
            add(step.with_options(name="n%d" % i), i, context).set_downstream(fns)

        push = add(push_task)
        pull = add(pull_task, xcom("push"), "pull", "dynamic_left_passes")
        push >> pull
        last = [add(last_task.with_options(name=f"last_{k}")) for k in cfg if cfg[k]["n"] > 1]
        pull >> last
    return dag.run()


if __name__ == "__main__":
    sys.exit(not dynamic_left_passes(return_state=True).is_completed())
