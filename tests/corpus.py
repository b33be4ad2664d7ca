"""`python -m tests.corpus`: how many public DAG files are read as real Airflow reads them.

tests/data/graphs.json holds what Airflow 1.10.15 or 2.10.5 makes of each: tasks, edges and trigger rules by DAG.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from airflow2prefect.convert import analyse_text
from tests.environments import Unavailable, corpus

DATA = Path(__file__).parent / "data" / "graphs.json"
Graph = dict[str, dict[str, tuple[str, tuple[str, ...]]]]  # dag_id -> task_id -> (trigger rule, upstream task_ids)


@dataclass(frozen=True)
class Public:
    """A public DAG file and the graphs that Airflow makes of it. `static`: they do not depend on where or when it runs."""

    name: str
    path: Path
    graphs: Graph


def public_files() -> Iterator[Public]:
    """All files, downloaded on first use; raises Unavailable without a network."""
    data = json.loads(DATA.read_text())
    root = corpus(data["packages"])
    for name, graphs in data["files"].items():
        made = {dag: {task: (rule, tuple(up)) for task, (rule, up) in tasks.items()} for dag, tasks in graphs.items()}
        yield Public(name, root / name, made)


def graphs_of(path: Path) -> Graph:
    """What the tool reads."""
    made: Graph = {}
    for dag in analyse_text(path.read_text(encoding="utf-8"), str(path)):
        upstream: dict[str, list[str]] = {task.task_id: [] for task in dag.tasks}
        for up, down in dag.edges:
            upstream[down].append(up)
        made[dag.dag_id] = {task.task_id: (task.trigger_rule, tuple(sorted(upstream[task.task_id]))) for task in dag.tasks}
    return made


def main() -> int:
    try:
        files = list(public_files())
    except Unavailable as reason:
        print(f"no public files: {reason}")
        return 2
    misses = [file.name for file in files if graphs_of(file.path) != file.graphs]
    for name in misses:
        print(f"differs: {name}")
    print(f"{len(files) - len(misses)} of {len(files)} files ({100 * (1 - len(misses) / len(files)):.1f} %) have the graph of real Airflow")
    return 0


if __name__ == "__main__":
    sys.exit(main())
