"""Tasks that a function makes of a module that is not here."""
from datetime import datetime
from airflow import DAG
from airflow.operators.bash import BashOperator
from company.tasks import make_task
with DAG("foreign", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = BashOperator(task_id="a", bash_command="echo 1")
    b = make_task("b", dag=dag)
    c = make_task("c")
    a >> b >> c
