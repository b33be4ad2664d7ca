"""Random DAGs: what real Airflow makes of their tasks against what the converted flow makes of them.

    python -m tests.random_dags --count 3000 --seed 7 [--airflow 2]    # shrinks what differs, and prints it as source
    python -m tests.random_dags --count 300 --eager                    # how often Airflow's own, earlier decisions say otherwise

A DAG is described by a dict that JSON can hold, `tests/data/random_dags.json` keeps the ones that found something:

    {"edges": "shift" | "lists" | "methods", "tasks": [TASK, ...]}     # in the order of the file
    TASK = {"id": "t0", "kind": KIND, "after": [ids], "rule": "all_done", "enum": True, ...what its kind needs, see `_callable`}

Airflow's side runs as `tests/airflow_runs.py` tells: a task is looked at once all that is upstream of it has ended.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from airflow2prefect import convert
from airflow2prefect.findings import Level
from airflow2prefect.model import Options
from tests import environments
from tests.flow_runs import run_flows

Description = dict[str, Any]
RULES = {
    1: ("all_done", "all_failed", "one_success", "one_failed", "none_failed", "none_failed_or_skipped", "none_skipped", "dummy"),
    2: ("all_done", "all_failed", "one_success", "one_failed", "none_failed", "none_failed_min_one_success", "none_skipped",
        "all_skipped", "one_done", "always"),
}  # fmt: skip
PRELUDE = {
    1: """\
from airflow.contrib.sensors.python_sensor import PythonSensor
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import BranchPythonOperator, PythonOperator, ShortCircuitOperator
""",
    2: """\
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator as DummyOperator
from airflow.operators.python import BranchPythonOperator, PythonOperator, ShortCircuitOperator
from airflow.sensors.python import PythonSensor
""",
}
HEAD = """\
import sys
from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
{prelude}from airflow.utils.trigger_rule import TriggerRule

