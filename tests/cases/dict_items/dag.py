"""Dicts that tasks take single items of: what the DAG knows is written out, and no more of it."""
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

MODELS = [
    {"name": "Churn Model", "tables": ["a", "b"], "score": {"least": 0.9}, "path": "echo /models/{{ ds }}"},
    {"name": "fraud", "tables": ["c"], "score": {"least": 0.2}, "path": "echo /other/{{ ds_nodash }}"},
]
BASE = "/data"


def evaluate(name, least, first, limit=None):
    return f"{name} {least} {first} {limit}"


def make(config):
    with DAG(
        f"model_{config['name'].lower().replace(' ', '_')}",
        description=f"Trains {config['name']} from {BASE}",
        start_date=datetime(2024, 1, 1),
        schedule=None,
    ) as made:
        train = BashOperator(task_id="train", bash_command=f"echo {config['name']} {BASE}/{config['tables'][0]}")
        store = BashOperator(task_id="store", bash_command=f"{config['path']}/model")
        PythonOperator(
            task_id="evaluate",
            python_callable=evaluate,
            op_kwargs={
                "name": config["name"], "least": config["score"]["least"], "first": config["tables"][0], "limit": config.get("limit", 3),
            },
        )
        plain = BashOperator(task_id="plain", bash_command=config["path"])
        train >> store >> plain
    return made


for config in MODELS:
    globals()[config["name"]] = make(config)
