"""Sub-DAGs: their tasks, the operator's own and those around end in the flow as in real Airflow 1.10.15, which runs them by a backfill.

One task of a made-up DAG becomes a SubDagOperator with another made-up DAG (see `random_dags.py`). The backfill looks at tasks as early as it
can, and a sub-DAG that never starts has no tasks: between "skipped" and "upstream_failed" there, and for tasks that Airflow has not, nothing
is compared but that they did not run. The operator's own task fails in Airflow, and has failed upstream tasks in the flow: the same for all after it.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from airflow2prefect import convert
from airflow2prefect.model import Options
from tests import environments
from tests.flow_runs import run_flows
from tests.random_dags import HEAD, PRELUDE, Description, Judge, made, source_of_tasks

NOT_RUN = {"skipped", "upstream_failed", None}
SUBDAG = "from airflow.operators.subdag_operator import SubDagOperator\n"


def _inside(seed: int, depth: int) -> tuple[Description, str]:
    """A made-up DAG with a task that is a sub-DAG; the sub-DAG's id."""
    dice = random.Random(seed)
    description = made(seed)
    tasks = description["tasks"]
    pulled = {task.get("from") for task in tasks}
    following = [task for task in tasks if task["kind"] in ("python", "dummy", "bash", "fail", "flaky") and task["id"] not in pulled]
    chosen = dice.choice([task for task in following if task["after"]] or following or tasks)
    chosen["kind"], chosen["inside"] = "subdag", f"sub_{depth}"
    return description, chosen["id"]


def _renamed(description: Description, prefix: str) -> Description:
    """With other names for the functions of the tasks, as one file has those of several DAGs."""
    for task in description["tasks"]:
        task["name"], task["id"] = task["id"], prefix + task["id"]
        task["after"] = [prefix + up for up in task["after"]]
        if task.get("raises") == 3:  # sys.exit ends the backfill of a test, not only the task
            task["raises"] = 0
        if task["kind"] == "flaky":  # the executor of a test takes a retry for a failure
            task["kind"] = "python"
    return {**description, "as": "inner"}


def source(seed: int) -> str:
    outer, name = _inside(seed, 1)
    inner = _renamed(made(10_000 + seed), "s_")
    lines = source_of_tasks(inner, name=f"made_up.{name}")
    start = next(n for n, line in enumerate(lines) if line.startswith("with DAG"))
    lines[start:] = ["def sub_1():", *(f"    {line}" for line in lines[start:]), "    return inner", ""]
    return HEAD.format(prelude=PRELUDE[1] + SUBDAG) + "\n" + "\n".join([*lines, *source_of_tasks(outer)]) + "\n"


def _deadlocked(run: dict[str, Any]) -> bool:
    """Skipping a task may leave nothing to run for a moment: the backfill gives up then, and the operator fails with none of its tasks failed."""
    inside = {task_id.partition(".")[0] for task_id in run["tasks"] if "." in task_id}
    failed = {
        task_id.partition(".")[0] for task_id, state in run["tasks"].items() if "." in task_id and state in ("failed", "upstream_failed")
    }
    return "scheduled" in run["tasks"].values() or any(run["tasks"][task_id] == "failed" for task_id in inside - failed)


def _ran_by_chance(run: dict[str, Any], seed: int) -> bool:
    """Where all tasks before a none_failed_or_skipped task are skipped, Airflow marks it as skipped and calls its dependencies met at once:
    the backfill runs it if it looks before the run's own update does (`ti_deps/deps/trigger_rule_dep.py`, 1.10.15)."""
    _, name = _inside(seed, 1)
    inner = made(10_000 + seed)["tasks"]
    return any(
        run["tasks"].get(f"{name}.{task['id']}") not in NOT_RUN
        and {run["tasks"].get(f"{name}.{up}") for up in task["after"]} == {"skipped"}
        for task in inner
        if task["rule"] == "none_failed_or_skipped"
    )


def _differences(expected: dict[str, Any], got: dict[str, Any]) -> Iterator[str]:
    tasks: dict[str, str] = got["tasks"]
    subdags = {task_id.partition(".")[0] for task_id in tasks if "." in task_id}
    for task_id in sorted({*expected["tasks"], *tasks}):
        state, mine = expected["tasks"].get(task_id), tasks.get(task_id)
        if task_id in subdags and {state, mine} <= {"failed", "upstream_failed"}:
            continue
        if mine != state and not ((mine is None or "." in task_id) and {state, mine} <= NOT_RUN):
            yield f"{task_id}: {state} in Airflow, {mine} in Prefect"
    if (expected["flow"] == "success") != (got["flow"] == "Completed"):
        yield f"the run: {expected['flow']} in Airflow, {got['flow']} in Prefect"


def differences(seeds: range, python: Path, home: Path, api: dict[str, str], folder: Path) -> dict[int, list[str]]:
    files, flows = [], []
    for seed in seeds:
        flow = folder / str(seed)
        flow.mkdir()
        files.append(folder / f"dag_{seed}.py")
        files[-1].write_text(source(seed))
        conversion = convert(files[-1].read_text(), "dag.py", Options(retries=0, cache="none"))
        for file in conversion.files:
            (flow / file.path).write_text(file.text)
        flows.append(flow)
    os.environ["AIRFLOW__SCHEDULER__JOB_HEARTBEAT_SEC"] = "0"
    expected = Judge(python, home, api, folder).airflow_runs(files)
    got = run_flows(flows, api)
    known = [
        (seed, run, flow)
        for seed, run, flow in zip(seeds, expected, flows, strict=True)
        if not (_deadlocked(run) or _ran_by_chance(run, seed))
    ]
    assert len(known) > 0.8 * len(seeds)
    return {seed: [*_differences(run, got[str(flow)])] for seed, run, flow in known}


@pytest.mark.flows
@pytest.mark.oracle
def test_flows_end_as_dags_do(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    try:
        python, home = environments.airflow(1)
    except environments.Unavailable as reason:
        pytest.skip(f"no Airflow 1.10.15: {reason}")
    found = differences(range(60), python, home, prefect_api, tmp_path)
    assert not (different := "\n".join(f"{seed}: {told}" for seed, told in found.items() if told)), different
