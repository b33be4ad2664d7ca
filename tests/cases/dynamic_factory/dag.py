import os
from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator

REGIONS = {"eu": ["fr", "de"], "us": ["ny"]}
TABLES = os.environ.get("TABLES", "orders,users").split(",")  # not known before the run
VERIFY = False


def load(dag, region, table):
    return BashOperator(task_id="load_%s_%s" % (region, table), bash_command="load %s {{ ds }}" % table, dag=dag)


def create_dag(dag_id, region, shops, tables=TABLES):
    """Loads the tables of one region."""
    dag = DAG(dag_id, start_date=datetime(2021, 1, 1), schedule_interval="@daily", catchup=False)
    with dag:
        start = DummyOperator(task_id="start")
        loads = [load(dag, region, table) for table in tables]
        start >> loads
        if len(loads) > 1:  # one after the other
            for one, other in zip(loads, loads[1:]):
                one >> other
        for shop in shops:
            report = BashOperator(task_id="report_" + shop, bash_command="report " + shop)
            loads[-1] >> report
            if VERIFY:
                report >> BashOperator(task_id="verify_" + shop, bash_command="verify " + shop)
    return dag


for region, shops in REGIONS.items():
    name = "sales_" + region
    globals()[name] = create_dag(name, region, shops)
