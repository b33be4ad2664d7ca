"""Variables that a DAG file reads when it is imported are read where they are used, and stay where that would be something else."""

from __future__ import annotations

import ast

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from airflow2prefect.emit.late import read_late

HEAD = "from airflow_variables import variable\n\n"


def test_moved_into_all_functions_that_use_it_with_what_it_needs() -> None:
    text = f'''{HEAD}# where all of it lies
CONFIG = variable("config", as_json=True)
BUCKET = CONFIG["bucket"]  # of the team
OTHER = 1


@task
def a():
    """Doc."""
    return BUCKET


class Loader:
    def run(self):
        # the bucket
        def inner():
            return BUCKET
        return inner()


@flow
def d():
    a(CONFIG)
'''
    made, names = read_late(text)
    assert names == {"CONFIG", "BUCKET"}
    assert made == f'''{HEAD}OTHER = 1


@task
def a():
    """Doc."""
    CONFIG = variable("config", as_json=True)
    BUCKET = CONFIG["bucket"]  # of the team
    return BUCKET


class Loader:
    def run(self):
        CONFIG = variable("config", as_json=True)
        BUCKET = CONFIG["bucket"]  # of the team
        # the bucket
        def inner():
            return BUCKET
        return inner()


@flow
def d():
    # where all of it lies
    CONFIG = variable("config", as_json=True)
    a(CONFIG)
'''


@pytest.mark.parametrize(
    "use",
    [
        "@task(retries=X)\ndef a():\n    return 1\n",
        "def a(x=X):\n    return X\n",
        "Y = X\nprint(Y)\n\n\ndef a():\n    return X\n",
        "def a():\n    global X\n    X = 2\n",
        "def a():\n    X.append(2)\n",
        "def a():\n    X['a'] = 2\n",
        "def a(): return X\n",
        "def a():\n    return globals()['X']\n\n\ndef b():\n    return X\n",
        "class A:\n    x = X\n\n    def b(self):\n        return X\n",
        "for x in X:\n    print(x)\n\n\ndef a():\n    return X\n",
        "if X:\n    def a():\n        return X\n",
        "def a(X):\n    return X\n",
        "from prefect import task\n\na = task(print, name=X)\n\n\ndef b():\n    return X\n",
    ],
)
def test_stays_where_the_module_uses_or_changes_it(use: str) -> None:
    text = f"{HEAD}X = variable('x')\n\n\n{use}"
    assert read_late(text) == (text, frozenset())


def test_text_over_lines_stays() -> None:
    text = f'{HEAD}X = variable("x") + """a\nb"""\n\n\ndef a():\n    return X\n'
    assert read_late(text) == (text, frozenset())


NAMES = st.sampled_from(["A", "B", "C", "D"])
VALUES = st.sampled_from(["variable('x')", "A + B", "B or A", "[C]", "1", "str(D)"])


@given(st.lists(st.tuples(NAMES, VALUES), max_size=5), st.lists(st.lists(NAMES, max_size=3), min_size=1, max_size=3))
def test_functions_return_the_same(assigned: list[tuple[str, str]], used: list[list[str]]) -> None:
    """As the module is imported for each task in Airflow, so each function makes the values that it has there."""
    lines = [f"{name} = {value}\n" for name, value in assigned]
    functions = [f"\n\ndef f{n}():\n    return [{', '.join(names)}]\n" for n, names in enumerate(used)]
    text = HEAD + "".join([*lines, *functions])
    assume("the module cannot be imported" not in _run(text, len(used)))
    made, _ = read_late(text)
    ast.parse(made)
    assert _run(made, len(used)) == _run(text, len(used))


def _run(text: str, count: int) -> list[object]:
    scope: dict[str, object] = {"variable": lambda name: name}
    text = text.removeprefix(HEAD)
    try:
        exec(text, scope)
    except NameError:
        return ["the module cannot be imported"]
    found: list[object] = []
    for n in range(count):
        try:
            found.append(scope[f"f{n}"]())  # type: ignore[operator]
        except NameError:
            found.append("unbound")
    return found
