import datetime as dt

from airflow.models import DAG
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.latest_only_operator import LatestOnlyOperator
from airflow.operators.python_operator import PythonOperator
from airflow.utils.trigger_rule import TriggerRule


def say(name):
    print(name)


args = {"owner": "airflow", "start_date": dt.datetime(2024, 1, 1)}

# A path: what follows is behind a return.
with DAG("only_the_latest", schedule_interval=dt.timedelta(hours=4), default_args=args) as path:
    latest = LatestOnlyOperator(task_id="latest_only")
    report = PythonOperator(task_id="report", python_callable=say, op_args=["report"])
    latest >> report

# All that follows is skipped, whatever its rule.
with DAG("latest_and_others", schedule_interval="0 6 * * 1-5", default_args=args) as others:
    latest_2 = LatestOnlyOperator(task_id="latest_only")
    task1 = DummyOperator(task_id="task1")
    task2 = DummyOperator(task_id="task2")
    task3 = DummyOperator(task_id="task3")
    task4 = DummyOperator(task_id="task4", trigger_rule=TriggerRule.ALL_DONE)
    latest_2 >> task1 >> [task3, task4]
    task2 >> [task3, task4]

# Without a schedule every run is started by hand, and none is skipped.
with DAG("by_hand", schedule_interval=None, default_args=args) as by_hand:
    LatestOnlyOperator(task_id="latest_only") >> DummyOperator(task_id="always")
