from datetime import datetime

from airflow import DAG
from airflow.operators.dummy_operator import DummyOperator
from airflow.sensors.sql_sensor import SqlSensor


def enough(count):
    return count >= 10


with DAG("sensors_sql", schedule_interval="@daily", start_date=datetime(2024, 1, 1), catchup=False) as dag:
    plain = SqlSensor(task_id="plain", conn_id="warehouse", sql="SELECT count(*) FROM sales WHERE day = '{{ ds }}'", poke_interval=1)
    strict = SqlSensor(
        task_id="strict",
        conn_id="warehouse",
        sql="SELECT total FROM days WHERE day = %s AND shop = %s",
        parameters=["2024-01-01", 3],
        success=enough,
        failure=lambda count: count < 0,
        fail_on_empty=True,
        mode="reschedule",
        timeout=60,
    )
    known = SqlSensor(task_id="known", conn_id="warehouse", sql="SELECT max(day) FROM sales", allow_null=False, soft_fail=True, timeout=5)
    [plain, strict, known] >> DummyOperator(task_id="end")
