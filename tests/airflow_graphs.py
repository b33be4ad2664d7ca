"""The graphs of DAG files in real Airflow, in one process. Run by Airflow's own Python:

    AIRFLOW_HOME=... python tests/airflow_graphs.py      # each line in is a file, each line out JSON: {dag_id: {task_id: [rule, [upstream]]}}

A file that Airflow does not load, or whose tasks go in a circle, has {"error": ...} for a line.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import sys
import warnings


def graphs_of(path: str) -> dict:
    from airflow import DAG

    spec = importlib.util.spec_from_file_location("made_up_dag", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = {}
    for dag in {id(thing): thing for thing in vars(module).values() if isinstance(thing, DAG)}.values():
        tasks = dag.tasks
        ordered(tasks)
        found[dag.dag_id] = {task.task_id: [str(task.trigger_rule), sorted(task.upstream_task_ids)] for task in tasks}
    return found


def ordered(tasks) -> None:
    """Raises where tasks come before themselves."""
    left = {task.task_id: set(task.upstream_task_ids) for task in tasks}
    while left:
        free = [task_id for task_id, upstream in left.items() if not upstream & left.keys()]
        if not free:
            raise ValueError("a circle")
        for task_id in free:
            del left[task_id]


def main() -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    import airflow  # noqa: F401  (it sets filters of its own)

    warnings.filterwarnings("error", "The requested task could not be added")  # two tasks of one id: an error since 2.0
    answers, sys.stdout = sys.stdout, open(os.devnull, "w")  # noqa: SIM115
    for line in sys.stdin:
        try:
            found = graphs_of(line.rstrip("\n"))
        except Exception as error:
            found = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(found) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
