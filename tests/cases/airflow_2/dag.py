from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.decorators import task, dag
from airflow.utils.task_group import TaskGroup
import pendulum

with DAG(
    dag_id="two_x",
    start_date=pendulum.datetime(2023, 1, 1, tz="UTC"),
    schedule="@daily",
    catchup=False,
    tags=["a"],
    default_args={"retries": 1},
) as d:
    start = EmptyOperator(task_id="start")

    def get(ti, data_interval_start=None, **kwargs):
        ti.xcom_push("k", str(data_interval_start))
        return 1

    with TaskGroup("grp") as grp:
        g = PythonOperator(task_id="get", python_callable=get)
        e = BashOperator(task_id="echo", bash_command="echo {{ ti.xcom_pull(task_ids='grp.get', key='k') }} {{ data_interval_end }} {{ logical_date | ds }}")
        g >> e

    end = EmptyOperator(task_id="end", trigger_rule="none_failed_min_one_success")
    start >> grp >> end


@dag(schedule=None, start_date=pendulum.datetime(2023, 1, 1))
def taskflow_dag():
    @task
    def one():
        return {"a": 1}

    @task(multiple_outputs=True)
    def two(x):
        return {"b": x}

    two(one())

taskflow_dag()
