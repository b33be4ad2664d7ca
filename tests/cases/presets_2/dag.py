"""Operators of the file's own that say what Airflow 2 is given, and some that do more."""
from datetime import datetime
import os
from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator
from airflow.providers.http.operators.http import HttpOperator
from airflow.utils.task_group import TaskGroup

DEFAULT_ENV = {"STAGE": "prod"}

class DbtOperator(BashOperator):
    template_fields = ("bash_command", "env", "models")
    def __init__(self, command: str, models: list = None, *, full_refresh: bool = False, env=None, **kwargs):
        self.models = models
        self.command = command
        flags = " --full-refresh" if full_refresh else ""
        select = f" --select {' '.join(models)}" if models else ""
        super().__init__(bash_command=f"dbt {command}{select}{flags}", env={**DEFAULT_ENV, **(env or {})}, append_env=True, **kwargs)

class Checked(PythonOperator):
    def __init__(self, func, *args, **kwargs):
        assert callable(func)
        super().__init__(*args, python_callable=func, **kwargs)

class Named(PythonOperator):
    def __init__(self, name, **kwargs):
        super().__init__(task_id=f"named_{name}", python_callable=self._run, **kwargs)
        self.name = name
    def _run(self):
        return self.name

class Query(HttpOperator):
    def __init__(self, q, **kwargs):
        super().__init__(http_conn_id="api", method="GET", endpoint="search", data={"q": q}, **kwargs)

class Unknown(BashOperator):
    def __init__(self, **kwargs):
        super().__init__(bash_command=os.environ["CMD"], **kwargs)

def f(x): return x

with DAG("presets_2", schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False) as dag:
    run = DbtOperator(task_id="run", command="run", models=["a", "b"])
    test = DbtOperator(task_id="test", command="test", full_refresh=True, env={"X": "{{ ds }}"})
    with TaskGroup("g") as g:
        c = Checked(f, task_id="c", op_args=[1])
        n = Named("x")
        q = Query(q="{{ ds }}", task_id="q")
    run >> test >> g >> Unknown(task_id="u")
