"""requirements.txt beside the flows: only what they use, by names that are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from airflow2prefect.manifest import NAME as MANIFEST
from airflow2prefect.model import Options
from airflow2prefect.packages import airflow_requirements, package_of, requirements_of, third_party
from airflow2prefect.writing import Mode, run

ALWAYS = ["prefect>=3.4,<4", "fastapi<0.151", "sqlalchemy<2.1"]
HEAD = "from datetime import datetime\nfrom airflow import DAG\n"
DATABASE = """\
from airflow.operators.postgres_operator import PostgresOperator
from airflow.hooks.mysql_hook import MySqlHook
from airflow.operators.python_operator import PythonOperator
import yaml, os.path
import acme_tools
from beside import thing
from sklearn.linear_model import LinearRegression


def load():
    '''Loads
    from somewhere else
    '''
    import pandas as pd
    return pd.DataFrame(MySqlHook(mysql_conn_id='m').get_records('select 1'))


with DAG('database', start_date=datetime(2020, 1, 1), schedule_interval='30 5 * * 1-5') as dag:
    PostgresOperator(task_id='sql', sql='select 1') >> PythonOperator(task_id='load', python_callable=load)
"""
PLAIN = """\
from airflow.operators.dummy_operator import DummyOperator

with DAG('plain', start_date=datetime(2020, 1, 1), schedule_interval='@daily') as dag:
    DummyOperator(task_id='x')
"""


def lines(folder: Path) -> list[str]:
    return [line.partition("  #")[0] for line in (folder / "requirements.txt").read_text().splitlines()[1:]]


def test_only_what_the_flows_use(tmp_path: Path) -> None:
    dags, flows = tmp_path / "dags", tmp_path / "flows"
    dags.mkdir()
    (dags / "database.py").write_text(HEAD + DATABASE)
    (dags / "beside.py").write_text("thing = 1\n")
    (dags / "plain.py").write_text(HEAD + PLAIN)
    run([str(dags / "plain.py")], Options(), Mode(flows))
    assert lines(flows) == ALWAYS
    run([str(dags / "database.py")], Options(), Mode(flows))
    unknown = ["# acme_tools: imported by database.py; which package it is in is not known"]
    needed = ["mysqlclient", "pandas", "prefect-sqlalchemy>=0.5", "psycopg2-binary", "PyYAML", "scikit-learn"]
    assert lines(flows) == [*ALWAYS, *needed, *unknown]
    before = (flows / "requirements.txt").read_bytes(), (flows / MANIFEST).read_bytes()
    summary = run([str(dags)], Options(), Mode(flows))
    assert ((flows / "requirements.txt").read_bytes(), (flows / MANIFEST).read_bytes()) == before and not summary.changed


def test_somebody_elses_file_stays(tmp_path: Path) -> None:
    (tmp_path / "plain.py").write_text(HEAD + PLAIN)
    flows = tmp_path / "flows"
    flows.mkdir()
    (flows / "requirements.txt").write_text("mine\n")
    summary = run([str(tmp_path / "plain.py")], Options(), Mode(flows))
    assert (flows / "requirements.txt").read_text() == "mine\n" and not summary.errors
    assert summary.notes == (
        f"{flows / 'requirements.txt'} is not ours; --force overwrites it; the flows need {', '.join(sorted(ALWAYS))}",
    )
    assert (flows / "plain.py").exists()


@pytest.mark.parametrize(
    ("module", "package"), [("yaml", "PyYAML"), ("requests", "requests"), ("prefect_aws", "prefect-aws"), ("acme", None), ("google", None)]
)
def test_a_package_is_named_where_it_is_known(module: str, package: str | None) -> None:
    assert package_of(module) == package


def test_modules_of_others() -> None:
    text = "import os, numpy as np, pandas.io\nfrom prefect import flow\n    import lxml.etree\nfrom .sibling import x\nfrom airflow_sql import block_name\n"
    assert third_party(text) == ["lxml", "numpy", "pandas"]


def test_bridged_operators_have_requirements_of_their_own(tmp_path: Path) -> None:
    """Providers by the first words of the import path, backports for Airflow 1; without `--bridge` there is no such file."""
    case = Path(__file__).parent / "cases" / "bridge" / "dag.py"
    run([str(case)], Options(bridge=True), Mode(tmp_path / "one"))
    there = (tmp_path / "one" / "requirements-airflow.txt").read_text().splitlines()[1:]
    assert there == ["apache-airflow==1.10.15"]
    assert "airflow" not in (tmp_path / "one" / "requirements.txt").read_text()
    assert airflow_requirements(["airflow.providers.apache.spark.operators.x.Y", "airflow.providers.amazon.z.Y"], 2) == (
        "@apache-airflow-providers-amazon",
        "@apache-airflow-providers-apache-spark",
        "@apache-airflow>=2.10,<3",
    )
    run([str(case)], Options(), Mode(tmp_path / "two"))
    assert not (tmp_path / "two" / "requirements-airflow.txt").exists()


def test_the_packages_of_google_are_told_apart() -> None:
    text = "from google.cloud.bigquery import QueryJobConfig\nfrom google.cloud import pubsub_v1\nimport google.auth\n"
    assert requirements_of(text, (), ()) == ("google-auth", "google-cloud-bigquery", "google-cloud-pubsub>=2")
    assert requirements_of("from google.ads import x\n", (), ()) == ("?google",)
