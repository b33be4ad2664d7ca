"""Groups that a function makes, chosen by a branch; one without tasks; triggers and sensors around them."""
from datetime import datetime, timedelta
from airflow import DAG
from airflow.operators.python import PythonOperator, BranchPythonOperator
from airflow.operators.dummy import DummyOperator
from airflow.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sensors.external_task import ExternalTaskSensor
from airflow.utils.task_group import TaskGroup

TABLES = {"orders": "id", "users": "uid"}

def pick(**kwargs):
    return "full.begin" if kwargs["execution_date"].day == 1 else "incremental.begin"

def sync(table, key, **context):
    return context["ds"]

def build_group(name, dag):
    """Loads all tables."""
    with TaskGroup(group_id=name, dag=dag) as tg:
        begin = DummyOperator(task_id="begin", dag=dag)
        done = DummyOperator(task_id="done", dag=dag, trigger_rule="none_failed")
        for t, key in TABLES.items():
            # sync one table
            begin >> PythonOperator(task_id=f"sync_{t}", python_callable=sync, op_kwargs={"table": t, "key": key}, dag=dag) >> done
    return tg

with DAG("replicate", schedule_interval="0 3 * * *", start_date=datetime(2022, 1, 1), catchup=False) as dag:
    waits = [ExternalTaskSensor(task_id=f"wait_{d}", external_dag_id=d, external_task_id="done", execution_delta=timedelta(hours=h), mode="reschedule", timeout=3600) for d, h in (("crm", 1), ("erp", 2))]
    choose = BranchPythonOperator(task_id="choose", python_callable=pick)
    full = build_group("full", dag)
    inc = build_group("incremental", dag)
    end = DummyOperator(task_id="end", trigger_rule="none_failed_min_one_success")
    with TaskGroup("downstream") as downstream:
        for target in ["marts", "ml"]:
            TriggerDagRunOperator(task_id=f"trigger_{target}", trigger_dag_id=target, conf={"date": "{{ ds }}"}, wait_for_completion=(target == "marts"), poke_interval=30)
    with TaskGroup("empty") as empty:
        pass
    waits >> choose >> [full, inc] >> end >> downstream >> empty
