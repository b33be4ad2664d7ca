import json
import os
import sys
from datetime import datetime, timedelta

from prefect import flow, task
from prefect.runtime import flow_run
from prefect_shell import ShellOperation

from airflow_graph import Graph, add
from airflow_resume import SAME_DATE

MODELS = os.getenv("MODELS", "")


def read_models(path):
    if not path:
        return {"stg_users": [], "stg_orders": [], "orders": ["stg_users", "stg_orders"], "seed_countries": []}
    with open(path) as file:
        return json.load(file)


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def check(model, ds):
    print(model, ds)
    return f"{model} of {ds}"


@task(name="start")
def start_task():
    pass


@task(name="end")
def end_task():
    pass


@task(retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def made_task(model, ds):
    return ShellOperation(commands=[f"""
            cd /tmp &&
            echo run {model}   # {ds}
            """]).run()[-1]


@flow(name="dynamic_graph_by_file", log_prints=True)
def dynamic_graph_by_file(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    logical_date = logical_date or flow_run.scheduled_start_time - timedelta(days=1)
    ds = f"{logical_date:%Y-%m-%d}"

    def make_task(model, kind):
        """Runs or checks one model."""
        if kind == "run":
            made = add(made_task.with_options(name=model), model, ds)
        elif kind == "check":
            name = f"check_{model}"
            made = add(check.with_options(name=name), model=model, ds=ds)
        return made

    with Graph() as dag:
        start = add(start_task)
        end = add(end_task)

        models = read_models(MODELS)
        tasks = {}

        for model in models:
            if not model.startswith("seed_"):
                tasks[model] = make_task(model, "run")
                tasks["check_" + model] = make_task(model, "check")

        for model, parents in models.items():
            if not model.startswith("seed_"):
                # checked when it is there
                tasks[model] >> tasks["check_" + model]
                for parent in parents:
                    tasks[parent] >> tasks[model]
        start >> end
    return dag.run()


if __name__ == "__main__":
    sys.exit(not dynamic_graph_by_file(return_state=True).is_completed())
