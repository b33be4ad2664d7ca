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


@pytest.mark.flows
def test_groups_change_nothing_but_the_text(tmp_path: Path, prefect_api: Mapping[str, str]) -> None:
    flows: dict[str, Path] = {}
    functions = 0
    for seed in range(60):
        text = source_of(made(seed, 2), 2)
        for kind, source in (("flat", text), ("grouped", grouped(text, seed))):
            flow = flows[f"{seed} {kind}"] = tmp_path / f"{seed}_{kind}"
            flow.mkdir()
            conversion = convert(source, "dag.py", Options(retries=0, cache="none", airflow="2"))
            for file in conversion.files:
                (flow / file.path).write_text(file.text)
            functions += len(re.findall(r"^def g\d", conversion.files[0].text, re.MULTILINE))
    got = run_flows(flows.values(), prefect_api)
    different = [
        f"{seed}: {flat} {own}"
        for seed in range(60)
        if (flat := {k: got[str(flows[f"{seed} flat"])][k] for k in ("flow", "tasks")})
        != (own := {k: got[str(flows[f"{seed} grouped"])][k] for k in ("flow", "tasks")})
    ]
    assert not different, "\n".join(different)
    assert functions > 20
