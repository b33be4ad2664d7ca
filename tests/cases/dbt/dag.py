"""dbt, by the operators of airflow-dbt."""
from datetime import datetime

from airflow import DAG
from airflow_dbt.operators.dbt_operator import DbtDocsGenerateOperator, DbtRunOperator, DbtSeedOperator, DbtTestOperator

default_args = {'dir': '/srv/app/dbt', 'start_date': datetime(2021, 1, 1), 'profiles_dir': '/srv/app'}
with DAG(dag_id='dbt', default_args=default_args, schedule_interval='@daily') as dag:
    seed = DbtSeedOperator(task_id='seed', full_refresh=True)
    run = DbtRunOperator(task_id='run', vars={'day': '{{ ds }}'}, models='orders+', target='prod', warn_error=True)
    test = DbtTestOperator(task_id='test', retries=0, schema=True)
    docs = DbtDocsGenerateOperator(task_id='docs', exclude='x')
    seed >> run >> test >> docs
