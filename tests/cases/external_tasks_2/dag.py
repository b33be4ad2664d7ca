from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sensors.external_task import ExternalTaskSensor
from airflow.utils.state import DagRunState, State

with DAG("waiting", schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False) as dag:
    several = ExternalTaskSensor(
        task_id="several",
        external_dag_id="other",
        external_task_ids=["a", "b"],
        allowed_states=[State.SUCCESS],
        failed_states=["failed", "upstream_failed"],
        skipped_states=[State.SKIPPED],
        deferrable=True,
    )
    soft = ExternalTaskSensor(
        task_id="soft", external_dag_id="other", failed_states=[DagRunState.FAILED], soft_fail=True, mode="reschedule"
    )
    group = ExternalTaskSensor(task_id="group", external_dag_id="other", external_task_group_id="section")
    start = TriggerDagRunOperator(
        task_id="start",
        trigger_dag_id="other",
        conf={"day": "{{ ds }}", "limit": 3},
        logical_date="{{ logical_date }}",
        trigger_run_id="other_{{ ds_nodash }}",
        reset_dag_run=True,
        wait_for_completion=True,
        poke_interval=5,
        allowed_states=["success"],
        failed_states=["failed"],
    )
    once = TriggerDagRunOperator(task_id="once", trigger_dag_id="other", logical_date="{{ ts }}", skip_when_already_exists=True)
    plain = TriggerDagRunOperator(task_id="plain", trigger_dag_id="other", conf={"message": "Hello World"})
    [several, soft, group] >> start >> once >> plain >> EmptyOperator(task_id="end")
