"""The graphs that flows make when they run, their tasks stubbed, in one process and without a Prefect server.

    python -m tests.flow_graphs     # each line in is a folder with a dag.py, each line out JSON: {flow name: {task name: [rule, [upstream]]}}

The code of the flow runs as it is; what it calls or submits is noted with what it was given and what it waits for. A task that is called
comes after the one called before it. "submit" of the flow's own `airflow_rules` is told as Airflow's rule, `allow_failure` as all_done.
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
import sys
import warnings
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from tests.flow_runs import _imported

Graph = dict[str, tuple[str, list[str]]]


class Run:
    """What stands for the future of a task, and for what it returns."""

    def __init__(self, name: str) -> None:
        self.name = name

    def result(self, *args: Any, **kwargs: Any) -> Run:
        return self

    def wait(self, *args: Any, **kwargs: Any) -> None:
        pass

    def __getitem__(self, key: Any) -> Run:
        return self


class Recorder:
    """Notes the tasks of one flow at a time."""

    def __init__(self) -> None:
        self.graph: Graph = {}
        self.last: Run | None = None  # that was called, not submitted
        from prefect import Flow, Task

        recorder = self
        Task.submit = lambda task, *a, wait_for=(), **k: recorder.note(task, (wait_for, a, k), _rule(wait_for))  # type: ignore
        Task.__call__ = lambda task, *a, wait_for=(), **k: recorder.call(task, (wait_for, a, k))  # type: ignore
        Flow.__call__ = lambda flow, *a, **k: flow.fn(*a, **k)  # type: ignore[method-assign]

    def note(self, task: Any, given: Any, rule: str) -> Run:
        if task.name in self.graph:
            raise ValueError(f"two runs are called {task.name}")
        self.graph[task.name] = (rule, sorted({run.name for run in _runs(given)}))
        return Run(task.name)

    def call(self, task: Any, given: Any) -> Run:
        self.last = self.note(task, (given, self.last), "all_success")
        return self.last

    def ruled(self, task: Any, *args: Any, after: Any = (), rule: str = "all_success", **given: Any) -> Run:
        """`airflow_rules.submit`"""
        given = {key: value for key, value in given.items() if key not in ("when", "choices", "setups")}
        return self.note(task, (after, args, given), rule)

    def graphs_of(self, folder: Path) -> dict[str, Graph]:
        from prefect import Flow

        sys.path.insert(0, str(folder))
        if (folder / "airflow_rules.py").exists():
            importlib.import_module("airflow_rules").submit = self.ruled  # type: ignore[attr-defined]
        sys.path.remove(str(folder))
        found = {}
        with _imported(folder) as module:
            for flow in {id(thing): thing for thing in vars(module).values() if isinstance(thing, Flow)}.values():
                self.graph, self.last = {}, None
                date = {"logical_date": datetime(2021, 6, 15, tzinfo=timezone.utc)}
                flow.fn(**(date if "logical_date" in inspect.signature(flow.fn).parameters else {}))
                found[flow.name] = self.graph
        return found


def _rule(wait_for: Any) -> str:
    from prefect import allow_failure

    return "all_done" if wait_for and all(isinstance(item, allow_failure) for item in wait_for) else "all_success"


def _runs(given: Any) -> Iterator[Run]:
    """The runs in what a task is given."""
    from prefect.utilities.annotations import BaseAnnotation

    if isinstance(given, Run):
        yield given
    elif isinstance(given, BaseAnnotation):
        yield from _runs(given.value)
    elif isinstance(given, dict):
        yield from _runs(given.values())
    elif isinstance(given, Iterable) and not isinstance(given, str):
        for item in given:
            yield from _runs(item)


def main() -> None:
    os.environ.update(PREFECT_LOGGING_LEVEL="CRITICAL", PREFECT_LOGGING_TO_API_ENABLED="false")
    warnings.simplefilter("ignore")
    recorder = Recorder()
    answers, sys.stdout = sys.stdout, open(os.devnull, "w")  # noqa: SIM115
    for line in sys.stdin:
        try:
            found: dict[str, Any] = recorder.graphs_of(Path(line.rstrip("\n")))
        except Exception as error:
            found = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(found) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
