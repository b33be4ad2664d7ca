"""Where the tasks of a flow run, if not in threads of it."""

from __future__ import annotations

from collections.abc import Mapping

from airflow2prefect.emit.draft import Draft
from airflow2prefect.findings import finding
from airflow2prefect.model import Dag

# By the option, the task runner and the package that it is in.
RUNNERS = {
    "process": ("prefect.task_runners.ProcessPoolTaskRunner", "prefect"),
    "dask": ("prefect_dask.DaskTaskRunner", "prefect-dask"),
    "ray": ("prefect_ray.RayTaskRunner", "prefect-ray"),
}


def task_runner(draft: Draft, dag: Dag) -> Mapping[str, str]:
    """The argument of `@flow` that says so."""
    runner = RUNNERS.get(draft.options.task_runner)
    if runner is None:
        return {}
    path, package = runner
    name = path.rpartition(".")[2]
    draft.need(path)
    draft.note(finding("A2P335", dag.span.line, dag.span.column, runner=name, package=package))
    return {"task_runner": f"{name}()"}
