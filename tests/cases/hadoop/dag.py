"""Hive, Pig and Sqoop."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.operators.sqoop_operator import SqoopOperator
from airflow.operators.hive_operator import HiveOperator
from airflow.operators.pig_operator import PigOperator

dag = DAG('hadoop', start_date=datetime(2021, 1, 1), schedule_interval='@daily')

load = HiveOperator(task_id='load', hql="LOAD DATA INPATH '/in/{{ ds }}' INTO TABLE t", mapred_job_name='load_{{ ds }}', dag=dag)
query = HiveOperator(
    task_id='query',
    hql='SELECT 1;',
    hive_cli_conn_id='hive_plain',
    schema='other',
    hiveconfs={'hive.exec.dynamic.partition': 'true', 'day': '{{ ds }}'},
    mapred_queue='etl',
    mapred_queue_priority='high',
    mapred_job_name='q',
    dag=dag)
translated = HiveOperator(task_id='translated', hql='SELECT ${day}', hiveconf_jinja_translate=True, dag=dag)
script = PigOperator(task_id='script', pig='ls /{{ ds }};', pig_opts='-x local', dag=dag)
imports = SqoopOperator(
    task_id='imports', table='sales', target_dir='/in/{{ ds }}', num_mappers=2, where="day = '{{ ds }}'", split_by='id', file_type='parquet',
    properties={'a': 'b'}, extra_import_options={'delete-target-dir': '', 'fetch-size': 10}, dag=dag)
asks = SqoopOperator(task_id='asks', query='SELECT 1', target_dir='/x', append=True, direct=True, driver='d', hcatalog_table='h', dag=dag)
exports = SqoopOperator(
    task_id='exports', cmd_type='export', table='sales', export_dir='/out', input_null_string='N', staging_table='s', clear_staging_table=True,
    enclosed_by='"', batch=True, relaxed_isolation=True, dag=dag)
load >> query >> translated >> script >> imports >> asks >> exports
