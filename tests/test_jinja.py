"""Jinja templates become Python that says what Airflow said; tests/make_template_truth.py asked the real one."""

from __future__ import annotations

import importlib
import json
import math
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from airflow2prefect.analyse.jinja import read_template
from airflow2prefect.emit.strings import expression, fstring, literal, rendering
from airflow2prefect.findings import Level
from airflow2prefect.model import Code, Need, Piece, Template
from tests import template_cases as cases

HERE = Path(__file__).parent
TRUTH: dict[str, dict[str, dict[str, str]]] = json.loads((HERE / "data/templates_1.10.15.json").read_text())
RUNS: dict[str, dict[str, object]] = cases.RUNS  # type: ignore[assignment]
XCOM: Callable[[str, str], object] = cases.pulled
TEXTS = tuple(dict.fromkeys([*cases.PUBLIC, *cases.WRITTEN]))


@pytest.fixture(scope="module")
def helper() -> ModuleType:
    """The module that flows import, with the Variables of the cases instead of a Prefect server's."""
    sys.path.insert(0, str(HERE.parent / "templates"))
    try:
        module = importlib.import_module("airflow_templates")
    finally:
        sys.path.pop(0)
    module.variable = variable  # type: ignore[attr-defined]
    return module


def variable(name: str, default: Any = ..., *, as_json: bool = False) -> Any:
    """That of airflow_variables.py, for the Variables of the cases."""
    value = cases.VARIABLES.get(name)
    if value is None and default is not ...:
        return default
    if value is None:
        raise KeyError(name)
    if as_json:
        return json.loads(value) if isinstance(value, str) else value
    return value if isinstance(value, str) else json.dumps(value, indent=2)


def read(text: str) -> Template:
    return read_template(
        text,
        macros=frozenset(cases.MACROS),
        filters=frozenset(cases.FILTERS),
        params=frozenset(cases.PARAMS),
        line=3,
        column=5,
    )


def value(need: Need, run: dict[str, object]) -> object:
    """What a flow has for a need, from nothing but the logical date and the run's parameters."""
    date = datetime.fromisoformat(str(run["date"])).replace(tzinfo=timezone.utc)
    match need.kind:
        case "param":
            return cases.PARAMS[need.name]
        case "conf":
            assert need.name == ""
            return run["conf"]
        case "xcom":
            return XCOM(need.name, need.key)
        case "macro":
            return cases.MACROS[need.name]
        case "filter":
            return cases.FILTERS[need.name]
        case "variable":
            if need.name not in cases.VARIABLES and need.default is None:
                raise KeyError(need.name)
            if need.name not in cases.VARIABLES:
                return eval(str(need.default))
            found = cases.VARIABLES[need.name]
            return json.loads(found) if need.key == "json" else found
    ticks = (timedelta(0), timedelta(0)) if run["trigger"] else (timedelta(days=-1), timedelta(days=1))
    dates = {"execution_date": date, "prev_execution_date": date + ticks[0], "next_execution_date": date + ticks[1]}
    days = {"ds": date, "yesterday_ds": date - timedelta(days=1), "tomorrow_ds": date + timedelta(days=1)}
    days |= {"prev_ds": dates["prev_execution_date"], "next_ds": dates["next_execution_date"]}
    known: dict[str, object] = {
        **dates,
        **{name: f"{day:%Y-%m-%d}" for name, day in days.items()},
        **{f"{name}_nodash": f"{day:%Y%m%d}" for name, day in days.items()},
        "ts": date.isoformat(),
        "ts_nodash": f"{date:%Y%m%dT%H%M%S}",
        "ts_nodash_with_tz": date.isoformat().replace("-", "").replace(":", ""),
        "run_id": run["run_id"],
        "dag_id": "jinja",
        "task_id": "report",
        "task_instance_key_str": f"jinja__report__{date:%Y%m%d}",
        "external_trigger": run["trigger"],
        "params": cases.PARAMS,
    }
    return known[need.name]