TODAY = datetime.now()
LONG_AGO = datetime(2000, 1, 1)
TRIED = []
"""
RAISES = ("raise ValueError('broken')", "raise AirflowException('broken')", "raise AirflowFailException('hopeless')", "sys.exit(1)")


# ---------------------------------------------------------------------- making


def made(seed: int, airflow: int = 1) -> Description:
    """A DAG of 2 to 12 tasks: any graph, or one like a path, with branches that meet again."""
    dice = random.Random(seed)
    tasks = _path(dice) if dice.random() < 0.35 else _graph(dice)
    by_id = {task["id"]: task for task in tasks}
    wild = dice.random() < 0.75  # else rules and failures are rare, as in the files of people
    for task in tasks:
        if "rule" not in task:
            task["rule"] = dice.choice(RULES[airflow]) if dice.random() < (0.5 if wild else 0.15) else "all_success"
        elif task["rule"] not in (*RULES[airflow], "all_success"):
            task["rule"] = "none_failed_min_one_success"
        task["enum"] = dice.random() < 0.3
        if "kind" not in task:
            _kind(dice, task, by_id, wild)
        if task["kind"] == "branch":
            _choose(dice, task, by_id)
    dice.shuffle(tasks)
    return {"edges": dice.choice(("shift", "lists", "methods")), "tasks": tasks}


def _graph(dice: random.Random) -> list[Description]:
    tasks: list[Description] = []
    for number in range(dice.randint(2, 12)):
        count = min(number, dice.choices((0, 1, 2, 3, 4), (12, 45, 25, 12, 6))[0])
        near = range(max(0, number - 5), number)
        above = sorted(dice.sample(near, min(count, len(near))))
        tasks.append({"id": f"t{number}", "after": [f"t{n}" for n in above]})
    return tasks


def _path(dice: random.Random) -> list[Description]:
    """Tasks one after the other; of some branching ones, arms that meet again or do not."""
    tasks: list[Description] = []

    def add(after: list[str], **more: Any) -> str:
        tasks.append({"id": f"t{len(tasks)}", "after": after, **more})
        return f"t{len(tasks) - 1}"

    def grow(before: list[str], depth: int) -> list[str]:
        for _ in range(dice.randint(1, 3)):
            if len(tasks) > 5 or depth > 1 or dice.random() < 0.6:
                before = [add(before, **({"rule": "all_success"} if dice.random() < 0.8 else {}))]
                continue
            chooser = add(before, kind="branch", rule="all_success")
            ends = [grow([chooser], depth + 1) if dice.random() < 0.85 else [chooser] for _ in range(dice.randint(2, 3))]
            before = sorted({end for arm in ends for end in arm})
            if dice.random() < 0.75:
                rule = dice.choice(("none_failed", "none_failed_or_skipped", "none_failed_or_skipped", "one_success", "all_done"))
                before = [add(before, rule=rule)]
            elif dice.random() < 0.5:
                break
        return before

    grow([], 0)
    return tasks if len(tasks) > 1 else [*tasks, {"id": "t1", "after": ["t0"]}]


def _kind(dice: random.Random, task: Description, by_id: Mapping[str, Description], wild: bool) -> None:
    follows = any(task["id"] in other["after"] for other in by_id.values())
    above = sorted(_above(task["id"], by_id))
    weights = {"python": 40, "dummy": 10, "bash": 3, "fail": 14 if wild else 4, "skip": 8 if wild else 2, "may_skip": 4, "flaky": 2}
    weights |= {"branch": 12, "short": 8, "sensor": 5} if follows else {"sensor": 2}
    weights |= {"pull": 10} if above else {}
    task["kind"] = kind = dice.choices([*weights], [*weights.values()])[0]
    if kind == "fail":
        task["raises"] = dice.randrange(len(RAISES))
    elif kind in ("short", "sensor"):
        task["yes"] = dice.random() < 0.5
        task["soft"] = dice.random() < 0.7
    elif kind == "pull":
        task["from"] = dice.choice(above)
        task["strict"] = dice.random() < 0.5


def _choose(dice: random.Random, task: Description, by_id: Mapping[str, Description]) -> None:
    below = [other["id"] for other in by_id.values() if task["id"] in other["after"]]
    # Airflow asks for tasks directly downstream and takes others; a computed choice in a flow may be none before the branch.
    # Of a task that nothing follows, Airflow 1 minds a choice only if it is None.
    pick = dice.random()
    task["form"] = dice.choice(("literal", "literal", "variable", "either"))
    if pick < 0.75 and below:
        task["chooses"] = dice.choice(below)
    elif pick < 0.9 and below:
        task["chooses"] = sorted(dice.sample(below, dice.randint(1, len(below))))
    elif pick < 0.95:
        task["chooses"] = dice.choice([i for i in by_id if i != task["id"]])
        if task["chooses"] in _above(task["id"], by_id):
            task["form"] = "literal"
    elif pick < 0.96 and below:
        task["chooses"] = [below[0], None]
    else:
        task["chooses"] = dice.choice((None, "nowhere", [])) if below else "nowhere"
    if task["form"] == "either":
        task["else"] = dice.choice(below or ["nowhere"])


def _above(task_id: str, by_id: Mapping[str, Description]) -> set[str]:
    found: set[str] = set()
    stack = [task_id]
    while stack:
        for up in by_id[stack.pop()]["after"]:
            if up not in found:
                found.add(up)
                stack.append(up)
    return found


# ---------------------------------------------------------------------- as source


def source_of(description: Description, airflow: int = 1) -> str:
    """The DAG file that a description stands for."""
    return HEAD.format(prelude=PRELUDE[airflow]) + "\n" + "\n".join(source_of_tasks(description, airflow)) + "\n"


def source_of_tasks(description: Description, airflow: int = 1, name: str = "made_up") -> list[str]:
    """The functions of the tasks and their DAG."""
    tasks = description["tasks"]
    lines: list[str] = []
    for task in tasks:
        body = _callable(task)
        if body:
            taken = "**context" if task["kind"] == "pull" else ""
            lines += ["", f"def do_{task['id']}({taken}):", *(f"    {line}" for line in body), ""]
    lines += ["", f"with DAG('{name}', start_date=datetime(2021, 1, 1), schedule_interval='@daily') as {description.get('as', 'dag')}:"]
    lines += [f"    {task['id']} = {_operator(task, airflow)}" for task in tasks]
    lines += [f"    {line}" for line in _edges(description)]
    return lines


def _callable(task: Description) -> list[str]:
    """What the task's function does; [] where it has none."""
    match task["kind"]:
        case "python":
            return ["return 1"]
        case "fail":
            return [RAISES[task["raises"]]]
        case "skip":
            return ["raise AirflowSkipException('not today')"]
        case "may_skip":
            return ["if TODAY < LONG_AGO:", "    raise AirflowSkipException('not yet')", "return 1"]
        case "flaky":
            return [f"TRIED.append('{task['id']}')", f"if TRIED.count('{task['id']}') < 2:", "    raise ValueError('not yet')", "return 1"]
        case "short" | "sensor":
            return ["return TODAY > LONG_AGO" if task["yes"] else "return TODAY < LONG_AGO"]
        case "pull":
            pulled = f"value = context['ti'].xcom_pull(task_ids='{task['from']}')"
            wrong = "value is None" if task["strict"] else "value is not None"
            return [pulled, f"if {wrong}:", "    raise ValueError(value)", "return 1"]
        case "branch" if task["form"] == "literal":
            return [f"return {task['chooses']!r}"]
        case "branch" if task["form"] == "variable":
            return [f"chosen = {{True: {task['chooses']!r}}}", "return chosen[TODAY > LONG_AGO]"]
        case "branch":
            return ["if TODAY > LONG_AGO:", f"    return {task['chooses']!r}", f"return {task['else']!r}"]
    return []


