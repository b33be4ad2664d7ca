"""Properties of every conversion, over DAG files made up by hypothesis."""

from __future__ import annotations

import ast
import re

from hypothesis import given
from hypothesis import strategies as st

from airflow2prefect import convert
from airflow2prefect.check import airflow_imports
from airflow2prefect.convert import analyse_text
from airflow2prefect.findings import Level
from airflow2prefect.model import Options

HEAD = """\
# a comment of mine
from datetime import datetime, timedelta
from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator

KEPT  =  {'odd' : "formatting"}   # stays


def helper( x ):
    return x   # untouched


def work(**context):
    return context['ds']


"""
IDS = st.text(min_size=1, max_size=8)
COMMANDS = st.text(max_size=30) | st.sampled_from(
    ["echo {{ ds }}", "{{ macros.ds_add(ds, 1) }}", "{% for i in range(2) %}{{ i }}{% endfor %}", '"""', "\\"]
)
RULES = st.sampled_from(["all_success", "all_done", "one_failed", "none_failed"])


@st.composite
def dag_files(draw: st.DrawFn) -> tuple[str, dict[str, set[str]]]:
    """The source of a DAG file, and what it means: the upstream task_ids of each task_id."""
    ids = draw(st.lists(IDS, min_size=1, max_size=6, unique=True))
    lines = [
        f"dag = DAG({draw(IDS)!r}, start_date=datetime(2020, 1, 1), schedule_interval={draw(st.sampled_from(['@daily', None, '5 4 * * *']))!r})"
    ]
    for n, task_id in enumerate(ids):
        rule = draw(RULES)
        kind = draw(st.sampled_from(["bash", "dummy", "python"]))
        call = {
            "bash": f"BashOperator(task_id={task_id!r}, bash_command={draw(COMMANDS)!r}, trigger_rule={rule!r}, dag=dag)",
            "dummy": f"DummyOperator(task_id={task_id!r}, dag=dag, trigger_rule={rule!r})",
            "python": f"PythonOperator(task_id={task_id!r}, python_callable=work, provide_context=True, dag=dag, retries={n})",
        }[kind]
        lines.append(f"t{n} = {call}")
    upstream: dict[str, set[str]] = {task_id: set() for task_id in ids}
    for later in range(1, len(ids)):
        for earlier in draw(st.sets(st.integers(0, later - 1), max_size=2)):
            upstream[ids[later]].add(ids[earlier])
            lines.append(
                draw(st.sampled_from([f"t{earlier} >> t{later}", f"t{later}.set_upstream(t{earlier})", f"t{later} << [t{earlier}]"]))
            )
    return HEAD + "\n".join(lines) + "\n", upstream


@given(dag_files(), st.sampled_from([Options(), Options(retries=0, cache="none"), Options(cache="inputs")]))
def test_conversion(made: tuple[str, dict[str, set[str]]], options: Options) -> None:
    source, upstream = made
    result = convert(source, "dag.py", options)
    assert result.files, [found.message for found in result.findings]
    text = result.files[0].text
    tree = ast.parse(text)
    assert not airflow_imports(tree)
    assert "# a comment of mine\n" in text
    assert "KEPT  =  {'odd' : \"formatting\"}   # stays\n\n\ndef helper( x ):\n    return x   # untouched\n" in text
    assert _named(tree) == set(upstream)
    assert convert(source, "dag.py", options) == result
    (dag,) = analyse_text(source, "dag.py")
    assert {(up, down) for down, ups in upstream.items() for up in ups} == set(dag.edges)


def _named(tree: ast.Module) -> set[str]:
    """The names that decorators, task(...) and with_options(...) give to tasks."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id == "flow"):
            names |= {k.value.value for k in node.keywords if k.arg == "name" and isinstance(k.value, ast.Constant)}
    return names


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_anything_gets_an_answer(data: str | bytes) -> None:
    """Whatever the bytes are: no exception, and no flow without a DAG."""
    from airflow2prefect.convert import convert_bytes

    if isinstance(data, str):
        data = (HEAD + data).encode("utf-8", "surrogatepass")
    result = convert_bytes(b"DAG\n" + data, "x.py")
    assert not result.files
    assert result.findings and not any(found.code == "A2P901" for found in result.findings)


@given(st.text(alphabet="abc({[:=\"'#\n \\", max_size=60))
def test_mangled_files_get_an_answer(tail: str) -> None:
    result = convert(HEAD + "dag = DAG('x', start_date=datetime(2020, 1, 1))\n" + tail, "x.py")
    assert not any(found.code == "A2P901" for found in result.findings), tail
    assert result.files or any(found.level is Level.ERROR for found in result.findings)
    assert not result.files or not re.search(r"^\s*(from|import) airflow\b", result.files[0].text, re.MULTILINE)
