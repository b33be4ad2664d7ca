"""Real Airflow operators in a flow: each runs in a Python of its own that has Airflow.

AIRFLOW_PYTHON names that Python. It needs Airflow and the packages of the operators, which requirements-airflow.txt lists:

    python3.8 -m venv airflow-env && airflow-env/bin/pip install -r requirements-airflow.txt
    export AIRFLOW_PYTHON=$PWD/airflow-env/bin/python

Connections and variables are Airflow's own: AIRFLOW_CONN_<ID>, AIRFLOW_VAR_<KEY>, or the database of AIRFLOW_HOME.
This file is both sides. Airflow's may be an old Python: nothing here needs more than 3.6.
"""

import asyncio
import importlib
import io
import logging
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from types import SimpleNamespace

# ------------------------------------------------------------------ the flow's side


class Unforeseen(RuntimeError):
    """An operator skipped itself; the flow was written as if it never would."""


def run_operator(operator, logical_date, skip=Unforeseen, **arguments):
    """What the operator with this import path returns (its XCom); `skip` is raised where it skips itself.

    Raises TimeoutError after its execution_timeout, RuntimeError with Airflow's error where the operator fails.
    """
    return xcoms_of_operator(operator, logical_date, skip, **arguments)["return_value"]


def xcoms_of_operator(operator, logical_date, skip=Unforeseen, **arguments):
    """The same with all that it pushes, by key."""
    from prefect.context import TaskRunContext

    python = os.environ.get("AIRFLOW_PYTHON")
    if not python:
        raise RuntimeError(f"{operator} needs Airflow: set AIRFLOW_PYTHON to the Python of an environment that has it")
    context = TaskRunContext.get()
    order = io.BytesIO()
    _Pickler(order, protocol=4).dump((operator, arguments, _identity(context, logical_date)))
    with tempfile.TemporaryDirectory() as folder:
        answer = os.path.join(folder, "answer")
        command = [python, os.path.abspath(__file__), answer]
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            child.stdin.write(order.getvalue())
            child.stdin.close()
            for line in child.stdout:
                print(line.decode(errors="replace"), end="")
            code = child.wait()
        finally:
            child.terminate()
        if not os.path.exists(answer):
            raise RuntimeError(f"{operator} ended with exit code {code} and no answer")
        with open(answer, "rb") as file:
            outcome, told = file.read().split(b"\n", 1)
    if outcome == b"skipped":
        raise skip(told.decode())
    if outcome == b"failed":
        raise (TimeoutError if told.startswith(b"AirflowTaskTimeout") else RuntimeError)(told.decode())
    return pickle.loads(told)


class _Pickler(pickle.Pickler):
    """Sends dates of Prefect's own classes as what they are."""

    def reducer_override(self, value):
        if not isinstance(value, datetime) or type(value) is datetime:
            return NotImplemented
        offset = value.utcoffset()
        plain = datetime(value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond)
        return plain.replace(tzinfo=offset if offset is None else timezone(offset)).__reduce_ex__(4)


def _identity(context, logical_date):
    from prefect.runtime import flow_run

    parameters = dict(flow_run.parameters or {})
    parameters.pop("logical_date", None)
    return {
        "dag_id": flow_run.flow_name,
        "run_id": flow_run.name,
        "task_id": context.task.name,
        "try_number": context.task_run.run_count,
        "conf": parameters.pop("conf", None) or {},
        "params": parameters,
        "logical_date": logical_date if logical_date.tzinfo else logical_date.replace(tzinfo=timezone.utc),
    }


class named:
    """What has this import path on Airflow's side."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return _named, (self.path,)


class built:
    """What a call of it makes there: its import path, and the arguments."""

    def __init__(self, path, *args, **kwargs):
        self.made_of = path, args, kwargs

    def __reduce__(self):
        return _build, self.made_of


# ------------------------------------------------------------------ Airflow's side


def _named(path):
    module, _, name = path.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return getattr(_named(module), name)


def _build(path, args, kwargs):
    return _named(path)(*args, **kwargs)


class TaskInstance:
    """As much of Airflow's as an operator needs that does not ask the database."""

    map_index, state = -1, "running"

    def __init__(self, task, identity):
        self.task, self.log = task, logging.getLogger("airflow.task")
        self.__dict__.update(identity)
        self.xcoms = {}

    def xcom_push(self, key, value, *_, **__):
        self.xcoms[key] = value

    def xcom_pull(self, *_, **__):
        raise RuntimeError(f"{self.task_id} pulls an XCom while it runs: pass it as an argument")


