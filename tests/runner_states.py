"""Runs the flows of folders on their own task runners, and tells what became of their tasks.

    python -m tests.runner_states FOLDER...      # a line of JSON for each FOLDER/dag.py: see `states_of`

Tasks may run in other processes, so this asks the futures that the flow was given.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.flow_runs import _airflow_word, _imported, _no_heartbeats


def states_of(folder: Path) -> dict[str, dict[str, Any]]:
    """By flow, how it ended, how its tasks did, and what those returned that succeeded."""
    from prefect import Flow, Task

    futures: list[tuple[str, Any]] = []
    submit = Task.submit

    def noted(task: Any, *args: Any, **kwargs: Any) -> Any:
        future = submit(task, *args, **kwargs)
        futures.append((task.name, future))
        return future

    Task.submit = noted  # type: ignore[method-assign]
    found: dict[str, dict[str, Any]] = {}
    try:
        with _imported(folder) as module:
            for name, flow in [(name, thing) for name, thing in vars(module).items() if isinstance(thing, Flow)]:
                futures.clear()
                with _asked_in_time(type(flow.task_runner), futures):
                    state = flow(return_state=True)
                tasks = {task: _airflow_word(future.state) for task, future in sorted(futures, key=lambda pair: pair[0])}
                values = {task: future.result() for task, future in futures if tasks[task] == "success"}
                found[name] = {"flow": state.name, "tasks": tasks, "values": values}
    finally:
        Task.submit = submit  # type: ignore[method-assign]
    return found


@contextmanager
def _asked_in_time(runner: Any, futures: list[tuple[str, Any]]) -> Iterator[None]:
    """A task runner ends when all that was submitted has: behind it there is no cluster to ask."""
    leave = runner.__exit__

    def wait_and_leave(self: Any, *error: Any) -> Any:
        for _, future in futures:
            future.wait()
        return leave(self, *error)

    runner.__exit__ = wait_and_leave
    try:
        yield
    finally:
        runner.__exit__ = leave


def main(*folders: str) -> None:
    from prefect import flow_engine

    os.environ.update(PREFECT_LOGGING_LEVEL="CRITICAL", PREFECT_LOGGING_TO_API_ENABLED="false")
    flow_engine._send_heartbeats = _no_heartbeats  # type: ignore[assignment]
    for folder in folders:
        os.environ["PYTHONPATH"] = folder  # for the helper modules, where tasks run
        print(json.dumps(states_of(Path(folder))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
