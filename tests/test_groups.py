"""Groups as functions: a made-up DAG whose tasks are in groups ends in Prefect as the same DAG without any. See `random_dags.py`."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from airflow2prefect import convert
from airflow2prefect.model import Options
from tests.flow_runs import run_flows
from tests.random_dags import made, source_of

TASK = re.compile(r"^    (t\d+) = (.*)\)$", re.MULTILINE)


def grouped(text: str, seed: int) -> str:
    """The DAG file with its tasks in up to three groups, one maybe in another; the ids stay as they are."""
    dice = random.Random(seed)
    groups = [f"g{number}" for number in range(dice.randint(1, 3))]
    heads = [f"    {name} = TaskGroup('{name}', prefix_group_id=False)" for name in groups]
    if len(groups) == 3:
        heads[2] = "    g2 = TaskGroup('g2', prefix_group_id=False, parent_group=g1)"
    names = sorted(TASK.findall(text), key=lambda found: int(found[0][1:]))
    homes = {}
    for name, _ in names:  # neighbours are often in one group
        homes[name] = homes.get(f"t{int(name[1:]) - 1}") if dice.random() < 0.6 and homes else dice.choice([None, *groups])
    put = TASK.sub(lambda m: f"    {m[1]} = {m[2]}{f', task_group={homes[m[1]]}' if homes[m[1]] else ''})", text)
    head, body = put.split(" as dag:\n", 1)
    return (
        head.replace("from airflow import DAG\n", "from airflow import DAG\nfrom airflow.utils.task_group import TaskGroup\n")
        + " as dag:\n"
        + "\n".join([*heads, body])
    )


def staged(seed: int) -> str:
    """A DAG of groups, most after others as a whole, with tasks that mostly succeed."""
    dice = random.Random(seed)
    lines = ["from datetime import datetime", "", "from airflow import DAG", "from airflow.operators.empty import EmptyOperator"]
    lines += ["from airflow.operators.python import PythonOperator", "from airflow.utils.task_group import TaskGroup", "", ""]
    lines += ["def work():", "    return 1", "", "", "def fail():", "    raise ValueError('broken')", "", ""]
    lines += ["with DAG('made_up', start_date=datetime(2021, 1, 1), schedule=None) as dag:", "    start = EmptyOperator(task_id='start')"]
    for group in range(dice.randint(2, 4)):
        lines.append(f"    with TaskGroup('g{group}') as g{group}:")
        for task in range(dice.randint(2, 4)):
            function = "fail" if dice.random() < 0.12 else "work"
            lines.append(f"        t{task} = PythonOperator(task_id='t{task}', python_callable={function})")
            lines += [f"        t{up} >> t{task}" for up in range(task) if dice.random() < 0.5]
        before = [f"g{up}" for up in range(group) if dice.random() < 0.6] or ["start"]
        lines += [f"    {up} >> g{group}" for up in before]
    return (
        "\n".join([*lines, f"    g{group} >> EmptyOperator(task_id='end', trigger_rule='{dice.choice(('all_success', 'none_failed'))}')"])
        + "\n"
    )


def _written(text: str, folder: Path, *, subflows: bool = False) -> str:
    """Write the flow of a DAG file; its text."""
    folder.mkdir()
    files = convert(text, "dag.py", Options(retries=0, cache="none", airflow="2", subflows=subflows)).files
    for file in files:
        (folder / file.path).write_text(file.text)
    return files[0].text


@pytest.mark.flows
def test_groups_change_nothing_but_the_text(tmp_path: Path, prefect_api: Mapping[str, str]) -> None:
    functions = 0
    for seed in range(40):
        text = source_of(made(seed, 2), 2)
        _written(text, tmp_path / f"{seed}_flat")
        functions += len(re.findall(r"^def g\d", _written(grouped(text, seed), tmp_path / f"{seed}_grouped"), re.MULTILINE))
    assert functions > 12
    got = run_flows(tmp_path.iterdir(), prefect_api)
    for seed in range(40):
        flat, run = got[str(tmp_path / f"{seed}_flat")], got[str(tmp_path / f"{seed}_grouped")]
        assert (run["flow"], run["tasks"]) == (flat["flow"], flat["tasks"]), seed


@pytest.mark.flows
def test_subflows_end_as_functions_do(tmp_path: Path, prefect_api: Mapping[str, str]) -> None:
    """Of a subflow that does not start, there are no task runs."""
    subflows = 0
    for seed in range(14):
        _written(staged(seed), tmp_path / f"{seed}_functions")
        subflows += _written(staged(seed), tmp_path / f"{seed}_subflows", subflows=True).count("@flow(") - 1
    assert subflows > 12
    got = run_flows(tmp_path.iterdir(), prefect_api)
    for seed in range(14):
        functions, run = got[str(tmp_path / f"{seed}_functions")], got[str(tmp_path / f"{seed}_subflows")]
        missing = {name for name, state in functions["tasks"].items() if state == "upstream_failed" and name not in run["tasks"]}
        assert run["tasks"] | dict.fromkeys(missing, "upstream_failed") == functions["tasks"], seed
        assert run["flow"] == functions["flow"], seed
