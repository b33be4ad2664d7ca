import datetime
from airflow import DAG
from airflow.sensors.external_task import ExternalTaskSensor
from airflow.operators.python import PythonOperator

def f(x):
    return x

with DAG(dag_id="module_datetime", start_date=datetime.datetime(2024,1,1), schedule_interval="0 20 * * *", catchup=False) as dag:
    wait = ExternalTaskSensor(
        task_id="wait",
        external_dag_id="markets",
        external_task_id="end",
        execution_delta=datetime.timedelta(hours=4),
    )
    p = PythonOperator(task_id="p", python_callable=f, op_kwargs={"x": datetime.datetime.now() + datetime.timedelta(days=1)})