def said(template: Template, run: dict[str, object], helper: ModuleType) -> str:
    """What the flow's expression for the template gives."""
    needs = template.needs
    names = {need: f"need{index}" for index, need in enumerate(needs)}
    source = rendering(template, names) if template.parts is None else fstring(template, names)
    compile(source, "<template>", "eval")
    pieces = [part for part in template.parts or () if isinstance(part, Piece)] + [piece for _, piece in template.context]
    space: dict[str, object] = {"render": helper.render}
    for path in {path for piece in pieces for path in piece.imports}:
        module, _, name = path.rpartition(".")
        try:
            space[name] = getattr(importlib.import_module(module), name) if module else importlib.import_module(name)
        except AttributeError:
            space[name] = importlib.import_module(path)
    for need, name in names.items():
        # Only the values that the expression reads are asked for: a Variable that is not there is an error then.
        if need.kind != "variable" or template.parts is not None:
            space[name] = value(need, run)
    result = eval(source, space)
    assert isinstance(result, str), source
    return result


# Refused although Airflow renders them: no flow has what they show.
REFUSED = {
    "{{ ti.start_date }}": "A2P433",
    "{{ ti.xcom_push('k', 'v') }}": "A2P433",
    "{{ conf.get('core', 'dags_folder') }}": "A2P432",
    "{{ execution_date.ctime() }}": "A2P439",
    "{{ (next_execution_date - execution_date).total_seconds() }}": "A2P439",
    "{{ ti.xcom_pull(params.region) }}": "A2P438",
    "{{ ti.xcom_pull(dag_id='other', task_ids='text') }}": "A2P438",
    "{{ ti.xcom_pull(key='x') }}": "A2P438",
    "{{ unknown }}": "A2P430",
    "{{ conn.my_db.host }}": "A2P431",
}


@pytest.mark.parametrize("run", cases.RUNS)
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_says_what_airflow_says(text: str, run: str, helper: ModuleType) -> None:
    template, truth = read(text), TRUTH[text][run]
    gaps = [found.code for found in template.findings if found.level >= Level.GAP]
    if gaps:
        assert (template.parts, template.context) == (None, ())
        assert "error" in truth or REFUSED.get(text) in gaps or text in PUBLIC_REFUSED
        return
    assert text not in REFUSED
    if "logical_date" in text:
        return  # of Airflow 2
    if "error" in truth:
        with pytest.raises(Exception):  # noqa: B017  of whatever kind: the task fails
            said(template, RUNS[run], helper)
        return
    try:
        result = said(template, RUNS[run], helper)
    except (KeyError, TypeError, IndexError):
        # Told: Jinja prints nothing for a missing item, the flow raises.
        assert "A2P435" in {found.code for found in template.findings}
        return
    assert result == truth["text"]


# Public templates that ask for names that their DAG does not define for them, or are parts of a string.
PUBLIC_REFUSED = {
    "Results in an ASCII table:\n```{{ results_df | tabulate(tablefmt='pretty', headers='keys') }}```",
    'echo "bash_push demo"  && echo "Manually set xcom value {{ ti.xcom_push(key="manually_pushed_value", '
    'value="manually_pushed_value") }}" && echo "value_by_return"',
}


def test_most_become_f_strings(capsys: pytest.CaptureFixture[str]) -> None:
    made = {"f-string": 0, "run time": 0, "refused": 0}
    for text in cases.PUBLIC:
        template = read(text)
        gap = any(found.level >= Level.GAP for found in template.findings)
        made["refused" if gap else "run time" if template.parts is None else "f-string"] += 1
    with capsys.disabled():
        print(f"\npublic templates: {made}")
    assert made["f-string"] >= 0.9 * len(cases.PUBLIC)