def _context(task, identity):
    """https://airflow.apache.org/docs/apache-airflow/1.10.15/macros-ref.html, what does not need the database"""
    import pendulum
    from airflow import macros
    from airflow.configuration import conf

    date = pendulum.instance(identity["logical_date"])
    identity = dict(identity, logical_date=date, execution_date=date)
    ti, run = TaskInstance(task, identity), SimpleNamespace(**identity)
    utc = date.in_timezone("UTC")
    return {
        "conf": conf,
        "dag": task.dag,
        "dag_run": run,
        "ds": utc.strftime("%Y-%m-%d"),
        "ds_nodash": utc.strftime("%Y%m%d"),
        "execution_date": date,
        "logical_date": date,
        "macros": macros,
        "params": dict(identity["params"], **task.params),
        "run_id": identity["run_id"],
        "task": task,
        "task_instance": ti,
        "test_mode": False,
        "ti": ti,
        "ts": utc.isoformat(),
        "ts_nodash": utc.strftime("%Y%m%dT%H%M%S"),
    }


def _execute(operator, arguments, identity):
    from airflow import DAG
    from airflow.exceptions import AirflowTaskTimeout
    from airflow.utils.timeout import timeout

    dag = DAG(identity["dag_id"], start_date=identity["logical_date"])
    task = _named(operator)(task_id=identity["task_id"], dag=dag, **arguments)
    if hasattr(task, "poke_interval") and hasattr(task, "mode"):
        task.mode = "poke"  # between the pokes of "reschedule" Airflow would ask its database
    context = _context(task, identity)

    def stop(*_):
        task.on_kill()
        sys.exit("terminated")

    signal.signal(signal.SIGTERM, stop)
    task.pre_execute(context)
    try:
        limit = task.execution_timeout.total_seconds() if task.execution_timeout else 0
        with timeout(int(limit)):  # 0 is none, as signal.alarm's
            value = _with_triggers(task, context)
    except AirflowTaskTimeout:
        task.on_kill()
        raise
    task.post_execute(context, value)
    return dict(context["ti"].xcoms, return_value=value)


def _with_triggers(task, context):
    """`execute`, and what a deferrable operator of Airflow 2 wants called when its trigger fires."""
    method, arguments = "execute", {}
    while True:
        try:
            return getattr(task, method)(context, **arguments)
        except BaseException as error:
            if type(error).__name__ != "TaskDeferred":
                raise
            limit = error.timeout.total_seconds() if error.timeout else None
            event = asyncio.run(asyncio.wait_for(_fired(error.trigger), limit))
            method, arguments = error.method_name, dict(error.kwargs or {}, event=event)


async def _fired(trigger):
    async for event in trigger.run():
        return event.payload


def _answer(order):
    """How it ended, and the pickled value or the message."""
    try:
        operator, arguments, identity = pickle.loads(order)
        return b"done", pickle.dumps(_execute(operator, arguments, identity), protocol=4)
    except BaseException as error:
        logging.getLogger("airflow.task").exception("the operator failed")
        skipped = any(kind.__name__ == "AirflowSkipException" for kind in type(error).__mro__)
        return b"skipped" if skipped else b"failed", f"{type(error).__name__}: {error}".encode()


def main():
    sys.modules["airflow_bridge"] = sys.modules[__name__]
    sys.path.pop(0)  # the flows' folder: nothing there may stand before Airflow's own modules
    logging.basicConfig(level=logging.INFO, format="%(levelname)s - %(message)s", stream=sys.stdout)
    outcome, told = _answer(sys.stdin.buffer.read())
    with open(sys.argv[1], "wb") as file:
        file.write(outcome + b"\n" + told)
    sys.stdout.flush()
    os._exit(0)  # whatever threads an operator left


if __name__ == "__main__":
    main()
