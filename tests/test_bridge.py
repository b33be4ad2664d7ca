"""`--bridge`: operators of a team's own, which nothing converts, run in real Airflow 1.10.15 and 2.10.5 from a flow."""

from __future__ import annotations

from pathlib import Path

import pytest

from airflow2prefect.findings import Level
from airflow2prefect.model import Options
from airflow2prefect.operators.bridge import known_operators
from airflow2prefect.writing import Mode, run
from tests import environments
from tests.flow_runs import run_flows
from tests.test_flows import flow_folder

OPERATORS = '''
import time

from airflow.exceptions import AirflowException, AirflowSkipException
from airflow.models import BaseOperator


class Copy(BaseOperator):
    """Does what its arguments say, and tells what it was given."""

    template_fields = ("day",)

    def __init__(self, day="", table="", connection=None, rule=None, seconds=0, log="", soft_fail=False, **kwargs):
        super().__init__(**kwargs)
        self.day, self.table, self.connection, self.rule = day, table, connection, rule
        self.seconds, self.log_file, self.soft_fail = seconds, log, soft_fail

    def execute(self, context):
        time.sleep(self.seconds)
        if self.table == "gone":
            raise (AirflowSkipException if self.soft_fail else AirflowException)("no such table")
        context["ti"].xcom_push(key="rows", value=len(self.table))
        host = self.connection.host if self.connection else None
        return [self.day, self.table, host, self.rule, context["ds"], context["params"].get("region"), self.task_id]

    def on_kill(self):
        with open(self.log_file, "a") as file:
            file.write("killed")
'''
LATER = '''

class Later(BaseOperator):
    """Waits for a trigger, outside of a worker where Airflow runs it."""

    def execute(self, context):
        from datetime import timedelta

        from airflow.triggers.temporal import TimeDeltaTrigger

        self.defer(trigger=TimeDeltaTrigger(timedelta(0)), method_name="again", kwargs={"what": "late"})

    def again(self, context, event, what):
        return [what, event is not None]
'''
DAG = """
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import Connection
from airflow.operators.{python} import PythonOperator
from airflow.utils.trigger_rule import TriggerRule
from team_operators import Copy{later}

SEEN = {{}}
hosts = Connection(conn_id="db", host="db.example")


def look(**context):
    ti = context["ti"]
    SEEN["value"], SEEN["rows"] = ti.xcom_pull(task_ids="copy"), ti.xcom_pull(task_ids="copy", key="rows")


with DAG("bridged", start_date=datetime(2021, 1, 1), schedule_interval="@daily", params={{"region": "eu"}}) as dag:
    copy = Copy(
        task_id="copy", day="{{{{ ds }}}}", table="orders", connection=hosts, rule=TriggerRule.ALL_DONE, soft_fail=False
    )
    look = PythonOperator(task_id="look", python_callable=look{context})
    skipped = Copy(task_id="skipped", table="gone", soft_fail=True)
    failed = Copy(task_id="failed", table="gone")
    slow = Copy(task_id="slow", seconds=60, log="{log}", execution_timeout=timedelta(seconds=4))
    copy >> look
    skipped >> Copy(task_id="below_skipped", table="a")
    failed >> Copy(task_id="below_failed", table="a")
    failed >> Copy(task_id="whatever", table="a", trigger_rule="all_done")
{more}
"""


@pytest.mark.parametrize("version", [1, 2])
def test_real_operators_run_in_a_flow(version: int, tmp_path: Path, prefect_api: dict[str, str]) -> None:
    try:
        python, home = environments.airflow(version)
    except environments.Unavailable as error:
        pytest.skip(str(error))
    modules, folder = tmp_path / "modules", tmp_path / "flow"
    modules.mkdir()
    folder.mkdir()
    (modules / "team_operators.py").write_text(OPERATORS + (LATER if version == 2 else ""))
    source = DAG.format(
        python="python_operator" if version == 1 else "python",
        context=", provide_context=True" if version == 1 else "",
        later=", Later" if version == 2 else "",
        more='    Later(task_id="later") >> PythonOperator(task_id="see", python_callable=lambda: None)' if version == 2 else "",
        log=tmp_path / "log",
    )
    flow_folder(folder, source, Options(retries=0, cache="none", bridge=True, airflow="1" if version == 1 else "2"))
    env = {**prefect_api, "AIRFLOW_PYTHON": str(python), "AIRFLOW_HOME": str(home), "PYTHONPATH": str(modules)}
    (done,) = run_flows([folder], env).values()
    later = {"later": "success", "see": "success"} if version == 2 else {}
    assert done["tasks"] == {
        "copy": "success",
        "look": "success",
        "skipped": "skipped",
        "below_skipped": "skipped",
        "failed": "failed",
        "below_failed": "upstream_failed",
        "whatever": "success",
        "slow": "failed",
        **later,
    }
    day = done["seen"]["value"][0]
    assert done["seen"] == {"value": [day, "orders", "db.example", "all_done", day, "eu", "copy"], "rows": 6}
    assert (tmp_path / "log").read_text() == "killed"


