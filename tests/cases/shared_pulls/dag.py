"""Tasks that share a callable, each with XComs of its own: by an argument, or looked up at run time."""
from datetime import datetime
from airflow import DAG
from airflow.operators.python import PythonOperator

def make(n, **context):
    context["ti"].xcom_push(key="k", value=n)
    return n

def take(source, region="eu", **context):
    a = context["ti"].xcom_pull(task_ids=source)
    b = context["ti"].xcom_pull(task_ids=source, key="k")
    return f"{source} {a} {b} {region}"

def single(ti, upstream="make_b"):
    return ti.xcom_pull(task_ids=upstream)

def shared(which, ti):
    found = []
    for letter in which:
        found.append(ti.xcom_pull(task_ids=f"make_{letter.lower()}"))
    return found

def logs(**context):
    return helper(context)

def helper(context):
    return context["ti"].xcom_pull(task_ids="make_" + context["ds"][-1].replace("1", "a"))

with DAG("a_b", schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False) as dag:
    a = PythonOperator(task_id="make_a", python_callable=make, op_args=[1])
    b = PythonOperator(task_id="make_b", python_callable=make, op_kwargs={"n": 2})
    ta = PythonOperator(task_id="take_a", python_callable=take, op_kwargs={"source": "make_a"})
    tb = PythonOperator(task_id="take_b", python_callable=take, op_args=["make_b"])
    s = PythonOperator(task_id="single", python_callable=single)
    s2 = PythonOperator(task_id="shared1", python_callable=shared, op_args=["A"])
    s3 = PythonOperator(task_id="shared2", python_callable=shared, op_args=["B"])
    la = PythonOperator(task_id="log_a", python_callable=logs)
    lb = PythonOperator(task_id="log_b", python_callable=logs)
    a >> ta
    b >> tb >> s
    a >> s2
    b >> s3
    a >> la
    b >> lb