OPERATORS = {
    "subdag": "SubDagOperator",
    "branch": "BranchPythonOperator",
    "short": "ShortCircuitOperator",
    "sensor": "PythonSensor",
    "dummy": "DummyOperator",
}


def _operator(task: Description, airflow: int) -> str:
    kind = task["kind"]
    given = [f"task_id='{task.get('name', task['id'])}'"]
    if kind == "subdag":
        given.append(f"subdag={task['inside']}()")
    elif kind == "bash":
        given.append("bash_command='true'")
    elif kind != "dummy":
        given.append(f"python_callable=do_{task['id']}")
    if kind == "sensor":
        given += ["poke_interval=0.01", "timeout=0.01", f"soft_fail={task['soft']}"]
    if kind == "flaky":
        given += ["retries=1", "retry_delay=timedelta(seconds=0)"]
    if kind == "pull" and airflow == 1:
        given.append("provide_context=True")
    if task["rule"] != "all_success" or task["enum"]:
        given.append(f"trigger_rule={'TriggerRule.' + task['rule'].upper() if task['enum'] else repr(task['rule'])}")
    operator = "BashOperator" if kind == "bash" else OPERATORS.get(kind, "PythonOperator")
    return f"{operator}({', '.join(given)})"


def _edges(description: Description) -> Iterator[str]:
    tasks = description["tasks"]
    for task in tasks:
        if description["edges"] == "lists" and task["after"]:
            yield f"[{', '.join(task['after'])}] >> {task['id']}"
        for up in task["after"] if description["edges"] != "lists" else ():
            yield f"{up} >> {task['id']}" if description["edges"] == "shift" else f"{task['id']}.set_upstream({up})"


# ---------------------------------------------------------------------- running and comparing


