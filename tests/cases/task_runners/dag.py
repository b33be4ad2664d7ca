from datetime import datetime

from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import BranchPythonOperator, PythonOperator, ShortCircuitOperator

SIZES = {"small": 2, "large": 10}


def doubled(number):
    return number * 2


def size():
    return SIZES["small"]


def choose(**context):
    return "left" if context["ti"].xcom_pull(task_ids="size") == 2 else "right"


def work(number=1, **context):
    return doubled(number)


def fail():
    raise ValueError("no")


def skip():
    raise AirflowSkipException("nothing to do")


def total(**context):
    values = context["ti"].xcom_pull(task_ids=["part_0", "part_1", "broken"])
    return sum(value for value in values if value)


dag = DAG("runners", start_date=datetime(2024, 1, 1), schedule_interval=None)
start = PythonOperator(task_id="size", python_callable=size, dag=dag)
branch = BranchPythonOperator(task_id="branch", python_callable=choose, provide_context=True, dag=dag)
left = PythonOperator(task_id="left", python_callable=work, op_kwargs={"number": 3}, dag=dag)
right = PythonOperator(task_id="right", python_callable=work, dag=dag)
join = DummyOperator(task_id="join", trigger_rule="none_failed", dag=dag)
start >> branch >> [left, right] >> join
broken = PythonOperator(task_id="broken", python_callable=fail, dag=dag)
never = PythonOperator(task_id="never", python_callable=work, dag=dag)
cleanup = PythonOperator(task_id="cleanup", python_callable=work, trigger_rule="all_done", dag=dag)
alarm = PythonOperator(task_id="alarm", python_callable=work, trigger_rule="one_failed", dag=dag)
calm = PythonOperator(task_id="calm", python_callable=work, trigger_rule="one_failed", dag=dag)
start >> broken >> never >> cleanup
[broken, start] >> alarm
[start, left] >> calm
idle = PythonOperator(task_id="idle", python_callable=skip, dag=dag)
after_idle = PythonOperator(task_id="after_idle", python_callable=work, dag=dag)
anyway = PythonOperator(task_id="anyway", python_callable=work, trigger_rule="none_failed", dag=dag)
idle >> after_idle
idle >> anyway
collect = PythonOperator(task_id="collect", python_callable=total, provide_context=True, trigger_rule="all_done", dag=dag)
for n in range(3):
    part = PythonOperator(task_id="part_%d" % n, python_callable=work, op_kwargs={"number": n}, dag=dag)
    start >> part >> collect
broken >> collect
gate = ShortCircuitOperator(task_id="gate", python_callable=lambda: False, dag=dag)
gate >> PythonOperator(task_id="shut", python_callable=work, trigger_rule="all_done", dag=dag)

plain = DAG("plain", start_date=datetime(2024, 1, 1), schedule_interval=None)


def lines():
    return ["a", "b"]


def broken_lines():
    raise ValueError("no lines")


def rest(**context):
    return context["ti"].xcom_pull(task_ids="bad") + ["c"]


def end():
    return "end"


good = PythonOperator(task_id="good", python_callable=lines, dag=plain)
bad = PythonOperator(task_id="bad", python_callable=broken_lines, dag=plain)
count = PythonOperator(
    task_id="count", python_callable=lambda **context: len(context["ti"].xcom_pull(task_ids="good")), provide_context=True, dag=plain
)
more = PythonOperator(task_id="more", python_callable=rest, provide_context=True, dag=plain)
last = PythonOperator(task_id="last", python_callable=end, dag=plain)
good >> count
bad >> more >> last