def test_an_environment_that_is_not_there_is_told(tmp_path: Path, prefect_api: dict[str, str]) -> None:
    source = (Path(__file__).parent / "cases" / "bridge" / "dag.py").read_text().replace('"retries": 1, ', "")
    flow_folder(tmp_path, source, Options(retries=0, cache="none", bridge=True))
    (done,) = run_flows([tmp_path], {**prefect_api, "AIRFLOW_PYTHON": ""}).values()
    assert done["flow"] == "Failed" and set(done["tasks"].values()) == {"failed", "upstream_failed"}


def test_the_table_knows_what_airflow_renders() -> None:
    """Of a class with its own `__init__`, of one that inherits it, of one whose argument has another name than its field."""
    known = known_operators()
    assert known["airflow.operators.bash_operator.BashOperator"].rendered == {"bash_command", "env"}
    assert known["airflow.contrib.operators.bigquery_operator.BigQueryOperator"].rendered >= {"sql", "bql"}
    assert known["airflow.operators.check_operator.CheckOperator"].endings == (".hql", ".sql")
    assert "retries" not in known["airflow.operators.bash_operator.BashOperator"].arguments


def test_classes_of_the_projects_own_modules_are_bridged_where_they_need_airflow(tmp_path: Path) -> None:
    """And only those: one that can be a plain class is one."""
    (tmp_path / "in/plugins/team").mkdir(parents=True)
    (tmp_path / "in/dags").mkdir()
    (tmp_path / "in/plugins/team/__init__.py").write_text("")
    (tmp_path / "in/plugins/team/load.py").write_text(TEAM)
    (tmp_path / "in/dags/etl.py").write_text(ETL)
    result = run([str(tmp_path / "in")], Options(bridge=True), Mode(tmp_path / "out"))
    flow = (tmp_path / "out/dags/etl.py").read_text()
    assert 'Stage(sql=f"SELECT {ds}", table="t").execute(' in flow
    assert '"team.load.Load", logical_date, query=f"select {ds}"' in flow and 'load.get("rows")' in flow
    assert "class Load" not in (tmp_path / "out/team/load.py").read_text()
    assert "apache-airflow==1.10.15" in (tmp_path / "out/requirements-airflow.txt").read_text()
    assert not [found for outcome in result.outcomes for found in outcome.conversion.findings if found.level >= Level.GAP]


TEAM = """\
from airflow.contrib.hooks.qubole_hook import QuboleHook
from airflow.models import BaseOperator


class Stage(BaseOperator):
    template_fields = ("sql", "table")

    def __init__(self, sql, table="", *args, **kwargs):
        super(Stage, self).__init__(*args, **kwargs)
        self.sql, self.table = sql, table

    def execute(self, context):
        print(self.sql, context["ds"])


class Load(BaseOperator):
    template_fields = ("query",)

    def __init__(self, query, *args, **kwargs):
        super(Load, self).__init__(*args, **kwargs)
        self.query = query
        self.hook = QuboleHook(query=query, *args, **kwargs)

    def execute(self, context):
        context["ti"].xcom_push(key="rows", value=self.hook.execute(context))
"""
ETL = """\
from datetime import datetime
from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from team.load import Load, Stage


def after(**kw):
    return kw["ti"].xcom_pull(task_ids="load", key="rows")


with DAG("etl", start_date=datetime(2020, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    stage = Stage(task_id="stage", sql="SELECT {{ ds }}", table="t")
    load = Load(task_id="load", query="select {{ ds }}")
    stage >> load >> PythonOperator(task_id="end", python_callable=after, provide_context=True)
"""
