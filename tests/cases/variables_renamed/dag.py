"""The class of Variables under another name, asked in a class, set and changed."""
from airflow import DAG
from airflow.models.variable import Variable as V
from airflow.operators.bash_operator import BashOperator
from airflow.operators.python_operator import PythonOperator
from datetime import datetime

V.setdefault("first_run", "yes")
settings = V.get("My-Settings", deserialize_json=True)


class Config:
    token = V.get("token", default_var=None)


def limited(name):
    def inner(**context):
        most = V.get("%s_limit" % name, default_var=10)
        V.update("counter", int(V.get("counter")) + 1)
        V.update("state", {"most": most}, True)
        V.delete("old_" + name)
        return most
    return inner


with DAG(
    "renamed",
    start_date=datetime(2020, 1, 1),
    schedule_interval=None,
    default_args={"pool": V.get("pool", "default_pool")},
    params={"day": V.get("day", "1")},
) as dag:
    a = PythonOperator(task_id="a", python_callable=limited("x"), provide_context=True)
    b = BashOperator(task_id="b", bash_command="echo {{ params.day }} {{ var.json.settings.region }}", env={"T": Config.token, "R": settings["region"]})
    c = PythonOperator(task_id="c", python_callable=lambda **context: V.get("last"), provide_context=True)
    a >> b >> c
