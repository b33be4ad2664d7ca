"""Snowflake."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.operators.snowflake_operator import SnowflakeOperator as Old
from airflow.providers.snowflake.operators.snowflake import SnowflakeOperator

with DAG('snowflake', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    old = Old(task_id='old', sql="INSERT INTO pets SELECT '{{ ds }}'", warehouse='SMALL', database='ZOO', schema='PUBLIC', role='LOADER')
    rows = SnowflakeOperator(task_id='rows', sql=['SELECT 1', 'SELECT %(day)s'], parameters={'day': '{{ ds }}'}, snowflake_conn_id='zoo')
    old >> rows
