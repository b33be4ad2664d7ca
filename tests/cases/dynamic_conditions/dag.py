import os
from datetime import datetime
from airflow import DAG
from airflow.models import Variable
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator, BranchPythonOperator

TABLES = os.environ.get("TABLES", "users:full,orders:inc,items:inc").split(",")


def load(table, mode, **context):
    print(table, mode, context["ds"])
    return table


def report(**context):
    names = context["ti"].xcom_pull(task_ids="names")
    print(names)


def names():
    return "x"


def pick():
    return "end"


dag = DAG("dynamic_conditions", start_date=datetime(2021, 1, 1), schedule_interval="@daily", catchup=False)

start = DummyOperator(task_id="start", dag=dag)
end = DummyOperator(task_id="end", trigger_rule="all_done", dag=dag)
choose = BranchPythonOperator(task_id="choose", python_callable=pick, dag=dag)
other = BashOperator(task_id="other", bash_command="echo {{ ds }}", dag=dag)
n = PythonOperator(task_id="names", python_callable=names, dag=dag)
rep = PythonOperator(task_id="report", python_callable=report, provide_context=True, dag=dag)
n >> rep

prev = start
for i, spec in enumerate(TABLES):
    # name:mode
    table, mode = spec.split(":")
    t = PythonOperator(
        task_id="load_%s" % table,
        python_callable=load,
        op_kwargs={"table": table, "mode": mode},
        provide_context=True,
        dag=dag,
    )
    if mode == "full":
        check = BashOperator(
            task_id="check_%d" % i,
            bash_command="echo check {{ ds }} " + table,
            dag=dag,
        )
        t >> check
        prev.set_downstream(t)
        prev = check
    else:
        prev >> t
        prev = t
prev >> choose
choose >> [end, other]
