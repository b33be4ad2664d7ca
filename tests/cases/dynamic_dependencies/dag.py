"""Jobs and what they wait for, from the environment."""
import json
import os
from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.utils.helpers import chain

JOBS = json.loads(os.environ.get("JOBS", '[{"name": "a"}, {"name": "b", "after": ["a"]}, {"name": "c", "after": ["a", "b"]}]'))

args = {"owner": "ops", "start_date": datetime(2020, 1, 1), "retries": 1}

with DAG("dynamic_dependencies", default_args=args, schedule_interval=None) as dag:
    tasks = {}
    number = 0
    for job in JOBS:
        number += 1
        # one process a job
        tasks[job["name"]] = BashOperator(
            task_id=job["name"],
            bash_command="""
                echo {} {}
                echo {{{{ ds }}}}
            """.format(job["name"], number),
            pool=job.get("pool", "default_pool"),
        )
    for job in JOBS:
        for other in job.get("after", []):
            tasks[job["name"]].set_upstream(tasks[other])
    first = DummyOperator(task_id="first")
    last, very_last = DummyOperator(task_id="last", trigger_rule="all_done"), DummyOperator(task_id="very_last")
    for name, task in tasks.items():
        first >> task >> last
    chain(last, very_last)
