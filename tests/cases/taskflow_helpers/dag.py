"""Helpers, constants and imports inside of the function of a DAG; commands that Airflow renders; a task named like what it calls."""

import os
from datetime import datetime

from airflow.decorators import dag, task
from airflow.exceptions import AirflowSkipException
from airflow.models import TaskInstance, Variable
from airflow.models.param import ParamsDict
from airflow.operators.email import EmailOperator

SUFFIX = "v1"


@dag(schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False)
def taskflow_helpers():
    import json as js

    BASE_URL = "https://api.example.com"
    STAGE = f"{os.environ.get('STAGE', 'dev')}_{SUFFIX}"
    PAGES = {"orders": 2, "items": 1}

    # One URL a page.
    def url_of(path, page=1):
        return f"{BASE_URL}/{STAGE}/{path}?page={page}"

    def urls_of(path):
        if path not in PAGES:
            raise AirflowSkipException(f"no {path}")
        return [url_of(path, n + 1) for n in range(PAGES[path])]

    def even(n):
        return n == 0 or odd(n - 1)

    def odd(n):
        return n != 0 and even(n - 1)

    @task
    def list_urls(path):
        return js.dumps(urls_of(path))

    @task
    def typed(**context) -> str:
        ti: TaskInstance = context["ti"]
        params: ParamsDict = context["params"]
        rows: list[int] = []
        return f"{ti.task_id} {params} {rows} {Variable.get('stage', 'dev')}"

    @task
    def parity(n):
        return "even" if even(n) else "odd"

    @task.bash
    def download(urls, task_instance_key_str=None) -> str:
        command = url_of(urls)
        return f"echo {task_instance_key_str} {command}"

    @task.bash
    def rendered() -> str:
        return "echo {{ ds }}"

    @task.bash
    def computed(name) -> str:
        return "echo {{ ts_nodash }} " + name

    @task.bash
    def skips() -> str:
        return "echo nothing to do; exit 99"

    download(list_urls("orders"))
    list_urls("nothing")
    typed()
    parity(7)
    rendered() >> computed("x") >> skips() >> EmailOperator(task_id="send_email", to="a@example.com", subject="done", html_content="-")


taskflow_helpers()
