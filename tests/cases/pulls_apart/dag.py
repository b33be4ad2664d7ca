"""XComs of tasks that need not end before: None of one that failed or was skipped."""
from datetime import datetime
from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.exceptions import AirflowSkipException
def make():
    raise ValueError('x')
def skip():
    raise AirflowSkipException
def good(): return 'good'
def take(ti, **kw):
    return [ti.xcom_pull(task_ids='make'), ti.xcom_pull(task_ids='skip'), ti.xcom_pull(task_ids='good')]
def take2(ti, **kw):
    return ti.xcom_pull(task_ids='good')
with DAG('pulls_apart', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    m = PythonOperator(task_id='make', python_callable=make)
    s = PythonOperator(task_id='skip', python_callable=skip)
    g = PythonOperator(task_id='good', python_callable=good)
    w = DummyOperator(task_id='w')
    t = PythonOperator(task_id='take', python_callable=take, provide_context=True)
    t2 = PythonOperator(task_id='take2', python_callable=take2, provide_context=True)
    g >> w >> t2
    w >> t
