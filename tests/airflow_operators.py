"""Runs the operators of a DAG file in real Airflow, in order, and tells what each gave. Run by Airflow's own Python:

    AIRFLOW_HOME=... python tests/airflow_operators.py OUT FILE      # {task_id: {"value": ...} or {"error": "..."}}

By `TaskInstance._run_raw_task`, as a worker does, whatever became of the tasks before; a value is the XCom that it pushed.
"""

import importlib.util
import json
import os
import shutil
import sys
import tempfile

DATE = "2024-03-06T00:00:00+00:00"


def main(out: str, path: str) -> None:
    folder = tempfile.mkdtemp()
    database = os.path.join(folder, "airflow.db")
    shutil.copyfile(os.path.join(os.environ["AIRFLOW_HOME"], "airflow.db"), database)
    connection = f"sqlite:///{database}"
    os.environ.update(AIRFLOW_HOME=folder, AIRFLOW__CORE__SQL_ALCHEMY_CONN=connection, AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=connection)
    from airflow import DAG, __version__, settings
    from airflow.utils import timezone

    spec = importlib.util.spec_from_file_location("dag_file", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (dag,) = {id(thing): thing for thing in vars(module).values() if isinstance(thing, DAG)}.values()
    when = timezone.parse(DATE)
    old = __version__.startswith("1")
    started = {"execution_date": when, "start_date": timezone.utcnow(), "state": "running", "run_id": f"scheduled__{DATE}"}
    more = {} if old else {"data_interval": dag.timetable.infer_manual_data_interval(run_after=when), "run_type": "scheduled"}
    dag_run = dag.create_dagrun(**started, **more)
    done = {}
    session = settings.Session()
    for task in dag.topological_sort():
        ti = dag_run.get_task_instance(task.task_id, session=session)
        ti.task = task
        ti.refresh_from_task(task)
        ti.state = "running"
        session.commit()
        try:
            ti._run_raw_task(session=session)
            done[task.task_id] = {"value": ti.xcom_pull(task_ids=task.task_id)}
        except Exception as error:
            session.rollback()
            done[task.task_id] = {"error": f"{type(error).__name__}: {error}"}
    with open(out, "w") as file:
        json.dump(done, file, default=str)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
