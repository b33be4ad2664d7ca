"""Databases."""
from datetime import datetime

from airflow import DAG
from airflow.operators.mysql_operator import MySqlOperator
from airflow.operators.postgres_operator import PostgresOperator
from airflow.operators.sqlite_operator import SqliteOperator

database = 'warehouse'

with DAG('sql', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False, params={'database': 'x'}) as dag:
    create = PostgresOperator(
        task_id='create',
        sql='''
            CREATE TABLE IF NOT EXISTS pets (
                name TEXT, born DATE
            );
        ''',
    )
    insert = PostgresOperator(task_id='insert', postgres_conn_id='my_Warehouse', sql="INSERT INTO pets VALUES ('Max', '{{ ds }}')")
    several = PostgresOperator(
        task_id='several', sql=['DELETE FROM pets WHERE name = %(name)s', 'sql/fill.sql'],
        parameters={'name': 'Max'}, autocommit=True, database='other')
    typed = MySqlOperator(task_id='typed', sql="SELECT '{\"a\":1}' LIKE 'a%'", mysql_conn_id='mysql_' + database)
    lite = SqliteOperator(task_id='lite', sql='INSERT INTO {{ params.database }} SELECT 1')
    create >> insert >> several >> typed >> lite
    for database in ['a', 'b']:
        lite >> SqliteOperator(task_id='vacuum_' + database, sql='DELETE FROM ' + database, sqlite_conn_id='lite')