# ---------------------------------------------------------------------------------------------- shapes


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("{{ ds }}", "ds"),
        ("{{ dag_run.conf.get('a') }}", "f\"{conf.get('a')}\""),
        ('echo "sales {{ params.region }} {{ ds }}"', "f'echo \"sales {region} {ds}\"'"),
        ("/{{ execution_date.strftime('%Y/%m') }}/", 'f"/{execution_date:%Y/%m}/"'),
        ("{{ macros.ds_add(ds, -7) }}", 'f"{execution_date - timedelta(days=7):%Y-%m-%d}"'),
        ("{{ execution_date }}", "execution_date.isoformat()"),
        ("{{ ti.xcom_pull('job')['name'] }} {x}", "f\"{job['name']} {{x}}\""),
        ("SELECT 1\nFROM t\nWHERE d = '{{ ds }}'\n", 'f"""SELECT 1\nFROM t\nWHERE d = \'{ds}\'"""'),
        ("{{ ds.replace('-', '#') }}!", "\"{}!\".format(ds.replace('-', '#'))"),
        ("{{ '/'.join(ti.xcom_pull('job')) }}", '"/".join(job)'),
    ],
)
def test_reads_as_a_human_would_write(text: str, source: str) -> None:
    template = read_template(text)
    names = {need: "conf" if need.kind == "conf" else need.name for need in template.needs}
    assert fstring(template, names) == source


def test_run_time_rendering_is_one_call() -> None:
    template = read_template("{% if ds > '2021' %}{{ ti.xcom_pull('a') }}{{ dag_run.conf.x }}{% endif %}")
    names = {need: {"conf": "conf"}.get(need.kind, need.name) for need in template.needs}
    text = literal(template.text)
    expected = f'render({text}, dag_run={{"conf": conf}}, ds=ds, ti=TaskInstance({{("a", "return_value"): a}}))'
    assert rendering(template, names) == expected
    assert [found.code for found in template.findings] == ["A2P440"]


def test_what_python_may_not_print_alike_is_left_to_jinja() -> None:
    for text in (
        "{{ params.items }}",
        "{{ ds | title }}",
        "{{ ti.xcom_pull('a').b }}",
        "{% set a = 1 %}{{ a }}",
        "{{ ds | e }}",
    ):
        assert read_template(text).parts is None, text


def test_included_files_are_told() -> None:
    assert read_template("{% include 'a.sql' %}").includes == ("a.sql",)


def test_findings_have_their_place() -> None:
    (found,) = read_template("{{ no }}", line=7, column=9).findings
    assert (found.line, found.column, found.code) == (7, 9, "A2P430")


def test_all_that_is_wrong_is_told_at_once() -> None:
    template = read_template("{{ conn.a.host }}{{ conf.get('a', 'b') }}{{ nobody }}{{ ds | nofilter }}")
    assert {found.code for found in template.findings} == {"A2P430", "A2P431", "A2P432", "A2P437"}


def test_a_date_passed_to_a_macro_is_told() -> None:
    template = read_template("{{ f(execution_date) }}", macros=frozenset({"f"}))
    assert [found.code for found in template.findings] == ["A2P436"]


def test_missing_params_render_as_nothing() -> None:
    assert read_template("a{{ params.no }}b", params=frozenset()).parts == ("ab",)
    assert read_template("{{ params.no }}").needs == (Need("param", "no"),)


def test_names_given_as_f_strings_or_with_operators() -> None:
    template = read_template("{{ ds }}/{{ ds.replace('-', '') }}/{{ execution_date.year }}")
    names = {Need("context", "ds"): 'f"{day:%Y-%m-%d}"', Need("context", "execution_date"): "start - gap"}
    day, start, gap = datetime(2021, 6, 15), datetime(2021, 1, 1), timedelta(days=1)
    assert eval(fstring(template, names), {"day": day, "start": start, "gap": gap}) == "2021-06-15/20210615/2020"
    single = read_template("x{{ ds }}")
    assert fstring(single, names) == 'f"x{day:%Y-%m-%d}"'


