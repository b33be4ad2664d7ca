"""PostgreSQL: operators, checks, sensors, transfers and hooks in real Airflow 1.10.15 and in the flow, on one server.

With POSTGRES_BOTH=1 in 2.10.5 as well, which takes as long again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import aws
from tests.operator_runs import in_airflow, in_prefect, values
from tests.postgres import server

DAG = '''
import os
import tempfile
from datetime import datetime

from airflow import DAG
from {base} import BaseHook
from {checks} import {Check}CheckOperator, {Check}ValueCheckOperator
from {hooks} import PostgresHook
from {operators} import {Operator}
from airflow.operators.{python} import PythonOperator
from {sensors} import SqlSensor
from {transfer} import GenericTransfer

SETUP = [
    "CREATE TABLE pets (name TEXT PRIMARY KEY, born DATE, weight NUMERIC, tags TEXT[], seen TIMESTAMP)",
    "INSERT INTO pets VALUES ('Tom', '{{{{ ds }}}}', 4.5, ARRAY['cat', 'a,b'], '2024-01-02 03:04:05')",
    "INSERT INTO pets (name, weight) VALUES ('Rex', 20)",
]


def texts(rows):
    return [[str(cell) for cell in row] for row in rows]


def read(ds, **context):
    hook = PostgresHook(postgres_conn_id="pg_zoo")
    rows = hook.get_records("SELECT * FROM pets ORDER BY name")
    some = hook.get_records("SELECT name FROM pets WHERE weight > %(least)s AND name LIKE 'T%%'", parameters={{"least": 1}})
    like = hook.get_records("SELECT name FROM pets WHERE name LIKE 'R%'")
    first = hook.get_first("SELECT count(*), max(born) FROM pets WHERE born = %s", parameters=(ds,))
    nothing = hook.get_first("SELECT 1 WHERE false")
    return texts(rows), some, like, texts([first]), nothing


def write(ds, **context):
    hook = PostgresHook("pg_zoo")
    hook.run("CREATE TABLE visits (id INT PRIMARY KEY, day DATE, note TEXT)")
    hook.insert_rows("visits", [(1, ds, "it's"), (2, None, "100%")], target_fields=["id", "day", "note"], commit_every=1)
    hook.insert_rows("visits", [(2, ds, "new"), (3, ds, None)], ["id", "day", "note"], replace=True, replace_index="id")
    hook.run(["UPDATE visits SET note = note || '!' WHERE id = 1", "DELETE FROM visits WHERE id = 3"], autocommit=True)
    try:
        hook.run(["DELETE FROM visits", "SELECT broken"])
    except Exception as error:
        told = type(error).__name__
    return texts(hook.get_records("SELECT * FROM visits ORDER BY id")), told


def by_hand():
    conn = PostgresHook(postgres_conn_id="pg_zoo").get_conn()
    cursor = conn.cursor()
    cursor.execute("CREATE TABLE counts (n INT)")
    cursor.executemany("INSERT INTO counts VALUES (%s)", [(1,), (2,)])
    conn.commit()
    cursor.execute("SELECT sum(n) FROM counts")
    total = cursor.fetchone()[0]
    cursor.close()
    conn.close()
    with PostgresHook(postgres_conn_id="pg_zoo").get_conn() as again:
        with again.cursor() as cur:
            cur.execute("SELECT count(*) FROM counts")
            return total, cur.fetchall()


def files():
    hook = PostgresHook(postgres_conn_id="pg_zoo")
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "pets.csv")
    hook.copy_expert("COPY (SELECT name, weight FROM pets ORDER BY name) TO STDOUT WITH CSV HEADER", path)
    with open(path) as file:
        first = file.read()
    hook.bulk_dump("pets", os.path.join(folder, "dump"))
    hook.run("CREATE TABLE copies (LIKE pets)")
    hook.bulk_load("copies", os.path.join(folder, "dump"))
    hook.copy_expert("COPY pets (name, weight) FROM STDIN WITH CSV", _written(folder, "Ann,3\\nBob,7\\n"))
    return first, texts(hook.get_records("SELECT * FROM copies ORDER BY name")), hook.get_records("SELECT name FROM pets ORDER BY 1")


def _written(folder, text):
    path = os.path.join(folder, "more")
    with open(path, "w") as file:
        file.write(text)
    return path


def about():
    connection = BaseHook.get_connection("pg_zoo")
    hook = PostgresHook(postgres_conn_id="pg_zoo", {database}="other")
    engine = PostgresHook(postgres_conn_id="pg_zoo").get_sqlalchemy_engine()
    names = [row[0] for row in engine.raw_connection().cursor().connection.notices]
    return connection.host, connection.login, hook.get_first("SELECT current_database()"), names, engine.dialect.name

{frames}
with DAG("zoo", start_date=datetime(2024, 1, 1), schedule{interval}="@daily", catchup=False) as dag:
    setup = {Operator}(task_id="setup", {conn_id}="pg_zoo", sql=SETUP)
    bound = {Operator}(
        task_id="bound", {conn_id}="pg_zoo", sql="UPDATE pets SET weight = weight + %(more)s WHERE name = %(name)s", parameters={{"more": 1, "name": "Tom"}})
    vacuum = {Operator}(task_id="vacuum", {conn_id}="pg_zoo", sql="VACUUM pets", autocommit=True)
    like = {Operator}(task_id="like", {conn_id}="pg_zoo", sql="UPDATE pets SET seen = now() WHERE name LIKE 'X%' AND born = '{{{{ ds }}}}'::date")
    broken = {Operator}(task_id="broken", {conn_id}="pg_zoo", sql=["DELETE FROM pets", "SELECT nothing FROM nowhere"])
    elsewhere = {Operator}(task_id="elsewhere", {conn_id}="pg_zoo", database="other", sql="CREATE TABLE IF NOT EXISTS pets (name TEXT)")
    reading = PythonOperator(task_id="read", python_callable=read{provide})
    writing = PythonOperator(task_id="write", python_callable=write{provide})
    hand = PythonOperator(task_id="by_hand", python_callable=by_hand)
    told = PythonOperator(task_id="about", python_callable=about)
    ok = {Check}CheckOperator(task_id="ok", conn_id="pg_zoo", sql="SELECT count(*), bool_and(weight > 0) FROM pets")
    bad = {Check}CheckOperator(task_id="bad", conn_id="pg_zoo", sql="SELECT count(born) - 1, 1 FROM pets")
    value = {Check}ValueCheckOperator(task_id="value", conn_id="pg_zoo", sql="SELECT weight FROM pets WHERE name = 'Tom'", pass_value=5.4, tolerance=0.1)
    there = SqlSensor(task_id="there", conn_id="pg_zoo", sql="SELECT count(*) FROM pets WHERE born = '{{{{ ds }}}}'", poke_interval=1, timeout=60)
    never = SqlSensor(task_id="never", conn_id="pg_zoo", sql="SELECT count(*) FROM pets WHERE name = 'never'", poke_interval=0.1, timeout=0.1)
    move = GenericTransfer(
        task_id="move", source_conn_id="pg_zoo", destination_conn_id="pg_other", destination_table="pets", sql="SELECT name, weight FROM pets",
        preoperator=["CREATE TABLE pets (name TEXT, weight NUMERIC)", "INSERT INTO pets VALUES ('first', 1)"])
    moved = PythonOperator(
        task_id="moved", python_callable=lambda: texts(PostgresHook(postgres_conn_id="pg_other").get_records("SELECT * FROM pets ORDER BY name")))
    copied = PythonOperator(task_id="files", python_callable=files)
    setup >> bound >> vacuum >> like >> [broken, elsewhere]
    elsewhere >> reading >> writing >> hand >> told >> ok >> [bad, value]
    value >> there >> [never, move]
    move >> moved >> copied
{more}
'''
FRAMES = '''
def frame():
    hook = PostgresHook(postgres_conn_id="pg_zoo")
    df = hook.get_pandas_df("SELECT name, weight::float AS weight FROM pets WHERE name <> %(name)s ORDER BY name", parameters={"name": "Rex"})
    return list(df.columns), df.values.tolist()

'''
OF_1 = """
    framed = PythonOperator(task_id="frame", python_callable=frame)
    copied >> framed
