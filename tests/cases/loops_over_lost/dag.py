from datetime import datetime
from airflow import DAG
from airflow.models.dagbag import DagBag
from airflow.operators.bash_operator import BashOperator

folder = DagBag().dag_folder

with DAG("loops_over_lost", start_date=datetime(2021, 1, 1), schedule_interval="@daily") as dag:
    for d in folder.split(","):
        BashOperator(task_id="t_" + d, bash_command="ls " + d)
    n = 0
    for path in folder.split(":"):
        n += 1
        BashOperator(task_id="n_%d" % n, bash_command="ls %s" % n)
