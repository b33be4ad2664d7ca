"""200 made-up DAGs, and those that found something: the flow's tasks end as they do in real Airflow 1.10.15. See `random_dags.py`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import environments
from tests.random_dags import Judge, made, source_of

pytestmark = [pytest.mark.flows, pytest.mark.oracle]
KEPT = Path(__file__).parent / "data" / "random_dags.json"


def test_flows_end_as_dags_do(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    try:
        python, home = environments.airflow(1)
    except environments.Unavailable as reason:
        pytest.skip(f"no Airflow 1.10.15: {reason}")
    dags = {row["found"]: row["dag"] for row in json.loads(KEPT.read_text())} | {f"seed {seed}": made(seed) for seed in range(200)}
    differences = Judge(python, home, prefect_api, tmp_path).differences([*dags.values()])
    assert {name: found for name, found in zip(dags, differences, strict=True) if found} == {}


def test_a_seed_makes_the_same_dag_always() -> None:
    assert source_of(made(3)) == source_of(made(3)) != source_of(made(4))
