"""Runs the DAGs of many files in real Airflow, in one process, and tells what became of their tasks. Run by Airflow's own Python:

    AIRFLOW_HOME=... python tests/airflow_runs.py OUT [--eager] FILE...     # a line of JSON for each FILE, as from tests/flow_runs.py

Dependency checks, skips and the running of a task are Airflow's own (`TaskInstance.are_dependencies_met`, `_run_raw_task`); there is no
scheduler and no executor. The schedule is a patient one: a task is looked at once all that is upstream of it has ended. Airflow's own
scheduler decides as early as it can, so that a task with the rule all_success, of whose upstream tasks one is skipped and another fails,
ends as the first of the two to end has it: skipped or upstream_failed. A patient schedule has one answer, always. `--eager` looks at all
tasks in each round, as the scheduler does, and runs what may run one at a time; it tells how often that makes a difference.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import logging
import os
import shutil
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

DATE = "2021-06-15T00:00:00+00:00"


def prepare(folder: str) -> None:
    """A copy of Airflow's database, in memory where there is such a place; nothing is logged."""
    database = Path(folder) / "airflow.db"
    shutil.copyfile(Path(os.environ["AIRFLOW_HOME"]) / "airflow.db", database)
    connection = f"sqlite:///{database}"
    home = {"AIRFLOW_HOME": folder, "AIRFLOW__CORE__SQL_ALCHEMY_CONN": connection, "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": connection}
    quiet = {"AIRFLOW__CORE__LOAD_EXAMPLES": "False", "AIRFLOW__CORE__UNIT_TEST_MODE": "False", "SCARF_ANALYTICS": "false"}
    os.environ.update({**home, **quiet})
    from airflow import settings
    from sqlalchemy import event

    @event.listens_for(settings.engine, "connect")
    def fast(connection, record):
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA journal_mode=MEMORY")

    logging.disable(logging.CRITICAL)


def dag_of(path: Path):
    """The DAG of a file, imported as it is."""
    from airflow import DAG

    spec = importlib.util.spec_from_file_location(f"dag_{abs(hash(str(path)))}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (dag,) = {id(thing): thing for thing in vars(module).values() if isinstance(thing, DAG)}.values()
    dag.dag_id = f"{dag.dag_id}_{len(RUNS)}"  # files may use the same name
    RUNS.append(dag.dag_id)
    prepared(dag)
    return dag


def prepared(dag) -> None:
    """Retries come at once; the backfill that runs a sub-DAG in 1.10 does so in this process, and those sub-DAGs take the name of their DAG."""
    for task in dag.tasks:
        task.retry_delay = timedelta(0)
        if getattr(task, "subdag", None) is not None:
            from airflow.executors.debug_executor import DebugExecutor

            task.executor = DebugExecutor()
            task.subdag.dag_id = f"{dag.dag_id}.{task.task_id}"
            prepared(task.subdag)


RUNS: list = []


def run(path: Path, eager: bool) -> dict:
    """{"flow": the state of the DAG run, "tasks": {task_id: state}}"""
    from airflow import settings
    from airflow.utils import timezone

    dag = dag_of(path)
    when = timezone.parse(DATE)
    session = settings.Session()
    started = {"execution_date": when, "start_date": timezone.utcnow(), "external_trigger": False, "session": session}
    if os.environ["AIRFLOW_VERSION"] == "2":
        from airflow.utils.types import DagRunType

        interval = dag.timetable.infer_manual_data_interval(run_after=when)
        started.update(run_type=DagRunType.SCHEDULED, data_interval=interval)
    dag_run = dag.create_dagrun(run_id=f"scheduled__{DATE}", state="running", **started)
    dag_run.dag = dag
    order = [task.task_id for task in dag.topological_sort()]
    while True:
        before = states_of(dag_run, session)
        for task_id in order:
            if not eager:
                finish(dag_run, dag, task_id, session)
            elif look(dag_run, dag, task_id, session):
                execute(dag_run, dag, task_id, session)
                break
        after = states_of(dag_run, session)
        if after == before:
            break
    dag_run.update_state(session=session)
    state = str(getattr(dag_run.state, "value", dag_run.state))
    session.commit()
    return {"flow": state, "tasks": {**states_of(dag_run, session), **states_inside(dag, "", when, session)}}


def states_inside(dag, prefix: str, when, session) -> dict:
    """The states of the tasks in the DAG's sub-DAGs, by prefixed ids; {} of those that never started."""
    from airflow.models import DagRun

    found = {}
    for task in dag.tasks:
        inner = getattr(task, "subdag", None)
        for dag_run in DagRun.find(dag_id=inner.dag_id, execution_date=when, session=session) if inner is not None else ():
            own = f"{prefix}{task.task_id}."
            found.update({own + task_id: state for task_id, state in states_of(dag_run, session).items()})
            found.update(states_inside(inner, own, when, session))
    return found


def states_of(dag_run, session) -> dict:
    session.expire_all()
    return {ti.task_id: str(getattr(ti.state, "value", ti.state)) for ti in dag_run.get_task_instances(session=session)}


def finish(dag_run, dag, task_id: str, session) -> None:
    """Run a task to its end, retries included, if its rule lets it; all upstream of it has ended."""
    while look(dag_run, dag, task_id, session):
        execute(dag_run, dag, task_id, session)


def look(dag_run, dag, task_id: str, session) -> bool:
    """Whether a task may run now. Looking at it may end it as skipped or upstream_failed, and still say that it may run."""
    from airflow.ti_deps.dep_context import DepContext

    session.expire_all()
    ti = dag_run.get_task_instance(task_id, session=session)
    ti.task = dag.get_task(task_id)
    if ti.state not in (None, "up_for_retry"):
        return False
    met = ti.are_dependencies_met(dep_context=DepContext(flag_upstream_failed=True), session=session)
    session.commit()
    session.expire_all()
    return bool(met) and dag_run.get_task_instance(task_id, session=session).state in (None, "up_for_retry")


def execute(dag_run, dag, task_id: str, session) -> None:
    ti = dag_run.get_task_instance(task_id, session=session)
    ti.task = dag.get_task(task_id)
    ti.try_number = ti._try_number + 1 if os.environ["AIRFLOW_VERSION"] == "1" else ti.try_number + 1
    ti.state = "running"
    session.merge(ti)
    session.commit()
    try:
        ti._run_raw_task(session=session)
    except SystemExit as exit:  # ends the process of the task, which its job takes for a failure
        ti.handle_failure(str(exit))
    except Exception:
        session.rollback()


def main(out: str, *arguments: str) -> None:
    eager = "--eager" in arguments
    folder = tempfile.mkdtemp(prefix="airflow_runs_", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    try:
        prepare(folder)
        import airflow

        os.environ["AIRFLOW_VERSION"] = airflow.__version__[0]
        with open(out, "w", buffering=1) as file, open(os.devnull, "w") as silence, contextlib.redirect_stdout(silence):
            for path in arguments:
                if path != "--eager":
                    file.write(json.dumps({"file": path, **run(Path(path), eager)}) + "\n")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