def test_imports_keep_the_names_of_the_module() -> None:
    template = read_template("{{ macros.ds_add(ds, 1) }}{{ macros.datetime.strptime(ds, '%Y') }}")
    names = {need: need.name for need in template.needs}
    imports = {"datetime.timedelta": "dt.timedelta", "datetime.datetime": "dt.datetime"}
    source = "f\"{execution_date + dt.timedelta(days=1):%Y-%m-%d}{dt.datetime.strptime(ds, '%Y')}\""
    assert fstring(template, names, imports) == source
    (piece,) = read_template("{{ macros.timedelta(days=1) }}").parts or ()
    assert isinstance(piece, Piece)
    assert expression(piece, {}, {"datetime.timedelta": "td"}) == "td(days=1)"


def test_code_of_the_user_is_a_field() -> None:
    assert fstring(Template("", ("load_", Code("name")), ()), {}) == 'f"load_{name}"'
    assert eval(fstring(Template("", (Code("{1: 2}[1]"), Code("'\"' + \"'\"")), ()), {})) == "2\"'"


# ---------------------------------------------------------------------------------------------- literals

_zones = st.sampled_from([None, timezone.utc, ZoneInfo("Europe/Berlin"), timezone(timedelta(hours=5, minutes=30))])
_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=())),
    st.text(st.sampled_from("'\"\\{}\n\r\0a")),
    st.binary(),
    st.datetimes(timezones=_zones),
    st.dates(),
    st.times(),
    st.timedeltas(),
)
_hashable = st.one_of(_scalars, st.tuples(_scalars))
_values = st.recursive(
    st.one_of(_scalars, st.sets(_hashable), st.frozensets(_hashable)),
    lambda inner: st.one_of(st.lists(inner), st.tuples(inner), st.tuples(inner, inner), st.dictionaries(_hashable, inner)),
    max_leaves=8,
)


@given(_values)
def test_a_literal_is_its_value(value: object) -> None:
    names = {name: getattr(importlib.import_module("datetime"), name) for name in ("datetime", "date", "time", "timedelta", "timezone")}
    source = literal(value)
    assert eval(source, {**names, "ZoneInfo": ZoneInfo}) == value
    assert "\n" not in source


def test_literals_look_as_ruff_leaves_them() -> None:
    assert literal("it's") == '"it\'s"'
    assert literal('say "x"') == "'say \"x\"'"
    assert literal(b"a'b") == 'b"a\'b"'
    assert literal((1,)) == "(1,)"
    assert literal(timedelta(minutes=5)) == "timedelta(minutes=5)"
    assert literal(datetime(2020, 1, 1, tzinfo=timezone.utc)) == "datetime(2020, 1, 1, 0, tzinfo=timezone.utc)".replace(" 0,", "")
    assert literal({"a": [1, 2.5, None]}) == '{"a": [1, 2.5, None]}'
    assert literal(frozenset()) == "frozenset()"
    assert math.isnan(eval(literal(float("nan"))))
    with pytest.raises(TypeError):
        literal(object())


# ---------------------------------------------------------------------------------------------- any text

_EXPRESSIONS = (
    "ds",
    "ds.replace('-', '')",
    "params.x",
    "params['x'] ~ '\"'",
    "ds[:4]",
    "ds | upper",
    "params.n + 1",
    "'a' if params.n else \"b\"",
)
_text = st.text(st.one_of(st.sampled_from("'\"\\{}%#\n\r\t ab$"), st.characters(codec="utf-8")), max_size=12)


@given(st.lists(st.one_of(_text, st.sampled_from(_EXPRESSIONS).map("{{{{ {} }}}}".format)), max_size=7), st.booleans())
def test_any_text_around_expressions(parts: list[str], multiline: bool) -> None:
    text = "".join(parts)
    context = {"ds": "2021-06-15", "params": {"x": 'it\'s "{x}"\n', "n": 2}}
    try:
        expected = jinja2.Environment().from_string(text).render(context)
    except jinja2.TemplateError:
        assert {found.level for found in read_template(text).findings} == {Level.GAP}
        return
    template = read_template(text)
    if template.parts is None:
        return
    names = {Need("context", "ds"): "ds", Need("param", "x"): 'params["x"]', Need("param", "n"): "params['n']"}
    assert eval(fstring(template, names, multiline=multiline), context) == expected
