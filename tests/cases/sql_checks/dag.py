"""Checks and transfers."""
from datetime import datetime

from airflow import DAG
from airflow.hooks.base_hook import BaseHook
from airflow.operators.check_operator import CheckOperator, IntervalCheckOperator, ThresholdCheckOperator, ValueCheckOperator
from airflow.operators.generic_transfer import GenericTransfer
from airflow.operators.python_operator import PythonOperator


def count():
    return BaseHook.get_hook('lake').get_first('SELECT count(*) FROM pets')[0]


with DAG('sql_checks', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False, default_args={'conn_id': 'lake'}) as dag:
    rows = CheckOperator(task_id='rows', sql="SELECT count(*) FROM pets WHERE day = '{{ ds }}'")
    cats = ValueCheckOperator(task_id='cats', sql='SELECT count(*) FROM pets', pass_value=100, tolerance=0.1, conn_id='other')
    ages = ThresholdCheckOperator(task_id='ages', sql='SELECT avg(age) FROM pets', min_threshold=1, max_threshold='SELECT max(age) FROM pets')
    week = IntervalCheckOperator(task_id='week', table='pets', metrics_thresholds={'count(*)': 1.5, 'max(age)': 2}, date_filter_column='day')
    record = ValueCheckOperator(task_id='record', sql='sql/record.sql', pass_value='{{ ds }}')
    copy = GenericTransfer(
        task_id='copy', sql='SELECT * FROM pets', destination_table='pets_{{ ds_nodash }}', source_conn_id='lake',
        destination_conn_id='shop', preoperator=['DROP TABLE IF EXISTS pets_{{ ds_nodash }}', 'CREATE TABLE pets_{{ ds_nodash }} (name TEXT)'])
    rows >> cats >> ages >> week >> record >> copy >> PythonOperator(task_id='count', python_callable=count)