"""
OF_2 = """
    rows = SQLExecuteQueryOperator(task_id="rows", conn_id="pg_zoo", sql="SELECT name FROM pets ORDER BY 1; SELECT 2 AS two", split_statements=True)
    copied >> rows
"""
VERSIONS = {
    1: {
        "base": "airflow.hooks.base_hook", "checks": "airflow.operators.check_operator", "Check": "", "hooks": "airflow.hooks.postgres_hook",
        "operators": "airflow.operators.postgres_operator", "Operator": "PostgresOperator", "python": "python_operator",
        "sensors": "airflow.sensors.sql_sensor", "transfer": "airflow.operators.generic_transfer", "interval": "_interval",
        "conn_id": "postgres_conn_id", "provide": ", provide_context=True", "database": "schema", "frames": FRAMES, "more": OF_1,
    },
    2: {
        "base": "airflow.hooks.base", "checks": "airflow.providers.common.sql.operators.sql", "Check": "SQL",
        "hooks": "airflow.providers.postgres.hooks.postgres", "operators": "airflow.providers.common.sql.operators.sql",
        "Operator": "SQLExecuteQueryOperator", "python": "python", "sensors": "airflow.providers.common.sql.sensors.sql",
        "transfer": "airflow.operators.generic_transfer", "interval": "", "conn_id": "conn_id", "provide": "", "database": "database", "frames": "",
        "more": OF_2,
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def postgres() -> Iterator[int]:
    names = [f"{side}{version}{other}" for side in ("airflow", "flow") for version in (1, 2) for other in ("", "_other")]
    with server(*names, "other") as port:
        yield port


def connections(port: int, database: str) -> dict[str, str]:
    names = {"PG_ZOO": database, "PG_OTHER": f"{database}_other"}
    return {f"AIRFLOW_CONN_{name}": f"postgres://me@127.0.0.1:{port}/{schema}" for name, schema in names.items()}


@pytest.mark.flows
@pytest.mark.parametrize("version", [1, 2] if os.environ.get("POSTGRES_BOTH") else [1])
def test_the_same_on_postgres(version: int, postgres: int, tmp_path: Path, prefect_api: dict[str, str]) -> None:
    source = DAG.format(**VERSIONS[version])
    expected = values(in_airflow(version, source, tmp_path, {**connections(postgres, f"airflow{version}"), **aws.packages(version)}))
    found = values(in_prefect(version, source, tmp_path, {**connections(postgres, f"flow{version}"), **prefect_api}))
    assert found == expected
    assert {name for name, value in expected.items() if value == "failed"} == {"broken", "bad", "never"}
