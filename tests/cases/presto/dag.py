"""Presto."""
from datetime import datetime

from airflow import DAG
from airflow.operators.presto_check_operator import PrestoCheckOperator, PrestoIntervalCheckOperator, PrestoValueCheckOperator
from airflow.operators.presto_to_mysql import PrestoToMySqlTransfer

dag = DAG('presto', start_date=datetime(2021, 1, 1), schedule_interval='@daily')
some = PrestoCheckOperator(task_id='some', sql="SELECT count(*) FROM t WHERE ds = '{{ ds }}'", dag=dag)
three = PrestoValueCheckOperator(task_id='three', sql='SELECT 3', pass_value=3, tolerance=0.1, presto_conn_id='lake', dag=dag)
week = PrestoIntervalCheckOperator(task_id='week', table='t', metrics_thresholds={'count(*)': 1.5}, dag=dag)
copy = PrestoToMySqlTransfer(task_id='copy', sql='SELECT * FROM t', mysql_table='t', mysql_preoperator='TRUNCATE t', dag=dag)
some >> three >> week >> copy
