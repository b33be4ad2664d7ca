import json
import os
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator

MODELS = os.getenv("MODELS", "")


def read_models(path):
    if not path:
        return {"stg_users": [], "stg_orders": [], "orders": ["stg_users", "stg_orders"], "seed_countries": []}
    with open(path) as file:
        return json.load(file)


def check(model, **context):
    print(model, context["ds"])
    return f"{model} of {context['ds']}"


def make_task(model, kind):
    """Runs or checks one model."""
    if kind == "run":
        made = BashOperator(
            task_id=model,
            bash_command=f"""
            cd /tmp &&
            echo run {model}   # {{{{ ds }}}}
            """,
            dag=dag,
        )
    elif kind == "check":
        name = f"check_{model}"
        made = PythonOperator(task_id=name, python_callable=check, op_kwargs={"model": model}, dag=dag)
    return made


dag = DAG(
    "dynamic_graph_by_file",
    start_date=datetime(2022, 1, 1),
    default_args={"owner": "models"},
    schedule_interval=timedelta(days=1),
    catchup=False,
)

with dag:
    start = EmptyOperator(task_id="start")
    end = EmptyOperator(task_id="end")

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
