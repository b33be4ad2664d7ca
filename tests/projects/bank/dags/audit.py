from airflow import DAG
from airflow.operators.python_operator import PythonOperator

from lib import AuditOperator, alerts
from lib.factory import ARGS
from lib.operators.audit import *
from lib.operators import audit as operators


def told(**context):
    return (alerts.channel(), LIMIT, context["ds"])


with DAG("audit", default_args=dict(ARGS, retries=2), schedule_interval=None) as dag:
    wait = operators.BalanceSensor(task_id="wait", minimum=5, poke_interval=1)
    audit = AuditOperator(task_id="audit", day="{{ ds }}")
    tell = PythonOperator(task_id="tell", python_callable=told, provide_context=True)
    loud = LoudPythonOperator(task_id="loud", python_callable=told, provide_context=True)
    wait >> audit >> tell >> loud
    tell >> operators.TransferOperator(task_id="transfer", account="a", amount="{{ ds }}")
