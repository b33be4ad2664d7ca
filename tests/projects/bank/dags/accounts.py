"""A DAG for each account."""
from airflow import DAG

import config.accounts as settings
from lib import make_dag

for account, schedule in settings.ACCOUNTS.items():
    dag_id = f"account_{account}"
    globals()[dag_id] = make_dag(account, schedule)
