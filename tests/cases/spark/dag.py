"""Spark, as Airflow 1.10 submits to it."""
from datetime import datetime

from airflow import DAG
from airflow.contrib.operators.spark_sql_operator import SparkSqlOperator
from airflow.contrib.operators.spark_submit_operator import SparkSubmitOperator

dag = DAG('spark', start_date=datetime(2021, 1, 1), schedule_interval='@daily')
conf = {'spark.yarn.maxAppAttempts': 1, 'spark.date': '{{ ds }}'}

plain = SparkSubmitOperator(task_id='plain', application='jobs/{{ ds }}.py', dag=dag)
full = SparkSubmitOperator(
    task_id='full',
    application='/jobs/etl.jar',
    conf=conf,
    conn_id='spark_k8s',
    files='a.csv,b.csv',
    py_files='lib.zip',
    archives='x.tgz',
    driver_class_path='/opt/jars',
    jars='a.jar',
    java_class='com.acme.Main',
    packages='org:pkg:1',
    exclude_packages='org:bad',
    repositories='https://repo',
    total_executor_cores=4,
    executor_cores=2,
    executor_memory='2g',
    driver_memory='1g',
    keytab='/key',
    principal='me@ACME',
    proxy_user='you',
    name='etl-{{ ds }}',
    num_executors=3,
    application_args=['--date', '{{ ds }}', '--password', 'x'],
    env_vars={'A': '1'},
    verbose=True,
    dag=dag)
local = SparkSubmitOperator(
    task_id='local', application='x.py', conn_id='spark_local', env_vars={'HADOOP_HOME': '/hadoop'}, spark_binary='spark3-submit', dag=dag)
unknown = SparkSubmitOperator(task_id='unknown', application='x.py', conn_id='nowhere', env_vars={'A': 1}, dag=dag)
query = SparkSqlOperator(task_id='query', sql='SELECT * FROM t WHERE day = "{{ ds }}"', master='local', conf='a=1,b=2', dag=dag)
file = SparkSqlOperator(task_id='file', sql='SELECT 1', num_executors=2, executor_cores=1, name='q', verbose=False, yarn_queue='etl', dag=dag)
plain >> full >> local >> unknown >> query >> file
