from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dagrun_operator import TriggerDagRunOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.sensors.external_task_sensor import ExternalTaskMarker, ExternalTaskSensor

DAY = timedelta(days=1)


def both_halves(date):
    return [date, date - timedelta(hours=12)]


with DAG("upstream", schedule_interval="@daily", start_date=datetime(2024, 1, 1), catchup=False) as upstream:
    load = BashOperator(task_id="load", bash_command="echo load {{ ds }}")
    marker = ExternalTaskMarker(task_id="marker", external_dag_id="downstream", external_task_id="loaded")
    load >> marker

with DAG("downstream", schedule_interval="@daily", start_date=datetime(2024, 1, 1), catchup=False) as downstream:
    whole = ExternalTaskSensor(task_id="whole", external_dag_id="upstream", poke_interval=0.5, timeout=5)
    loaded = ExternalTaskSensor(
        task_id="loaded", external_dag_id="upstream", external_task_id="load", mode="reschedule", poke_interval=0.5, timeout=5
    )
    yesterday = ExternalTaskSensor(
        task_id="yesterday", external_dag_id="upstream", execution_delta=DAY, poke_interval=0.2, timeout=1, retries=0
    )
    hour = ExternalTaskSensor(
        task_id="hour",
        external_dag_id="upstream",
        external_task_id="load",
        allowed_states=["success", "failed", "skipped"],
        execution_delta=timedelta(hours=1),
        poke_interval=0.2,
        timeout=1,
        soft_fail=True,
    )
    monday = ExternalTaskSensor(
        task_id="monday", external_dag_id="upstream", execution_date_fn=lambda dt: dt - timedelta(days=dt.weekday()), timeout=1, poke_interval=0.2
    )
    halves = ExternalTaskSensor(
        task_id="halves", external_dag_id="upstream", execution_date_fn=both_halves, check_existence=True, timeout=1, poke_interval=0.2
    )
    unknown = ExternalTaskSensor(task_id="unknown", external_dag_id="no_such_flow", check_existence=True)
    start = TriggerDagRunOperator(task_id="start", trigger_dag_id="upstream", execution_date="{{ next_execution_date }}")
    done = DummyOperator(task_id="done", trigger_rule="all_done")
    [whole, loaded] >> start >> done
    [yesterday, hour, monday, halves, unknown] >> done


def on_first_of_month(context, dag_run_obj):
    """Whether to start the run, and with what."""
    if context["execution_date"].day != 1 or not context["params"]["wanted"]:
        return None
    dag_run_obj.payload = {"month": context["ds"][:7]}
    return dag_run_obj


def always(context, run):
    print(context)
    return run


with DAG("ordering", schedule_interval="@daily", start_date=datetime(2024, 1, 1), catchup=False) as ordering:
    order = TriggerDagRunOperator(
        task_id="order", trigger_dag_id="upstream", python_callable=on_first_of_month, params={"wanted": True}
    )
    order >> TriggerDagRunOperator(
        task_id="order_always", trigger_dag_id="{{ dag.dag_id }}_2", execution_date="{{ ts }}", python_callable=always
    )
