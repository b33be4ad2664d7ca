"""Every argument of every operator that is converted is accounted for: taken, answered for by the plan, or told to be left out.

What the real classes take is in airflow2prefect/operators/known.tsv (`python -m tests.make_known_operators`, from the sources of the
newest packages for 1.10.15 and 2.10.5), and for the classes that the two environments of the tests have, asked of the classes themselves.
"""

from __future__ import annotations

import json
import subprocess

import pytest

from airflow2prefect.operators.bridge import known_operators
from airflow2prefect.operators.registry import BASE, entries
from tests import aws, environments
from tests.operator_coverage import REASONS, left_of_airflow

# Arguments that no converter takes, and that A2P202 tells of where a DAG gives them: what is logged, Airflow's own use of a class, how a sub-DAG is watched.
OWN = frozenset(
    ("show_return_value_in_logs", "context", "trigger_kwargs", "start_from_trigger", "end_from_trigger", "silent_fail", "never_fail")
)
WATCHED = frozenset(("exponential_backoff", "max_wait", "mode", "never_fail", "poke_interval", "silent_fail", "soft_fail", "timeout"))
LEFT_OUT = {f"airflow.operators.{module}.SubDagOperator": WATCHED for module in ("subdag", "subdag_operator")}
ASK = """\
import importlib, inspect, json, sys
found = {}
out = open(sys.argv[1], "w")
for path in json.load(sys.stdin):
    module, _, name = path.rpartition(".")
    try:
        made = getattr(importlib.import_module(module), name)
    except Exception:
        continue
    if not isinstance(made, type):
        continue  # a decorator
    if made.__module__.startswith("airflow.providers.") and not module.startswith("airflow.providers."):
        continue  # what 2.x gives under the name of another class of 1.10
    names = set()
    for base in made.__mro__:
        if base.__name__ in ("BaseOperator", "object"):
            break
        init = base.__dict__.get("__init__")
        if init is not None:
            parameters = inspect.signature(inspect.unwrap(init)).parameters.values()
            names |= {p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)}
            if not any(p.kind is p.VAR_KEYWORD for p in parameters):
                break
    found[path] = sorted(names - {"self"})
json.dump(found, out)
out.close()
"""


def unaccounted(path: str, arguments: frozenset[str]) -> frozenset[str]:
    return arguments - entries()[path].takes - BASE - OWN - LEFT_OUT.get(path, frozenset())


@pytest.mark.parametrize("path", sorted(entries().keys() & known_operators().keys()))
def test_arguments_of_the_sources(path: str) -> None:
    assert not unaccounted(path, known_operators()[path].arguments)


@pytest.mark.oracle
@pytest.mark.parametrize("version", [1, 2])
def test_arguments_of_the_classes(version: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    try:
        python, home = environments.airflow(version)
    except environments.Unavailable as reason:
        pytest.skip(str(reason))
    out = tmp_path_factory.mktemp("asked") / "out.json"
    env = {"AIRFLOW_HOME": str(home), "PATH": "/usr/bin:/bin", **aws.packages(version)}
    subprocess.run(
        [str(python), "-c", ASK, str(out)], input=json.dumps(sorted(entries())), env=env, text=True, check=True, capture_output=True
    )
    classes = json.loads(out.read_text())
    assert len(classes) > 20
    left = {path: sorted(names) for path, found in classes.items() if (names := unaccounted(path, frozenset(found)))}
    assert not left


def test_what_is_left_of_airflows_own_has_a_reason() -> None:
    """Those that other files of `operators` still convert may be in REASONS no more."""
    assert set(left_of_airflow()) == REASONS.keys()