class Judge:
    """Runs both sides. `python`, `home`: real Airflow; `api`: the environment of a Prefect server; `folder`: where files go."""

    def __init__(self, python: Path, home: Path, api: Mapping[str, str], folder: Path, airflow: int = 1) -> None:
        self.python, self.home, self.api, self.folder, self.airflow = python, home, api, folder, airflow
        self.batches = 0

    def differences(self, descriptions: Sequence[Description]) -> list[str]:
        """For each DAG how the flow differs from it, "" where it does not."""
        self.batches += 1
        folder = self.folder / f"batch_{self.batches}"
        dags, flows, told = [], [], []
        for number, description in enumerate(descriptions):
            text = source_of(description, self.airflow)
            dag, flow = folder / f"dag_{number}.py", folder / f"flow_{number}"
            flow.mkdir(parents=True)
            dag.write_text(text)
            made = convert(text, "dag.py", Options(retries=0, cache="none"))
            for file in made.files:
                (flow / file.path).write_text(file.text)
            dags.append(dag)
            flows.append(flow)
            told.append([f"{found.code} {found.message}" for found in made.findings if found.level in (Level.GAP, Level.ERROR)])
        with ThreadPoolExecutor() as pool:
            expected = pool.submit(self.airflow_runs, dags)
            got = run_flows([flow for flow, lost in zip(flows, told, strict=True) if not lost], self.api)
            runs = expected.result()
        return [
            "; ".join(lost) or "; ".join(_differences(run, got[str(flow)], flow)) for flow, lost, run in zip(flows, told, runs, strict=True)
        ]

    def airflow_runs(self, files: Iterable[Path], *, eager: bool = False) -> list[dict[str, Any]]:
        out = self.folder / f"airflow_{self.batches}_{eager}.jsonl"
        command = [str(self.python), str(Path(__file__).with_name("airflow_runs.py")), str(out), *(["--eager"] if eager else ())]
        env = {**os.environ, "AIRFLOW_HOME": str(self.home)}
        done = subprocess.run([*command, *map(str, files)], env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return [json.loads(line) for line in out.read_text().splitlines()]


def _differences(expected: dict[str, Any], got: dict[str, Any], flow: Path) -> Iterator[str]:
    """A flow of direct calls and `if` has no task runs for what does not run; all others have one of every task."""
    line = "submit(" not in (flow / "dag.py").read_text()
    for task_id, state in sorted(expected["tasks"].items()):
        mine = got["tasks"].get(task_id)
        if mine != state and not (line and mine is None and state in ("skipped", "upstream_failed")):
            yield f"{task_id}: {state} in Airflow, {mine} in Prefect"
    for task_id in got["tasks"].keys() - expected["tasks"].keys():
        yield f"{task_id}: only in Prefect"
    if (expected["flow"] == "success") != (got["flow"] == "Completed"):
        yield f"the run: {expected['flow']} in Airflow, {got['flow']} in Prefect"


# ---------------------------------------------------------------------- shrinking


def shrunk(judge: Judge, description: Description, difference: str) -> Description:
    """The smallest DAG that one-step reductions lead to and that still differs in a way that it did at first."""
    kinds = _kinds_of(difference)
    while True:
        smaller = list(_reductions(description))
        for candidate, found in zip(smaller, judge.differences(smaller) if smaller else (), strict=True):
            if kinds & _kinds_of(found):
                description = candidate
                break
        else:
            return description


def _kinds_of(difference: str) -> set[str]:
    """`skipped in Airflow, success in Prefect`, whichever tasks those are."""
    return {part.partition(": ")[2] for part in difference.split("; ") if part and not part.startswith("the run")} or {difference} - {""}


def _reductions(description: Description) -> Iterator[Description]:
    tasks = description["tasks"]

    def changed(number: int, **changes: Any) -> Description:
        return {**description, "tasks": [{**task, **changes} if n == number else task for n, task in enumerate(tasks)]}

    for gone in tasks:
        rest = [{**task, "after": [up for up in task["after"] if up != gone["id"]]} for task in tasks if task is not gone]
        if rest and not any(task.get("from") == gone["id"] for task in rest):
            yield {**description, "tasks": rest}
    by_id = {task["id"]: task for task in tasks}
    for number, task in enumerate(tasks):
        for up in task["after"]:
            fewer = changed(number, after=[other for other in task["after"] if other != up])
            if all("from" not in t or t["from"] in _above(t["id"], {x["id"]: x for x in fewer["tasks"]}) for t in by_id.values()):
                yield fewer
    for number, task in enumerate(tasks):
        if task["rule"] != "all_success":
            yield changed(number, rule="all_success")
        if task["kind"] not in ("python", "dummy"):
            yield changed(number, kind="python")
        if task.get("form") in ("variable", "either"):
            yield changed(number, form="literal")
        if task["enum"]:
            yield changed(number, enum=False)
        if isinstance(task.get("chooses"), list) and task["chooses"]:
            yield changed(number, chooses=task["chooses"][0])
    if description["edges"] != "shift":
        yield {**description, "edges": "shift"}
    in_order = sorted(tasks, key=lambda task: int(task["id"][1:]))
    if in_order != tasks:
        yield {**description, "tasks": in_order}


# ---------------------------------------------------------------------- the command


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--airflow", type=int, choices=(1, 2), default=1)
    parser.add_argument("--eager", action="store_true", help="only Airflow: how often its own schedule gives other states")
    parser.add_argument("--stop", type=int, default=5, help="after so many DAGs that differ")
    given = parser.parse_args()
    python, home = environments.airflow(given.airflow)
    with tempfile.TemporaryDirectory() as place, environments.prefect_server(Path(place)) as api:
        judge = Judge(python, home, api, Path(place), given.airflow)
        return _eager(judge, given) if given.eager else _search(judge, given)


def _search(judge: Judge, given: argparse.Namespace) -> int:
    started, differing, done = time.monotonic(), 0, 0
    for first in range(given.seed, given.seed + given.count, 200):
        seeds = range(first, min(first + 200, given.seed + given.count))
        batch = [made(seed, given.airflow) for seed in seeds]
        for seed, description, difference in zip(seeds, batch, judge.differences(batch), strict=True):
            done += 1
            if not difference:
                continue
            differing += 1
            print(f"\n# seed {seed}: {difference}", flush=True)
            if differing <= given.stop:
                small = shrunk(judge, description, difference)
                print(f"# {judge.differences([small])[0]}\n# {json.dumps(small)}\n{source_of(small, given.airflow)}", flush=True)
        print(f"{done} DAGs, {differing} differ, {time.monotonic() - started:.0f} s", flush=True)
        if differing >= given.stop:
            break
    return int(differing > 0)


def _eager(judge: Judge, given: argparse.Namespace) -> int:
    files = []
    for seed in range(given.seed, given.seed + given.count):
        files.append(judge.folder / f"dag_{seed}.py")
        files[-1].write_text(source_of(made(seed, given.airflow), given.airflow))
    pairs = list(zip(judge.airflow_runs(files), judge.airflow_runs(files, eager=True), strict=True))
    others = [(a["tasks"][t], b["tasks"][t]) for a, b in pairs for t in a["tasks"] if a["tasks"][t] != b["tasks"][t]]
    print(f"{sum(a['tasks'] != b['tasks'] for a, b in pairs)} of {len(pairs)} DAGs, {len(others)} tasks:")
    for pair in sorted(set(others)):
        print(f"  patient {pair[0]}, as the scheduler {pair[1]}: {others.count(pair)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
