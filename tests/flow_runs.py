"""Runs the flows of many folders in Prefect, in one process, and tells what became of their tasks.

    python -m tests.flow_runs OUT FOLDER...         # a line of JSON for each FOLDER/dag.py: see `run_flows`

It watches Prefect's engine, where every state of every task run passes, and sends no events to the server.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

LIMIT = 60  # seconds for one flow; what takes longer hangs


def run_flows(folders: Iterable[Path], env: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """By folder: {"flow": name of its final state, "tasks": {task name: Airflow's word for its state}, "ran": [...], "seen": {...}}.

    `ran` and `seen` are the module's RAN and SEEN. A flow that hangs has the state "Hung", one that can't be run "Broken: ..."."""
    left = {str(folder): None for folder in folders}
    found: dict[str, dict[str, Any]] = {}
    while left:
        out = Path(next(iter(left))) / "states.jsonl"
        out.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.flow_runs", str(out), *left]
        done = subprocess.run(command, env={**os.environ, **env}, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=False)
        lines = [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []
        if not lines:
            raise RuntimeError(done.stderr[-3000:])
        for line in lines:
            found[line.pop("folder")] = line
        left = {folder: None for folder in left if folder not in found}
    return found


def _airflow_word(state: Any) -> str:
    if state.name == "Skipped":
        return "skipped"
    if state.name == "NotReady":
        return "upstream_failed"
    return {"COMPLETED": "success", "FAILED": "failed", "CRASHED": "failed"}.get(state.type.value, state.name)


class _Watch:
    """The last state of every task run of the flow that runs."""

    def __init__(self) -> None:
        from prefect import flow_engine, task_engine

        self.states: dict[str, tuple[str, Any]] = {}
        task_engine.emit_task_run_state_change_event = self._note  # type: ignore[assignment]
        flow_engine._send_heartbeats = _no_heartbeats  # a second for every flow

    def _note(self, task_run: Any, initial_state: Any, validated_state: Any, follows: Any = None) -> None:
        self.states[str(task_run.id)] = (re.sub(r"-[0-9a-f]+$", "", task_run.name), validated_state)

    def words(self) -> dict[str, str]:
        return {name: _airflow_word(state) for name, state in self.states.values()}


@contextlib.contextmanager
def _no_heartbeats(*args: Any, **kwargs: Any) -> Iterator[None]:
    yield


@contextlib.contextmanager
def _imported(folder: Path) -> Iterator[Any]:
    """The module dag.py of a folder, with its own helpers beside it."""
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location("dag", folder / "dag.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["dag"] = module
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(folder))
        for name, module in list(sys.modules.items()):
            if str(getattr(module, "__file__", None)).startswith(f"{folder}{os.sep}"):
                del sys.modules[name]


def _run(folder: Path, watch: _Watch) -> dict[str, Any]:
    from prefect import Flow

    watch.states = {}
    with _imported(folder) as module:
        *_, flow = {id(thing): thing for thing in vars(module).values() if isinstance(thing, Flow)}.values()  # behind its subflows
        state = flow(return_state=True)
        ran, seen = getattr(module, "RAN", []), getattr(module, "SEEN", {})
    return {"flow": state.name, "tasks": watch.words(), "ran": ran, "seen": seen}


def main(out: str, *folders: str) -> None:
    os.environ.update(PREFECT_LOGGING_LEVEL="CRITICAL", PREFECT_LOGGING_TO_API_ENABLED="false")
    watch = _Watch()
    with open(out, "a", buffering=1) as file:
        for folder in folders:

            def hung(*_: object, folder: str = folder) -> None:
                file.write(json.dumps({"folder": folder, "flow": "Hung", "tasks": watch.words(), "ran": [], "seen": {}}) + "\n")
                file.flush()
                os._exit(1)

            signal.signal(signal.SIGALRM, hung)
            signal.alarm(LIMIT)
            try:
                result = _run(Path(folder), watch)
            except Exception as error:
                result = {"flow": f"Broken: {type(error).__name__}: {error}", "tasks": {}, "ran": [], "seen": {}}
            signal.alarm(0)
            file.write(json.dumps({"folder": folder, **result}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
