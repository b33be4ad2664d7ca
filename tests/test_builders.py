"""Made-up code that builds DAGs: flows make the graphs of real Airflow 1.10.15. See `builders.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import environments
from tests.builders import Judge
from tests.made_builders import source_of

pytestmark = pytest.mark.oracle
SEEDS = range(40)
RAISES = 1  # of those, flows that raise with a finding; never to be raised


def test_flows_make_the_graphs_of_dags(tmp_path: Path) -> None:
    try:
        python, home = environments.airflow(1)
    except environments.Unavailable as reason:
        pytest.skip(f"no Airflow 1.10.15: {reason}")
    with Judge(python, home, tmp_path) as judge:
        found = dict(zip(SEEDS, judge.differences([source_of(seed) for seed in SEEDS]), strict=True))
    told = {seed for seed, difference in found.items() if difference and difference.startswith("A2P")}
    assert {seed: difference for seed, difference in found.items() if difference and seed not in told} == {}
    assert len(told) <= RAISES, told


def test_a_seed_makes_the_same_file_always() -> None:
    assert source_of(3) == source_of(3) != source_of(4)
