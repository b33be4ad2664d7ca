"""Datasets, against a Prefect server: the event of a flow's task starts the deployment whose trigger waits for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from airflow2prefect.model import Options
from airflow2prefect.writing import Mode, run
from tests.test_flows import python

pytestmark = pytest.mark.flows
DAGS = """\
from datetime import datetime
from airflow import DAG
from airflow.datasets import Dataset
from airflow.exceptions import AirflowSkipException
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator

def skip():
    raise AirflowSkipException("nothing new")

with DAG("produces", start_date=datetime(2024, 1, 1), schedule=None) as produces:
    EmptyOperator(task_id="orders", outlets=[Dataset("s3://shop/orders.csv")])
    PythonOperator(task_id="users", python_callable=skip, outlets=[Dataset("s3://shop/users.csv")])

with DAG("one", start_date=datetime(2024, 1, 1), schedule=[Dataset("s3://shop/orders.csv")]) as one:
    EmptyOperator(task_id="report")

with DAG("skipped", start_date=datetime(2024, 1, 1), schedule=[Dataset("s3://shop/users.csv")]) as skipped:
    EmptyOperator(task_id="report")

with DAG("both", start_date=datetime(2024, 1, 1), schedule=[Dataset("s3://shop/orders.csv"), Dataset("s3://shop/items.csv")]) as both:
    EmptyOperator(task_id="report")
"""
RUN = """\
import json, time
import dag
from airflow_datasets import updates
from prefect.client.orchestration import get_client

started = {}
with get_client(sync_client=True) as client:
    def look(wanted):
        for _ in range(90):
            runs = [client.read_deployment(r.deployment_id).name for r in client.read_flow_runs() if r.deployment_id]
            if wanted <= set(runs):
                time.sleep(3)  # what else may start
                return sorted(client.read_deployment(r.deployment_id).name for r in client.read_flow_runs() if r.deployment_id)
            time.sleep(1)
        return runs
    time.sleep(3)  # the server reads new triggers every few seconds
    dag.produces()
    started["orders"] = look({"one"})
    from prefect.events import emit_event
    emit_event("dataset.updated", resource={"prefect.resource.id": "s3://shop/items.csv"})
    started["items"] = look({"both"})
print(json.dumps(started))
"""


def test_an_update_starts_what_waits_for_it(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "dag.py").write_text(DAGS)
    run([str(tmp_path / "dags")], Options(retries=0, cache="none"), Mode(tmp_path / "flows"))
    pool = python(["-m", "prefect", "work-pool", "create", "default", "--type", "process", "--overwrite"], tmp_path, prefect_api)
    assert pool.returncode == 0, pool.stderr
    deployed = python(["-m", "prefect", "--no-prompt", "deploy", "--all"], tmp_path / "flows", prefect_api)
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    (tmp_path / "flows" / "run.py").write_text(RUN)
    done = python(["run.py"], tmp_path / "flows", prefect_api)
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {"orders": ["one"], "items": ["both", "one"]}
