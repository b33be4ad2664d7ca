"""Writes tests/data/templates_1.10.15.json: what Airflow renders. Run by its Python, with an empty AIRFLOW_HOME:

    AIRFLOW_HOME=$(mktemp -d) $AF1_PYTHON tests/make_template_truth.py

Takes half a minute, for the database. `--public DIR` collects the templates of the DAG files in DIR first.
"""

import ast
import datetime
import json
import os
import re
import sys

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")


def collect(folder):
    """The templates among the strings of the DAG files below a folder."""
    found = set()
    for root, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".py"):
                with open(os.path.join(root, name), encoding="utf-8") as file:
                    tree = ast.parse(file.read())
                strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
                found.update(text for text in strings if re.search(r"\{\{|\{%|\{#", text))
    write("templates_public.json", sorted(found))


def write(name, value):
    with open(os.path.join(DATA, name), "w", encoding="utf-8") as file:
        file.write(json.dumps(value, indent=1, sort_keys=True) + "\n")


def main():
    # Airflow makes its database before its models are used.
    from airflow.utils import db

    db.initdb()
    import template_cases as cases
    from airflow import DAG, settings
    from airflow.models import DagRun, TaskInstance, Variable, XCom
    from airflow.operators.bash_operator import BashOperator
    from airflow.utils import timezone
    from airflow.utils.state import State

    start = timezone.datetime(2021, 1, 1)
    dag = DAG(
        "jinja",
        start_date=start,
        schedule_interval="30 6 * * *",
        params=cases.PARAMS,
        user_defined_macros=cases.MACROS,
        user_defined_filters=cases.FILTERS,
    )
    task = BashOperator(task_id="report", bash_command="", dag=dag)
    for name, value in cases.VARIABLES.items():
        Variable.set(name, value)
    TaskInstance.xcom_pull = _pull_all(TaskInstance.xcom_pull, XCom, cases)
    truth = {}
    for name, run in cases.RUNS.items():
        date = timezone.make_aware(datetime.datetime.fromisoformat(run["date"]), timezone.utc)
        session = settings.Session()
        session.add(
            DagRun(
                dag_id="jinja",
                run_id=run["run_id"],
                execution_date=date,
                conf=run["conf"],
                external_trigger=run["trigger"],
            )
        )
        session.commit()
        instance = TaskInstance(task, date)
        instance.state = State.RUNNING
        for text in cases.PUBLIC + cases.WRITTEN:
            truth.setdefault(text, {})[name] = rendered(task, text, instance.get_template_context())
    write("templates_1.10.15.json", truth)


def _pull_all(pull, xcom, cases):
    """XComs are pushed when they are asked for, so that every one is there."""

    def pull_pushed(self, task_ids=None, dag_id=None, key="return_value", include_prior_dates=False):
        ids = [task_ids] if isinstance(task_ids, str) else task_ids or []
        for task_id in ids:
            value = cases.pulled(task_id, key)
            if value is not None and dag_id is None:
                xcom.set(key=key, value=value, task_id=task_id, dag_id="jinja", execution_date=self.execution_date)
        return pull(self, task_ids=task_ids, dag_id=dag_id, key=key, include_prior_dates=include_prior_dates)

    return pull_pushed


def rendered(task, text, context):
    try:
        return {"text": task.render_template(text, context)}
    except Exception as error:  # the kind of error is the result
        return {"error": type(error).__name__}


if __name__ == "__main__":
    if "--public" in sys.argv:
        collect(sys.argv[sys.argv.index("--public") + 1])
    main()
