"""Made-up code that builds DAGs: the graph that real Airflow makes of it against the one that the converted flow makes when it runs.

    python -m tests.builders --count 500 --seed 7     # prints what differs, shrunk

Airflow 1.10.15 loads all files in one process (`airflow_graphs.py`), the flows run in another, their tasks stubbed (`flow_graphs.py`).
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from airflow2prefect import convert
from airflow2prefect.findings import Level
from airflow2prefect.model import Options
from tests import environments
from tests.made_builders import source_of

Graphs = dict[str, Any]


class Judge:
    """Both sides, for as long as it is entered."""

    def __init__(self, python: Path, home: Path, folder: Path) -> None:
        self.folder, self.made = folder, 0
        airflow = [str(python), str(Path(__file__).with_name("airflow_graphs.py"))]
        env = {**os.environ, "AIRFLOW_HOME": str(home), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
        self.commands = ((airflow, env), ([sys.executable, "-m", "tests.flow_graphs"], {**os.environ, **environments.QUIET, "PREFECT_HOME": str(folder)}))
        self.open = ExitStack()

    def __enter__(self) -> Judge:
        root = Path(__file__).parent.parent
        self.airflow, self.flows = (
            self.open.enter_context(subprocess.Popen(command, env=env, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
            for command, env in self.commands
        )
        return self

    def __exit__(self, *error: object) -> None:
        for process in (self.airflow, self.flows):
            assert process.stdin is not None
            process.stdin.close()
        self.open.close()

    def differences(self, texts: Sequence[str]) -> list[str | None]:
        """For each file how its flow differs, "" where it does not; None where Airflow does not load it."""
        dags, flows, lost = [], [], []
        for text in texts:
            self.made += 1
            dag, flow = self.folder / f"dag_{self.made}.py", self.folder / f"flow_{self.made}"
            flow.mkdir()
            dag.write_text(text)
            made = convert(text, "dag.py", Options(retries=0, cache="none"))
            for file in made.files:
                (flow / file.path).write_text(file.text)
            dags.append(dag)
            flows.append(flow)
            lost.append("; ".join(f"{found.code} {found.message}" for found in made.findings if found.level in (Level.GAP, Level.ERROR)))
        with ThreadPoolExecutor(1) as pool:
            expected = pool.submit(lambda: [_answer(self.airflow, dag) for dag in dags])
            got = [_answer(self.flows, flow) for flow in flows]
            return [
                None if "error" in truth else told or "; ".join(_differences(truth, made))
                for truth, told, made in zip(expected.result(), lost, got, strict=True)
            ]


def _answer(process: subprocess.Popen[str], path: Path) -> Graphs:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(f"{path}\n")
    process.stdin.flush()
    found: Graphs = json.loads(process.stdout.readline())
    return found


def _differences(truth: Graphs, made: Graphs) -> Iterator[str]:
    if "error" in made:
        yield made["error"]
        return
    for dag_id in sorted(truth.keys() | made.keys()):
        expected, got = truth.get(dag_id), made.get(dag_id)
        if expected is None or got is None:
            yield f"the DAG {dag_id}: {'only in Airflow' if expected else 'only in Prefect'}"
            continue
        for task in sorted(expected.keys() - got.keys()):
            yield f"{task}: only in Airflow"
        for task in sorted(got.keys() - expected.keys()):
            yield f"{task}: only in Prefect"
        above, mine = _above(expected), _above(got)
        line = all(len(upstream) < 2 for _, upstream in got.values())  # calls, one after the other
        for task in sorted(expected.keys() & got.keys()):
            rule, upstream = expected[task]
            if (above[task] != mine[task]) if line else (upstream != got[task][1]):
                yield f"{task}: after {', '.join(upstream) or 'nothing'} in Airflow, after {', '.join(got[task][1]) or 'nothing'} in Prefect"
            elif upstream and rule != got[task][0]:
                yield f"{task}: {rule} in Airflow, {got[task][0]} in Prefect"


def _above(graph: dict[str, tuple[str, list[str]]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}

    def look(task: str) -> set[str]:
        if task not in found:
            found[task] = set()
            found[task] = {up for each in graph[task][1] for up in (each, *(look(each) if each in graph else ()))}
        return found[task]

    for task in graph:
        look(task)
    return found


# ---------------------------------------------------------------------- shrinking


def shrunk(judge: Judge, text: str, difference: str) -> str:
    """A smaller file that differs in the same way."""
    kind = _kind(difference)
    while True:
        smaller = list(dict.fromkeys(_reductions(text)))
        for candidate, found in zip(smaller, judge.differences(smaller), strict=True):
            if found and _kind(found) == kind:
                text = candidate
                break
        else:
            return text


def _kind(difference: str) -> str:
    """Code of the finding, or what is wrong without which tasks it is about."""
    first = difference.split("; ")[0]
    if first.startswith("A2P"):
        return first[:7]
    return "order" if ": after " in first else first.rpartition(": ")[2]


def _reductions(text: str) -> Iterator[str]:
    """The file with one statement less, or with a block in place of the statement that it is in."""
    bodies = [
        (number, name, n)
        for number, node in enumerate(ast.walk(ast.parse(text)))
        for name in ("body", "orelse")
        if isinstance(getattr(node, name, None), list)
        for n in range(len(getattr(node, name)))
    ]
    for number, name, n in bodies:
        for mode in ("gone", "opened"):
            tree = ast.parse(text)
            body = getattr([*ast.walk(tree)][number], name)
            statement = body[n]
            if isinstance(statement, ast.AugAssign):  # a loop counts on it
                continue
            if mode == "opened" and not isinstance(statement, (ast.If, ast.For, ast.While)):
                continue
            body[n : n + 1] = statement.body if mode == "opened" else []  # type: ignore[attr-defined]
            if body or name == "orelse":
                yield ast.unparse(tree) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--shrink", type=int, default=5, help="so many of those that differ, each of another kind")
    given = parser.parse_args()
    started = time.monotonic()
    seeds = range(given.seed, given.seed + given.count)
    with tempfile.TemporaryDirectory() as place, Judge(*environments.airflow(1), Path(place)) as judge:
        found = judge.differences([source_of(seed) for seed in seeds])
        kinds: Counter[str] = Counter()
        for seed, difference in zip(seeds, found, strict=True):
            if not difference:
                continue
            kinds[_kind(difference)] += 1
            print(f"# seed {seed}: {difference[:300]}", flush=True)
            if kinds[_kind(difference)] == 1 and len(kinds) <= given.shrink:
                print(shrunk(judge, source_of(seed), difference), flush=True)
    loaded = [difference for difference in found if difference is not None]
    differ = len([difference for difference in loaded if difference])
    print(f"{len(loaded)} files that Airflow loads, {differ} differ {dict(kinds)}, {time.monotonic() - started:.0f} s")
    return int(differ > 0)


if __name__ == "__main__":
    sys.exit(main())
