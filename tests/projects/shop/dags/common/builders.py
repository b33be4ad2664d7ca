"""Tasks that all DAGs of the shop have."""

from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator

from common import steps
from common.settings import TABLES


def begin(dag):
    return DummyOperator(task_id="begin", dag=dag)


def extracts(dag, tables=TABLES):
    """One extraction a table."""
    made = []
    for table in tables:
        made.append(
            PythonOperator(
                task_id=f"extract_{table}",
                python_callable=steps.extract,
                op_kwargs={"table": table},
                provide_context=True,
                dag=dag,
            )
        )
    return made
