from datetime import datetime
from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
import csv, os
rows = [{"name": "a", "cmd": "x {{ ds }}"}, {"name": "b", "cmd": "y {{ ds }}"}]

def make(prefix, dag):
    out = []
    for n in os.environ.get("NS", "1,2").split(","):
        out.append(BashOperator(task_id=prefix + n, bash_command="echo " + n, dag=dag))
    return out

with DAG("dynamic_shared_helpers", start_date=datetime(2021, 1, 1), schedule_interval=None) as dag:
    for row in rows:
        name = row["name"]
        cmd = row["cmd"]
        BashOperator(task_id="r_" + name, bash_command="echo " + name + cmd)
    for row in csv.DictReader(os.environ.get("ROWS", "name;u;v").split(";")):
        name = row["name"]
        upper = name.upper()
        t = BashOperator(task_id="f_" + name, bash_command="echo " + upper + " {{ ds }}")
    one = make("one_", dag)
    two = make("two_", dag)
    start = DummyOperator(task_id="start")
    start >> one
    one[-1] >> two
    ts = [BashOperator(task_id="c_" + n, bash_command="echo " + n) for n in os.environ.get("NS", "1,2").split(",")]
    last = DummyOperator(task_id="last")
    ts[0] >> last
