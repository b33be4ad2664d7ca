"""What the report says of the XComs that functions push: by returning, through helpers, with keys of constants."""

from __future__ import annotations

import pytest

from tests.test_report import HEAD, facts_of

DECORATED = HEAD.replace("operators.python_operator import", "operators.python import").replace("bash_operator", "bash")


def pushes(text: str, head: str = HEAD) -> dict[tuple[str, str], bool]:
    """(task, key) of all pushes, and whether each is certain."""
    return {(x.producer, x.key): x.certain for dag in facts_of(head + text).dags for x in dag.xcoms if x.push_line}


@pytest.mark.parametrize(
    ("function", "certain"),
    [
        ("lambda: print(1)", None),
        ("lambda: 1", True),
        ("lambda: None", None),
        ("tell", None),
        ("lambda: tell()", None),
        ("maybe", False),
        ("give", True),
        ("logged", None),
        ("via_name", None),
        ("inner", None),
        ("either", False),
        ("print", None),
    ],
)
def test_what_returns_nothing_pushes_nothing(function: str, certain: bool | None) -> None:
    text = """
import logging
log = logging.getLogger(__name__)

def tell():
    print(1)

def give():
    return [1]

def maybe():
    if give():
        return 1

def logged():
    return log.info('x')

def via_name():
    done = tell()
    return done

def inner():
    def other():
        return 3
    other()

def either():
    return 1 if give() else None

"""
    made = pushes(text + f"PythonOperator(task_id='a', python_callable={function}, dag=dag)\n")
    assert made.get(("a", "return_value")) is certain


def test_keys_handed_to_helpers() -> None:
    text = """
def keep(ti, key, value):
    ti.xcom_push(key=key, value=value)

def run(ti, **_):
    keep(ti, 'rows', 1)
    keep(ti, key='size', value=2)

def computed(ti, name, **_):
    keep(ti, name, 1)

PythonOperator(task_id='a', python_callable=run, provide_context=True, dag=dag)
PythonOperator(task_id='b', python_callable=computed, op_kwargs={'name': 'x'}, provide_context=True, dag=dag)
"""
    assert pushes(text) == {("a", "rows"): False, ("a", "size"): False, ("b", ""): False}


def test_multiple_outputs() -> None:
    text = """
from airflow.decorators import dag, task

@dag(start_date=datetime(2024, 1, 1), schedule=None)
def flow_like():
    @task(multiple_outputs=True)
    def count():
        made = {'total': 1, 'day': 'x'}
        return made

    @task
    def infer() -> dict[str, int]:
        if count:
            return {'a': 1}
        return dict(a=1, b=2)

    count() >> infer()

flow_like()
"""
    assert pushes(text, DECORATED) == {
        ("count", "return_value"): True, ("count", "total"): True, ("count", "day"): True,
        ("infer", "return_value"): True, ("infer", "a"): True, ("infer", "b"): False,
    }  # fmt: skip


def test_what_airflow_and_operators_push_besides() -> None:
    text = """
from airflow import Dataset
def choose(): return None
PythonOperator(task_id='a', python_callable=lambda: 1, outlets=[Dataset('s3://x')], dag=dag)
BashOperator(task_id='b', bash_command="echo {{ ti.xcom_push(key='k', value=1) }}", inlets=[Dataset('s3://x')], do_xcom_push=False, dag=dag)
"""
    assert pushes(text, DECORATED) == {
        ("a", "return_value"): True, ("a", "pipeline_outlets"): True, ("b", "pipeline_inlets"): True, ("b", "k"): True,
    }  # fmt: skip


def test_keys_of_operators_meet() -> None:
    text = """
from airflow.providers.google.cloud.operators.automl import AutoMLCreateDatasetOperator
make = AutoMLCreateDatasetOperator(task_id='make', dataset={}, location='x', project_id='p', dag=dag)
make >> BashOperator(task_id='tell', bash_command="echo {{ ti.xcom_pull('make', key='dataset_id') }}", dag=dag)
"""
    (dag,) = facts_of(DECORATED + text).dags
    assert ("make", "dataset_id", "tell", "read") in {(x.producer, x.key, x.consumer, x.status) for x in dag.xcoms}


def test_a_value_that_may_be_none() -> None:
    text = "def give(n=None):\n    return n\n\n\ndef keep(n):\n    return n\n\n\n"
    text += "PythonOperator(task_id='a', python_callable=give, dag=dag)\nPythonOperator(task_id='b', python_callable=keep, op_args=[1], dag=dag)\n"
    assert pushes(text) == {("a", "return_value"): False, ("b", "return_value"): True}


def test_keys_of_a_dict_that_a_helper_makes() -> None:
    text = """
from airflow.decorators import dag, task

def fetch(city):
    return {'city': city, 'day': 1}

@dag(start_date=datetime(2024, 1, 1), schedule=None)
def weather():
    @task
    def extract(city: str) -> dict:
        data = fetch(city)
        return data
    extract('x')

weather()
"""
    assert {key for _, key in pushes(text, DECORATED)} == {"return_value", "city", "day"}
