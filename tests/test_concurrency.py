"""Tasks wait for what is upstream of them and for nothing else, and no flow comes to a stop however few tasks may run at once.

Who waits for whom is told by order, not by seconds: a task of a made-up DAG is held until all have run that it has no path to or from.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from airflow2prefect import convert
from airflow2prefect.model import Options
from tests.conftest import run_python
from tests.flow_runs import run_flows
from tests.random_dags import Description, _above, made, source_of

pytestmark = pytest.mark.flows
# Rules that let a task run before all that is upstream of it has ended.
EARLY = ("one_success", "one_failed")


def shape(seed: int) -> Description:
    """A made-up DAG of which each task that has a function notes that it ran."""
    dag = made(seed)
    for task in dag["tasks"]:
        if task["kind"] not in ("branch", "short", "skip", "fail"):
            task["kind"] = "python"
    return dag


def early(rule: str) -> Description:
    """`t2` may run when `t0` has ended, while `t1` runs; `t3` waits for both."""
    first = {"kind": "fail", "raises": 0} if rule == "one_failed" else {"kind": "python"}
    rows: list[Description] = [
        {"id": "t0", "after": [], **first},
        {"id": "t1", "after": [], "kind": "python"},
        {"id": "t2", "after": ["t0", "t1"], "kind": "python", "rule": rule},
        {"id": "t3", "after": ["t1", "t2"], "kind": "python"},
    ]
    return {"edges": "shift", "tasks": [{"rule": "all_success", "enum": False, **row} for row in rows]}


# `t2` waits for nothing, but is skipped if `t1` says so.
UNBOUND: Description = {
    "edges": "shift",
    "tasks": [
        {"id": "t0", "after": [], "kind": "python", "rule": "all_success", "enum": False},
        {"id": "t1", "after": ["t0"], "kind": "short", "yes": True, "rule": "all_success", "enum": False},
        {"id": "t2", "after": ["t1"], "kind": "python", "rule": "dummy", "enum": False},
    ],
}
DAGS = {"dummy": UNBOUND, **{rule: early(rule) for rule in EARLY}, **{f"seed {seed}": shape(seed) for seed in range(300, 324)}}


def noting(source: str) -> str:
    return source.replace("    return 1\n", "    DONE.append(sys._getframe().f_code.co_name)\n    return 1\n").replace(
        "TRIED = []", "DONE = []"
    )


def holding(source: str, held: str, others: set[str]) -> str:
    """The same with a function that ends after those of all `others`, or fails."""
    wait = [
        "    import time",
        "    until = time.monotonic() + 10",
        f"    while not {{{', '.join(f'{name!r}' for name in sorted(others))}}} <= set(DONE):",
        "        assert time.monotonic() < until, DONE",
        "        time.sleep(0.01)",
    ]
    return source.replace(f"def {held}():\n", f"def {held}():\n" + "\n".join(wait) + "\n")


def ran(folder: Path, api: Mapping[str, str], sources: Mapping[str, str], more: str = "") -> dict[str, dict[str, Any]]:
    """What became of the tasks of the flows, by name; `more` is added to their modules, which call the flow `made_up`."""
    folders = {name: folder / str(number) for number, name in enumerate(sources)}
    for name, place in folders.items():
        place.mkdir(parents=True)
        for file in convert(sources[name], "dag.py", Options(retries=0, cache="none")).files:
            (place / file.path).write_text(file.text + (more if file.path == "dag.py" else ""))
    done = run_flows(folders.values(), api)
    return {name: done[str(place)] for name, place in folders.items()}


@pytest.fixture(scope="module")
def free(tmp_path_factory: pytest.TempPathFactory, prefect_api: dict[str, str]) -> dict[str, dict[str, Any]]:
    """All the DAGs with nothing that holds or limits them."""
    return ran(tmp_path_factory.mktemp("free"), prefect_api, {name: noting(source_of(dag)) for name, dag in DAGS.items()})


def test_no_task_waits_for_one_that_is_not_upstream(tmp_path: Path, prefect_api: dict[str, str], free: dict[str, dict[str, Any]]) -> None:
    sources: dict[str, str] = {}
    for name, dag in DAGS.items():
        by_id = {task["id"]: task for task in dag["tasks"]}
        noted = [i for i in by_id if by_id[i]["kind"] == "python" and free[name]["tasks"].get(i) == "success"]
        best: tuple[int, str, set[str]] = (0, "", set())
        for held in sorted(noted, key=lambda i: int(i[1:])):  # of those with as many others, the first
            below = {i for i in by_id if held in _above(i, by_id) and not (by_id[i]["rule"] in EARLY and name in EARLY)}
            others = {f"do_{i}" for i in noted if i not in below | _above(held, by_id) | {held}}
            best = max(best, (len(others), held, others), key=lambda found: found[0])
        if best[0]:
            sources[f"{name}, {best[1]} held"] = holding(noting(source_of(dag)), f"do_{best[1]}", best[2])
    assert len(sources) > 8
    for name, run in ran(tmp_path, prefect_api, sources).items():
        assert run["tasks"] == free[name.partition(",")[0]]["tasks"], name


def test_one_thread_is_enough(tmp_path: Path, prefect_api: dict[str, str], free: dict[str, dict[str, Any]]) -> None:
    more = "\nfrom prefect.task_runners import ThreadPoolTaskRunner\nmade_up = made_up.with_options(task_runner=ThreadPoolTaskRunner(max_workers=1))\n"
    done = ran(tmp_path, prefect_api, {name: noting(source_of(dag)) for name, dag in DAGS.items()}, more)
    assert {name: run["tasks"] for name, run in done.items()} == {name: run["tasks"] for name, run in free.items()}


def test_a_pool_of_one_is_enough(tmp_path: Path, prefect_api: dict[str, str], free: dict[str, dict[str, Any]]) -> None:
    """Every task takes the one slot of the pool, also those that may run early: none may hold it for which another waits."""
    limit = "from prefect.client.orchestration import get_client\n"
    limit += "with get_client(sync_client=True) as client: client.create_concurrency_limit(tag='pool:narrow', concurrency_limit=1)\n"
    made_limit = run_python(["-c", limit], prefect_api, tmp_path)
    assert made_limit.returncode == 0, made_limit.stderr
    names = list(DAGS)[:5]
    pooled = {name: noting(source_of(DAGS[name])).replace("(task_id=", "(pool='narrow', task_id=") for name in names}
    done = ran(tmp_path / "flows", prefect_api, pooled)
    assert all("pool:narrow" in (tmp_path / "flows" / str(n) / "dag.py").read_text() for n in range(len(names)))
    assert {name: run["tasks"] for name, run in done.items()} == {name: free[name]["tasks"] for name in names}
