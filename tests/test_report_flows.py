"""What the report says of the flows: their shape, what resumes, what they need around them, links between DAGs."""

from __future__ import annotations

from airflow2prefect.report.terminal import counted, resumed
from airflow2prefect.report.totals import Totals
from tests.test_report import HEAD, facts_of

MODERN = """\
from datetime import datetime
from airflow import DAG, Dataset
from airflow.operators.bash import BashOperator
from airflow.timetables.datasets import DatasetOrTimeSchedule
from airflow.timetables.trigger import CronTriggerTimetable
"""
LOOP = """
from acme import tables
for table in ('a', 'b'):
    one = BashOperator(task_id='one_' + table, bash_command='echo', dag=dag)
    two = BashOperator(task_id='two_' + table, bash_command='echo', dag=dag)
    one >> two
before = None
for table in tables():
    load = BashOperator(task_id='load_' + table, bash_command='echo', dag=dag)
    if table.startswith('big') and before is not None:
        before >> load
    before = load
"""


def test_all_tasks_and_edges_of_a_graph_that_only_the_run_knows() -> None:
    (dag,) = facts_of(HEAD + LOOP).dags
    assert dag.shape == "graph helper" and "loops" in dag.parts
    assert [task.task_id for task in dag.tasks][:4] == ["one_a", "two_a", "one_b", "two_b"]
    assert {("one_a", "two_a"), ("one_b", "two_b")} <= set(dag.edges)


def test_parts_of_a_flow() -> None:
    text = """
from airflow.operators.python_operator import BranchPythonOperator
from airflow.operators.dummy_operator import DummyOperator
choose = BranchPythonOperator(task_id='choose', python_callable=lambda: 'left', dag=dag)
choose >> [DummyOperator(task_id='left', dag=dag), DummyOperator(task_id='right', dag=dag)]
"""
    (dag,) = facts_of(HEAD + text).dags
    assert {"match", "if"} & set(dag.parts)
    (plain,) = facts_of(HEAD + "BashOperator(task_id='a', bash_command='echo', dag=dag)\n").dags
    assert (plain.shape, plain.parts) == ("direct calls", ())


def test_what_resumes() -> None:
    text = """
import sqlite3
from airflow.operators.dummy_operator import DummyOperator
db = sqlite3.connect('x.db')
def load(db):
    db.execute('select 1')
PythonOperator(task_id='kept', python_callable=print, dag=dag)
PythonOperator(task_id='stuck', python_callable=load, op_args=[db], dag=dag)
DummyOperator(task_id='nothing', dag=dag)
BashOperator(task_id='lost', dag=dag)
"""
    file = facts_of(HEAD + text)
    again = {task.task_id: task.again for task in file.dags[0].tasks}
    assert again == {
        "kept": "",
        "stuck": "takes a database connection, of which no key can be made",
        "nothing": "has nothing to keep",
        "lost": "raises",
    }
    totals = Totals()
    totals.add(file)
    assert resumed(totals).startswith("1 of 4 tasks are not run again; ") and "1 raise" in resumed(totals)
    assert "1 submitted tasks" in counted(totals.shapes)
    (none,) = facts_of(HEAD + text, cache="none").dags
    assert none.tasks[0].again == "keeps no result"


def test_bridged_tasks_are_counted_apart() -> None:
    text = HEAD + "from acme import CopyTable\nCopyTable(task_id='a', table='orders', dag=dag)\n"
    totals = Totals()
    totals.add(facts_of(text, bridge=True))
    assert (totals.bridged["CopyTable"], totals.unconverted["CopyTable"]) == (1, 0)
    assert facts_of(text, bridge=True).needs.airflow and not facts_of(text).needs.airflow


def test_datasets_in_conditions_and_timetables_are_links() -> None:
    text = (
        MODERN
        + """
A, B = Dataset('s3://a'), Dataset('s3://b')
with DAG('one', start_date=datetime(2024, 1, 1), schedule=(A | B)):
    BashOperator(task_id='a', bash_command='echo', outlets=[Dataset('s3://c')])
with DAG('two', start_date=datetime(2024, 1, 1), schedule=DatasetOrTimeSchedule(timetable=CronTriggerTimetable('0 1 * * *', timezone='UTC'), datasets=[A])):
    BashOperator(task_id='a', bash_command='echo')
"""
    )
    one, two = facts_of(text).dags
    assert [(link.kind, link.target) for link in one.links] == [("writes", "s3://c"), ("reads", "s3://a"), ("reads", "s3://b")]
    assert [link.target for link in two.links] == ["s3://a"]


def test_what_flows_need() -> None:
    text = """
\"\"\"Some text
from nowhere that looks like an import.\"\"\"
import pandas as pd
from airflow.operators.acme_plugin import CopyTable
from airflow.operators.branch_operator import BaseBranchOperator
from airflow.operators.postgres_operator import PostgresOperator
PostgresOperator(task_id='a', sql='select 1', postgres_conn_id='warehouse', dag=dag)
PythonOperator(task_id='b', python_callable=lambda: pd.DataFrame(), pool='db', dag=dag)
CopyTable(task_id='c', dag=dag)
"""
    needs = facts_of(HEAD + text).needs
    assert needs.plugins == ("airflow.operators.acme_plugin",)
    assert (needs.connections, needs.pools, needs.integrations) == (("warehouse",), ("db",), ("prefect-sqlalchemy",))
    assert "pandas" in needs.packages and "nowhere" not in needs.packages
